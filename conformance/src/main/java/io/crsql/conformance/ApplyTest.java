package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.crsql.conformance.changeset.ChangesetBuilder;
import io.crsql.conformance.changeset.ChangesetBuilder.Column;
import io.crsql.conformance.changeset.VectorBuilder;
import io.crsql.conformance.model.Text;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What crsql_apply merges. */
class ApplyTest extends ChangesetScenario {
  private static final Blob LARGE = Blob.of(new byte[100_000]);

  private static String shown(Database db, String expression) {
    return lines(db, "SELECT " + expression + " FROM t ORDER BY a").toString();
  }

  @Test
  void row_isMergedWithTheStampsOfItsCells() {
    Database db = open(T, CRR);
    assertThat(apply(db, ofT().row(7, "k", "x", 2))).isEqualTo(1L);
    assertThat(lines(db, ROWS)).containsExactly("k x 2");
    assertThat(lines(db, STAMPS)).containsExactly("'k' 1 'x' 7 " + SITE, "'k' 2 2 8 " + SITE);
    assertThat(db.value("SELECT crsql_dbversion()")).isEqualTo(100L);
    assertSound(db);
  }

  @Test
  void rows_haveTheVersionsThatTheirDifferencesGive() {
    Database db = open(T, CRR);
    ChangesetBuilder changeset =
        ofT()
            .row(40, "first", 1, 1)
            .write(0, 0, 1, 9, 2, key("second"), 2)
            .write(0, 0, 1, -1 + 1, 2, key("third"), 3)
            .row(90, "fourth", 4, 4);
    assertThat(apply(db, changeset)).isEqualTo(4L);
    assertThat(lines(db, "SELECT pk, cid, version FROM crsql_changes ORDER BY version"))
        .containsExactly(
            "'third' 2 1",
            "'second' 2 10",
            "'first' 1 40",
            "'first' 2 41",
            "'fourth' 1 90",
            "'fourth' 2 91");
    assertSound(db);
  }

  @Test
  void values_ofEveryClassAndSize_areThoseSent() {
    Object[] values = {
      null,
      0,
      1,
      -1,
      63,
      64,
      -64,
      -65,
      Long.MAX_VALUE,
      Long.MIN_VALUE,
      0.0,
      -0.0,
      1.5,
      Double.MIN_VALUE,
      Double.MAX_VALUE,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      "",
      "it's",
      "ä\ud83d\ude00",
      "x".repeat(61),
      "x".repeat(62),
      "x".repeat(100_000),
      Text.of(new byte[] {'a', 0, (byte) 0xff}),
      new Blob(""),
      new Blob("00FF"),
      LARGE
    };
    Database db = open(T, CRR);
    Database plain = open("CREATE TABLE p(a, b)");
    ChangesetBuilder changeset =
        new ChangesetBuilder(SITE).last().arrivals(0, 1).site(SITE, 0, 1).shape("t", 1, B);
    for (int i = 0; i < values.length; i++) {
      changeset.row(i + 1, i, values[i]);
      boolean text = values[i] instanceof Text;
      plain.run(
          "INSERT INTO p VALUES(?1, " + (text ? "CAST(X'6100FF' AS TEXT))" : "?2)"),
          text ? new Object[] {i} : new Object[] {i, values[i]});
    }
    assertThat(apply(db, changeset)).isEqualTo((long) values.length);
    String same = "a, typeof(b), hex(b), quote(b) FROM ";
    assertThat(lines(db, "SELECT " + same + "t ORDER BY a"))
        .isEqualTo(lines(plain, "SELECT " + same + "p ORDER BY a"));
    assertSound(db);
  }

  @Test
  void keys_ofEveryClass_areThoseSent() {
    Object[] keys = {
      0,
      -1,
      Long.MIN_VALUE,
      1.5,
      Double.NEGATIVE_INFINITY,
      "",
      "k",
      new Blob(""),
      new Blob("00"),
      Text.of(new byte[] {0, (byte) 0xff}),
      LARGE
    };
    Database db = open(T, CRR);
    ChangesetBuilder changeset = ofT();
    for (int i = 0; i < keys.length; i++) {
      changeset.row(2 * i + 1, keys[i], i, i);
    }
    changeset.deletion(2, 50, "k");
    assertThat(apply(db, changeset)).isEqualTo(12L);
    assertThat(lines(db, "SELECT typeof(a), substr(hex(a), 1, 40), b FROM t ORDER BY b"))
        .containsExactly(
            "integer 30 0",
            "integer 2D31 1",
            "integer 2D39323233333732303336383534373735383038 2",
            "real 312E35 3",
            "real 2D496E66 4",
            "text  5",
            "blob  7",
            "blob 00 8",
            "text 00FF 9",
            "blob " + "00".repeat(20) + " 10");
    assertSound(db);
  }

  @Test
  void livesAndDeletions_areMergedByTheLargerLife() {
    Database db = open(T, CRR);
    ChangesetBuilder first =
        ofT()
            .write(0, 0, 3, 11, 3, key("again"), 1, 1)
            .deletion(2, 13, "gone")
            .write(0, 0, 4, 14, 0, key("twice gone"));
    assertThat(apply(db, first)).isEqualTo(3L);
    assertThat(lines(db, ROWS)).containsExactly("again 1 1");
    assertThat(lines(db, "SELECT pk, cid, val, version, cl FROM crsql_changes ORDER BY version"))
        .containsExactly(
            "'again' 1@3 1 11 3",
            "'again' 2@3 1 12 3",
            "'gone' -1 2 13 2",
            "'twice gone' -1 4 14 4");
    ChangesetBuilder second =
        new ChangesetBuilder(SITE)
            .last()
            .arrivals(100, 200)
            .site(SITE, 100, 200)
            .shape("t", 1, B, C)
            .write(0, 0, 1, 101, 3, key("again"), 9, 9)
            .write(0, 0, 3, 103, 1, key("gone"), 5)
            .deletion(4, 105, "again");
    assertThat(apply(db, second)).isEqualTo(3L);
    assertThat(lines(db, ROWS)).containsExactly("gone 5 null");
    assertSound(db);
  }

  @Test
  void existenceMark_makesARowThatIsOnlyItsKey() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY)", CRR);
    Column mark = new Column(0, ChangesetBuilder.EXISTENCE, "");
    ChangesetBuilder changeset =
        changeset()
            .shape("t", 1, mark)
            .write(0, 0, 1, 5, 1, key("k"))
            .write(0, 0, 3, 6, 1, key("l"));
    assertThat(apply(db, changeset)).isEqualTo(2L);
    assertThat(lines(db, "SELECT * FROM t ORDER BY a")).containsExactly("k", "l");
    assertThat(lines(db, "SELECT pk, cid, val, version FROM crsql_changes ORDER BY version"))
        .containsExactly("'k' -2 1 5", "'l' -2 3 6");
    assertSound(db);
  }

  @Test
  void existenceMark_ofATableThatHasColumnsHere_isParkedAndMakesTheRowLive() {
    Database db = open(T, CRR);
    Column mark = new Column(0, ChangesetBuilder.EXISTENCE, "");
    apply(db, changeset().shape("t", 1, mark).write(0, 0, 1, 5, 1, key("k")));
    assertThat(lines(db, ROWS)).containsExactly("k null null");
    assertThat(lines(db, PARKED)).containsExactly("t 'k' -2 1 1 \"t\" has no column -2 here");
  }

  @Test
  void columns_areFoundByNameWhateverTheirOrderHere() {
    Database db = open("CREATE TABLE t(c, b, a PRIMARY KEY)", CRR);
    apply(db, ofT().row(7, "k", "of b", "of c"));
    assertThat(shown(db, "a, b, c")).isEqualTo("[k of b of c]");
    assertThat(lines(db, "SELECT col, val, version FROM crsql_changes ORDER BY version"))
        .containsExactly("b 'of b' 7", "c 'of c' 8");
    apply(
        db,
        new ChangesetBuilder(OTHER)
            .last()
            .arrivals(0, 30)
            .site(OTHER, 0, 9)
            .shape("t", 1, new Column(0, 0, "C"), new Column(5, 9, "B"))
            .row(20, "k", "later c", "later b"));
    assertThat(shown(db, "a, b, c")).isEqualTo("[k later b later c]");
    assertThat(lines(db, "SELECT col, version FROM crsql_changes ORDER BY version"))
        .containsExactly("c 20", "b 25");
    assertSound(db);
  }

  @Test
  void columnsRenamedHere_areFoundByTheNamesThatTheyHad() {
    Database db = open(T, CRR, "SELECT crsql_begin_alter('t')");
    db.run("ALTER TABLE t RENAME COLUMN b TO renamed");
    db.run("SELECT crsql_commit_alter('t')");
    apply(db, ofT().row(7, "k", "of b", "of c"));
    assertThat(shown(db, "a, renamed, c")).isEqualTo("[k of b of c]");
    assertThat(lines(db, PARKED)).isEmpty();
  }

  @Test
  void tableRenamedHere_isFoundByTheNameThatItHad() {
    Database db = open(T, CRR, "ALTER TABLE t RENAME TO renamed", "SELECT crsql_as_crr('renamed')");
    apply(db, ofT().row(7, "k", 1, 2));
    assertThat(lines(db, "SELECT * FROM renamed")).containsExactly("k 1 2");
  }

  @Test
  void columnsWithoutNames_areFoundByTheirNumbers() {
    Database db = open("CREATE TABLE t(c, a PRIMARY KEY, b)", CRR);
    Column[] columns = {new Column(0, 2, ""), new Column(1, 0, ""), new Column(4, 7, "")};
    apply(db, changeset().shape("t", 1, columns).row(7, "k", "of b", "of c", "of none"));
    assertThat(shown(db, "a, b, c")).isEqualTo("[k of b of c]");
    assertThat(lines(db, PARKED)).containsExactly("t 'k' 7 1 'of none' \"t\" has no column 7 here");
    assertThat(lines(db, "SELECT cid, version FROM crsql_changes ORDER BY version"))
        .containsExactly("2 7", "0 8", "7 11");
  }

  @Test
  void nameOfOneColumnWithTheNumberOfAnother_isTheNamed() {
    Database db = open(T, CRR);
    apply(db, changeset().shape("t", 1, new Column(0, 2, "b")).row(7, "k", "of b"));
    assertThat(lines(db, ROWS)).containsExactly("k of b null");
  }

  @Test
  void twoColumnsOfAShape_mayBeOneHere() {
    Database db = open(T, CRR);
    Column[] columns = {new Column(0, 1, "b"), new Column(1, 1, "B")};
    apply(db, changeset().shape("t", 1, columns).row(7, "k", "first", "second"));
    assertThat(lines(db, ROWS)).containsExactly("k second null");
    assertThat(lines(db, STAMPS)).containsExactly("'k' 1 'second' 8 " + SITE);
    assertSound(db);
  }

  private static String wide(int columns, String key) {
    StringBuilder ddl = new StringBuilder("CREATE TABLE t(" + key);
    for (int i = 0; i < columns; i++) {
      ddl.append(", c").append(i);
    }
    return ddl + ")";
  }

  @Test
  void shapesOfTheColumnsOfAWideTable_meetInItsGroups() {
    Database db = open(wide(130, "a PRIMARY KEY"), CRR);
    Column[] low = new Column[63];
    Column[] across = new Column[63];
    Object[] values = new Object[63];
    for (int i = 0; i < 63; i++) {
      low[i] = new Column(i, i + 1, "c" + i);
      across[i] = new Column(i, i + 41, "c" + (i + 40));
      values[i] = i;
    }
    ChangesetBuilder changeset =
        changeset()
            .shape("t", 1, low)
            .shape("t", 1, across)
            .write(0, 0, 1, 1, -1L >>> 1, key("k"), values)
            .write(1, 0, 1, 101 - 23, -1L >>> 1 ^ (1L << 23) - 1, key("k"), cells(40, 24));
    assertThat(apply(db, changeset)).isEqualTo(2L);
    assertThat(shown(db, "c0, c62, c63, c102, c103")).isEqualTo("[0 62 24 63 null]");
    assertThat(lines(db, "SELECT col, version FROM crsql_changes ORDER BY version").subList(60, 66))
        .containsExactly("c60 61", "c61 62", "c62 63", "c63 101", "c64 102", "c65 103");
    apply(
        db,
        new ChangesetBuilder(OTHER)
            .last()
            .arrivals(0, 300)
            .site(OTHER, 0, 300)
            .shape("t", 1, across)
            .row(200, "k", values));
    assertThat(shown(db, "c39, c40, c62, c63, c102")).isEqualTo("[39 0 22 23 62]");
    assertSound(db);
  }

  private static Object[] cells(int count, int first) {
    Object[] cells = new Object[count];
    Arrays.setAll(cells, i -> first + i);
    return cells;
  }

  @Test
  void keyOfManyColumns_isReadInItsOrder() {
    Database db = open("CREATE TABLE t(v, k3 BLOB, k1 INT, k2 TEXT, PRIMARY KEY(k1, k2, k3))", CRR);
    Column v = new Column(0, 0, "v");
    ChangesetBuilder changeset =
        changeset()
            .shape("t", 3, v)
            .write(0, 0, 1, 5, 1, key(1, "two", new Blob("03")), "value")
            .write(0, 0, 1, 6, 1, key(2, "x|'", new Blob("")), "other")
            .write(0, 0, 2, 7, 0, key(2, "x|'", new Blob("")));
    assertThat(apply(db, changeset)).isEqualTo(3L);
    assertThat(lines(db, "SELECT k1, k2, hex(k3), v FROM t")).containsExactly("1 two 03 value");
    assertThat(lines(db, "SELECT pk, cid FROM crsql_changes ORDER BY version"))
        .containsExactly("1|'two'|X'03' 0", "2|'x|'''|X'' -1");
    assertSound(db);
  }

  @Test
  void keyOf100Columns_isRead() {
    StringBuilder ddl = new StringBuilder("CREATE TABLE t(v");
    StringBuilder names = new StringBuilder();
    Object[] key = new Object[100];
    for (int i = 0; i < 100; i++) {
      ddl.append(", k").append(i);
      names.append(i == 0 ? "k" : ", k").append(i);
      key[i] = i;
    }
    Database db = open(ddl + ", PRIMARY KEY(" + names + "))", CRR);
    Column v = new Column(0, 0, "v");
    apply(db, changeset().shape("t", 100, v).write(0, 0, 1, 5, 1, key(key), "value"));
    assertThat(lines(db, "SELECT k0, k50, k99, v FROM t")).containsExactly("0 50 99 value");
  }

  @Test
  void keysEqualUnderTheirCollation_areOneRow() {
    Database db = open("CREATE TABLE t(a TEXT COLLATE NOCASE PRIMARY KEY, b, c)", CRR);
    apply(db, ofT().write(0, 0, 1, 9, 2, key("A"), "c").write(0, 0, 1, 1, 1, key("a"), "b"));
    assertThat(lines(db, ROWS)).containsExactly("A b c");
  }

  @Test
  void rowThatLoses_changesNothingAndIsCounted() {
    Database db = open(T, CRR, "INSERT INTO t VALUES('k', 'own', 'own')");
    db.run("UPDATE t SET b = 'newer'");
    assertThat(apply(db, ofT().row(1, "k", "old", "old"))).isEqualTo(1L);
    assertThat(lines(db, "SELECT b FROM t")).containsExactly("newer");
    assertSound(db);
  }

  @Test
  void writesOfTwoSites_areMergedAsTheirs() {
    Database db = open(T, CRR);
    ChangesetBuilder changeset =
        new ChangesetBuilder(SITE)
            .last()
            .arrivals(0, 50)
            .site(SITE, 0, 50)
            .site(OTHER, 0, 20)
            .shape("t", 1, B)
            .row(5, "k", "of site")
            .write(0, 1, 1, 5, 1, key("k"), "of other")
            .write(0, 1, 1, 6, 1, key("l"), "of other")
            .write(0, 0, 1, 7, 1, key("l"), "of site");
    assertThat(apply(db, changeset)).isEqualTo(4L);
    assertThat(lines(db, "SELECT a, b FROM t ORDER BY a"))
        .containsExactly("k of other", "l of site");
  }

  @Test
  void ownWrites_comeBackToTheirWriter() {
    Database db = open(T, CRR, "INSERT INTO t VALUES('k', 1, 1)");
    Blob own = site(db);
    ChangesetBuilder changeset =
        new ChangesetBuilder(SITE)
            .last()
            .arrivals(0, 1)
            .site(own, 2, 2)
            .shape("t", 1, B, C)
            .row(1, "k", 1, 1);
    assertThat(apply(db, changeset)).isEqualTo(1L);
    assertThat(lines(db, STAMPS)).containsExactly("'k' 1 1 1 null", "'k' 2 1 2 null");
    assertThat(db.value("SELECT crsql_verify()")).isEqualTo("ok");
    Blob lost = changeset.arrivals(1, 2).row(1, "lost", 2, 2).blob();
    assertThat(apply(db, lost)).isEqualTo(2L);
    assertThat(lines(db, ROWS)).containsExactly("k 1 1", "lost 2 2");
    assertThat((String) db.value("SELECT crsql_verify()")).contains("have come back");
  }

  @Test
  void unknownTable_isParkedAndReleased() {
    Database db = open();
    ChangesetBuilder changeset =
        ofT().row(7, "k", "x", 2).deletion(2, 9, "gone").write(0, 0, 3, 10, 1, key("l"), 3);
    assertThat(apply(db, changeset)).isEqualTo(3L);
    String reason = "there is no replicated table \"t\" here";
    assertThat(lines(db, PARKED))
        .containsExactly(
            "t 'gone' -1 2 2 " + reason,
            "t 'k' b 1 'x' " + reason,
            "t 'k' c 1 2 " + reason,
            "t 'l' b 3 3 " + reason);
    Database peer = open(T, CRR);
    pull(peer, db);
    db.run(T);
    db.run(CRR);
    for (Database each : List.of(peer, db)) {
      assertThat(lines(each, ROWS)).containsExactly("k x 2", "l 3 null");
      assertThat(lines(each, PARKED)).isEmpty();
    }
    assertThat(state(db)).isEqualTo(state(peer));
    assertSound(db, peer);
  }

  @Test
  void unknownColumns_areParkedAndReleased() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b)", CRR);
    Column d = new Column(2, ChangesetBuilder.UNNUMBERED, "d");
    ChangesetBuilder changeset =
        changeset()
            .shape("t", 1, B, C, d)
            .row(7, "k", 1, 2, 3)
            .write(0, 0, 1, 10, 4, key("only d"), 4);
    assertThat(apply(db, changeset)).isEqualTo(2L);
    assertThat(lines(db, "SELECT * FROM t ORDER BY a")).containsExactly("k 1", "only d null");
    assertThat(lines(db, PARKED))
        .containsExactly(
            "t 'k' c 1 2 \"t\" has no column \"c\" here",
            "t 'k' d 1 3 \"t\" has no column \"d\" here",
            "t 'only d' d 1 4 \"t\" has no column \"d\" here");
    db.run("ALTER TABLE t ADD COLUMN d");
    db.run(CRR);
    assertThat(lines(db, "SELECT a, b, d FROM t ORDER BY a"))
        .containsExactly("k 1 3", "only d null 4");
    assertThat(lines(db, PARKED)).containsExactly("t 'k' c 1 2 \"t\" has no column \"c\" here");
  }

  @Test
  void rowThatIsRefused_isParkedWithItsReasonWhileTheRestIsMerged() {
    Database db = open("CREATE TABLE t(a INTEGER PRIMARY KEY, b, c)", CRR);
    ChangesetBuilder changeset =
        ofT()
            .row(7, 1, "good", 1)
            .row(9, "no integer", "bad", 2)
            .deletion(2, 11, 1.5)
            .row(12, 2, "good", 3);
    assertThat(apply(db, changeset)).isEqualTo(4L);
    assertThat(lines(db, ROWS)).containsExactly("1 good 1", "2 good 3");
    String reason = "crsql_apply: the key column \"a\" holds values of type INTEGER only";
    assertThat(lines(db, PARKED))
        .containsExactly(
            "t 1.5 -1 2 2 " + reason,
            "t 'no integer' b 1 'bad' " + reason,
            "t 'no integer' c 1 2 " + reason);
    assertSound(db);
  }

  @Test
  void keyOfAnotherNumberOfColumns_isParkedWithItsReason() {
    Database db = open(T, CRR);
    apply(db, changeset().shape("t", 2, B).write(0, 0, 1, 5, 1, key(1, 2), 3));
    assertThat(lines(db, ROWS)).isEmpty();
    assertThat(lines(db, PARKED))
        .containsExactly(
            "t 1|2 b 1 3 crsql_apply: \"t\" has a key of 1 column(s) here, the change one of 2");
  }

  @Test
  void rowThatBreaksAConstraint_isHeld() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b NOT NULL, c CHECK (c > 0))", CRR);
    apply(db, ofT().row(7, "k", 1, -1).write(0, 0, 1, 10, 2, key("l"), 5).row(20, "m", 1, 1));
    assertThat(lines(db, ROWS)).containsExactly("m 1 1");
    assertThat(lines(db, "SELECT \"table\", pk, reason FROM crsql_held ORDER BY pk"))
        .containsExactly(
            "t 'k' CHECK constraint failed: c > 0", "t 'l' NOT NULL constraint failed: t.b");
    assertSound(db);
  }

  @Test
  void triggersOfTheUsers_fireOnceARowAndAreCaptured() {
    Database db = open(T, CRR, "CREATE TABLE log(id INTEGER PRIMARY KEY, what)");
    db.run("SELECT crsql_as_crr('log')");
    db.run(
        "CREATE TRIGGER logged AFTER INSERT ON t BEGIN"
            + " INSERT INTO log(what) VALUES(new.a || crsql_merging()); END");
    db.run(CRR);
    apply(db, ofT().row(7, "k", 1, 2).row(9, "l", 3, 4));
    assertThat(lines(db, "SELECT * FROM log")).containsExactly("1 k1", "2 l1");
    assertThat(
            lines(db, "SELECT \"table\", pk, site_id FROM crsql_changes WHERE \"table\" = 'log'"))
        .containsExactly("log 1 null", "log 2 null");
    assertSound(db);
  }

  @Test
  void triggerThatRefusesADeletion_parksItAndNothingElse() {
    Database db = open(T, CRR, "INSERT INTO t VALUES('k', 1, 1), ('l', 1, 1)");
    db.run(
        "CREATE TRIGGER keep BEFORE DELETE ON t WHEN old.a = 'k' BEGIN"
            + " SELECT RAISE(ABORT, 'k stays'); END");
    db.run(CRR);
    assertThat(apply(db, ofT().deletion(2, 50, "k").deletion(2, 51, "l").row(52, "m", 2, 2)))
        .isEqualTo(3L);
    assertThat(lines(db, ROWS)).containsExactly("k 1 1", "m 2 2");
    assertThat(lines(db, PARKED)).containsExactly("t 'k' -1 2 2 k stays");
    db.run("DROP TRIGGER keep");
    db.run(CRR);
    assertThat(lines(db, ROWS)).containsExactly("m 2 2");
    assertThat(lines(db, PARKED)).isEmpty();
    assertSound(db);
  }

  @Test
  void transactionOfTheCallers_goesOn() {
    Database db = open(T, CRR);
    db.run("BEGIN");
    db.run("INSERT INTO t VALUES('own', 0, 0)");
    apply(db, ofT().row(7, "k", 1, 2));
    db.run("INSERT INTO t VALUES('after', 0, 0)");
    db.run("ROLLBACK");
    assertThat(lines(db, ROWS)).isEmpty();
    assertVector(db, new VectorBuilder().site(site(db), 0, 0));
    db.run("BEGIN");
    apply(db, ofT().row(7, "k", 1, 2));
    db.run("INSERT INTO t VALUES('after', 0, 0)");
    db.run("COMMIT");
    assertThat(lines(db, ROWS)).containsExactly("after 0 0", "k 1 2");
    assertVector(db, own(db).site(SITE, 100, 100));
    assertSound(db);
  }

  @Test
  void savepoint_takesBackRowsAndVector() {
    Database db = open(T, CRR);
    db.run("BEGIN");
    db.run("INSERT INTO t VALUES('own', 0, 0)");
    db.run("SAVEPOINT s");
    apply(db, ofT().row(7, "k", 1, 2));
    db.run("ROLLBACK TO s");
    assertThat(lines(db, ROWS)).containsExactly("own 0 0");
    assertThat(apply(db, ofT().row(7, "k", 1, 2))).isEqualTo(1L);
    db.run("RELEASE s");
    db.run("COMMIT");
    assertThat(lines(db, ROWS)).containsExactly("k 1 2", "own 0 0");
    assertVector(db, own(db).site(SITE, 100, 100));
    assertSound(db);
  }

  @Test
  void applyInAStatementThatWrites_isRefused() {
    Database db = open(T, CRR, "CREATE TABLE inbox(id INTEGER PRIMARY KEY, chunk BLOB)");
    db.run("INSERT INTO inbox VALUES(1, ?1)", ofT().row(7, "k", 1, 2).blob());
    assertThat(db.value("SELECT crsql_apply(chunk) FROM inbox")).isEqualTo(1L);
    assertThat(error(db, "INSERT INTO inbox SELECT 2, crsql_apply(chunk) FROM inbox"))
        .isEqualTo(
            "crsql_apply: call it in a SELECT of its own;"
                + " cannot open savepoint - SQL statements in progress");
  }

  @Test
  void apply_inTriggersAndViews_isRefused() {
    Database db = open(T, CRR, "CREATE TABLE inbox(chunk)");
    db.run("CREATE TRIGGER i AFTER INSERT ON inbox BEGIN SELECT crsql_apply(new.chunk); END");
    assertThat(error(db, "INSERT INTO inbox VALUES(?1)", ofT().blob()))
        .isEqualTo("unsafe use of crsql_apply()");
    db.run("CREATE VIEW vector AS SELECT crsql_version_vector()");
    assertThat(error(db, "SELECT * FROM vector")).isEqualTo("unsafe use of crsql_version_vector()");
  }

  @Test
  void attachedDatabase_isAppliedTo() {
    Database db = open(T, CRR, "ATTACH ':memory:' AS aux", "CREATE TABLE aux.t(a PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('aux', 't')");
    Blob changeset = ofT().row(7, "k", 1, 2).blob();
    assertThat(db.value("SELECT crsql_apply('AUX', ?1)", changeset)).isEqualTo(1L);
    assertThat(lines(db, "SELECT * FROM aux.t")).containsExactly("k 1");
    assertThat(lines(db, "SELECT pk, col FROM aux.crsql_parked")).containsExactly("'k' c");
    assertThat(lines(db, "SELECT * FROM main.t")).isEmpty();
    assertThat(db.value("SELECT crsql_version_vector('aux') <> crsql_version_vector()"))
        .isEqualTo(1L);
    assertThat(error(db, "SELECT crsql_apply('none', ?1)", changeset))
        .isEqualTo("crsql_apply: there is no database \"none\"; attach it first");
    assertThat(error(db, "SELECT crsql_apply(NULL, ?1)", changeset))
        .isEqualTo("crsql_apply: the schema must be the name of a database, as text");
    assertThat(error(db, "SELECT crsql_version_vector(NULL)"))
        .isEqualTo("crsql_version_vector: the schema must be the name of a database, as text");
  }

  @Test
  void argumentThatIsNoBlob_isRefused() {
    Database db = open(T, CRR);
    for (Object wrong : new Object[] {null, "CRSQ", 1, 1.0}) {
      assertThat(refusal(db, wrong)).isEqualTo("crsql_apply: it takes a changeset, a blob");
      assertThat(error(db, "SELECT crsql_apply('main', ?1)", wrong))
          .isEqualTo("crsql_apply: it takes a changeset, a blob");
    }
    assertThat(error(db, "SELECT crsql_apply()")).contains("wrong number of arguments");
  }

  @Test
  void tableAlteredWithoutCrsql_isRefusedByName() {
    Database db = open(T, CRR, "DROP TRIGGER t__crsql_insert");
    assertThat(refusal(db, ofT().row(7, "k", 1, 2))).contains("\"t\"", "crsql_as_crr('t')");
    db.run(CRR);
    assertThat(apply(db, ofT().row(7, "k", 1, 2))).isEqualTo(1L);
  }

  @Test
  void readOnlyConnection_isRefused() {
    Database db = open(T, CRR, "PRAGMA query_only = ON");
    Blob before = vector(db);
    assertThat(refusal(db, ofT().row(7, "k", 1, 2)))
        .isEqualTo("attempt to write a readonly database");
    assertThat(vector(db)).isEqualTo(before);
  }
}
