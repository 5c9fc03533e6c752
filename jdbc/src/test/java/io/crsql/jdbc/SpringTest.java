package io.crsql.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** Programs with Spring's JdbcTemplate and its transactions. */
class SpringTest {
  @TempDir Path folder;

  private JdbcTemplate jdbc;
  private TransactionTemplate transaction;
  private Replica replica;

  @BeforeEach
  void open() {
    DriverManagerDataSource source =
        new DriverManagerDataSource("jdbc:crsql:" + folder.resolve("app.db"));
    jdbc = new JdbcTemplate(source);
    transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
    replica = Replica.of(new TransactionAwareDataSourceProxy(source));
    jdbc.execute("CREATE TABLE todo(id INTEGER PRIMARY KEY, what)");
    jdbc.queryForList("SELECT crsql_as_crr('todo')");
  }

  @Test
  void template_writes_areChanges() throws SQLException {
    jdbc.update("INSERT INTO todo VALUES(?, ?)", 1, "a");
    try (Stream<Change> changes = replica.changes(0)) {
      assertThat(changes.map(Change::value)).containsExactly("'a'");
    }
  }

  @Test
  void transaction_takesTheReplicasMergesBack() throws SQLException {
    Replica peer = peer();
    assertThatThrownBy(
            () ->
                transaction.executeWithoutResult(
                    status -> {
                      merge(peer);
                      assertThat(rows()).isEqualTo(1);
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(rows()).isZero();
    transaction.executeWithoutResult(status -> merge(peer));
    assertThat(rows()).isEqualTo(1);
    assertThat(replica.fingerprint()).isEqualTo(peer.fingerprint());
  }

  private Replica peer() throws SQLException {
    CrsqlDataSource other = new CrsqlDataSource();
    other.setUrl("jdbc:crsql:" + folder.resolve("peer.db"));
    JdbcTemplate there = new JdbcTemplate(other);
    there.execute("CREATE TABLE todo(id INTEGER PRIMARY KEY, what)");
    there.queryForList("SELECT crsql_as_crr('todo')");
    there.update("INSERT INTO todo VALUES(7, 'theirs')");
    return Replica.of(other);
  }

  private void merge(Replica peer) {
    try (Stream<Changeset> all = peer.changesets(replica.versionVector(), 1_000_000)) {
      replica.apply(all);
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    }
  }

  private Integer rows() {
    return jdbc.queryForObject("SELECT count(*) FROM todo", Integer.class);
  }
}
