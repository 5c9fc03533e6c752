package io.crsql.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crsql.sqlite.Db;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A statement's life: bindings, rows, errors, a changing schema. */
class StatementTest {
  /** SQLITE_CONSTRAINT_PRIMARYKEY. */
  private static final int PRIMARY_KEY = 1555;

  private Db db;
  private JvmDatabase database;

  @BeforeEach
  void open() {
    database = JvmDatabase.open(":memory:", connection -> db = connection);
    db.exec("CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void bindingsSurviveAResetAndAreClearedOnDemand() {
    try (Stmt stmt = db.prepare("SELECT ?1, ?2")) {
      stmt.bindLong(1, 5);
      stmt.bindText(2, "x");
      assertThat(stmt.step()).isTrue();
      stmt.reset();
      assertThat(stmt.step()).isTrue();
      assertThat(stmt.getLong(0)).isEqualTo(5);
      assertThat(stmt.getText(1)).isEqualTo("x");
      stmt.reset();
      stmt.clearBindings();
      assertThat(stmt.step()).isTrue();
      assertThat(stmt.getText(0)).isNull();
      assertThat(stmt.step()).isFalse();
    }
  }

  @Test
  void anErrorHasSqlitesCodeAndMessageAndLeavesTheStatementUsable() {
    try (Stmt stmt = db.prepare("INSERT INTO t VALUES (?1, NULL)")) {
      stmt.bindLong(1, 1);
      assertThat(stmt.step()).isFalse();
      stmt.reset();
      assertThatThrownBy(stmt::step)
          .isInstanceOfSatisfying(
              SqliteException.class, e -> assertThat(e.code()).isEqualTo(PRIMARY_KEY))
          .hasMessage("UNIQUE constraint failed: t.a");
      stmt.bindLong(1, 2);
      assertThat(stmt.step()).isFalse();
      assertThat(db.changes()).isEqualTo(1);
    }
  }

  @Test
  void refusesBadSql() {
    assertThatThrownBy(() -> db.prepare("SELECT absent"))
        .isInstanceOf(SqliteException.class)
        .hasMessage("no such column: absent");
    assertThatThrownBy(() -> db.exec(" -- only a comment"))
        .isInstanceOf(SqliteException.class)
        .hasMessageStartingWith("no statement in");
    assertThatThrownBy(() -> db.exec("SELECT 1; SELECT 2"))
        .isInstanceOf(SqliteException.class)
        .hasMessageStartingWith("more than one statement in");
    db.exec("SELECT 1; -- a comment is no statement");
    try (Stmt stmt = db.prepare("SELECT 1")) {
      assertThatThrownBy(() -> stmt.bindLong(1, 1)).isInstanceOf(SqliteException.class);
      assertThatThrownBy(() -> stmt.getLong(0)).isInstanceOf(IllegalStateException.class);
      stmt.step();
      assertThatThrownBy(() -> stmt.getLong(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void seesColumnsThatCameLater() {
    db.exec("INSERT INTO t VALUES (1, 2)");
    try (Stmt stmt = db.prepare("SELECT * FROM t")) {
      assertThat(stmt.count()).isEqualTo(2);
      db.exec("ALTER TABLE t ADD COLUMN c DEFAULT 3");
      assertThat(stmt.step()).isTrue();
      assertThat(stmt.count()).isEqualTo(3);
      assertThat(stmt.getLong(2)).isEqualTo(3);
    }
  }

  @Test
  void knowsWhetherATransactionIsOpen() {
    assertThat(db.autocommit()).isTrue();
    db.exec("BEGIN");
    assertThat(db.autocommit()).isFalse();
    db.exec("ROLLBACK");
    assertThat(db.autocommit()).isTrue();
  }

  @Test
  void closesTwice() {
    Stmt stmt = db.prepare("SELECT 1");
    stmt.close();
    stmt.close();
  }
}
