package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that have been copied and are written on both sides: seen, and made two sites. */
class CloneTest extends Scenario {
  private static final String T = "CREATE TABLE t(a PRIMARY KEY, b, c)";
  private static final String CRR = "SELECT crsql_as_crr('t')";
  private static final Blob SITE = new Blob("5A".repeat(16));
  private static final String REMEDY =
      "; call crsql_new_site() in each copy but one, then UPDATE crsql_sites SET doubts = 0 here";
  private static final String CAME_BACK =
      "crsql_sites: writes of this database's own have come back that it did not have, so that it"
          + " is an older copy, or another copy of it is written"
          + REMEDY;

  @TempDir Path dir;

  private static String twoWriters(Object site) {
    return "crsql_sites: two copies of a file write as site "
        + site
        + ", since one version has come with two values"
        + REMEDY;
  }

  private static String verify(Database db) {
    return (String) db.value("SELECT crsql_verify()");
  }

  private static Object site(Database db) {
    return db.value("SELECT crsql_siteid()");
  }

  private static Object fingerprint(Database db) {
    return db.value("SELECT crsql_fingerprint()");
  }

  private Database file(String name) {
    return openFile(dir.resolve(name).toString());
  }

  private Database original() {
    Database db = file("a.db");
    db.run(T);
    db.run(CRR);
    db.run("CREATE TABLE u(a INTEGER PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('u')");
    db.run("INSERT INTO t VALUES(1, 10, 20), (2, 'x', X'00'), (3, 0, 0)");
    db.run("INSERT INTO u VALUES(1, 1)");
    db.run("DELETE FROM t WHERE a = 3");
    return db;
  }

  private Database copy(boolean vacuum) throws IOException {
    close(original());
    if (vacuum) {
      Database db = file("a.db");
      db.run("VACUUM INTO '" + dir.resolve("b.db") + "'");
      close(db);
    } else {
      Files.copy(dir.resolve("a.db"), dir.resolve("b.db"));
    }
    return file("b.db");
  }

  private Database empty() {
    Database db = open(T, CRR, "CREATE TABLE u(a INTEGER PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('u')");
    return db;
  }

  private static void through(Database middle, Database... others) {
    for (int round = 0; round < 2; round++) {
      for (Database other : others) {
        pull(middle, other);
        pull(other, middle);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void copyWithANewSite_convergesWithItsOriginal(boolean vacuum, boolean writeFirst)
      throws IOException {
    Database b = copy(vacuum);
    Database a = file("a.db");
    Object before = site(b);
    if (writeFirst) {
      b.run("INSERT INTO t VALUES(5, 'b', 'b')");
      b.run("UPDATE t SET b = 'b' WHERE a = 1");
    }
    Object fresh = b.value("SELECT crsql_new_site()");
    assertThat(fresh).isEqualTo(site(b)).isNotEqualTo(before);
    assertThat(site(a)).isEqualTo(before);
    b.run("INSERT INTO t VALUES(6, 'b', 'b')");
    b.run("INSERT INTO t VALUES(3, 'again', 'b')");
    a.run("INSERT INTO t VALUES(5, 'a', 'a'), (7, 'a', 'a')");
    a.run("UPDATE t SET c = 'a' WHERE a = 1");
    Database c = empty();
    through(c, a, b);
    for (Database db : List.of(a, b, c)) {
      assertThat(verify(db)).isEqualTo("ok");
      assertThat(fingerprint(db)).isEqualTo(fingerprint(a));
      assertThat(db.value("SELECT group_concat(a) FROM (SELECT a FROM t ORDER BY a)"))
          .isEqualTo("1,2,3,5,6,7");
      assertThat(lines(db, "SELECT c FROM t WHERE a = 1")).containsExactly("a");
      assertThat(lines(db, "SELECT * FROM u")).containsExactly("1 1");
    }
  }

  @Test
  void copiesThatWriteAsOneSite_convergeAndAreReported() throws IOException {
    Database b = copy(false);
    Database a = file("a.db");
    a.run("UPDATE t SET b = 'a', c = 2 WHERE a = 1");
    b.run("UPDATE t SET b = 'b', c = 1 WHERE a = 1");
    a.run("INSERT INTO t VALUES('only a', 1, 1)");
    b.run("INSERT INTO t VALUES('only b', 1, 1)");
    Database c = empty();
    through(c, a, b);
    Object site = site(a);
    for (Database db : List.of(a, b, c)) {
      assertThat(fingerprint(db)).isEqualTo(fingerprint(a));
      assertThat(lines(db, "SELECT b, c FROM t WHERE a = 1")).containsExactly("b 2");
      assertThat(db.value("SELECT count(*) FROM t")).isEqualTo(4L);
    }
    assertThat(verify(c)).isEqualTo(twoWriters(site));
    assertThat(verify(a).lines()).containsExactly(twoWriters(site), CAME_BACK);
    assertThat(verify(b).lines()).containsExactly(twoWriters(site), CAME_BACK);
    b.run("SELECT crsql_new_site()");
    a.run("UPDATE crsql_sites SET doubts = 0");
    c.run("UPDATE crsql_sites SET doubts = 0");
    through(c, a, b);
    for (Database db : List.of(a, b, c)) {
      assertThat(verify(db)).isEqualTo("ok");
      assertThat(fingerprint(db)).isEqualTo(fingerprint(a));
    }
  }

  @Test
  void copiesUsedAtRandom_converge() {
    int reported = 0;
    for (int seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      Database[] all = new Database[4];
      for (int i = 0; i < all.length; i++) {
        all[i] = open("CREATE TABLE t(a TEXT COLLATE NOCASE PRIMARY KEY, b, c)", CRR);
      }
      all[0].run("UPDATE crsql_sites SET site = ?1 WHERE id = 0", SITE);
      all[1].run("UPDATE crsql_sites SET site = ?1 WHERE id = 0", SITE);
      for (int i = 0; i < 4; i++) {
        String key = List.of("a", "A", "b", "B").get(i / 2 * 2 + random.nextInt(2));
        all[i % 2].run("INSERT INTO t VALUES(?1, ?2, 0)", key, random.nextInt(9));
      }
      for (int step = 0; step < 15; step++) {
        Database db = all[random.nextInt(random.nextInt(4) == 0 ? 4 : 2)];
        String key = List.of("a", "A", "b", "B").get(random.nextInt(4));
        switch (random.nextInt(6)) {
          case 0 -> db.run("DELETE FROM t WHERE a = ?1", key);
          case 1 -> db.run("UPDATE t SET a = ?1 WHERE a = ?1", key);
          case 2 -> db.run("UPDATE t SET b = ?2 WHERE a = ?1", key, random.nextInt(9));
          case 4 -> pull(db, all[random.nextInt(4)]);
          case 5 -> {
            List<List<Object>> changes = changes(all[random.nextInt(4)]);
            Collections.shuffle(changes, random);
            db.run("BEGIN");
            merge(db, changes);
            db.run("COMMIT");
          }
          default ->
              db.run(
                  "INSERT OR REPLACE INTO t VALUES(?1, ?2, ?3)",
                  key,
                  random.nextInt(9),
                  "x" + random.nextInt(9));
        }
      }
      sync(all);
      sync(all);
      for (Database db : all) {
        assertThat(lines(db, "SELECT * FROM t ORDER BY a"))
            .as("seed %s", seed)
            .isEqualTo(lines(all[0], "SELECT * FROM t ORDER BY a"));
        assertThat(state(db)).as("seed %s", seed).isEqualTo(state(all[0]));
        assertThat(verify(db).lines())
            .as("seed %s", seed)
            .allMatch(line -> line.equals("ok") || line.startsWith("crsql_sites: "));
      }
      reported += Stream.of(all).anyMatch(db -> verify(db).contains("two copies")) ? 1 : 0;
      for (Database db : all) {
        close(db);
      }
    }
    assertThat(reported).isGreaterThan(5);
  }

  @Test
  void olderCopy_isReportedOnceItsOwnLaterWritesComeBack() {
    for (boolean byNull : new boolean[] {false, true}) {
      Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
      db.run(MERGE, "t", 1, 1, 1, 1, byNull ? null : site(db));
      assertThat(verify(db)).isEqualTo("ok");
      db.run("SELECT crsql_optimize()");
      db.run(MERGE, "t", 2, 1, 1, 1, byNull ? null : site(db));
      assertThat(verify(db)).isEqualTo(CAME_BACK);
      db.run("SELECT crsql_new_site()");
      assertThat(verify(db)).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "NULL, 9",
        "9, 10",
        "10, 0.5",
        "-1.5, -0.5",
        "-0.0, 0.0",
        "1.5, 9e999",
        "9e999, ''",
        "'a', 'b'",
        "'a', 'aa'",
        "'Z', 'a'",
        "'z', X''",
        "X'7F', X'80'"
      })
  void equalStampWithTwoValues_keepsTheGreaterOnEveryPeer(String less, String greater) {
    for (boolean lessFirst : new boolean[] {true, false}) {
      Database db = open(T, CRR);
      db.run(MERGE, "t", 1, 1, lessFirst ? less : greater, 5, SITE);
      Object before = db.value("SELECT max(db_version) FROM crsql_changes");
      db.run(MERGE, "t", 1, 1, lessFirst ? greater : less, 5, SITE);
      Database other = open(T, CRR);
      other.run(MERGE, "t", 1, 1, greater, 5, SITE);
      assertThat(fingerprint(db)).isEqualTo(fingerprint(other));
      assertThat(verify(db)).isEqualTo(twoWriters(SITE));
      assertThat(changes(db, "db_version > " + before)).hasSize(lessFirst ? 1 : 0);
    }
  }

  @Test
  void equalStampWithAValueThatTheColumnConverts_isTheSameWrite() {
    Database db = open("CREATE TABLE t(a INTEGER PRIMARY KEY, b INT, c TEXT, d REAL)", CRR);
    for (int again = 0; again < 2; again++) {
      db.run(MERGE, "t", 1, 1, "'5'", 5, SITE);
      db.run(MERGE, "t", 1, 2, 5, 6, SITE);
      db.run(MERGE, "t", 1, 3, 5, 7, SITE);
    }
    assertThat(verify(db)).isEqualTo("ok");
  }

  @Test
  void equalStampWithTwoSpellingsOfTheKey_keepsTheGreaterOnEveryPeer() {
    String ddl = "CREATE TABLE t(a TEXT COLLATE NOCASE PRIMARY KEY, b)";
    for (boolean lowerFirst : new boolean[] {true, false}) {
      Database db = open(ddl, CRR);
      db.run(MERGE, "t", lowerFirst ? "'k'" : "'K'", 1, 1, 5, SITE);
      db.run(MERGE, "t", lowerFirst ? "'K'" : "'k'", 1, 1, 5, SITE);
      assertThat(lines(db, "SELECT a FROM t")).containsExactly("k");
      assertThat(verify(db)).isEqualTo(twoWriters(SITE));
    }
  }

  @Test
  void equalStampOfAHeldCell_isComparedToo() {
    for (String second : new String[] {"5", "6"}) {
      Database db = open("CREATE TABLE t(a PRIMARY KEY, b NOT NULL, c)", CRR);
      db.run(MERGE, "t", 1, 2, "5", 6, SITE);
      db.run(MERGE, "t", 1, 2, second, 6, SITE);
      assertThat(verify(db)).isEqualTo(second.equals("5") ? "ok" : twoWriters(SITE));
      assertThat(lines(db, "SELECT val FROM crsql_changes")).containsExactly(second);
    }
  }

  @Test
  void oldSite_comesBackAsAnotherOnes() throws IOException {
    Database b = copy(false);
    Database a = file("a.db");
    Object old = site(b);
    b.run("SELECT crsql_new_site()");
    a.run("UPDATE t SET b = 11 WHERE a = 1");
    pull(b, a);
    String cell =
        "SELECT val, site_id FROM crsql_changes WHERE \"table\" = 't' AND pk = 1 AND col = 'b'";
    assertThat(lines(b, cell)).containsExactly("11 " + old);
    assertThat(verify(b)).isEqualTo("ok");
  }

  @Test
  void newSite_rolledBack_isForgotten() {
    Database db = original();
    Object before = site(db);
    db.run("BEGIN");
    db.run("INSERT INTO t VALUES(8, 8, 8)");
    db.run("SELECT crsql_new_site()");
    db.run("INSERT INTO t VALUES(9, 9, 9)");
    assertThat(site(db)).isNotEqualTo(before);
    assertThat(verify(db)).isEqualTo("ok");
    db.run("ROLLBACK");
    assertThat(site(db)).isEqualTo(before);
    db.run("INSERT INTO t VALUES(9, 9, 9)");
    assertThat(verify(db)).isEqualTo("ok");
    db.run("SAVEPOINT s");
    db.run("SELECT crsql_new_site()");
    db.run("ROLLBACK TO s");
    assertThat(site(db)).isEqualTo(before);
    db.run("RELEASE s");
    db.run("UPDATE t SET b = 0");
    assertThat(verify(db)).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void newSite_isNoticedByOtherConnections(boolean withTables) {
    Database db = file("a.db");
    if (withTables) {
      db.run(T);
      db.run(CRR);
      db.run("INSERT INTO t VALUES(1, 10, 20)");
    }
    site(db);
    Database other = file("a.db");
    Object before = site(other);
    Object fresh = db.value("SELECT crsql_new_site()");
    assertThat(site(other)).isEqualTo(fresh).isNotEqualTo(before);
    if (withTables) {
      other.run("INSERT INTO t VALUES(2, 10, 20)");
      db.run("INSERT INTO t VALUES(3, 10, 20)");
      assertThat(verify(other)).isEqualTo("ok");
      assertThat(db.value("SELECT count(*) FROM crsql_changes WHERE site_id IS NULL"))
          .isEqualTo(6L);
    }
  }

  @Test
  void attachedCopyWithANewSite_isToldApart() throws IOException {
    Database b = copy(false);
    b.run("SELECT crsql_new_site()");
    close(b);
    Database a = file("a.db");
    a.run("ATTACH '" + dir.resolve("b.db") + "' AS copy");
    a.run("BEGIN");
    a.run("INSERT INTO main.t VALUES(8, 8, 8)");
    a.run("INSERT INTO copy.t VALUES(9, 9, 9)");
    a.run("COMMIT");
    assertThat(a.query("SELECT pk FROM crsql_changes WHERE pk > 7")).hasSize(2);
    assertThat(a.query("SELECT pk FROM crsql_changes WHERE schema = 'copy' AND pk > 7")).hasSize(2);
  }

  @Test
  void newSite_ofAnAttachedCopy_letsBothBeWritten() throws IOException {
    close(copy(false));
    Database a = file("a.db");
    a.run("ATTACH '" + dir.resolve("b.db") + "' AS copy");
    Object own = site(a);
    Object fresh = a.value("SELECT crsql_new_site('copy')");
    assertThat(a.value("SELECT crsql_siteid('copy')")).isEqualTo(fresh).isNotEqualTo(own);
    assertThat(site(a)).isEqualTo(own);
    a.run("BEGIN");
    a.run("INSERT INTO main.t VALUES(8, 8, 8)");
    a.run("INSERT INTO copy.t VALUES(9, 9, 9)");
    a.run("COMMIT");
    assertThat(verify(a)).isEqualTo("ok");
    assertThat(a.value("SELECT crsql_verify('copy')")).isEqualTo("ok");
    assertThat(a.value("SELECT max(a) FROM copy.t")).isEqualTo(9L);
  }

  @Test
  void newSite_ofATableWhoseCaptureIsOutOfOrder_isRefused() {
    Database db = original();
    Object before = site(db);
    db.run("DROP TRIGGER t__crsql_delete");
    assertThat(error(db, "SELECT crsql_new_site()"))
        .isEqualTo(
            "crsql: the replicated table \"t\" has lost the trigger \"t__crsql_delete\", so its"
                + " writes cannot be tracked; call crsql_as_crr('t')");
    assertThat(site(db)).isEqualTo(before);
  }

  @Test
  void newSite_renamesWhatIsParkedAndKeepsDroppedTables() {
    Database db = original();
    db.run("DROP TABLE u");
    db.run(MERGE, "later", 1, 1, 1, 5, site(db));
    Object fresh = db.value("SELECT crsql_new_site()");
    assertThat(db.value("SELECT site_id FROM crsql_parked")).isEqualTo(fresh);
    assertThat(verify(db)).isEqualTo("ok");
  }

  @Test
  void newSite_ofAnEmptyDatabase_isItsFirst() {
    Database db = open();
    assertThat(db.value("SELECT crsql_new_site()")).isEqualTo(site(db));
  }

  @Test
  void oneStampForTwoColumns_spellsTheKeyAsTheLaterOneHasIt() {
    List<List<Object>> changes =
        List.of(List.of("t", "'A'", 1L, 1L, 8L, SITE), List.of("t", "'a'", 2L, 2L, 8L, SITE));
    for (List<List<Object>> order : List.of(changes, List.of(changes.get(1), changes.get(0)))) {
      Database db = open("CREATE TABLE t(a TEXT COLLATE NOCASE PRIMARY KEY, b, c)", CRR);
      merge(db, order);
      assertThat(lines(db, "SELECT * FROM t")).containsExactly("a 1 2");
    }
  }

  @Test
  void newSite_doesNotForgetWhatTheTransactionHasWritten() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b)", "SELECT crsql_as_crr('t')");
    db.run("BEGIN");
    db.run("INSERT INTO t VALUES(2, 2)");
    db.run("SELECT crsql_new_site()");
    db.run("CREATE TABLE n(a PRIMARY KEY, b)");
    db.run("INSERT INTO n SELECT * FROM t");
    db.run("DROP TABLE t");
    db.run("ALTER TABLE n RENAME TO t");
    db.run("INSERT INTO t VALUES(9, 9)");
    assertThat(error(db, "COMMIT"))
        .startsWith("crsql: the replicated table \"t\" has lost the trigger ")
        .endsWith("; call crsql_as_crr('t'); this transaction has been rolled back");
  }
}
