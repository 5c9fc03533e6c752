package io.crsql.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A server in a test, with tokens whose names say what they give. */
final class Hub implements AutoCloseable {
  static final String[] TODO = {
    "CREATE TABLE todo(id PRIMARY KEY, title, done)", "SELECT crsql_as_crr('todo')"
  };

  final CrsqlServer server;
  final Path folder;
  final List<String> log = new CopyOnWriteArrayList<>();

  Hub(Path folder) throws IOException {
    this(folder, options -> options);
  }

  Hub(Path folder, UnaryOperator<ServerOptions> change) throws IOException {
    this.folder = Files.createDirectories(folder);
    Path tokens = folder.resolve("tokens");
    if (!Files.exists(tokens)) {
      Files.writeString(
          tokens,
          "# for tests\n\nfull read,write *\nreader read *\nwriter write *\nother read,write other\n");
    }
    server = CrsqlServer.start(change.apply(ServerOptions.of(folder).withLog(log::add)));
  }

  String url(String database) {
    return server.syncUrl(database);
  }

  /** A client of the database {@code app} with a table {@code todo}. */
  Client client(Path file, String token) throws SQLException {
    return new Client(file, url("app"), token, Files.exists(file) ? new String[0] : TODO);
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url(path)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return Client.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A number of /metrics; 0 if there is none of that name yet. */
  double metric(String name) {
    return server
        .metrics()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    server.close();
  }
}
