package io.crsql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crsql.server.CrsqlServer;
import io.crsql.server.ServerOptions;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncCommandTest {
  @TempDir Path folder;

  private Path a;
  private Path b;
  private Path drop;

  @BeforeEach
  void open() throws Exception {
    drop = Files.createDirectory(folder.resolve("drop"));
    a = todo("a.db", "INSERT INTO todo VALUES(1, 'milk'), (2, 'bread')");
    b = todo("b.db", "INSERT INTO todo VALUES(3, 'salt')");
  }

  private Path todo(String name, String sql) throws SQLException {
    return Sql.run(
        folder.resolve(name),
        "CREATE TABLE todo(id PRIMARY KEY, title)",
        "SELECT crsql_as_crr('todo')",
        sql);
  }

  /** A hub with a database of the same tables. */
  private CrsqlServer hub() throws Exception {
    Path databases = Files.createDirectory(folder.resolve("hub"));
    todo("hub/app.db", "SELECT 1");
    return CrsqlServer.start(ServerOptions.of(databases));
  }

  private static String fingerprint(Path file) throws SQLException {
    return Sql.rows(file, "SELECT lower(crsql_fingerprint())").get(0);
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(drop)) {
      return files.sorted().toList();
    }
  }

  @Test
  void folder_twoFilesConverge() throws Exception {
    assertThat(Ran.crsql("sync", a, drop))
        .isEqualTo(
            new Ran(
                0,
                a + ": 0 rows received, 1 changeset sent, fingerprint " + fingerprint(a) + "\n",
                ""));
    Ran second = Ran.crsql("sync", b, drop);
    assertThat(second.out()).startsWith(b + ": 2 rows received, 1 changeset sent, fingerprint ");
    Ran third = Ran.crsql("sync", a, drop);
    assertThat(third.out())
        .isEqualTo(a + ": 1 row received, 0 changesets sent, fingerprint " + fingerprint(b) + "\n");
    assertThat(Sql.rows(a, "SELECT title FROM todo ORDER BY id"))
        .containsExactly("milk", "bread", "salt");
  }

  @Test
  void folder_oneWay() throws Exception {
    Ran.crsql("sync", a, drop);
    assertThat(Ran.crsql("sync", b, drop, "--receive-only").out())
        .startsWith(b + ": 2 rows received, 0 changesets sent");
    Ran.crsql("sync", b, drop);
    assertThat(Ran.crsql("sync", a, drop, "--send-only").out())
        .startsWith(a + ": 0 rows received, 0 changesets sent");
    assertThat(Sql.rows(a, "SELECT count(*) FROM todo")).containsExactly("2");
  }

  @Test
  void folder_compact_leavesOneFile() throws Exception {
    Ran.crsql("sync", a, drop);
    Ran.crsql("sync", b, drop);
    assertThat(files()).hasSize(2);
    assertThat(Ran.crsql("sync", a, drop, "--compact").code()).isZero();
    assertThat(files()).hasSize(1);
    Path late = Sql.run(folder.resolve("late.db"), "CREATE TABLE todo(id PRIMARY KEY, title)");
    Sql.run(late, "SELECT crsql_as_crr('todo')");
    Ran.crsql("sync", late, drop);
    assertThat(fingerprint(late)).isEqualTo(fingerprint(a));
  }

  @Test
  void folder_whatIsWrong_isSaidAfterTheRestIsDone() throws Exception {
    Ran.crsql("sync", a, drop);
    Path file = files().get(0);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, new byte[10]);
    Ran ran = Ran.crsql("sync", b, drop);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).isEqualTo("crsql: " + file + ": is damaged or not yet wholly copied\n");
    Files.write(file, whole);
    assertThat(Ran.crsql("sync", b, drop).code()).isZero();
  }

  @Test
  void folder_thatIsNotThere_isAFailure() {
    Path none = folder.resolve("none");
    assertThat(Ran.crsql("sync", a, none))
        .isEqualTo(
            new Ran(
                1, "", "crsql: " + none + ": no such folder; make it, or mount what it is on\n"));
    assertThat(Ran.crsql("sync", none, drop).err())
        .isEqualTo("crsql: " + none + ": no such file\n");
  }

  @Test
  void hub_twoFilesConverge() throws Exception {
    try (CrsqlServer hub = hub()) {
      String url = hub.syncUrl("app");
      String token = hub.newToken().orElseThrow();
      Ran first = Ran.crsql("sync", a, url, "--token", token);
      assertThat(first.err()).isEmpty();
      assertThat(first.out())
          .isEqualTo(
              a + ": 0 rows received, 1 changeset sent, fingerprint " + fingerprint(a) + "\n");
      Ran second = Ran.crsql("sync", b, url, "--token", token);
      assertThat(second.out()).startsWith(b + ": 2 rows received, 1 changeset sent, ");
      Ran.crsql("sync", a, url, "--token", token);
      assertThat(fingerprint(a))
          .isEqualTo(fingerprint(b))
          .isEqualTo(fingerprint(folder.resolve("hub/app.db")));
    }
  }

  @Test
  void hub_wrongToken_isOneLine() throws Exception {
    try (CrsqlServer hub = hub()) {
      String url = hub.syncUrl("app");
      assertThat(Ran.crsql("sync", a, url, "--token", "guessed"))
          .isEqualTo(
              new Ran(1, "", "crsql: " + url + ": the token gives no access to this database\n"));
    }
  }

  @Test
  void hub_thatIsNotThere_isOneLine() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    String url = "ws://127.0.0.1:" + port + "/db/app";
    assertThat(Ran.crsql("sync", a, url))
        .isEqualTo(
            new Ran(
                1,
                "",
                "crsql: "
                    + url
                    + ": 127.0.0.1:"
                    + port
                    + " refuses the connection; is the hub running there?\n"));
  }

  @Test
  void wrongUsage_isSaid() {
    assertThat(Ran.crsql("sync", a, "ws://h/db", "--compact").err())
        .isEqualTo("crsql: --compact is for folders; see crsql sync --help\n");
    assertThat(Ran.crsql("sync", a, drop, "--token", "x").code()).isEqualTo(2);
    assertThat(Ran.crsql("sync", a, drop, "--receive-only", "--send-only").code()).isEqualTo(2);
    assertThat(Ran.crsql("sync", a, "ftp://h/db").err())
        .isEqualTo(
            "crsql: the URL ftp://h/db does not begin with ws://, wss://, http:// or https://\n");
  }
}
