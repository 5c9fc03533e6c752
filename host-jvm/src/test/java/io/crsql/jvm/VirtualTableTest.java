package io.crsql.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crsql.conformance.SqlError;
import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.Db;
import io.crsql.sqlite.IndexInfo;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.Values;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Virtual tables: plans, scans, writes, transactions, and the end of the connection. */
class VirtualTableTest {
  private final NumberTable numbers = new NumberTable();
  private final JournalTable journal = new JournalTable();
  private Db db;
  private JvmDatabase database;

  @BeforeEach
  void open() {
    database =
        JvmDatabase.open(
            ":memory:",
            connection -> {
              db = connection;
              db.table("numbers", true, numbers);
              db.table("journal", false, journal);
            });
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void scansWithAConstraintAndAnOrder() {
    assertThat(
            database.query(
                "SELECT n, square, rowid FROM numbers WHERE n >= ?1 AND square < 60 ORDER BY n", 6))
        .containsExactly(List.of(6L, 36L, 106L), List.of(7L, 49L, 107L));
    assertThat(numbers.plans).contains("0:32 1:16 o0+");
    assertThat(database.query("SELECT n FROM numbers ORDER BY n DESC LIMIT 1"))
        .containsExactly(List.of(9L));
    assertThat(numbers.openCursors).isZero();
  }

  @Test
  void scansNestedInItself() {
    assertThat(
            database.value(
                "SELECT count(*) FROM numbers a JOIN numbers b ON b.n >= a.n WHERE a.n >= 8"))
        .isEqualTo(3L);
  }

  @Test
  void isReadOnlyUnlessItTakesWrites() {
    assertThatThrownBy(() -> database.run("INSERT INTO numbers VALUES (1, 2)"))
        .isInstanceOf(SqlError.class)
        .hasMessage("table numbers may not be modified");
  }

  @Test
  void takesInsertsAndRefusesTheRestInItsOwnWords() {
    database.run("INSERT INTO journal VALUES (7, 'x')");
    assertThat(journal.journal).contains("insert 2 7 x");
    assertThatThrownBy(() -> database.run("UPDATE journal SET n = 1 WHERE n = 2"))
        .isInstanceOfSatisfying(
            SqlError.class, e -> assertThat(e.code()).isEqualTo(SqliteException.READONLY))
        .hasMessage("not to be updated");
    assertThatThrownBy(() -> database.run("DELETE FROM journal WHERE n = 2"))
        .isInstanceOf(SqlError.class)
        .hasMessage("not to be deleted from");
  }

  @Test
  void givesItsRowidToLastInsertRowid() {
    database.run("INSERT INTO journal VALUES (7, 'x')");
    assertThat(database.value("SELECT last_insert_rowid()")).isEqualTo(42L);
  }

  @Test
  void followsATransactionThatCommits() {
    database.run("BEGIN");
    database.run("INSERT INTO journal VALUES (1, 'x')");
    database.run("SAVEPOINT a");
    database.run("INSERT INTO journal VALUES (2, 'x')");
    database.run("ROLLBACK TO a");
    database.run("RELEASE a");
    database.run("COMMIT");
    assertThat(journal.journal)
        .containsExactly(
            "begin",
            "insert 2 1 x",
            "savepoint 0",
            "insert 2 2 x",
            "rollbackTo 0",
            "sync",
            "commit");
  }

  @Test
  void followsATransactionThatRollsBack() {
    database.run("BEGIN");
    database.run("INSERT INTO journal VALUES (1, 'x')");
    database.run("ROLLBACK");
    assertThat(journal.journal).containsExactly("begin", "insert 2 1 x", "rollback");
  }

  @Test
  void preventsTheCommitByFailingInSync() {
    journal.failAt = "sync";
    journal.failure = new SqliteException(SqliteException.CONSTRAINT, "not so");
    assertThatThrownBy(() -> database.run("INSERT INTO journal VALUES (1, 'x')"))
        .isInstanceOf(SqlError.class)
        .hasMessage("not so");
    assertThat(journal.journal).endsWith("sync", "rollback");
  }

  @Test
  void aFailureThatSqliteIgnoresIsNotLost() {
    journal.failAt = "commit";
    journal.failure = new IllegalStateException("mistake");
    assertThatThrownBy(() -> database.run("INSERT INTO journal VALUES (1, 'x')"))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("mistake");
  }

  @Test
  void anErrorAtAnyPointOfAScanReachesTheStatement() {
    for (String at : List.of("open", "filter", "eof", "column", "rowid", "next")) {
      db.table("failing_" + at, false, new FailingTable(at));
      assertThatThrownBy(() -> database.query("SELECT n, rowid FROM failing_" + at))
          .isInstanceOf(SqlError.class)
          .hasMessage("failed in " + at);
    }
  }

  @Test
  void anErrorOfPlanningOrConnectingReachesTheStatement() {
    db.table("unplanned", false, new FailingTable("bestIndex"));
    assertThatThrownBy(() -> database.query("SELECT n FROM unplanned"))
        .isInstanceOf(SqlError.class)
        .hasMessage("failed in bestIndex");
    db.table("undeclared", false, new FailingTable("declaration"));
    assertThatThrownBy(() -> database.query("SELECT n FROM undeclared"))
        .isInstanceOf(SqlError.class)
        .hasMessage("failed in declaration");
  }

  @Test
  void onlyAnInnocuousTableIsForTriggersOfAnUntrustedSchema() {
    database.run("PRAGMA trusted_schema = 0");
    database.run("CREATE TEMP TABLE t(a)");
    database.run("CREATE VIEW safe AS SELECT n FROM numbers");
    database.run("CREATE VIEW risky AS SELECT n FROM journal");
    assertThat(database.query("SELECT n FROM safe")).hasSize(10);
    assertThatThrownBy(() -> database.query("SELECT n FROM risky"))
        .isInstanceOf(SqlError.class)
        .hasMessageContaining("unsafe use of virtual table");
  }

  /** What lets sqlite3_close() work: a table that no open statement refers to is let go first. */
  @Test
  void closesTheStatementsThatATableFinalisesWhenItIsLetGo() {
    JvmDatabase other =
        JvmDatabase.open(
            ":memory:",
            connection -> {
              Stmt cached = connection.prepare("SELECT 1");
              connection.table(
                  "keeper",
                  false,
                  new NumberTable() {
                    @Override
                    public void disconnect() {
                      super.disconnect();
                      cached.close();
                    }
                  });
              connection.exec("SELECT * FROM keeper LIMIT 0");
            });
    other.close();
  }

  @Test
  void isLetGoOnceForEachConnect() {
    database.query("SELECT n FROM numbers");
    assertThat(numbers.disconnects).isZero();
    database.close();
    assertThat(numbers.disconnects).isEqualTo(1);
    assertThat(journal.disconnects).isZero();
  }

  /** Fails in the named method. */
  private static final class FailingTable extends NumberTable {
    private final String at;

    FailingTable(String at) {
      this.at = at;
    }

    private void enter(String method) {
      if (method.equals(at)) {
        throw new SqliteException(SqliteException.ERROR, "failed in " + method);
      }
    }

    @Override
    public String declaration() {
      enter("declaration");
      return super.declaration();
    }

    @Override
    public void bestIndex(IndexInfo info) {
      enter("bestIndex");
      super.bestIndex(info);
    }

    @Override
    public Cursor open() {
      enter("open");
      Cursor cursor = super.open();
      return new Cursor() {
        @Override
        public void filter(int plan, Values args) {
          enter("filter");
          cursor.filter(plan, args);
        }

        @Override
        public void next() {
          enter("next");
          cursor.next();
        }

        @Override
        public boolean eof() {
          enter("eof");
          return cursor.eof();
        }

        @Override
        public void column(Result result, int i) {
          enter("column");
          cursor.column(result, i);
        }

        @Override
        public long rowid() {
          enter("rowid");
          return cursor.rowid();
        }

        @Override
        public void close() {
          cursor.close();
        }
      };
    }
  }
}
