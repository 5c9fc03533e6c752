package io.crsql.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.crsql.conformance.SqlError;
import io.crsql.sqlite.Db;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.Values;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an exception of the engine becomes for the SQL that caused it. */
class FailureTest {
  private Db db;
  private JvmDatabase database;
  private Values keptArgs;
  private Result keptResult;
  private Stmt leftBehind;

  @BeforeEach
  void open() {
    database = JvmDatabase.open(":memory:", connection -> db = connection);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private SqlError error(String sql) {
    return catchThrowableOfType(SqlError.class, () -> database.query(sql));
  }

  @Test
  void anErrorForTheUserKeepsItsCodeAndMessage() {
    db.scalar(
        "refuse",
        0,
        0,
        (args, result) -> {
          throw new SqliteException(SqliteException.BUSY, "caf\u00e9 is closed");
        });
    SqlError error = error("SELECT refuse()");
    assertThat(error).hasMessage("caf\u00e9 is closed").hasNoCause();
    assertThat(error.code()).isEqualTo(SqliteException.BUSY);
  }

  @Test
  void anInternalErrorIsNamedAndKeepsItsStackTrace() {
    IllegalStateException mistake = new IllegalStateException("mistake");
    db.scalar(
        "fail",
        0,
        0,
        (args, result) -> {
          throw mistake;
        });
    SqlError error = error("SELECT fail()");
    assertThat(error)
        .hasMessage("crsql: internal error: java.lang.IllegalStateException: mistake")
        .hasCause(mistake);
    assertThat(error.code()).isEqualTo(SqliteException.ERROR);
    assertThat(error("SELECT no_such_function()")).hasNoCause();
  }

  @Test
  void anInternalErrorThatTheSqlHidIsThrown() {
    db.scalar(
        "fail",
        0,
        0,
        (args, result) -> {
          throw new IllegalStateException("mistake");
        });
    db.scalar(
        "hide",
        0,
        0,
        (args, result) -> {
          try {
            db.exec("SELECT fail()");
          } catch (SqliteException e) {
            result.setText(e.getMessage());
          }
        });
    assertThatThrownBy(() -> database.query("SELECT hide()"))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("mistake");
  }

  @Test
  void anErrorOfANestedStatementPassesThrough() {
    db.scalar("nested", 0, 0, (args, result) -> db.exec("INSERT INTO missing VALUES (1)"));
    assertThat(error("SELECT nested()")).hasMessage("no such table: missing").hasNoCause();
  }

  @Test
  void evenAnOverflowingStackDoesNotUnwindThroughSqlite() {
    db.scalar("overflow", 0, 0, (args, result) -> result.setLong(endless(0)));
    assertThat(error("SELECT overflow()"))
        .hasMessageStartingWith("crsql: internal error: java.lang.StackOverflowError");
  }

  private static int endless(int depth) {
    return endless(depth + 1) + 1;
  }

  @Test
  void argumentsAndResultExpireWithTheCall() {
    db.scalar(
        "keep",
        1,
        0,
        (args, result) -> {
          keptArgs = args;
          keptResult = result;
        });
    database.query("SELECT keep('x')");
    assertThatThrownBy(() -> keptArgs.getText(0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> keptResult.setLong(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingFailsWhileAStatementIsOpen() {
    var stmt = db.prepare("SELECT 1");
    assertThatThrownBy(database::close).isInstanceOf(SqlError.class);
    stmt.close();
  }

  @Test
  void aDatabaseThatCannotBeOpenedIsAnError() {
    assertThatThrownBy(() -> JvmDatabase.open("/no/such/directory/file.db"))
        .isInstanceOf(SqlError.class)
        .hasMessage("unable to open database file");
    assertThatThrownBy(
            () ->
                JvmDatabase.open(
                    ":memory:",
                    connection -> {
                      throw new SqliteException(SqliteException.ERROR, "not today");
                    }))
        .isInstanceOf(SqlError.class)
        .hasMessage("not today");
  }

  @Test
  void whatMadeOpeningFailIsNotHiddenByWhatItLeftBehind() {
    SqlError error =
        catchThrowableOfType(
            SqlError.class,
            () ->
                JvmDatabase.open(
                    ":memory:",
                    connection -> {
                      leftBehind = connection.prepare("SELECT 1");
                      throw new SqliteException(SqliteException.ERROR, "not today");
                    }));
    assertThat(error).hasMessage("not today");
    assertThat(error.getSuppressed()).hasSize(1);
  }
}
