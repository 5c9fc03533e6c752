package io.crsql.host.web;

import io.crsql.conformance.Blob;
import io.crsql.conformance.SqlError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the guest has answered: as {@code message.mjs} writes it. */
final class Answer {
  private static final int OK = 0;
  private static final int SQL_ERROR = 1;

  private final ByteBuffer in;

  /** Reads the head, and throws the error that it reports. */
  Answer(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
    int status = in.get();
    if (status != OK) {
      int code = integer();
      String message = text();
      if (status == SQL_ERROR) {
        throw new SqlError(code, message);
      }
      throw new AssertionError("the guest failed: " + message);
    }
  }

  int integer() {
    return in.getInt();
  }

  boolean hasMore() {
    return in.hasRemaining();
  }

  List<Object> row() {
    int columns = integer();
    List<Object> row = new ArrayList<>(columns);
    for (int i = 0; i < columns; i++) {
      row.add(value());
    }
    return row;
  }

  private Object value() {
    return switch (in.get()) {
      case Request.INTEGER -> in.getLong();
      case Request.REAL -> in.getDouble();
      case Request.TEXT -> text();
      case Request.BLOB -> Blob.of(data());
      default -> null;
    };
  }

  private String text() {
    return new String(data(), StandardCharsets.UTF_8);
  }

  private byte[] data() {
    byte[] data = new byte[integer()];
    in.get(data);
    return data;
  }
}
