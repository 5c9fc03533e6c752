package io.crsql.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of docs/jdbc.md. */
class GuideTest {
  private static final Pattern SAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  private Path file;
  private Replica there;
  private final BlockingQueue<Object> shown = new LinkedBlockingQueue<>();

  @BeforeEach
  void open() throws SQLException {
    file = folder.resolve("app.db");
    CrsqlDataSource other = new CrsqlDataSource();
    other.setUrl("jdbc:crsql:" + folder.resolve("other.db"));
    try (Connection connection = other.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE todo(id TEXT PRIMARY KEY NOT NULL, what TEXT, done INTEGER)");
      statement.execute("SELECT crsql_as_crr('todo')");
      statement.execute("INSERT INTO todo VALUES('b', 'theirs', 0)");
    }
    there = Replica.of(other);
  }

  @Test
  void samples_run() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:crsql:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE todo(id TEXT PRIMARY KEY NOT NULL, what TEXT, done INTEGER)");
      statement.execute("SELECT crsql_as_crr('todo')");
      statement.execute("INSERT INTO todo VALUES('a', 'buy milk', 0)");
    }
    CrsqlDataSource source = new CrsqlDataSource();
    source.setUrl("jdbc:crsql:" + file);
    source.setJournalMode("WAL");
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    HikariDataSource pool = new HikariDataSource(config);
    try (pool) {
      sync(pool);
      listen(pool);
    }
  }

  private void sync(HikariDataSource pool) throws SQLException {
    Replica here = Replica.of(pool);
    try (Stream<Changeset> changesets = there.changesets(here.versionVector(), 1_000_000)) {
      here.apply(changesets);
    }
    assertThat(here.sites(here.versionVector())).containsKey(there.siteId());
    VersionVector held = here.versionVector();
    try (Stream<Changeset> changesets = there.changesets(held, 1_000_000)) {
      for (Changeset changeset : (Iterable<Changeset>) changesets::iterator) {
        here.apply(changeset);
        held = there.after(held, changeset).orElseThrow();
      }
    }
    boolean nothingIsLacking = there.covers(held, there.versionVector());
    assertThat(nothingIsLacking).isTrue();
    Explanation told = here.explain("todo", "done", "a");
    boolean mine = told.own();
    assertThat(mine).isTrue();
  }

  private void listen(HikariDataSource pool) throws Exception {
    try (ChangeFeed feed = ChangeFeed.on(pool).start()) {
      feed.add(
          batch -> {
            for (RowChange row : batch.rows()) {
              if (row.table().equals("todo")) {
                show(row.key().get(0), row.deleted());
              }
            }
          });
      write();
    }
  }

  private void show(Object id, boolean deleted) {
    shown.add(id + " " + deleted);
  }

  /** Writes, and waits until that is shown. */
  private void write() throws Exception {
    try (Connection connection = Crsql.open(file);
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM todo WHERE id = 'a'");
    }
    assertThat(shown.poll(30, TimeUnit.SECONDS)).isEqualTo("a true");
  }

  @Test
  void samples_areThoseOfThePage() throws IOException {
    String tests = unindented(Path.of("src/test/java/io/crsql/jdbc/GuideTest.java"));
    List<String> samples =
        SAMPLE
            .matcher(unindented(Path.of("../docs/jdbc.md")))
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(samples).hasSize(6).allSatisfy(sample -> assertThat(tests).contains(sample));
  }

  private static String unindented(Path file) throws IOException {
    return Files.readString(file).replaceAll("(?m)^ +", "");
  }
}
