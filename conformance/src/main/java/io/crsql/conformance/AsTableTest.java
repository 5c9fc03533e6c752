package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code crsql_as_table}, and what becomes of replicated tables that are dropped. */
class AsTableTest extends Scenario {
  private static final String T = "CREATE TABLE t(a PRIMARY KEY, b)";
  private static final String CRR = "SELECT crsql_as_crr('t')";
  private static final String AS_TABLE = "SELECT crsql_as_table('t')";
  private static final String OWN =
      "SELECT name FROM sqlite_schema WHERE name LIKE '%!_!_crsql%' ESCAPE '!'"
          + " OR name LIKE 'crsql_lives%'"
          + " UNION ALL SELECT name FROM crsql_tables UNION ALL SELECT name FROM crsql_columns"
          + " UNION ALL SELECT name FROM crsql_renamed";

  @Test
  void table_isAnOrdinaryOneAgain() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1), (2, 2)", "DELETE FROM t WHERE a = 2");
    db.run("ALTER TABLE t RENAME COLUMN b TO c");
    db.run(AS_TABLE);
    assertThat(lines(db, OWN)).isEmpty();
    assertThat(lines(db, "SELECT * FROM crsql_changes")).isEmpty();
    db.run("INSERT INTO t VALUES(3, 3)");
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 1", "3 3");
  }

  @Test
  void clock_doesNotGoBack() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1), (2, 2)", AS_TABLE);
    assertThat(db.value("SELECT crsql_dbversion()")).isEqualTo(2L);
    assertThat(lines(db, "SELECT value FROM crsql_meta WHERE key = 'clock'")).containsExactly("2");
    Object site = db.value("SELECT crsql_siteid()");
    db.run("DELETE FROM t WHERE a = 1");
    db.run(CRR);
    assertThat(lines(db, "SELECT pk, val, version FROM crsql_changes")).containsExactly("2 2 3");
    assertThat(db.value("SELECT crsql_siteid()")).isEqualTo(site);
  }

  @Test
  void clockAfterAnotherTablesWrites_doesNotGoBackEither() {
    Database db = open(T, CRR, "CREATE TABLE u(a PRIMARY KEY, b)", "SELECT crsql_as_crr('u')");
    db.run("BEGIN");
    db.run("INSERT INTO u VALUES(1, 1)");
    db.run("INSERT INTO t VALUES(1, 1)");
    db.run(AS_TABLE);
    db.run("COMMIT");
    assertThat(lines(db, "SELECT value FROM crsql_meta WHERE key = 'clock'")).containsExactly("2");
    db.run("INSERT INTO u VALUES(2, 2)");
    assertThat(lines(db, "SELECT pk, version FROM crsql_changes")).containsExactly("1 1", "2 3");
  }

  @Test
  void rollback_undoesIt() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1)", "BEGIN", AS_TABLE, "ROLLBACK");
    db.run("INSERT INTO t VALUES(2, 2)");
    assertThat(lines(db, "SELECT pk, version FROM crsql_changes")).containsExactly("1 1", "2 2");
  }

  @Test
  void whatIsNotReplicated_isRefused() {
    Database db = open(T);
    for (String name : new String[] {"t", "nope"}) {
      assertThat(error(db, "SELECT crsql_as_table(?1)", name))
          .isEqualTo("crsql_as_table: \"" + name + "\" is not replicated");
    }
    assertThat(error(db, "SELECT crsql_as_table(NULL)"))
        .isEqualTo("crsql_as_table: it takes the name of a table, as text");
  }

  @Test
  void inAQueryThatReadsTables_itIsRefused() {
    Database db = open(T, CRR);
    assertThat(error(db, "SELECT crsql_as_table(name) FROM crsql_tables"))
        .isEqualTo(
            "crsql_as_table: call it in a SELECT without FROM, while no other query is running;"
                + " database table is locked");
    db.run("INSERT INTO t VALUES(1, 1)");
    assertThat(lines(db, "SELECT pk FROM crsql_changes")).containsExactly("1");
  }

  @Test
  void tableBeingAltered_isReleasedToo() {
    Database db = open(T, CRR, "SELECT crsql_begin_alter('t')", "ALTER TABLE t RENAME TO u");
    db.run("SELECT crsql_as_table('u')");
    assertThat(error(db, "COMMIT")).isEqualTo("cannot commit - no transaction is active");
    assertThat(lines(db, OWN)).isEmpty();
    db.run("INSERT INTO u VALUES(1, 1)");
  }

  @Test
  void droppedTable_leavesAllElseWorking() {
    Database db = open(T, CRR, "CREATE TABLE u(a PRIMARY KEY, b)", "SELECT crsql_as_crr('u')");
    db.run("INSERT INTO t VALUES(1, 1)");
    db.run("DROP TABLE t");
    db.run("INSERT INTO u VALUES(1, 1)");
    db.run(MERGE, "u", 1, 1, 5, 9, new Blob("AB".repeat(16)));
    assertThat(lines(db, "SELECT \"table\", pk, val FROM crsql_changes")).containsExactly("u 1 5");
    db.run("SELECT crsql_optimize()");
    db.run(AS_TABLE);
    assertThat(lines(db, "SELECT name FROM crsql_tables")).containsExactly("u");
    assertThat(db.value("SELECT crsql_dbversion()")).isEqualTo(10L);
  }

  @Test
  void changesOfADroppedTable_areKeptUntilItIsThereAgain() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1)", "DROP TABLE t");
    db.run(MERGE, "t", 2, 1, 5, 9, new Blob("AB".repeat(16)));
    assertThat(lines(db, "SELECT \"table\", pk FROM crsql_parked")).containsExactly("t 2");
    db.run(AS_TABLE);
    db.run(T);
    db.run(CRR);
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("2 5");
    assertThat(lines(db, "SELECT * FROM crsql_parked")).isEmpty();
  }

  @Test
  void tableMadeAgain_takesTheDroppedOnesPlaceOrBeginsAfresh() {
    for (boolean afresh : new boolean[] {false, true}) {
      Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1), (2, 2)", "DROP TABLE t");
      if (afresh) {
        db.run(AS_TABLE);
      }
      db.run(T);
      db.run("INSERT INTO t VALUES(2, 2), (3, 3)");
      db.run(CRR);
      assertThat(lines(db, "SELECT pk, cid, version FROM crsql_changes ORDER BY pk"))
          .isEqualTo(
              afresh
                  ? java.util.List.of("2 1 3", "3 1 4")
                  : java.util.List.of("1 -1 4", "2 1 2", "3 1 3"));
    }
  }

  @Test
  void tableWithAnotherKey_beginsAfresh() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1)", "DROP TABLE t");
    db.run("CREATE TABLE t(a, b, c, PRIMARY KEY(a, b))");
    db.run(AS_TABLE);
    db.run(CRR);
    db.run("INSERT INTO t VALUES(1, 1, 1)");
    assertThat(lines(db, "SELECT pk, version FROM crsql_changes")).containsExactly("1|1 2");
  }
}
