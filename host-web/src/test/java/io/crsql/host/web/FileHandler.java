package io.crsql.host.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** Files for a guest that has none: what {@code xhr-files.mjs} asks for. */
final class FileHandler implements HttpHandler {
  @Override
  public void handle(HttpExchange http) throws IOException {
    Map<String, String> query = new HashMap<>();
    for (String pair : http.getRequestURI().getRawQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    try {
      byte[] answer = answer(query, http.getRequestBody().readAllBytes());
      http.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
      if (answer.length > 0) {
        http.getResponseBody().write(answer);
      }
    } catch (NoSuchFileException e) {
      http.sendResponseHeaders(404, -1);
    }
    http.close();
  }

  private static byte[] answer(Map<String, String> query, byte[] body) throws IOException {
    Path path = Path.of(query.get("path"));
    long offset = Long.parseLong(query.getOrDefault("offset", "0"));
    switch (query.get("operation")) {
      case "open" -> {
        if (query.get("create").equals("true")) {
          FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE).close();
        } else if (!Files.exists(path)) {
          throw new NoSuchFileException(path.toString());
        }
      }
      case "read" -> {
        return read(path, offset, Integer.parseInt(query.get("count")));
      }
      case "write" -> {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
          file.write(ByteBuffer.wrap(body), offset);
        }
      }
      case "truncate" -> {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
          file.truncate(offset);
        }
      }
      case "size" -> {
        return number(Files.size(path));
      }
      case "exists" -> {
        return number(Files.exists(path) ? 1 : 0);
      }
      case "remove" -> Files.deleteIfExists(path);
      default -> throw new IllegalArgumentException(query.get("operation"));
    }
    return new byte[0];
  }

  private static byte[] read(Path path, long offset, int count) throws IOException {
    ByteBuffer read = ByteBuffer.allocate(count);
    try (FileChannel file = FileChannel.open(path)) {
      file.read(read, offset);
    }
    byte[] bytes = new byte[read.position()];
    read.flip().get(bytes);
    return bytes;
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }
}
