package io.crsql.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs with Flyway: it knows the database by the metadata of a DataSource's connections. */
class FlywayTest {
  @TempDir Path folder;

  @Test
  void migrations_makeATableReplicatedAndAlterIt() throws SQLException {
    CrsqlDataSource source = new CrsqlDataSource();
    source.setUrl("jdbc:crsql:" + folder.resolve("app.db"));
    assertThat(migrate(source, "1")).isEqualTo(1);
    try (Connection connection = source.getConnection()) {
      CrsqlDriverTest.execute(connection, "INSERT INTO todo VALUES('a', 'first')");
    }
    assertThat(migrate(source, "latest")).isEqualTo(1);
    try (Connection connection = source.getConnection()) {
      CrsqlDriverTest.execute(connection, "UPDATE todo SET due = 'today'");
    }
    Replica replica = Replica.of(source);
    try (Stream<Change> changes = replica.changes(0)) {
      assertThat(changes.map(change -> change.column() + " " + change.value()))
          .containsExactly("what 'first'", "due 'today'");
    }
    assertThat(replica.verify()).isEmpty();
    Flyway.configure().dataSource(source).locations("classpath:migrations").load().validate();
  }

  @Test
  void url_isNotKnownToFlyway() {
    String url = "jdbc:crsql:" + folder.resolve("app.db");
    assertThatThrownBy(() -> Flyway.configure().dataSource(url, null, null).load().migrate())
        .isInstanceOf(FlywayException.class);
  }

  private static int migrate(CrsqlDataSource source, String target) {
    return Flyway.configure()
        .dataSource(source)
        .locations("classpath:migrations")
        .target(target)
        .load()
        .migrate()
        .migrationsExecuted;
  }
}
