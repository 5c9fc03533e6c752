package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replicated tables of attached databases: a file is a database of its own wherever it is opened.
 */
class AttachedTest extends Scenario {
  private static final String COUNT = "SELECT (SELECT count(*) FROM main.t), count(*) FROM aux.t";

  @TempDir Path dir;
  private Database db;

  /** A connection whose main database and whose attached one each have the replicated table t. */
  @BeforeEach
  void attach() {
    db = openFile(path("main.db"));
    db.run("ATTACH '" + path("aux.db") + "' AS aux");
    for (String schema : List.of("main", "aux")) {
      db.run("CREATE TABLE " + schema + ".t(a PRIMARY KEY, b)");
      assertThat(db.value("SELECT crsql_as_crr('" + schema + "', 't')")).isNull();
    }
  }

  private String path(String name) {
    return dir.resolve(name).toString();
  }

  private static List<String> auxChanges(Database db) {
    return lines(db, "SELECT pk, cid, val, version FROM crsql_changes WHERE schema = 'aux'");
  }

  @Test
  void asCrr_ofAnAttachedDatabase_keepsAllInItsFile() {
    db.run("INSERT INTO aux.t VALUES(1, 2)");
    Object site = db.value("SELECT crsql_siteid('aux')");
    assertThat(site).isNotEqualTo(db.value("SELECT crsql_siteid()"));
    assertThat(db.value("SELECT count(*) FROM crsql_changes")).isEqualTo(0L);
    close(db);
    Database alone = openFile(path("aux.db"));
    assertThat(alone.value("SELECT crsql_siteid()")).isEqualTo(site);
    assertThat(lines(alone, "SELECT * FROM crsql_changes")).containsExactly("t 1 1 2 1 null");
    alone.run("UPDATE t SET b = 3");
    assertThat(alone.value("SELECT crsql_dbversion()")).isEqualTo(2L);
  }

  @Test
  void asCrr_ofAnAttachedDatabase_leavesAMainWithoutReplicatedTablesAsItIs() {
    Database plain = openFile(path("plain.db"));
    plain.run("CREATE TABLE t(a PRIMARY KEY)");
    plain.run("ATTACH ':memory:' AS aux");
    plain.run("CREATE TABLE aux.t(a PRIMARY KEY, b)");
    plain.run("INSERT INTO aux.t VALUES('x', 1)");
    plain.run("SELECT crsql_as_crr('AUX', 'T')");
    plain.run("INSERT INTO main.t VALUES(1)");
    plain.run("UPDATE aux.t SET b = 2");
    assertThat(auxChanges(plain)).containsExactly("'x' 1 2 2");
    assertThat(lines(plain, "SELECT name FROM main.sqlite_schema WHERE name LIKE '%crsql%'"))
        .isEmpty();
  }

  @Test
  void clock_isThatOfTheFile() {
    db.run("INSERT INTO main.t VALUES(1, 1), (2, 2), (3, 3)");
    db.run("INSERT INTO aux.t VALUES(1, 1)");
    assertThat(
            lines(
                db,
                "SELECT crsql_dbversion(), crsql_db_version('main'), crsql_dbversion('aux'),"
                    + " crsql_db_version('Aux'), crsql_nextdbversion('aux'),"
                    + " crsql_next_db_version('aux')"))
        .containsExactly("3 3 1 1 2 2");
    assertThat(db.value("SELECT crsql_site_id('aux') = crsql_siteid('aux')")).isEqualTo(1L);
    assertThat(db.value("SELECT crsql_siteid('main') = crsql_siteid()")).isEqualTo(1L);
  }

  @Test
  void clock_seesWhatAnotherConnectionHasWritten() {
    db.run("INSERT INTO aux.t VALUES(1, 1)");
    Database other = openFile(path("aux.db"));
    other.run("UPDATE t SET b = 2");
    db.run("UPDATE aux.t SET b = 3");
    assertThat(auxChanges(db)).containsExactly("1 1 3 3");
    assertThat(other.value("SELECT crsql_dbversion()")).isEqualTo(3L);
  }

  @Test
  void siteId_ofAnAttachedDatabaseWithoutReplicatedTables_isMade() {
    db.run("ATTACH '" + path("new.db") + "' AS new");
    Object site = db.value("SELECT crsql_siteid('new')");
    assertThat(((Blob) site).bytes()).hasSize(16);
    assertThat(db.value("SELECT crsql_siteid('new')")).isEqualTo(site);
  }

  @Test
  void schema_thatIsNotThere_isRefusedByName() {
    assertThat(error(db, "SELECT crsql_as_crr('nope', 't')"))
        .isEqualTo("crsql_as_crr: there is no database \"nope\"; attach it first");
    assertThat(error(db, "SELECT crsql_dbversion('nope')"))
        .isEqualTo("crsql_dbversion: there is no database \"nope\"; attach it first");
    assertThat(error(db, "SELECT crsql_siteid(NULL)"))
        .isEqualTo("crsql_siteid: the schema must be the name of a database, as text");
    db.run("CREATE TEMP TABLE u(a PRIMARY KEY)");
    assertThat(error(db, "SELECT crsql_as_crr('TEMP', 'u')"))
        .isEqualTo(
            "crsql_as_crr: temp ends with its connection, so it has no replicas; name main or an"
                + " attached database");
  }

  @Test
  void errors_nameTheSchema() {
    assertThat(error(db, "SELECT crsql_as_crr('aux', 'u')"))
        .isEqualTo("crsql_as_crr: there is no table \"aux\".\"u\"; create it first");
    db.run("CREATE TABLE aux.u(a)");
    assertThat(error(db, "SELECT crsql_as_crr('aux', 'u')"))
        .isEqualTo(
            "crsql_as_crr: \"aux\".\"u\" has no PRIMARY KEY, so its rows have no identity that"
                + " replicas share; create it with one");
    db.run("ALTER TABLE aux.t ADD COLUMN c");
    assertThat(error(db, "INSERT INTO aux.t VALUES(1, 2, 3)"))
        .isEqualTo(
            "crsql: the replicated table \"aux\".\"t\" has the new column \"c\", so its writes"
                + " cannot be tracked; call crsql_as_crr('aux', 't')");
    db.run("SELECT crsql_as_crr('aux', 't')");
    db.run("INSERT INTO aux.t VALUES(1, 2, 3)");
    assertThat(auxChanges(db)).containsExactly("1 1 2 1", "1 c 3 2");
  }

  @Test
  void tableRenamed_isFollowedInItsFile() {
    db.run("ALTER TABLE aux.t RENAME TO u");
    assertThat(error(db, "INSERT INTO aux.u VALUES(1, 2)"))
        .isEqualTo(
            "crsql: the replicated table \"aux\".\"t\" has been renamed to \"u\", so its writes"
                + " cannot be tracked; call crsql_as_crr('aux', 'u')");
    db.run("SELECT crsql_as_crr('aux', 'u')");
    db.run("INSERT INTO aux.u VALUES(1, 2)");
    assertThat(auxChanges(db)).containsExactly("1 1 2 1");
  }

  @Test
  void tableThatIsNotRegistered_isRefused() {
    db.run("DELETE FROM aux.crsql_tables");
    db.run("CREATE TABLE aux.other(a)");
    assertThat(error(db, "INSERT INTO aux.t VALUES(1, 2)"))
        .isEqualTo(
            "crsql: the table that is being written has capture triggers but is not registered as"
                + " replicated; call crsql_verify()");
  }

  @Test
  void tableAltered_isAlteredInItsFile() {
    db.run("INSERT INTO aux.t VALUES(1, 2)");
    db.run("SELECT crsql_begin_alter('aux', 't')");
    assertThat(error(db, "SELECT crsql_begin_alter('aux', 't')"))
        .isEqualTo(
            "crsql_begin_alter: \"aux\".\"t\" is being altered already; call"
                + " crsql_commit_alter('aux', 't')");
    db.run("ALTER TABLE aux.t ADD COLUMN c DEFAULT 7");
    db.run("SELECT crsql_commit_alter('aux', 't')");
    db.run("UPDATE aux.t SET c = 8");
    assertThat(lines(db, "SELECT col, val FROM crsql_changes WHERE schema = 'aux'"))
        .containsExactly("b 2", "c 8");
    db.run("SELECT crsql_as_table('aux', 't')");
    assertThat(auxChanges(db)).isEmpty();
    assertThat(db.value("SELECT crsql_as_table('t')")).isNull();
  }

  @Test
  void wideTable_isCaptured() {
    StringBuilder columns = new StringBuilder();
    StringBuilder values = new StringBuilder();
    for (int i = 1; i <= 70; i++) {
      columns.append(", c").append(i);
      values.append(", ").append(i);
    }
    db.run("CREATE TABLE aux.wide(a PRIMARY KEY" + columns + ")");
    db.run("SELECT crsql_as_crr('aux', 'wide')");
    db.run("BEGIN");
    db.run("INSERT INTO main.t VALUES(1, 2)");
    db.run("INSERT INTO aux.wide VALUES('k'" + values + ")");
    db.run("UPDATE aux.wide SET c1 = 0, c70 = 0");
    db.run("COMMIT");
    assertThat(
            lines(
                db,
                "SELECT count(*), min(version), max(version) FROM crsql_changes"
                    + " WHERE schema = 'aux'"))
        .containsExactly("70 2 140");
  }

  @Test
  void schemasName_mayBeAny() {
    db.run("ATTACH ':memory:' AS 'a\"b'");
    db.run("CREATE TABLE \"a\"\"b\".u(a PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('a\"b', 'u')");
    db.run("INSERT INTO \"a\"\"b\".u VALUES(1, 2)");
    assertThat(lines(db, "SELECT \"table\", val, schema FROM crsql_changes WHERE schema = 'a\"b'"))
        .containsExactly("u 2 a\"b");
  }

  @Test
  void transaction_overBoth_commitsBoth() {
    db.run("BEGIN");
    db.run("INSERT INTO main.t VALUES(1, 1)");
    db.run("INSERT INTO aux.t VALUES(1, 1), (2, 2)");
    db.run("INSERT INTO main.t VALUES(2, 2)");
    db.run("COMMIT");
    assertThat(lines(db, COUNT)).containsExactly("2 2");
    assertThat(lines(db, "SELECT pk, version FROM crsql_changes")).containsExactly("1 1", "2 2");
    assertThat(auxChanges(db)).containsExactly("1 1 1 1", "2 1 2 2");
    for (String schema : List.of("main", "aux")) {
      assertThat(lines(db, "SELECT at, part FROM " + schema + ".t__crsql_log"))
          .as("each file's log marks the transaction's first entry")
          .containsExactly("1 1", "2 0");
    }
  }

  @Test
  void transaction_overBoth_isRolledBackInBoth() {
    for (String mode : List.of("delete", "truncate", "wal")) {
      db.run("PRAGMA main.journal_mode = " + mode);
      db.run("PRAGMA aux.journal_mode = " + mode);
      db.run("BEGIN");
      db.run("INSERT INTO main.t VALUES(1, 1)");
      db.run("INSERT INTO aux.t VALUES(1, 1)");
      assertThat(lines(db, COUNT)).containsExactly("1 1");
      db.run("ROLLBACK");
      assertThat(lines(db, COUNT)).as(mode).containsExactly("0 0");
      assertThat(db.value("SELECT count(*) FROM main.t__crsql_log")).isEqualTo(0L);
      assertThat(db.value("SELECT count(*) FROM aux.t__crsql_log")).isEqualTo(0L);
    }
    db.run("INSERT INTO aux.t VALUES(1, 1)");
    db.run("INSERT INTO main.t VALUES(1, 1)");
    assertThat(lines(db, "SELECT count(*) FROM crsql_changes WHERE schema IN ('main', 'aux')"))
        .containsExactly("2");
    close(db);
    for (String file : List.of("main.db", "aux.db")) {
      assertThat(openFile(path(file)).value("SELECT crsql_dbversion()")).isNotEqualTo(0L);
    }
  }

  @Test
  void savepoint_overBoth_isRolledBackInBoth() {
    db.run("BEGIN");
    db.run("INSERT INTO main.t VALUES(1, 1)");
    db.run("SAVEPOINT s");
    db.run("INSERT INTO aux.t VALUES(1, 1)");
    db.run("INSERT INTO main.t VALUES(2, 2)");
    db.run("ROLLBACK TO s");
    db.run("INSERT INTO aux.t VALUES(3, 3)");
    db.run("COMMIT");
    assertThat(lines(db, COUNT)).containsExactly("1 1");
    assertThat(lines(db, "SELECT pk FROM crsql_changes")).containsExactly("1");
    assertThat(lines(db, "SELECT pk FROM crsql_changes WHERE schema = 'aux'")).containsExactly("3");
  }

  @Test
  void savepoint_rolledBackOverAsCrr_leavesNothing() {
    db.run("CREATE TABLE aux.u(a PRIMARY KEY, b)");
    db.run("SAVEPOINT s");
    db.run("SELECT crsql_as_crr('aux', 'u')");
    db.run("INSERT INTO aux.u VALUES(1, 1)");
    db.run("ROLLBACK TO s");
    db.run("INSERT INTO aux.u VALUES(2, 2)");
    db.run("RELEASE s");
    assertThat(auxChanges(db)).isEmpty();
    db.run("SELECT crsql_as_crr('aux', 'u')");
    assertThat(lines(db, "SELECT \"table\", pk FROM crsql_changes WHERE schema = 'aux'"))
        .containsExactly("u 2");
  }

  @Test
  void statementThatFailsHalfWay_isUndoneInBoth() {
    db.run("CREATE TABLE main.u(a PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('u')");
    db.run("CREATE TABLE aux.v(a PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('aux', 'v')");
    db.run("CREATE TEMP TABLE x(a)");
    db.run(
        "CREATE TEMP TRIGGER both AFTER INSERT ON x BEGIN"
            + " INSERT INTO u VALUES(new.a, 0); INSERT INTO v VALUES(new.a, 0); END");
    db.run("INSERT INTO x VALUES(1)");
    db.run("INSERT INTO v VALUES(5, 5)");
    String failing = "INSERT INTO x VALUES(2), (3), (5)";
    assertThat(error(db, failing)).contains("UNIQUE constraint failed: v.a");
    db.run("BEGIN");
    db.run("INSERT INTO x VALUES(6)");
    assertThat(error(db, failing)).contains("UNIQUE constraint failed: v.a");
    db.run("COMMIT");
    assertThat(lines(db, "SELECT pk FROM crsql_changes")).containsExactly("1", "6");
    assertThat(lines(db, "SELECT pk FROM crsql_changes WHERE schema = 'aux'"))
        .containsExactly("1", "5", "6");
  }

  @Test
  void commitThatIsRefused_isRolledBackInBoth() {
    db.run("BEGIN");
    db.run("INSERT INTO main.t VALUES(1, 1)");
    db.run("INSERT INTO aux.t VALUES(1, 1)");
    db.run("DROP TRIGGER aux.t__crsql_update");
    assertThat(error(db, "COMMIT"))
        .isEqualTo(
            "crsql: the replicated table \"aux\".\"t\" has lost the trigger \"t__crsql_update\", so"
                + " its writes cannot be tracked; call crsql_as_crr('aux', 't'); this transaction"
                + " has been rolled back");
    assertThat(lines(db, COUNT)).containsExactly("0 0");
  }

  @Test
  void attachedInATransaction_isWrittenInIt() {
    db.run("DETACH aux");
    db.run("BEGIN");
    db.run("INSERT INTO main.t VALUES(1, 1)");
    db.run("ATTACH '" + path("aux.db") + "' AS late");
    db.run("INSERT INTO late.t VALUES(1, 1)");
    db.run("ROLLBACK");
    assertThat(lines(db, "SELECT (SELECT count(*) FROM main.t), count(*) FROM late.t"))
        .containsExactly("0 0");
    assertThat(db.value("SELECT count(*) FROM late.t__crsql_log")).isEqualTo(0L);
  }

  @Test
  void mainIsWritten_whileAnotherConnectionLocksTheAttachedFile() {
    Database other = openFile(path("aux.db"));
    other.run("BEGIN EXCLUSIVE");
    db.run("INSERT INTO main.t VALUES(1, 1)");
    other.run("ROLLBACK");
    assertThat(lines(db, COUNT)).containsExactly("1 0");
  }

  @Test
  void explain_isOfATableOfMainOrOfTheSchemaBeforeIt() {
    db.run("INSERT INTO main.t VALUES(1, 'm')");
    db.run("INSERT INTO aux.t VALUES(1, 'a')");
    String value = "->> '$.value'";
    assertThat(
            lines(
                db,
                "SELECT crsql_explain('t', 1, 'b') V, crsql_explain('aux', 't', 1, 'b') V,"
                        .replace("V", value)
                    + "crsql_explain('Main', 't', 1, 'b') V".replace("V", value)))
        .containsExactly("'m' 'a' 'm'");
    assertThat(error(db, "SELECT crsql_explain('nope', 't', 1, 'b')"))
        .isEqualTo("crsql_explain: \"nope\" is not a replicated table; name one");
  }

  @Test
  void optimize_foldsAllDatabases() {
    String unfolded =
        "SELECT (SELECT count(*) FROM main.t__crsql_rows), count(*) FROM aux.t__crsql_rows";
    db.run("INSERT INTO main.t VALUES(1, 1)");
    db.run("INSERT INTO aux.t VALUES(1, 1)");
    assertThat(lines(db, unfolded)).containsExactly("0 0");
    db.run("SELECT crsql_optimize('aux')");
    assertThat(lines(db, unfolded)).containsExactly("0 1");
    db.run("INSERT INTO aux.t VALUES(2, 2)");
    db.run("SELECT crsql_optimize()");
    assertThat(lines(db, unfolded)).containsExactly("1 2");
  }

  @Test
  void temporaryTrigger_withoutSchema_isOnTheFirstTableOfThatName() {
    db.run("CREATE TABLE aux.u(a PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('aux', 'u')");
    db.run("CREATE TEMP TRIGGER on_main AFTER INSERT ON t BEGIN SELECT 1; END");
    db.run("INSERT INTO aux.t VALUES(1, 1)");
    assertThat(error(db, "INSERT INTO main.t VALUES(1, 1)"))
        .isEqualTo(
            "crsql: the replicated table \"t\" has the temporary trigger \"on_main\" that runs"
                + " before crsql's, so its writes cannot be tracked; drop it");
    db.run("DROP TRIGGER on_main");
    db.run("CREATE TEMP TRIGGER on_aux AFTER INSERT ON u BEGIN SELECT 1; END");
    assertThat(error(db, "INSERT INTO aux.u VALUES(1, 1)"))
        .isEqualTo(
            "crsql: the replicated table \"aux\".\"u\" has the temporary trigger \"on_aux\" that"
                + " runs before crsql's, so its writes cannot be tracked; drop it");
    db.run("DROP TRIGGER on_aux");
    db.run("CREATE TEMP TRIGGER named AFTER INSERT ON aux.t BEGIN SELECT 1; END");
    db.run("INSERT INTO main.t VALUES(1, 1)");
    assertThat(error(db, "INSERT INTO aux.t VALUES(2, 2)")).contains("\"named\"");
  }

  @Test
  void untrustedSchema_isCaptured() {
    db.run("PRAGMA trusted_schema = off");
    db.run("PRAGMA foreign_keys = on");
    db.run("INSERT INTO aux.t VALUES(1, 1)");
    db.run("UPDATE aux.t SET b = 2");
    db.run("DELETE FROM aux.t");
    assertThat(auxChanges(db)).containsExactly("1 -1 2 3");
  }

  @Test
  void foreignKeyOfAnUnreplicatedTable_cascadesInItsFile() {
    db.run("PRAGMA foreign_keys = on");
    db.run("CREATE TABLE aux.child(id PRIMARY KEY, a REFERENCES t ON DELETE CASCADE)");
    db.run("INSERT INTO aux.t VALUES(1, 1)");
    db.run("INSERT INTO aux.child VALUES(1, 1)");
    db.run("DELETE FROM aux.t");
    assertThat(db.value("SELECT count(*) FROM aux.child")).isEqualTo(0L);
    assertThat(auxChanges(db)).containsExactly("1 -1 2 2");
  }
}
