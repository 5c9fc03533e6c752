package io.crsql.host.nativ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Virtual tables: plans, scans, writes, transactions. */
final class TablesTest {
  private Connected db;

  @BeforeEach
  void connect() throws SQLException {
    db = new Connected(Libraries.probe());
    db.run(
        "create table store(k integer primary key, v)",
        "create table veto(v)",
        "create table synced(v)");
  }

  @AfterEach
  void close() throws SQLException {
    db.close();
  }

  @Test
  void usePlans() throws SQLException {
    assertThat(
            db.rows(
                "select count(*), sum(n), min(plan) from probe_series where n >= 10 and n <= 12"))
        .isEqualTo("3|33|plan 3");
    assertThat(db.rows("select n, plan, rowid from probe_series where n >= 999 order by n desc"))
        .isEqualTo("1000|plan 5|1000 999|plan 5|999");
    assertThat(
            db.rows(
                "select a.n, b.n from probe_series a, probe_series b"
                    + " where a.n <= 2 and b.n >= a.n and b.n <= 2"))
        .isEqualTo("1|1 1|2 2|2");
  }

  @Test
  void takeRowsExactly() throws SQLException {
    db.run("insert into probe_writable values (1, 'one'), (2, x''), (3, null), (4, 0.5)");
    assertThat(db.rows("select k, quote(v), rowid from probe_writable"))
        .isEqualTo("1|'one'|1 2|X''|2 3|NULL|3 4|0.5|4");
  }

  @Test
  void refuseWhatTheyDoNotSupport() throws SQLException {
    db.run("insert into probe_writable values (1, 'one')");
    assertThatThrownBy(() -> db.run("insert into probe_series values (1, 2)"))
        .hasMessageContaining("may not be modified");
    assertThatThrownBy(() -> db.run("update probe_writable set v = 2"))
        .hasMessageContaining("cannot be updated")
        .extracting(e -> ((SQLiteException) e).getResultCode())
        .isEqualTo(SQLiteErrorCode.SQLITE_READONLY);
    assertThatThrownBy(() -> db.run("delete from probe_writable"))
        .hasMessageContaining("cannot be deleted");
    assertThatThrownBy(() -> db.run("insert into probe_writable values (1, 'again')"))
        .hasMessageContaining("UNIQUE constraint failed: store.k");
  }

  @ParameterizedTest
  @ValueSource(strings = {"filter", "next", "column", "rowid"})
  void reportErrorsOf(String method) {
    assertThatThrownBy(
            () -> db.rows("select v, rowid from probe_broken where method = '" + method + "'"))
        .hasMessageContaining("broken in " + method)
        .extracting(e -> ((SQLiteException) e).getResultCode())
        .isEqualTo(SQLiteErrorCode.SQLITE_BUSY);
  }

  @Test
  void reportErrorsOfPlanning() {
    assertThatThrownBy(() -> db.rows("select * from probe_broken"))
        .hasMessageContaining("broken in bestIndex");
  }

  @Test
  void areToldOfTransactions() throws SQLException {
    db.run("insert into probe_transactional values (1, 'a')");
    assertThat(db.value("select probe_log()")).isEqualTo("begin sync commit");
    db.run(
        "attach ':memory:' as aux",
        "begin",
        "insert into probe_transactional values (2, 'b')",
        "savepoint s",
        "insert into probe_transactional values (3, 'c')",
        "rollback to s",
        "release s",
        "rollback");
    assertThat(db.value("select probe_log()")).isEqualTo("begin savepoint0 rollbackTo0 rollback");
    assertThat(db.rows("select count(*), (select count(*) from synced) from store"))
        .isEqualTo("1|1");
  }

  @Test
  void areNotToldOfSavepointsWhileNoDatabaseIsAttached() throws SQLException {
    db.run(
        "begin",
        "insert into probe_transactional values (2, 'b')",
        "savepoint s",
        "insert into probe_transactional values (3, 'c')",
        "rollback to s",
        "rollback");
    assertThat(db.value("select probe_log()")).isEqualTo("begin rollbackTo0 rollback");
  }

  @Test
  void canVetoTheCommit() throws SQLException {
    db.run("insert into veto values (1)");
    assertThatThrownBy(() -> db.run("insert into probe_transactional values (1, 'a')"))
        .hasMessageContaining("vetoed")
        .extracting(e -> ((SQLiteException) e).getResultCode())
        .isEqualTo(SQLiteErrorCode.SQLITE_BUSY);
    assertThat(db.value("select probe_log()")).isEqualTo("begin sync rollback");
    assertThat(db.value("select count(*) from store")).isEqualTo(0);
  }

  @Test
  void areInnocuousOnlyIfTheySaySo() throws SQLException {
    db.run(
        "pragma trusted_schema = off",
        "create table t(v)",
        "create trigger good after insert on t begin"
            + " insert into probe_transactional values (new.v, probe_add(1, 1)); end",
        "insert into t values (7)");
    assertThat(db.rows("select k, v from store")).isEqualTo("7|2");
    assertThatThrownBy(
            () ->
                db.run(
                    "create trigger bad after insert on t begin"
                        + " insert into probe_writable values (new.v, 0); end",
                    "insert into t values (8)"))
        .hasMessageContaining("unsafe use of virtual table");
    assertThatThrownBy(() -> db.run("create view w as select probe_direct() d", "select d from w"))
        .hasMessageContaining("unsafe use of probe_direct()");
  }

  @Test
  void nestWithinEachOther() throws SQLException {
    Object sum =
        db.value(
            "select probe('sum', 'select probe(''sum'', ''select n + 0*probe(''''churn'''', 100)"
                + " from probe_series where n <= 20'') from probe_series where n <= 20')");
    assertThat(sum).isEqualTo(4200);
    assertThat(db.value("select probe('autocommit')")).isEqualTo(1);
    db.run("begin");
    assertThat(db.value("select probe('autocommit')")).isEqualTo(0);
    db.run("rollback");
    assertThat(db.value("select probe('insert', 'store', 10)")).isEqualTo(10);
    assertThat(db.value("select probe('changes')")).isEqualTo(1);
  }
}
