package io.crsql.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A web application's files beside the hub. */
class SiteTest {
  @TempDir Path dir;
  private Path www;

  @BeforeEach
  void files() throws IOException {
    www = dir.resolve("www");
    write("index.html", "<title>app</title>");
    write("app.js", "js");
    write("lib/engine.mjs", "mjs");
    write("lib/engine.wasm", "wasm");
    write("style.css", "css");
    write("a b&c.txt", "space");
    write("docs/index.html", "docs");
    write(".env", "secret");
    write(".git/config", "secret");
    Files.writeString(dir.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(www.resolve("out.txt"), dir.resolve("secret.txt"));
    Files.createSymbolicLink(www.resolve("up"), dir);
    Files.createSymbolicLink(www.resolve("in.js"), www.resolve("app.js"));
  }

  private void write(String name, String content) throws IOException {
    Path file = www.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private Hub hub() throws IOException {
    return new Hub(dir.resolve("hub"), options -> options.withWww(www));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  /** The answer to a path as it stands, which HTTP clients would tidy up. */
  private static String raw(Hub hub, String path) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", hub.server.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .lines()
          .collect(Collectors.joining("\n"));
    }
  }

  @Test
  void files_haveTheTypesThatBrowsersWant() throws IOException, InterruptedException {
    Map<String, String> types =
        Map.of(
            "/", "text/html",
            "/index.html", "text/html",
            "/docs/", "text/html",
            "/app.js", "text/javascript",
            "/in.js", "text/javascript",
            "/lib/engine.mjs", "text/javascript",
            "/lib/engine.wasm", "application/wasm",
            "/style.css", "text/css",
            "/a%20b&c.txt", "text/plain");
    try (Hub hub = hub()) {
      for (Map.Entry<String, String> type : types.entrySet()) {
        HttpResponse<String> answer = hub.get(type.getKey());
        assertThat(answer.statusCode()).as(type.getKey()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).startsWith(type.getValue());
      }
      assertThat(hub.get("/").body()).isEqualTo("<title>app</title>");
      assertThat(hub.get("/docs/").body()).isEqualTo("docs");
      assertThat(hub.get("/docs").headers().firstValue("Location").orElseThrow())
          .endsWith("/docs/");
    }
  }

  @Test
  void files_mayRunTheirOwnScriptsOnly() throws IOException, InterruptedException {
    try (Hub hub = hub()) {
      HttpResponse<String> answer = hub.get("/");
      assertThat(header(answer, "Content-Security-Policy"))
          .isEqualTo(
              "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"
                  + " img-src 'self' data:; connect-src 'self' ws: wss:; base-uri 'none';"
                  + " frame-ancestors 'none'");
      assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
    }
  }

  @Test
  void files_areSentAgainOnlyWhenTheyHaveChanged() throws IOException, InterruptedException {
    try (Hub hub = hub()) {
      HttpResponse<String> answer = hub.get("/app.js");
      assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
      String tag = header(answer, "ETag");
      assertThat(tag).isNotEmpty();
      assertThat(hub.get("/app.js", "If-None-Match", tag).statusCode()).isEqualTo(304);
      write("app.js", "js, changed");
      Await.until(
          "the new file",
          () -> hub.get("/app.js", "If-None-Match", tag).body().equals("js, changed"));
    }
  }

  @Test
  void whatIsNotTheSites_isNotServed() throws IOException, InterruptedException {
    try (Hub hub = hub()) {
      for (String path :
          List.of(
              "/nothing",
              "/nothing/",
              "/lib",
              "/lib/",
              "/.env",
              "/.git/config",
              "/%2eenv",
              "/out.txt",
              "/up/secret.txt",
              "/up/",
              "/a%00b")) {
        HttpResponse<String> answer = hub.get(path);
        assertThat(answer.statusCode()).as(path).isIn(400, 404);
        assertThat(answer.body()).as(path).doesNotContain("secret").doesNotContain("engine");
      }
      assertThat(hub.get("/nothing").body()).isEqualTo("there is no such file\n");
      assertThat(hub.get("/lib/").body()).isEqualTo("there is no such file\n");
    }
  }

  @Test
  void paths_leadNowhereElse() throws IOException {
    try (Hub hub = hub()) {
      for (String path :
          List.of(
              "/../secret.txt",
              "/lib/../../secret.txt",
              "/%2e%2e/secret.txt",
              "/..%2fsecret.txt",
              "/..%5csecret.txt",
              "/lib/..;/..;/secret.txt",
              "//" + dir.resolve("secret.txt"),
              "/%2f" + dir.resolve("secret.txt"),
              "/.%2e/secret.txt",
              "/%252e%252e/secret.txt")) {
        assertThat(raw(hub, path))
            .as(path)
            .containsPattern("HTTP/1.1 40[04] ")
            .doesNotEndWith("secret");
      }
    }
  }

  @Test
  void theHubsOwnPages_stayWhereTheyAre() throws IOException, InterruptedException {
    write("status", "not this");
    write("health", "not this");
    write("db/app", "not this");
    try (Hub hub = hub()) {
      assertThat(hub.get("/status").body()).contains("crsql hub");
      assertThat(hub.get("/health").body()).contains("ok");
      assertThat(hub.get("/db/app").statusCode()).isEqualTo(426);
      assertThat(hub.get("/metrics").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void whatIsNoFolder_isAnErrorBeforeAnythingIsMade() {
    Path file = dir.resolve("secret.txt");
    Path folder = dir.resolve("new");
    assertThatThrownBy(() -> CrsqlServer.start(ServerOptions.of(folder).withWww(file)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "cannot serve the files of " + file + ": it is no folder; make it, or name another");
    // a token that was made now would never be shown
    assertThat(folder).doesNotExist();
  }
}
