package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** crsql_verify: each kind of damage is found and named; legal histories are in order. */
class VerifyTest extends Scenario {
  private static final String RESTORE =
      "; restore the file from a backup or make it anew from a peer";
  private static final String RECAPTURE =
      "; drop the trigger \"t__crsql_insert\" and call crsql_as_crr('t'), which captures that";
  private static final Blob SITE = new Blob("5A".repeat(16));

  @TempDir Path dir;

  private static String verify(Database db) {
    return (String) db.value("SELECT crsql_verify()");
  }

  /**
   * Row 1 alive by two entries, 'x' deleted, 3 alive by a merged entry; all folded. Rows 4 and 5
   * and a change of row 3 in the tail.
   */
  private Database filled() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b, c)", "SELECT crsql_as_crr('t')");
    db.run("INSERT INTO t VALUES(1, 10, 20), ('x', 11, 21)");
    db.run("UPDATE t SET b = 12 WHERE a = 1");
    db.run("DELETE FROM t WHERE a = 'x'");
    db.run(MERGE, "t", 3, 1, 30, 9, SITE);
    db.run("INSERT INTO t VALUES(4, 1, 1), (5, 1, 1)");
    db.run("UPDATE t SET c = 2 WHERE a = 3");
    db.run("DELETE FROM t WHERE a = 5");
    return db;
  }

  @Test
  void databaseInOrder_isOk() {
    assertThat(verify(open())).isEqualTo("ok");
    Database db = filled();
    assertThat(verify(db)).isEqualTo("ok");
    db.run("SELECT crsql_optimize()");
    assertThat(verify(db)).isEqualTo("ok");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "UPDATE crsql_meta SET value = '1' WHERE key = 'format'"
            + " | crsql_meta: it does not say that the format is 1",
        "UPDATE crsql_meta SET value = 'x' WHERE key = 'clock'"
            + " | crsql_meta: its clock is not an integer from 0 to 9007199254740991",
        "DELETE FROM crsql_meta WHERE key = 'clock'"
            + " | crsql_meta: its clock is not an integer from 0 to 9007199254740991",
        "UPDATE crsql_sites SET site = 'sixteen bytes ..' WHERE id = 0"
            + " | crsql_sites: site 0 is not 16 bytes",
        "UPDATE crsql_sites SET site = zeroblob(10000000) WHERE id = 1"
            + " | crsql_sites: site 1 is not 16 bytes",
        "DELETE FROM crsql_sites WHERE id = 0"
            + " | crsql_sites: the database itself, site 0, is missing",
        "UPDATE crsql_tables SET name = X'74' | crsql_tables: 1 table(s) have no name",
        "UPDATE crsql_tables SET slots = 3"
            + " | table \"t\": crsql_columns does not tell the column of each of its slots",
        "UPDATE crsql_tables SET slots = 'many'"
            + " | table \"t\": crsql_columns does not tell the column of each of its slots",
        "UPDATE crsql_columns SET slot = -1 WHERE slot = 1"
            + " | table \"t\": crsql_columns does not tell the column of each of its slots",
        "UPDATE crsql_columns SET number = 1"
            + " | table \"t\": crsql_columns does not tell the column of each of its slots",
        "UPDATE crsql_columns SET name = X'00' WHERE slot = 1"
            + " | table \"t\": crsql_columns does not tell the column of each of its slots",
        "UPDATE crsql_tables SET folded = 'x'"
            + " | table \"t\": crsql_tables does not tell how far its log is folded",
        "INSERT INTO crsql_columns VALUES(7, 0, 'b', 1, 1)"
            + " | crsql_columns: 1 row(s) are about tables that crsql_tables does not have",
        "INSERT INTO crsql_renamed VALUES('b', 7, 0)"
            + " | crsql_renamed: 1 row(s) are about tables that crsql_tables does not have",
        "DELETE FROM crsql_tables"
            + " | crsql_columns: 2 row(s) are about tables that crsql_tables does not have",
        "CREATE TABLE u__crsql_log(x)"
            + " | table \"u__crsql_log\": it is the log of a table that crsql_tables does not have",
        "INSERT INTO crsql_parked VALUES('u', 1, 1, 3, 1, 2, zeroblob(16), 99, '')"
            + " | crsql_parked: 1 row(s) are no changes",
        "DROP TABLE crsql_sites"
            + " | crsql_sites: it cannot be checked (no such table: main.crsql_sites)",
        "DROP TABLE t__crsql_rows"
            + " | table \"t\": it cannot be checked (no such table: main.t__crsql_rows)",
        "ALTER TABLE t__crsql_log DROP COLUMN site"
            + " | table \"t\": it cannot be checked (no such column: site)"
      })
  void damageOfTheFilesTables_isNamed(String damage, String sentence) {
    Database db = filled();
    db.run(damage);
    assertThat(verify(db).lines()).contains(sentence + RESTORE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "UPDATE t__crsql_log SET cols = 'x' WHERE at = 1"
            + " | 1 | 1 has cols, part, site or version of a wrong type",
        "UPDATE t__crsql_log SET part = zeroblob(1000000) WHERE at = 1"
            + " | 1 | 1 has cols, part, site or version of a wrong type",
        "UPDATE t__crsql_log SET version = 5 WHERE at = 1"
            + " | 1 | 1 has cols, part, site or version of a wrong type",
        "UPDATE t__crsql_log SET version = NULL WHERE at = 10"
            + " | 3 | 10 has cols, part, site or version of a wrong type",
        "UPDATE t__crsql_log SET cols = 4 WHERE at = 1"
            + " | 1 | 1 is about columns that the table never had",
        "UPDATE t__crsql_log SET cols = -1 WHERE at = 1"
            + " | 1 | 1 is about columns that the table never had",
        "UPDATE t__crsql_log SET part = 2 WHERE at = 1"
            + " | 1 | 1 is about columns that the table never had",
        "UPDATE t__crsql_log SET part = -1 WHERE at = 1"
            + " | 1 | 1 is about columns that the table never had",
        "UPDATE t__crsql_log SET site = 9 WHERE at = 10"
            + " | 3 | 10 is by a site that crsql_sites does not have",
        "UPDATE t__crsql_log SET beaten = 'x' WHERE at = 10"
            + " | 3 | 10 has notes on what it has beaten that cannot be read",
        "UPDATE t__crsql_log SET beaten = zeroblob(9000000) WHERE at = 10"
            + " | 3 | 10 has notes on what it has beaten that cannot be read",
        "UPDATE t__crsql_log SET beaten = X'0202' WHERE at = 10"
            + " | 3 | 10 has notes on what it has beaten that cannot be read",
        "UPDATE t__crsql_log SET version = -1 WHERE at = 10"
            + " | 3 | 10 has a version that is not from 1 to the clock, 17",
        "UPDATE t__crsql_log SET version = 90 WHERE at = 10"
            + " | 3 | 10 has a version that is not from 1 to the clock, 17",
        "UPDATE t__crsql_rows SET cl = 11 WHERE k0 = 3"
            + " | 3 | 10 has a version below the causal length, 11",
        "UPDATE t__crsql_rows SET events = 1 WHERE k0 = 1 | 1 | 5 is missing in the index",
        "DELETE FROM t__crsql_rows WHERE k0 = 'x' | 'x' | 7 is missing in the index",
        "UPDATE t__crsql_rows SET events = NULL WHERE k0 = 3 | 3 | 10 is missing in the index",
        "UPDATE t__crsql_rows SET events = 15 WHERE k0 = 3"
            + " | 3 | 15 is in the index although it is not folded"
      })
  void damagedLogEntry_isNamed(String damage, String row, String sentence) {
    Database db = filled();
    db.run(damage);
    assertThat(verify(db).lines())
        .contains("table \"t\", row " + row + ": its log entry " + sentence + RESTORE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "UPDATE t__crsql_rows SET cl = 0 WHERE k0 = 1"
            + " | 1 | has a causal length that is not from 1 to the clock, 17",
        "UPDATE t__crsql_rows SET cl = 'x' WHERE k0 = 1"
            + " | 1 | has a causal length that is not from 1 to the clock, 17",
        "UPDATE t__crsql_rows SET cl = 99 WHERE k0 = 1"
            + " | 1 | has a causal length that is not from 1 to the clock, 17",
        "UPDATE t__crsql_rows SET events = 'x' WHERE k0 = 1 | 1 | has events that cannot be read",
        "UPDATE t__crsql_rows SET events = X'80' WHERE k0 = 1 | 1 | has events that cannot be read",
        "UPDATE t__crsql_rows SET events = zeroblob(50000000) WHERE k0 = 1"
            + " | 1 | has events that cannot be read",
        "UPDATE t__crsql_rows SET events = NULL WHERE k0 = 'x'"
            + " | 'x' | is deleted, and has 0 log entries instead of one",
        "UPDATE t__crsql_rows SET cl = 2 WHERE k0 = 1"
            + " | 1 | is deleted, and has 2 log entries instead of one",
        "UPDATE t__crsql_rows SET cl = 2 WHERE k0 = 3"
            + " | 3 | is deleted, which its log entry 10 is not",
        "UPDATE t__crsql_rows SET cl = 1 WHERE k0 = 'x'"
            + " | 'x' | is alive, which its log entry 7 is not",
        "DELETE FROM t__crsql_log WHERE at = 10"
            + " | 3 | has the log entry 10, which is not there",
        "UPDATE t__crsql_log SET k0 = 8 WHERE at = 10"
            + " | 3 | has the log entry 10, which is another row's",
        "UPDATE t__crsql_log SET cols = 3 WHERE at = 1"
            + " | 1 | has the log entry 5, whose columns another entry has too"
      })
  void damagedIndexRow_isNamed(String damage, String row, String sentence) {
    Database db = filled();
    db.run(damage);
    assertThat(verify(db).lines())
        .contains("table \"t\", row " + row + ": its row in the index " + sentence + RESTORE);
  }

  /** Each column of each of crsql's tables takes each odd value, constraints or not. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void damageOfAnyKind_givesSentences(boolean constrained) {
    Database db = filled();
    db.run(MERGE, "later", 1, 1, 1, 16, SITE);
    db.run("INSERT INTO t__crsql_held(k0, slot, cl, text) VALUES(1, -1, 1, 'no reason')");
    db.run("PRAGMA legacy_alter_table = 1");
    int found = 0;
    for (List<Object> column :
        db.query(
            "SELECT s.name, '\"' || c.name || '\"' FROM sqlite_schema s, pragma_table_info(s.name) c"
                + " WHERE s.type = 'table' AND s.name LIKE '%crsql@_%' ESCAPE '@'")) {
      db.run("BEGIN");
      if (!constrained) {
        db.run("CREATE TABLE bare AS SELECT * FROM " + column.get(0));
        db.run("DROP TABLE " + column.get(0));
        db.run("ALTER TABLE bare RENAME TO " + column.get(0));
      }
      db.run("SAVEPOINT damage");
      for (String value :
          new String[] {
            "NULL",
            "'x'",
            "''",
            "X''",
            "X'80'",
            "zeroblob(300000)",
            "1.5",
            "-1",
            "0",
            "1",
            "9223372036854775807",
            "-9223372036854775808",
            "1 << 40"
          }) {
        try {
          db.run("UPDATE OR IGNORE " + column.get(0) + " SET " + column.get(1) + " = " + value);
        } catch (SqlError mismatch) {
          assertThat(mismatch).hasMessage("datatype mismatch");
        }
        found += verify(db).equals("ok") ? 0 : 1;
        db.run("ROLLBACK TO damage");
      }
      db.run("ROLLBACK");
    }
    assertThat(found).isGreaterThan(250);
  }

  @Test
  void deletionOfSomeColumnsOnly_isNamed() {
    StringBuilder columns = new StringBuilder("a PRIMARY KEY");
    for (int i = 0; i < 70; i++) {
      columns.append(", c").append(i);
    }
    Database db = open("CREATE TABLE t(" + columns + ")", "SELECT crsql_as_crr('t')");
    db.run("INSERT INTO t(a) VALUES(1)");
    assertThat(verify(db)).isEqualTo("ok");
    db.run("UPDATE t__crsql_log SET cols = 0 WHERE part > 1");
    assertThat(verify(db).lines())
        .contains(
            "table \"t\", row 1: its log entry 64 is a deletion of some columns only" + RESTORE);
  }

  @Test
  void ticksGivenTwice_areNamedOverAllTables() {
    Database db = filled();
    db.run("CREATE TABLE u(a PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('u')");
    db.run("INSERT INTO u VALUES(1, 1)");
    assertThat(verify(db)).isEqualTo("ok");
    db.run("UPDATE u__crsql_log SET at = 12");
    assertThat(verify(db))
        .isEqualTo("table \"u\": its entry 12 and entry 11 of table \"t\" overlap" + RESTORE);
  }

  @Test
  void foldedPastTheLogsEnd_isNamed() {
    Database db = filled();
    db.run("UPDATE crsql_tables SET folded = 100");
    assertThat(verify(db).lines())
        .contains("table \"t\": its log ends at 17 and is folded up to 100" + RESTORE);
  }

  @Test
  void versionAboveTheFilesClock_isNamed() {
    String path = dir.resolve("clock.db").toString();
    Database db = openFile(path);
    db.run("CREATE TABLE t(a PRIMARY KEY, b, c)");
    db.run("SELECT crsql_as_crr('t')");
    db.run("BEGIN");
    db.run(MERGE, "t", 1, 1, 1, 50, SITE);
    db.run(MERGE, "t", 1, 2, 1, 60, SITE);
    assertThat(verify(db)).isEqualTo("ok");
    db.run("COMMIT");
    assertThat(verify(db)).isEqualTo("ok");
    db.run("DELETE FROM t__crsql_log WHERE at = 61");
    db.run("UPDATE t__crsql_rows SET events = 51");
    db.run("UPDATE t__crsql_log SET version = 70");
    assertThat(verify(db))
        .isEqualTo(
            "table \"t\", row 1: its log entry 51 has a version that is not from 1 to the clock, 51"
                + RESTORE);
  }

  @Test
  void captureOutOfOrder_isNamed() {
    Database db = filled();
    db.run("DROP TRIGGER t__crsql_delete");
    assertThat(verify(db))
        .isEqualTo(
            "crsql: the replicated table \"t\" has lost the trigger \"t__crsql_delete\", so its"
                + " writes cannot be tracked; call crsql_as_crr('t')");
  }

  @Test
  void missingIndexOfLives_isNamed() {
    Database db = filled();
    String index = "crsql_lives_" + db.value("SELECT id FROM crsql_tables");
    db.run("DROP INDEX " + index);
    String found = verify(db);
    assertThat(found)
        .isEqualTo(
            "table \"t\": the index of its rows' later lives is missing; CREATE INDEX "
                + index
                + " ON \"t__crsql_rows\"(k0, cl) WHERE cl <> 1");
    db.run(found.substring(found.indexOf("CREATE")));
    assertThat(verify(db)).isEqualTo("ok");
  }

  @Test
  void deletionThatIsNotNoted_isNamed() {
    Database db = filled();
    db.run("SELECT crsql_optimize()");
    db.run("DELETE FROM t WHERE a = 1");
    Object at = db.value("SELECT max(at) FROM t__crsql_log");
    assertThat(db.value("SELECT deleted FROM crsql_tables")).isEqualTo(at);
    db.run("UPDATE crsql_tables SET deleted = 0");
    assertThat(verify(db))
        .isEqualTo(
            "table \"t\": crsql_tables does not tell of the deletion at "
                + at
                + " in its log; call crsql_optimize()");
    db.run("SELECT crsql_optimize()");
    assertThat(verify(db)).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rowsWrittenPastTheCapture_areNamedAndCanBeCaptured(boolean folded) {
    Database db = filled();
    if (folded) {
      db.run("SELECT crsql_optimize()");
    }
    pastTheCapture(db, "INSERT INTO t VALUES('new', 1, 1), ('x', 1, 1), (5, 1, 1)");
    pastTheCapture(db, "DELETE FROM t WHERE a IN (1, 3, 4)");
    assertThat(verify(db).lines())
        .containsExactlyInAnyOrder(
            "table \"t\", row 1: its log has it alive, and the table does not have it" + RECAPTURE,
            "table \"t\", row 3: its log has it alive, and the table does not have it" + RECAPTURE,
            "table \"t\", row 4: its log has it alive, and the table does not have it" + RECAPTURE,
            "table \"t\", row 5: the table has it, and its log does not have it alive" + RECAPTURE,
            "table \"t\", row 'x': the table has it, and its log does not have it alive"
                + RECAPTURE,
            "table \"t\", row 'new': the table has it, and its log does not have it alive"
                + RECAPTURE);
    db.run("DROP TRIGGER t__crsql_insert");
    db.run("SELECT crsql_as_crr('t')");
    assertThat(verify(db)).isEqualTo("ok");
    assertThat(db.value("SELECT count(*) FROM crsql_changes WHERE pk = '''new'''")).isEqualTo(2L);
  }

  /** Runs a statement while the triggers are away, and puts them back as they were. */
  private static void pastTheCapture(Database db, String statement) {
    var triggers =
        db.query("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid");
    triggers.forEach(trigger -> db.run("DROP TRIGGER " + trigger.get(0)));
    db.run(statement);
    triggers.forEach(trigger -> db.run((String) trigger.get(1)));
  }

  @Test
  void replaceThroughTheHiddenRowid_isNamed() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b)", "SELECT crsql_as_crr('t')");
    db.run("INSERT INTO t(rowid, a, b) VALUES(1, 'x', 1)");
    db.run("INSERT OR REPLACE INTO t(rowid, a, b) VALUES(1, 'y', 2)");
    assertThat(verify(db))
        .isEqualTo(
            "table \"t\", row 'x': its log has it alive, and the table does not have it"
                + RECAPTURE);
  }

  @Test
  void nullKeys_areNamed() {
    Database db = filled();
    pastTheCapture(db, "INSERT INTO t VALUES(NULL, 1, 1), (NULL, 2, 2)");
    assertThat(verify(db))
        .isEqualTo(
            "table \"t\": 2 row(s) have a NULL in the PRIMARY KEY; give them a key or delete them");
  }

  @Test
  void heldRows_areInOrderUnlessTheLogDoesNotHaveThem() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b NOT NULL, c)", "SELECT crsql_as_crr('t')");
    db.run(MERGE, "t", 1, 2, 5, 9, SITE);
    assertThat(db.value("SELECT count(*) FROM crsql_held")).isEqualTo(1L);
    assertThat(verify(db)).isEqualTo("ok");
    db.run("INSERT INTO t VALUES(1, 1, 1)");
    assertThat(verify(db)).isEqualTo("ok");
    db.run("SELECT crsql_optimize()");
    assertThat(verify(db)).isEqualTo("ok");
    db.run("INSERT INTO t__crsql_held(k0, slot, cl, text) VALUES(1, -1, 1, 'no reason')");
    assertThat(verify(db))
        .isEqualTo(
            "table \"t\", row 1: it is held aside, and its log does not have it alive or the table"
                + " has it too"
                + RESTORE);
    db.run("DELETE FROM t__crsql_held");
    db.run(MERGE, "t", 2, 2, 5, 19, SITE);
    db.run("DELETE FROM t__crsql_held");
    assertThat(verify(db))
        .isEqualTo(
            "table \"t\", row 2: its log has it alive, and the table does not have it" + RECAPTURE);
  }

  @Test
  void collationsCompositeAndKeyOnlyTables_areComparedAsSqliteDoes() {
    Database db =
        open(
            "CREATE TABLE t(a TEXT COLLATE NOCASE, b, PRIMARY KEY(a, b)) WITHOUT ROWID",
            "SELECT crsql_as_crr('t')",
            "INSERT INTO t VALUES('A', 1), ('b', 2.5)");
    db.run("CREATE TABLE u(a INTEGER PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('u')");
    db.run("INSERT INTO u VALUES(-9223372036854775808, 1), (7, 7)");
    db.run("SELECT crsql_optimize()");
    db.run("UPDATE t SET a = 'a', b = 1.0 WHERE b = 1");
    db.run("UPDATE u SET a = 8 WHERE a = 7");
    assertThat(verify(db)).isEqualTo("ok");
    pastTheCapture(db, "DELETE FROM t");
    assertThat(verify(db).lines())
        .containsExactlyInAnyOrder(
            "table \"t\", row 'a'|1.0: its log has it alive, and the table does not have it"
                + RECAPTURE,
            "table \"t\", row 'b'|2.5: its log has it alive, and the table does not have it"
                + RECAPTURE);
  }

  @Test
  void moreThanAHundredFindings_areCounted() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b)", "SELECT crsql_as_crr('t')");
    pastTheCapture(
        db,
        "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250)"
            + " INSERT INTO t SELECT i, i FROM n");
    assertThat(verify(db).lines()).hasSize(101).endsWith("and 150 more");
  }

  @Test
  void longKeys_areCutShort() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b)", "SELECT crsql_as_crr('t')");
    pastTheCapture(
        db, "INSERT INTO t VALUES(zeroblob(5000000), 1), ('ä' || hex(zeroblob(900)), 1)");
    assertThat(verify(db).lines())
        .containsExactlyInAnyOrder(
            "table \"t\", row X'"
                + "00".repeat(100)
                + "'...: the table has it, and its log does not have it alive"
                + RECAPTURE,
            "table \"t\", row 'ä"
                + "0".repeat(98)
                + "'...: the table has it, and its log does not have it alive"
                + RECAPTURE);
  }

  @Test
  void legalHistories_areInOrder() {
    Database a = filled();
    Database b = open("CREATE TABLE t(a PRIMARY KEY, b, c)", "SELECT crsql_as_crr('t')");
    b.run("INSERT INTO t VALUES(1, 1, 1), (3, 3, 3), (9, 9, 9)");
    b.run("DELETE FROM t WHERE a = 3");
    sync(a, b);
    assertThat(verify(a)).isEqualTo("ok");
    assertThat(verify(b)).isEqualTo("ok");
    a.run("ALTER TABLE t ADD COLUMN d DEFAULT 5");
    a.run("SELECT crsql_as_crr('t')");
    a.run("UPDATE t SET d = 6");
    a.run("BEGIN");
    a.run("INSERT INTO t VALUES(20, 1, 1, 1)");
    assertThat(verify(a)).isEqualTo("ok");
    a.run("ROLLBACK");
    assertThat(verify(a)).isEqualTo("ok");
    a.run("DROP TABLE t");
    assertThat(verify(a)).isEqualTo("ok");
  }

  @Test
  void verification_writesNothing() {
    String path = dir.resolve("v.db").toString();
    Database db = openFile(path);
    db.run("CREATE TABLE t(a PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('t')");
    db.run("INSERT INTO t VALUES(1, 1)");
    close(db);
    Database guarded = openFile(path);
    guarded.run("PRAGMA query_only = 1");
    assertThat(verify(guarded)).isEqualTo("ok");
    assertThat(guarded.value("SELECT folded FROM crsql_tables")).isEqualTo(0L);
  }
}
