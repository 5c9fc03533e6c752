package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.crsql.conformance.changeset.ChangesetBuilder;
import io.crsql.conformance.changeset.ChangesetBuilder.Column;
import io.crsql.conformance.changeset.VectorBuilder;
import java.util.List;

/** A test of changesets that are built by hand, from their specification. */
abstract class ChangesetScenario extends Scenario {
  static final String T = "CREATE TABLE t(a PRIMARY KEY, b, c)";
  static final String CRR = "SELECT crsql_as_crr('t')";
  static final String ROWS = "SELECT * FROM t ORDER BY a";
  static final String STAMPS =
      "SELECT pk, cid, val, version, site_id FROM crsql_changes ORDER BY db_version, cid";
  static final String PARKED =
      "SELECT \"table\", pk, col, life, val, reason FROM crsql_parked ORDER BY 1, 2, 3";
  static final Blob SITE = new Blob("AB".repeat(16));
  static final Blob OTHER = new Blob("CD".repeat(16));
  static final Column B = new Column(0, 1, "b");
  static final Column C = new Column(1, 2, "c");

  /** The last chunk of one site's own writes, up to version 100, for who has nothing. */
  static ChangesetBuilder changeset() {
    return new ChangesetBuilder(SITE).last().arrivals(0, 100).site(SITE, 0, 100);
  }

  /** The same with the table t. */
  static ChangesetBuilder ofT() {
    return changeset().shape("t", 1, B, C);
  }

  static Object apply(Database db, ChangesetBuilder changeset) {
    return apply(db, changeset.blob());
  }

  static Object apply(Database db, Blob changeset) {
    return db.value("SELECT crsql_apply(?1)", changeset);
  }

  static String refusal(Database db, ChangesetBuilder changeset) {
    return refusal(db, changeset.blob());
  }

  static String refusal(Database db, Object changeset) {
    return error(db, "SELECT crsql_apply(?1)", changeset);
  }

  static Blob site(Database db) {
    return (Blob) db.value("SELECT crsql_siteid()");
  }

  static Blob vector(Database db) {
    return (Blob) db.value("SELECT crsql_version_vector()");
  }

  /** The vector of a database that has its own clock and no more. */
  static VectorBuilder own(Database db) {
    long clock = (long) db.value("SELECT crsql_dbversion()");
    return new VectorBuilder().site(site(db), clock, clock);
  }

  static void assertVector(Database db, VectorBuilder expected) {
    assertThat(vector(db)).isEqualTo(expected.blob());
  }

  static void assertSound(Database... databases) {
    for (Database db : databases) {
      assertThat(db.value("SELECT crsql_verify()")).isEqualTo("ok");
    }
  }

  static List<Object> key(Object... values) {
    return List.of(values);
  }
}
