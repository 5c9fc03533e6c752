package io.crsql.host.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The source tree and its node_modules, for pages of tests. */
final class SourceHandler implements HttpHandler {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Map<String, String> TYPES =
      Map.of("html", "text/html", "wasm", "application/wasm");

  @Override
  public void handle(HttpExchange http) throws IOException {
    Path file = ROOT.resolve(http.getRequestURI().getPath().substring(1)).normalize();
    byte[] content =
        file.startsWith(ROOT) && Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
    if (content == null) {
      http.sendResponseHeaders(404, -1);
    } else {
      String name = file.getFileName().toString();
      String ending = name.substring(name.lastIndexOf('.') + 1);
      http.getResponseHeaders().set("Content-Type", TYPES.getOrDefault(ending, "text/javascript"));
      http.getResponseHeaders()
          .set(
              "Content-Security-Policy",
              "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'");
      http.sendResponseHeaders(200, content.length);
      http.getResponseBody().write(content);
    }
    http.close();
  }
}
