package io.crsql.host.web;

import io.crsql.conformance.Blob;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What the guest is asked: as {@code connections.mjs} and {@code message.mjs} read it. */
final class Request {
  static final int OPEN = 0;
  static final int RUN = 1;
  static final int PREPARE = 2;
  static final int STEP = 3;
  static final int FINISH = 4;
  static final int CLOSE = 5;

  static final int NULL = 0;
  static final int INTEGER = 1;
  static final int REAL = 2;
  static final int TEXT = 3;
  static final int BLOB = 4;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  Request(int operation) {
    octet(operation);
  }

  private interface Writing {
    void run() throws IOException;
  }

  private Request write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Request octet(int value) {
    return write(() -> out.writeByte(value));
  }

  Request integer(int value) {
    return write(() -> out.writeInt(value));
  }

  Request text(String text) {
    return data(text.getBytes(StandardCharsets.UTF_8));
  }

  private Request data(byte[] data) {
    return integer(data.length).write(() -> out.write(data));
  }

  Request values(Object... values) {
    integer(values.length);
    for (Object value : values) {
      value(value);
    }
    return this;
  }

  private void value(Object value) {
    if (value == null) {
      octet(NULL);
    } else if (value instanceof Long || value instanceof Integer) {
      octet(INTEGER).write(() -> out.writeLong(((Number) value).longValue()));
    } else if (value instanceof Double number) {
      octet(REAL).write(() -> out.writeDouble(number));
    } else if (value instanceof Blob blob) {
      octet(BLOB).data(blob.bytes());
    } else {
      octet(TEXT).text((String) value);
    }
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
