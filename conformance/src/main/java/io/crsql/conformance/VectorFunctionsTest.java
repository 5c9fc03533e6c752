package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.crsql.conformance.changeset.ChangesetBuilder;
import io.crsql.conformance.changeset.VectorBuilder;
import org.junit.jupiter.api.Test;

/** What networking code asks of version vectors: what a peer holds, and what it will hold. */
class VectorFunctionsTest extends ChangesetScenario {
  private static final String AFTER = "SELECT crsql_vector_after(?1, ?2)";
  private static final String SENDER = "SELECT crsql_vector_sender(?1, ?2)";
  private static final String COVERS = "SELECT crsql_vector_covers(?1, ?2)";
  private static final String LIST =
      "SELECT hex(site), version, arrival FROM crsql_vector(?1) ORDER BY 1";
  private static final Blob THIRD = new Blob("00".repeat(16));

  private static VectorBuilder vector() {
    return new VectorBuilder();
  }

  @Test
  void after_isWhatTheReceiverThenHas() {
    Database a = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1), (2, 2, 2)");
    Database b = open(T, CRR);
    Object chunk = a.value("SELECT crsql_changeset(?1)", vector(b));
    Object foretold = b.value(AFTER, vector(b), chunk);
    apply(b, (Blob) chunk);
    assertThat(b.value(COVERS, vector(b), foretold)).isEqualTo(1L);
    assertThat(lines(b, LIST + " LIMIT 9", foretold))
        .contains(((Blob) a.value("SELECT crsql_siteid()")).hex() + " 4 4");
  }

  @Test
  void after_joinsSitesInTheirOrder() {
    Database db = open();
    Blob before = vector().site(THIRD, 5, 0).site(SITE, 3, 9).blob();
    ChangesetBuilder chunk =
        new ChangesetBuilder(OTHER)
            .last()
            .arrivals(0, 70)
            .site(SITE, 2, 40)
            .site(OTHER, 0, 60)
            .site(THIRD, 5, 5);
    assertThat(db.value(AFTER, before, chunk.blob()))
        .isEqualTo(vector().site(THIRD, 5, 0).site(SITE, 40, 9).site(OTHER, 60, 70).blob());
  }

  @Test
  void after_neverLosesWhatWasHeld() {
    Database db = open();
    Blob before = vector().site(SITE, 500, 600).blob();
    assertThat(db.value(AFTER, before, changeset().blob())).isEqualTo(before);
  }

  @Test
  void after_isNullIfTheChangesetBuildsOnMore() {
    Database db = open();
    ChangesetBuilder version = new ChangesetBuilder(SITE).last().site(OTHER, 8, 9);
    assertThat(db.value(AFTER, vector().site(OTHER, 7, 7).blob(), version.blob())).isNull();
    assertThat(db.value(AFTER, vector().site(OTHER, 8, 0).blob(), version.blob())).isNotNull();
    ChangesetBuilder arrival = new ChangesetBuilder(SITE).last().arrivals(8, 9);
    assertThat(db.value(AFTER, vector().site(SITE, 9, 7).blob(), arrival.blob())).isNull();
    assertThat(db.value(AFTER, null, arrival.blob())).isNull();
  }

  @Test
  void sender_holdsWhatItMovesAndItsOwnWrites() {
    Database db = open();
    ChangesetBuilder chunk =
        new ChangesetBuilder(SITE)
            .last()
            .arrivals(0, 70)
            .site(SITE, 0, 70)
            .site(OTHER, 4, 9)
            .site(THIRD, 5, 5);
    Blob before = vector().site(SITE, 10, 10).site(OTHER, 2, 1).blob();
    assertThat(db.value(SENDER, before, chunk.blob()))
        .isEqualTo(vector().site(SITE, 70, 10).site(OTHER, 9, 1).blob());
    ChangesetBuilder notLast = new ChangesetBuilder(SITE).arrivals(0, 70).site(SITE, 0, 0);
    assertThat(db.value(SENDER, before, notLast.blob()))
        .isEqualTo(vector().site(SITE, 70, 10).site(OTHER, 2, 1).blob());
    assertThat(db.value(SENDER, null, notLast.blob())).isEqualTo(vector().blob());
  }

  @Test
  void changeset_listsTheSitesThatItNeeds() {
    Database a = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
    for (int i = 0; i < 50; i++) {
      Blob site = new Blob(String.format("%032X", i + 1));
      apply(a, new ChangesetBuilder(site).last().arrivals(0, 1).site(site, 0, 1));
    }
    Database b = open(T, CRR);
    assertThat(apply(b, (Blob) a.value("SELECT crsql_changeset(?1)", vector(b)))).isEqualTo(1L);
    assertThat(b.value("SELECT count(*) FROM crsql_vector(crsql_version_vector())")).isEqualTo(52L);
    a.run("UPDATE t SET b = 2");
    Blob delta = (Blob) a.value("SELECT crsql_changeset(?1)", vector(b));
    assertThat(delta.bytes()).hasSizeLessThan(100);
    assertThat(apply(b, delta)).isEqualTo(1L);
    assertThat(lines(b, ROWS)).isEqualTo(lines(a, ROWS));
  }

  @Test
  void covers_comparesEachSite() {
    Database db = open();
    Blob two = vector().site(SITE, 5, 3).site(OTHER, 1, 1).blob();
    assertThat(db.value(COVERS, two, two)).isEqualTo(1L);
    assertThat(db.value(COVERS, two, null)).isEqualTo(1L);
    assertThat(db.value(COVERS, null, two)).isEqualTo(0L);
    assertThat(db.value(COVERS, two, vector().site(SITE, 5, 3).blob())).isEqualTo(1L);
    assertThat(db.value(COVERS, two, vector().site(SITE, 6, 3).blob())).isEqualTo(0L);
    assertThat(db.value(COVERS, two, vector().site(SITE, 5, 4).blob())).isEqualTo(0L);
    assertThat(db.value(COVERS, two, vector().site(THIRD, 1, 0).blob())).isEqualTo(0L);
  }

  @Test
  void vector_isListedAsATable() {
    Database db = open();
    Blob vector = vector().site(SITE, 5, 3).site(THIRD, 1, 0).blob();
    assertThat(lines(db, LIST, vector)).containsExactly(THIRD.hex() + " 1 0", SITE.hex() + " 5 3");
    assertThat(lines(db, LIST, (Object) null)).isEmpty();
    assertThat(error(db, "SELECT * FROM crsql_vector"))
        .isEqualTo("crsql_vector: it takes a version vector, as in crsql_vector(:vector)");
  }

  @Test
  void chunks_tellUntilWhenTheyReach() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)", "INSERT INTO t VALUES(2, 2, 2)");
    assertThat(lines(db, "SELECT until, rows, last FROM crsql_changesets(NULL, 1)"))
        .containsExactly("1 1 0", "4 1 1");
  }

  @Test
  void whatIsNoVectorOrChangeset_isRefused() {
    Database db = open();
    Blob wrong = new Blob("00");
    for (String sql : new String[] {AFTER, COVERS}) {
      assertThat(error(db, sql, wrong, changeset().blob()))
          .contains("the blob is no version vector, for it does not begin with CRSV");
    }
    assertThat(error(db, LIST, wrong)).startsWith("crsql_vector: the blob is no version vector");
    assertThat(error(db, AFTER, null, wrong))
        .startsWith("crsql_vector_after: the blob is no changeset");
    assertThat(error(db, AFTER, null, 5))
        .isEqualTo("crsql_vector_after: it takes a changeset, a blob");
  }
}
