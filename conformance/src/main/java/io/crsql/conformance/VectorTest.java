package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.crsql.conformance.changeset.ChangesetBuilder;
import io.crsql.conformance.changeset.VectorBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a version vector says, what moves it, and what is refused because of it. */
class VectorTest extends ChangesetScenario {
  private static final String ASK =
      "; apply all chunks in their order, or ask for changesets since crsql_version_vector()";

  @TempDir Path dir;

  private static ChangesetBuilder chunk(long after, long until) {
    return new ChangesetBuilder(SITE).arrivals(after, until);
  }

  private static ChangesetBuilder chunk(long after, long until, long from, long to) {
    return chunk(after, until).site(SITE, from, to).shape("t", 1, B);
  }

  /** The vector of a database that has its own clock, and may lack writes of its own. */
  private static VectorBuilder doubtful(Database db) {
    return new VectorBuilder().site(site(db), 0, (long) db.value("SELECT crsql_dbversion()"));
  }

  private static long count(Database db) {
    return (long) db.value("SELECT count(*) FROM t");
  }

  @Test
  void databaseWithoutReplicatedTables_holdsNothing() {
    Database db = open();
    assertVector(db, new VectorBuilder());
    assertThat(lines(db, "SELECT count(*) FROM sqlite_schema")).containsExactly("0");
  }

  @Test
  void ownVersionAndArrival_areTheClock() {
    Database db = open(T, CRR);
    assertVector(db, new VectorBuilder().site(site(db), 0, 0));
    db.run("INSERT INTO t VALUES(1, 1, 1)");
    assertVector(db, new VectorBuilder().site(site(db), 2, 2));
    db.run(MERGE, "t", 2, 1, 1, 50, SITE);
    long clock = (long) db.value("SELECT crsql_dbversion()");
    assertThat(clock).isGreaterThanOrEqualTo(50);
    assertVector(db, new VectorBuilder().site(site(db), clock, clock));
  }

  @Test
  void changesMergedOneByOne_neverMoveIt() {
    Database a = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
    Database b = open(T, CRR);
    pull(b, a);
    assertVector(b, own(b));
  }

  @Test
  void lastChunk_movesVersionsAndArrival() {
    Database db = open(T, CRR);
    apply(db, ofT().site(OTHER, 0, 30).row(7, "k", 1, 2));
    assertVector(db, own(db).site(SITE, 100, 100).site(OTHER, 30, 0));
    apply(
        db,
        new ChangesetBuilder(OTHER)
            .last()
            .arrivals(0, 60)
            .site(SITE, 90, 95)
            .site(OTHER, 30, 60)
            .shape("t", 1, B));
    assertVector(db, own(db).site(SITE, 100, 100).site(OTHER, 60, 60));
    assertSound(db);
  }

  @Test
  void lastChunkWithoutRows_movesTheClockToWhatIsHeld() {
    Database db = open(T, CRR);
    assertThat(apply(db, changeset())).isEqualTo(0L);
    assertThat(db.value("SELECT crsql_dbversion()")).isEqualTo(100L);
    assertVector(db, own(db).site(SITE, 100, 100));
    db.run("INSERT INTO t VALUES(1, 1, 1)");
    assertThat(lines(db, "SELECT version FROM crsql_changes")).containsExactly("101", "102");
  }

  @Test
  void chunksBeforeTheLast_moveTheArrivalOnly() {
    Database db = open(T, CRR);
    apply(db, chunk(0, 10, 0, 0).row(1, 1, 1));
    assertVector(db, own(db).site(SITE, 0, 10));
    apply(db, chunk(10, 20, 0, 0).row(11, 2, 1));
    assertVector(db, own(db).site(SITE, 0, 20));
    apply(db, chunk(20, 30, 0, 30).last().row(21, 3, 1));
    assertVector(db, own(db).site(SITE, 30, 30));
    assertThat(count(db)).isEqualTo(3);
  }

  @Test
  void interruptedStream_goesOnWhereItWas() {
    Database db = open(T, CRR);
    apply(db, chunk(0, 10, 0, 0).row(1, 1, 1));
    Database other = open(T, CRR);
    apply(db, chunk(10, 40, 0, 40).last().row(31, 3, 1));
    assertVector(db, own(db).site(SITE, 40, 40));
    assertThat(refusal(other, chunk(10, 40, 0, 40).last().row(31, 3, 1)))
        .isEqualTo(
            "crsql_apply: missing changes: the changeset builds on what had arrived at site "
                + SITE
                + " up to 10, and this database holds that up to 0"
                + ASK);
    assertThat(count(other)).isZero();
  }

  @Test
  void gapInWhatASiteHasWritten_isRefusedByName() {
    Database db = open(T, CRR);
    apply(db, chunk(0, 10, 0, 10).last().row(1, 1, 1));
    Blob before = vector(db);
    assertThat(refusal(db, chunk(10, 30, 20, 30).last().row(21, 2, 1)))
        .isEqualTo(
            "crsql_apply: missing changes: the changeset builds on what was written by site "
                + SITE
                + " up to 20, and this database holds that up to 10"
                + ASK);
    assertThat(vector(db)).isEqualTo(before);
    assertThat(count(db)).isEqualTo(1);
  }

  @Test
  void gapInWhatArrived_isRefusedByName() {
    Database db = open(T, CRR);
    apply(db, chunk(0, 10, 0, 10).last().row(1, 1, 1));
    Blob before = vector(db);
    assertThat(refusal(db, chunk(20, 30, 10, 30).last().row(21, 2, 1)))
        .isEqualTo(
            "crsql_apply: missing changes: the changeset builds on what had arrived at site "
                + SITE
                + " up to 20, and this database holds that up to 10"
                + ASK);
    assertThat(vector(db)).isEqualTo(before);
    assertThat(count(db)).isEqualTo(1);
  }

  @Test
  void chunksAppliedAgain_areSkipped() {
    Database db = open(T, CRR);
    Blob first = chunk(0, 10, 0, 0).row(1, 1, 1).blob();
    Blob last = chunk(10, 20, 0, 20).last().row(11, 2, 1).blob();
    assertThat(apply(db, first)).isEqualTo(1L);
    assertThat(apply(db, first)).isEqualTo(0L);
    assertThat(apply(db, last)).isEqualTo(1L);
    Object clock = db.value("SELECT crsql_dbversion()");
    Blob vector = vector(db);
    assertThat(apply(db, last)).isEqualTo(0L);
    assertThat(apply(db, first)).isEqualTo(0L);
    assertThat(vector(db)).isEqualTo(vector);
    assertThat(db.value("SELECT crsql_dbversion()")).isEqualTo(clock);
  }

  @Test
  void rowsThatCameByAnotherRoute_areSkippedAndNotCounted() {
    Database db = open(T, CRR);
    apply(db, chunk(0, 10, 0, 10).last().row(1, 1, 1).row(3, 2, 1));
    ChangesetBuilder relayed =
        new ChangesetBuilder(OTHER)
            .last()
            .arrivals(0, 50)
            .site(SITE, 0, 20)
            .shape("t", 1, B)
            .row(1, 1, 1)
            .row(3, 2, 1)
            .row(11, 3, 1);
    assertThat(apply(db, relayed)).isEqualTo(1L);
    assertVector(db, own(db).site(SITE, 20, 10).site(OTHER, 0, 50));
  }

  @Test
  void rowWithOneCellAboveTheVersion_isMergedWhole() {
    Database db = open(T, CRR);
    apply(db, ofT().arrivals(0, 10).row(7, "k", 1, 2));
    ChangesetBuilder next =
        new ChangesetBuilder(SITE)
            .last()
            .arrivals(10, 200)
            .site(SITE, 100, 200)
            .shape("t", 1, B, C)
            .row(100, "k", "at the version", "above it");
    assertThat(apply(db, next)).isEqualTo(1L);
    assertThat(lines(db, ROWS)).containsExactly("k at the version above it");
  }

  @Test
  void versionsAndArrivals_neverGoBack() {
    Database db = open(T, CRR);
    apply(db, chunk(0, 50, 0, 50).last());
    apply(db, chunk(0, 20, 0, 20).last());
    assertVector(db, own(db).site(SITE, 50, 50));
  }

  @Test
  void changesetThatKnowsLaterOwnWrites_tellsOfARestoredCopy() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
    String restored =
        "crsql_apply: others hold what this database, "
            + site(db)
            + ", had at its version 9, but its clock is at 2: it has been restored from an older"
            + " copy; call crsql_new_site(), and sync again";
    Blob before = vector(db);
    ChangesetBuilder relayed = ofT().site(site(db), 2, 9).row(50, 1, 1, 1);
    assertThat(refusal(db, relayed)).isEqualTo(restored);
    ChangesetBuilder gap = ofT().site(site(db), 9, 9).row(50, 1, 1, 1);
    assertThat(refusal(db, gap)).isEqualTo(restored);
    ChangesetBuilder own = new ChangesetBuilder(site(db)).arrivals(0, 9);
    assertThat(refusal(db, own)).isEqualTo(restored);
    assertThat(vector(db)).isEqualTo(before);
    db.run("SELECT crsql_new_site()");
    assertThat(apply(db, ofT().row(50, 1, 1, 1))).isEqualTo(1L);
  }

  @Test
  void fileThatIsRestored_isRefusedByThePeerThatHasHadMore() throws IOException {
    Database db = openFile(dir.resolve("a.db").toString());
    db.run(T);
    db.run(CRR);
    db.run("INSERT INTO t VALUES(1, 1, 1)");
    Blob own = site(db);
    close(db);
    Files.copy(dir.resolve("a.db"), dir.resolve("copy.db"));
    Database copy = openFile(dir.resolve("copy.db").toString());
    assertThat(site(copy)).isEqualTo(own);
    ChangesetBuilder fromPeer =
        new ChangesetBuilder(SITE)
            .last()
            .arrivals(0, 9)
            .site(own, 0, 4)
            .shape("t", 1, B, C)
            .row(1, 1, 1, 1)
            .row(3, 2, 2, 2);
    assertThat(refusal(copy, fromPeer)).contains("it has been restored from an older copy");
    copy.run("SELECT crsql_new_site()");
    assertThat(apply(copy, fromPeer)).isEqualTo(2L);
    assertThat(lines(copy, ROWS)).containsExactly("1 1 1", "2 2 2");
    assertSound(copy);
  }

  @Test
  void ownChangeset_changesNothing() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
    ChangesetBuilder own =
        new ChangesetBuilder(site(db))
            .last()
            .arrivals(0, 2)
            .site(site(db), 0, 2)
            .shape("t", 1, B, C)
            .row(1, 1, 1, 1);
    Blob before = vector(db);
    assertThat(apply(db, own)).isEqualTo(0L);
    assertThat(vector(db)).isEqualTo(before);
    assertThat(lines(db, "SELECT site_id FROM crsql_changes")).containsExactly("null", "null");
  }

  @Test
  void newSite_beginsTheVectorAnew() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
    apply(db, ofT().row(7, "k", 1, 2));
    Blob old = site(db);
    db.run("SELECT crsql_new_site()");
    assertThat(site(db)).isNotEqualTo(old);
    assertVector(db, own(db));
  }

  @Test
  void tableDroppedAndMadeAgain_beginsTheVectorAnew() {
    Database db = open(T, CRR);
    apply(db, ofT().row(7, "k", 1, 2));
    db.run("SELECT crsql_as_table('t')");
    db.run("DROP TABLE t");
    assertVector(db, own(db).site(SITE, 100, 100));
    db.run(T);
    db.run(CRR);
    assertVector(db, doubtful(db));
    assertThat(apply(db, ofT().row(7, "k", 1, 2))).isEqualTo(1L);
    assertThat(lines(db, ROWS)).containsExactly("k 1 2");
    assertVector(db, doubtful(db).site(SITE, 100, 100));
    db.run("SELECT crsql_new_site()");
    assertVector(db, own(db));
    assertSound(db);
  }

  @Test
  void restoredCopyThatDroppedATable_isStillToldFromOneThatLostNothing() {
    Database db = open(T, CRR, "SELECT crsql_as_table('t')", CRR, "INSERT INTO t VALUES(1, 1, 1)");
    long clock = (long) db.value("SELECT crsql_dbversion()");
    assertVector(db, doubtful(db));
    Blob own = site(db);
    assertThat(refusal(db, ofT().site(own, 0, clock + 1)))
        .contains("had at its version " + (clock + 1), "restored from an older copy");
    assertThat(apply(db, ofT().site(own, 0, clock))).isEqualTo(0L);
  }

  @Test
  void columnDroppedAndMadeAgain_beginsTheVectorAnew() {
    Database db = open(T, CRR);
    apply(db, ofT().row(7, "k", 1, 2));
    for (String change : List.of("DROP COLUMN c", "ADD COLUMN other", "ADD COLUMN c")) {
      assertVector(db, own(db).site(SITE, 100, 100));
      db.run("SELECT crsql_begin_alter('t')");
      db.run("ALTER TABLE t " + change);
      db.run("SELECT crsql_commit_alter('t')");
    }
    assertVector(db, doubtful(db));
    assertThat(apply(db, ofT().row(7, "k", 1, 2))).isEqualTo(1L);
    assertThat(lines(db, "SELECT a, b, c FROM t")).containsExactly("k 1 2");
    assertSound(db);
  }

  @Test
  void versionsThatWereRolledBack_areNotHeld() {
    String path = dir.resolve("two.db").toString();
    Database first = openFile(path);
    Database second = openFile(path);
    first.run(T);
    first.run(CRR);
    first.run("BEGIN");
    first.run("INSERT INTO t VALUES(1, 1, 1), (2, 2, 2)");
    first.run("ROLLBACK");
    assertVector(first, new VectorBuilder().site(site(first), 0, 0));
    second.run("INSERT INTO t VALUES(3, 3, 3)");
    assertVector(first, new VectorBuilder().site(site(first), 2, 2));
    assertVector(second, new VectorBuilder().site(site(first), 2, 2));
    first.run("BEGIN");
    apply(first, ofT().row(7, "k", 1, 2));
    first.run("ROLLBACK");
    assertVector(first, new VectorBuilder().site(site(first), 2, 2));
    first.run("INSERT INTO t VALUES(4, 4, 4)");
    assertThat(vector(first)).isEqualTo(vector(second));
  }

  @Test
  void attachedDatabase_hasItsOwn() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)", "ATTACH ':memory:' AS aux");
    db.run("CREATE TABLE aux.t(a PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('aux', 't')");
    db.value("SELECT crsql_apply('aux', ?1)", ofT().row(7, "k", 1, 2).blob());
    Blob site = (Blob) db.value("SELECT crsql_siteid('aux')");
    long clock = (long) db.value("SELECT crsql_dbversion('aux')");
    assertThat(db.value("SELECT crsql_version_vector('aux')"))
        .isEqualTo(new VectorBuilder().site(site, clock, clock).site(SITE, 100, 100).blob());
    assertVector(db, new VectorBuilder().site(site(db), 2, 2));
  }
}
