package io.crsql.example.todomvc;

import io.crsql.server.CrsqlServer;
import io.crsql.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The hub with the application's files. */
final class TodoHub implements AutoCloseable {
  private static final Path SQLITE = Path.of("vendor", "sqlite-wasm", "sqlite3.wasm");

  private final CrsqlServer server;
  private final String token;

  private TodoHub(CrsqlServer server, String token) {
    this.server = server;
    this.token = token;
  }

  /**
   * Starts one.
   *
   * @param folder where it keeps its copy of the items, and its token
   * @param site the application's files
   */
  static TodoHub start(Path folder, Path site, int port) throws IOException {
    if (!Files.exists(site.resolve(SQLITE))) {
      throw new IOException(
          "SQLite for browsers is missing in "
              + site
              + "; install npm with: apt-get install -y npm, and build again");
    }
    ServerOptions options = ServerOptions.of(folder).withAddress("127.0.0.1", port).withWww(site);
    CrsqlServer server = CrsqlServer.start(options);
    return new TodoHub(server, firstToken(options.tokens()));
  }

  /** The one that the hub made when it was first started, unless somebody has put another there. */
  private static String firstToken(Path tokens) throws IOException {
    try (Stream<String> lines = Files.lines(tokens)) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(words -> words.length == 3 && !words[0].startsWith("#"))
          .map(words -> words[0])
          .findFirst()
          .orElseThrow(() -> new IOException(tokens + " has no token; remove it, or add one"));
    }
  }

  /** The page's URL. The fragment hands the token to the page, and is sent to nobody. */
  String url() {
    return server.url("/#token=" + token);
  }

  /** What a program syncs with, given the token. */
  String syncUrl() {
    return server.syncUrl("todo");
  }

  String token() {
    return token;
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }
}
