package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.crsql.conformance.changeset.ChangesetBuilder;
import io.crsql.conformance.changeset.ChangesetBuilder.Column;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows of changesets meet rows that are there: each cell by the rules that a single one has. */
class ApplyRowTest extends ChangesetScenario {
  private static final String CELLS =
      "SELECT pk, col, val, version, site_id FROM crsql_changes ORDER BY pk, col";

  private static void cell(Database to, Object pk, int cid, Object val, long version, Blob site) {
    to.run(MERGE, "t", pk, cid, val, version, site);
  }

  private static List<String> held(Database db) {
    return lines(db, "SELECT pk, reason FROM crsql_held ORDER BY pk");
  }

  @Test
  void cellsOfARow_winAndLoseByThemselves() {
    Database db = open(T, CRR);
    cell(db, 1, 1, 10, 3, OTHER);
    cell(db, 1, 2, 20, 50, OTHER);
    apply(db, ofT().row(7, 1, 11, 21));
    assertThat(lines(db, ROWS)).containsExactly("1 11 20");
    assertThat(lines(db, CELLS)).containsExactly("1 b 11 7 " + SITE, "1 c 20 50 " + OTHER);
    assertThat((String) db.value("SELECT crsql_explain('t', 1, 'c')"))
        .contains("\"beat\":{\"version\":8,\"site\":\"ABABABABABABABABABABABABABABABAB\"}");
    assertSound(db);
  }

  @Test
  void equalStampsOfOtherValues_areDecidedCellByCell() {
    Database db = open(T, CRR);
    cell(db, 1, 1, 5, 7, SITE);
    cell(db, 1, 2, 5, 8, SITE);
    apply(db, ofT().row(7, 1, 9, 1));
    assertThat(lines(db, CELLS)).containsExactly("1 b 9 7 " + SITE, "1 c 5 8 " + SITE);
    assertThat((String) db.value("SELECT crsql_verify()")).contains("two");
  }

  @Test
  void rowThatIsThere_changesNothing() {
    Database db = open(T, CRR);
    apply(db, ofT().row(7, 1, 10, 20));
    long arrivals = (long) db.value("SELECT max(db_version) FROM crsql_changes");
    cell(db, 1, 1, 10, 7, SITE);
    apply(db, ofT().row(7, 1, 10, 20).site(OTHER, 0, 100));
    apply(db, changesetOfOther(1, 7));
    assertThat(lines(db, CELLS)).containsExactly("1 b 10 7 " + SITE, "1 c 20 8 " + SITE);
    assertThat(db.value("SELECT max(db_version) FROM crsql_changes")).isEqualTo(arrivals);
    assertSound(db);
  }

  /** A row of site SITE that OTHER passes on. */
  private static ChangesetBuilder changesetOfOther(Object key, long version) {
    return new ChangesetBuilder(OTHER)
        .last()
        .arrivals(0, 500)
        .site(SITE, 0, 500)
        .shape("t", 1, B, C)
        .row(version, key, 10, 20);
  }

  @Test
  void rowOfNotNullColumns_isNeverHeldIfItComesWhole() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b NOT NULL, c NOT NULL, CHECK(b < c))", CRR);
    db.run(
        "CREATE TRIGGER inserted AFTER INSERT ON t BEGIN"
            + " SELECT RAISE(ABORT, 'in part') WHERE new.b IS NULL OR new.c IS NULL; END");
    db.run(CRR);
    apply(db, ofT().row(7, 1, 10, 20).row(9, 2, 30, 40));
    assertThat(lines(db, ROWS)).containsExactly("1 10 20", "2 30 40");
    assertThat(held(db)).isEmpty();
    assertSound(db);
  }

  @Test
  void heldRow_entersWithTheCellsThatItLacked() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b NOT NULL, c NOT NULL, CHECK(b < c))", CRR);
    cell(db, 1, 1, 10, 7, SITE);
    assertThat(held(db)).containsExactly("1 NOT NULL constraint failed: t.c");
    apply(db, ofT().row(7, 1, 10, 5));
    assertThat(held(db)).containsExactly("1 CHECK constraint failed: b < c");
    apply(db, changesetOfOther(1, 107));
    assertThat(held(db)).isEmpty();
    assertThat(lines(db, ROWS)).containsExactly("1 10 20");
    assertSound(db);
  }

  @Test
  void updateThatARowRefuses_isHeldWhole() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b, c, CHECK(b < c))", CRR);
    cell(db, 1, 2, 50, 200, OTHER);
    cell(db, 1, 1, 1, 2, OTHER);
    apply(db, ofT().row(7, 1, 60, 70));
    assertThat(lines(db, ROWS)).isEmpty();
    assertThat(held(db)).containsExactly("1 CHECK constraint failed: b < c");
    assertThat(lines(db, CELLS)).containsExactly("1 b 60 7 " + SITE, "1 c 50 200 " + OTHER);
    assertSound(db);
  }

  @Test
  void rowOfALaterLife_takesThePlaceOfTheOlder() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b DEFAULT 'b', c DEFAULT 'c')", CRR);
    cell(db, 1, 1, 10, 3, OTHER);
    cell(db, 2, 2, 20, 4, OTHER);
    apply(
        db,
        ofT()
            .write(0, 0, 3, 7, 2, key(1), 31)
            .deletion(2, 9, 2)
            .write(0, 0, 3, 11, 3, key(2), 32, 33));
    assertThat(lines(db, ROWS)).containsExactly("1 b 31", "2 32 33");
    assertThat(lines(db, "SELECT pk, col, cl, version FROM crsql_changes ORDER BY version"))
        .containsExactly("1 c 3 8", "2 b 3 11", "2 c 3 12");
    assertSound(db);
  }

  @Test
  void usersTriggers_seeOneUpdateOfTheColumnsThatWin() {
    Database db = open(T, CRR, "CREATE TABLE seen(what)", "CREATE TABLE other(a)");
    for (String of : List.of("b", "c", "b, c")) {
      db.run(
          "CREATE TRIGGER \"u"
              + of
              + "\" AFTER UPDATE OF "
              + of
              + " ON t BEGIN"
              + " INSERT INTO seen VALUES('"
              + of
              + ": ' || new.b || ' ' || new.c); END");
    }
    db.run(CRR);
    cell(db, 1, 1, 10, 3, OTHER);
    cell(db, 1, 2, 20, 4, OTHER);
    cell(db, 2, 1, 10, 3, OTHER);
    cell(db, 2, 2, 20, 50, OTHER);
    db.run("DELETE FROM seen");
    apply(db, ofT().row(7, 1, 11, 21).row(9, 2, 12, 22));
    assertThat(lines(db, "SELECT what FROM seen ORDER BY what"))
        .containsExactly("b, c: 11 21", "b, c: 12 20", "b: 11 21", "b: 12 20", "c: 11 21");
    assertSound(db);
  }

  @Test
  void whatAUsersTriggerMakesOfARow_isCapturedColumnByColumn() {
    Database db = open(T, CRR);
    db.run(
        "CREATE TRIGGER u AFTER INSERT ON t BEGIN"
            + " UPDATE t SET c = new.c + 1 WHERE a = new.a; END");
    db.run(CRR);
    apply(db, ofT().row(7, 1, 10, 20));
    assertThat(lines(db, "SELECT pk, col, val, site_id FROM crsql_changes ORDER BY col"))
        .containsExactly("1 b 10 " + SITE, "1 c 21 null");
    assertSound(db);
  }

  @Test
  void key_isSpelledAsTheGreatestStampHasItEvenIfOtherCellsLose() {
    Database db = open(T, CRR);
    cell(db, 1, 1, 10, 50, OTHER);
    apply(db, ofT().row(7, 1.0, 11, 21));
    assertThat(lines(db, ROWS)).containsExactly("1 10 21");
    apply(
        db,
        new ChangesetBuilder(OTHER)
            .last()
            .arrivals(0, 500)
            .site(OTHER, 0, 500)
            .shape("t", 1, B, C)
            .row(48, 1.0, 12, 22));
    assertThat(lines(db, ROWS)).containsExactly("1 10 22");
    apply(
        db,
        new ChangesetBuilder(OTHER)
            .last()
            .arrivals(500, 600)
            .site(OTHER, 500, 600)
            .shape("t", 1, B, C)
            .row(510, 1.0, 13, 23));
    assertThat(lines(db, ROWS)).containsExactly("1.0 13 23");
    assertSound(db);
  }

  @Test
  void manySetsOfColumns_areAllWritten() {
    manySets("");
    manySets("CREATE TRIGGER u AFTER UPDATE ON t BEGIN SELECT 1; END");
  }

  private void manySets(String trigger) {
    StringBuilder table = new StringBuilder("CREATE TABLE t(a INTEGER PRIMARY KEY");
    Column[] columns = new Column[10];
    for (int i = 0; i < columns.length; i++) {
      table.append(", c").append(i);
      columns[i] = new Column(i, i + 1, "c" + i);
    }
    Database whole = open(table + ")", CRR);
    Database cells = open(table + ")", CRR);
    whole.run(trigger.isEmpty() ? "SELECT 1" : trigger);
    whole.run(CRR);
    ChangesetBuilder changeset =
        new ChangesetBuilder(SITE).last().arrivals(0, 9000).site(SITE, 0, 9000);
    changeset.shape("t", 1, columns);
    for (int set = 0; set < 200; set++) {
      long bits = set < 4 ? 1023 : 1 + set * 5 % 1023;
      List<Object> values = new ArrayList<>();
      for (long rest = bits; rest != 0; rest &= rest - 1) {
        int column = Long.numberOfTrailingZeros(rest);
        long version = 10 + set * 10L + column;
        values.add("v" + version);
        cell(cells, set % 4, column + 1, "'v" + version + "'", version, SITE);
      }
      changeset.write(0, 0, 1, 10 + set * 10L, bits, key((long) set % 4), values.toArray());
    }
    apply(whole, changeset);
    assertThat(lines(whole, ROWS)).isEqualTo(lines(cells, ROWS));
    assertThat(state(whole)).isEqualTo(state(cells));
    assertSound(whole, cells);
  }
}
