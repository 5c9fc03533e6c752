package io.crsql.jdbc;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * What a URL and its properties say of syncing: the options {@value #SYNC} and {@value #TOKEN},
 * which sqlite-jdbc does not know and is not given.
 *
 * @param url the URL without them
 * @param hub null if the database is not to be synced, since the option is missing or empty
 * @param token empty if there is none
 */
record SyncTarget(String url, @Nullable URI hub, String token) {
  static final String SYNC = "sync";
  static final String TOKEN = "sync_token";

  /** Takes the options out of a URL and out of the properties; those of the URL come first. */
  static SyncTarget take(String url, Properties properties) throws SQLException {
    String hub = (String) properties.remove(SYNC);
    String token = (String) properties.remove(TOKEN);
    int mark = url.indexOf('?');
    if (mark >= 0) {
      List<String> rest = new ArrayList<>();
      for (String option : url.substring(mark + 1).split("&")) {
        String name = option.substring(0, Math.max(0, option.indexOf('='))).trim();
        String value = option.substring(option.indexOf('=') + 1);
        switch (name.toLowerCase(Locale.ROOT)) {
          case SYNC -> hub = decoded(value);
          case TOKEN -> token = decoded(value);
          default -> rest.add(option);
        }
      }
      String options = String.join("&", rest);
      url = url.substring(0, mark) + (options.isEmpty() ? "" : "?" + options);
    }
    boolean none = hub == null || hub.isEmpty();
    return new SyncTarget(url, none ? null : uri(hub), token == null ? "" : token);
  }

  private static String decoded(String value) {
    return URLDecoder.decode(value, StandardCharsets.UTF_8);
  }

  private static URI uri(String hub) throws SQLException {
    try {
      return new URI(hub);
    } catch (URISyntaxException e) {
      throw failure("the option sync is no URL: " + e.getMessage(), e);
    }
  }

  /** Begins to sync the database of a connection, if that is asked for. */
  void begin(Connection connection) throws SQLException {
    if (hub != null) {
      Path file = file(connection);
      SyncProvider provider =
          ServiceLoader.load(SyncProvider.class, SyncTarget.class.getClassLoader())
              .findFirst()
              .orElseThrow(
                  () ->
                      failure(
                          "the URL's option sync needs io.crsql:crsql-sync, which is not among the"
                              + " program's dependencies; add it",
                          null));
      provider.keep(file, hub, token);
    }
  }

  private static Path file(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT file FROM pragma_database_list WHERE name = 'main'")) {
      String file = row.next() ? row.getString(1) : null;
      if (file == null || file.isEmpty()) {
        throw failure(
            "the URL's option sync needs a database in a file; one in memory is seen by its one"
                + " connection only",
            null);
      }
      return Path.of(file).toAbsolutePath();
    }
  }

  private static SQLException failure(String message, @Nullable Throwable cause) {
    return new SQLNonTransientConnectionException("crsql: " + message, cause);
  }
}
