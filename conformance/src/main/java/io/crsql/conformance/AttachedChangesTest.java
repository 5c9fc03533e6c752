package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code crsql_changes} of an attached database: the hidden column {@code schema}. */
class AttachedChangesTest extends Scenario {
  private static final String MERGE_INTO =
      "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id, schema)"
          + " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)";

  private static final Blob SITE = Blob.of(new byte[16]);

  private Database db;

  /** Main has the row 1 written once, aux the rows 1, 2, 3 written in one transaction. */
  @BeforeEach
  void attach() {
    db = open("ATTACH ':memory:' AS aux");
    for (String schema : List.of("main", "aux")) {
      db.run("CREATE TABLE " + schema + ".t(a PRIMARY KEY, b)");
      db.run("SELECT crsql_as_crr('" + schema + "', 't')");
    }
    db.run("INSERT INTO main.t VALUES(1, 'main')");
    db.run("INSERT INTO aux.t VALUES(1, 'x'), (2, 'y'), (3, 'z')");
  }

  private List<String> where(String condition) {
    return lines(db, "SELECT pk, val FROM crsql_changes WHERE " + condition);
  }

  @Test
  void schema_selectsTheDatabase() {
    assertThat(lines(db, "SELECT pk, val, schema FROM crsql_changes"))
        .containsExactly("1 'main' main");
    assertThat(where("schema = 'main'")).containsExactly("1 'main'");
    assertThat(where("schema = 'aux'")).containsExactly("1 'x'", "2 'y'", "3 'z'");
    assertThat(where("schema IS 'aux' AND pk = 2")).containsExactly("2 'y'");
    assertThat(where("schema IN ('main', 'aux') AND pk = 1"))
        .containsExactlyInAnyOrder("1 'main'", "1 'x'");
    assertThat(where("schema = 'aux' AND schema = 'main'")).isEmpty();
    assertThat(where("schema <> 'main'")).as("main is what is read").isEmpty();
  }

  @Test
  void schema_isNamedInAnyCase() {
    assertThat(where("schema = 'AuX' AND pk = 3")).containsExactly("3 'z'");
    assertThat(db.value("SELECT schema FROM crsql_changes WHERE schema = 'AuX'")).isEqualTo("AuX");
  }

  @Test
  void schema_goesWithTheOtherConditionsAndOrders() {
    String aux = "schema = 'aux' AND ";
    assertThat(where(aux + "db_version > 1")).containsExactly("2 'y'", "3 'z'");
    assertThat(where(aux + "version = 2 AND \"table\" = 'T' COLLATE NOCASE"))
        .containsExactly("2 'y'");
    assertThat(where(aux + "site_id IS NULL AND version <= 1")).containsExactly("1 'x'");
    db.run(MERGE_INTO, "t", 9L, 1L, "'w'", 1L, SITE, "aux");
    assertThat(where(aux + "site_id = zeroblob(16)")).containsExactly("9 'w'");
    assertThat(where(aux + "1 ORDER BY version DESC, pk"))
        .containsExactly("3 'z'", "2 'y'", "1 'x'", "9 'w'");
    assertThat(where(aux + "1 ORDER BY version, pk"))
        .containsExactly("1 'x'", "9 'w'", "2 'y'", "3 'z'");
    assertThat(where(aux + "1 ORDER BY db_version"))
        .containsExactly("1 'x'", "2 'y'", "3 'z'", "9 'w'");
  }

  @Test
  void schema_mayBeAColumnOfAJoin() {
    assertThat(
            lines(
                db,
                "SELECT d.name, count(*) FROM crsql_changes c, pragma_database_list d"
                    + " WHERE c.schema = d.name AND d.name <> 'temp' GROUP BY 1 ORDER BY 1"))
        .containsExactly("aux 3", "main 1");
    assertThat(
            lines(
                db,
                "SELECT m.pk, a.val FROM crsql_changes m JOIN crsql_changes a USING(\"table\", pk)"
                    + " WHERE a.schema = 'aux'"))
        .containsExactly("1 'x'");
  }

  @Test
  void schema_isHiddenBehindTheOtherHiddenColumns() {
    assertThat(lines(db, "SELECT * FROM crsql_changes")).containsExactly("t 1 1 'main' 1 null");
    assertThat(
            lines(
                db,
                "SELECT name FROM pragma_table_xinfo('crsql_changes') WHERE hidden ORDER BY cid"))
        .containsExactly("col", "cl", "db_version", "schema");
  }

  @Test
  void schema_thatIsNullOrNotThere_isRefused() {
    String isNull =
        "crsql_changes: schema must be the name of a database, not NULL; leave it out for main";
    assertThat(error(db, "SELECT * FROM crsql_changes WHERE schema IS NULL")).isEqualTo(isNull);
    assertThat(error(db, "SELECT * FROM crsql_changes WHERE schema = ?1", new Object[] {null}))
        .isEqualTo(isNull);
    String unknown = "crsql_changes: there is no database \"nope\"; attach it first";
    assertThat(error(db, "SELECT * FROM crsql_changes WHERE schema = 'nope'")).isEqualTo(unknown);
    assertThat(error(db, MERGE_INTO, "t", 1L, 1L, 1L, 9L, SITE, "nope")).isEqualTo(unknown);
    assertThat(error(db, MERGE_INTO, "t", 1L, 1L, 1L, 9L, SITE, "temp"))
        .isEqualTo(
            "crsql_changes: temp ends with its connection, so it has no replicas; name main or an"
                + " attached database");
    assertThat(where("schema = 'aux'")).hasSize(3);
  }

  @Test
  void insert_mergesIntoTheDatabaseThatItNames() {
    db.run(MERGE_INTO, "t", 1L, 1L, "'new'", 50L, SITE, "AUX");
    db.run(MERGE_INTO, "t", 2L, -1L, 2L, 51L, SITE, "aux");
    assertThat(lines(db, "SELECT * FROM aux.t ORDER BY a")).containsExactly("1 new", "3 z");
    assertThat(lines(db, "SELECT * FROM main.t")).containsExactly("1 main");
    assertThat(lines(db, "SELECT crsql_dbversion(), crsql_dbversion('aux')"))
        .containsExactly("1 52");
    db.run(MERGE_INTO, "t", 1L, 1L, "'own'", 60L, SITE, null);
    assertThat(lines(db, "SELECT * FROM main.t")).containsExactly("1 own");
  }

  @Test
  void insert_thatIsRefused_namesTheTableWithItsSchema() {
    assertThat(error(db, MERGE_INTO, "t", 1L, 1L, 1L, 9L, "x", "aux"))
        .isEqualTo(
            "crsql_changes: table \"aux\".\"t\", row 1: site_id must be a blob of 16 bytes, or NULL"
                + " for this database");
  }

  @Test
  void parkedChange_waitsInTheDatabaseThatItNames() {
    db.run(MERGE_INTO, "u", 1L, 1L, "'later'", 9L, SITE, "aux");
    for (String schema : List.of("main", "aux")) {
      db.run("CREATE TABLE " + schema + ".u(a PRIMARY KEY, b)");
      db.run("SELECT crsql_as_crr('" + schema + "', 'u')");
    }
    assertThat(lines(db, "SELECT * FROM main.u")).isEmpty();
    assertThat(lines(db, "SELECT * FROM aux.u")).containsExactly("1 later");
  }

  @Test
  void twoDatabasesOfAConnection_convergeByPlainSql() {
    String pull =
        "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id, schema)"
            + " SELECT \"table\", pk, cid, val, version, coalesce(site_id, crsql_siteid(?1)), ?2"
            + " FROM crsql_changes WHERE schema = ?1";
    db.run("DELETE FROM aux.t WHERE a = 3");
    for (int round = 0; round < 2; round++) {
      db.run(pull, "aux", "main");
      db.run(pull, "main", "aux");
    }
    assertThat(lines(db, "SELECT * FROM main.t ORDER BY a"))
        .isEqualTo(lines(db, "SELECT * FROM aux.t ORDER BY a"))
        .hasSize(2);
    String state =
        "SELECT pk, cid, val, version, hex(coalesce(site_id, crsql_siteid(?1))) FROM crsql_changes"
            + " WHERE schema = ?1 ORDER BY pk, cid";
    assertThat(lines(db, state, "main")).isEqualTo(lines(db, state, "aux"));
    assertThat(db.value("SELECT crsql_fingerprint('aux', NULL)"))
        .isEqualTo(db.value("SELECT crsql_fingerprint()"))
        .isNotNull();
    assertThat(db.value("SELECT crsql_fingerprint('aux', 't') = crsql_fingerprint('t')"))
        .isEqualTo(1L);
    assertThat(db.value("SELECT crsql_verify('aux')")).isEqualTo("ok");
  }

  @Test
  void mergeIntoAttached_thatIsRolledBack_leavesNothing() {
    db.run("BEGIN");
    db.run(MERGE_INTO, "t", 1L, 1L, "'new'", 50L, SITE, "aux");
    db.run(MERGE_INTO, "t", 1L, 1L, "'new'", 50L, SITE, "main");
    db.run("ROLLBACK");
    assertThat(lines(db, "SELECT b FROM aux.t UNION ALL SELECT b FROM main.t"))
        .containsExactly("x", "y", "z", "main");
    assertThat(where("schema = 'aux'")).containsExactly("1 'x'", "2 'y'", "3 'z'");
  }

  @Test
  void triggersOfTheAttachedTable_runInItsMerge() {
    db.run("CREATE TABLE aux.seen(a, merging)");
    db.run(
        "CREATE TRIGGER aux.see AFTER UPDATE ON t BEGIN"
            + " INSERT INTO seen VALUES(new.a, crsql_merging()); END");
    db.run("SELECT crsql_as_crr('aux', 't')");
    db.run("UPDATE aux.t SET b = 'local' WHERE a = 1");
    db.run(MERGE_INTO, "t", 2L, 1L, "'merged'", 50L, SITE, "aux");
    assertThat(lines(db, "SELECT * FROM aux.seen")).containsExactly("1 0", "2 1");
  }

  @Test
  void held_showsTheRowsOfTheDatabaseThatItNames() {
    db.run("CREATE TABLE aux.c(a PRIMARY KEY, b CHECK(b > 0))");
    db.run("SELECT crsql_as_crr('aux', 'c')");
    db.run(MERGE_INTO, "c", 1L, 1L, -5L, 50L, SITE, "aux");
    assertThat(lines(db, "SELECT * FROM crsql_held")).isEmpty();
    assertThat(lines(db, "SELECT \"table\", pk, schema FROM crsql_held WHERE schema = 'AUX'"))
        .containsExactly("c 1 AUX");
    assertThat(error(db, "SELECT * FROM crsql_held WHERE schema = 'nope'"))
        .isEqualTo("crsql_held: there is no database \"nope\"; attach it first");
  }
}
