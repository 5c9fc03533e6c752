package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The usage session of the specification, statement by statement. */
class SeedSessionTest extends Scenario {
  @Test
  void session() {
    Database db =
        open(
            "create table foo (a primary key, b)",
            "create table baz (a primary key, b, c, d)",
            "select crsql_as_crr('foo')",
            "select crsql_as_crr('baz')",
            "insert into foo (a,b) values (1,2)",
            "insert into baz (a,b,c,d) values ('a', 'woo', 'doo', 'daa')");
    assertThat(lines(db, "select * from crsql_changes"))
        .containsExactly(
            "foo 1 1 2 1 null",
            "baz 'a' 1 'woo' 2 null",
            "baz 'a' 2 'doo' 3 null",
            "baz 'a' 3 'daa' 4 null");
    db.run(
        "insert into crsql_changes (\"table\", pk, cid, val, version, site_id) values"
            + " ('foo', 5, 1, '''thing''', 5, X'7096E2D505314699A59C95FABA14ABB5')");
    db.run(
        "insert into crsql_changes (\"table\", pk, cid, val, version, site_id) values"
            + " ('baz', '''a''', 1, 123, 101, X'7096E2D505314699A59C95FABA14ABB5')");
    assertThat(lines(db, "select * from foo")).containsExactly("1 2", "5 thing");
    assertThat(lines(db, "select * from baz")).containsExactly("a 123 doo daa");
    assertThat(db.value("select crsql_finalize()")).isNull();
  }
}
