package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Full-text and R-Tree indices that an application's own triggers keep up to date. */
class FullTextTest extends Scenario {
  private static final Blob SITE = new Blob("AB".repeat(16));
  private static final String DOC =
      "CREATE TABLE doc(id INTEGER PRIMARY KEY, title TEXT, body TEXT)";
  private static final String CRR = "SELECT crsql_as_crr('doc')";

  private static final String[] EXTERNAL_CONTENT = {
    DOC,
    "CREATE VIRTUAL TABLE fts USING fts5(title, body, content = 'doc', content_rowid = 'id')",
    "CREATE TRIGGER di AFTER INSERT ON doc BEGIN"
        + " INSERT INTO fts(rowid, title, body) VALUES(new.id, new.title, new.body); END",
    "CREATE TRIGGER dd AFTER DELETE ON doc BEGIN INSERT INTO fts(fts, rowid, title, body)"
        + " VALUES('delete', old.id, old.title, old.body); END",
    "CREATE TRIGGER du AFTER UPDATE ON doc BEGIN INSERT INTO fts(fts, rowid, title, body)"
        + " VALUES('delete', old.id, old.title, old.body);"
        + " INSERT INTO fts(rowid, title, body) VALUES(new.id, new.title, new.body); END",
    CRR
  };

  private static final String[] CONTENTLESS = {
    DOC,
    "CREATE VIRTUAL TABLE fts USING fts5(title, body, content = '')",
    "CREATE TRIGGER di AFTER INSERT ON doc BEGIN"
        + " INSERT INTO fts(rowid, title, body) VALUES(new.id, new.title, new.body); END",
    "CREATE TRIGGER dd AFTER DELETE ON doc BEGIN INSERT INTO fts(fts, rowid, title, body)"
        + " VALUES('delete', old.id, old.title, old.body); END",
    "CREATE TRIGGER du AFTER UPDATE OF title, body ON doc BEGIN INSERT INTO fts(fts, rowid, title,"
        + " body) VALUES('delete', old.id, old.title, old.body);"
        + " INSERT INTO fts(rowid, title, body) VALUES(new.id, new.title, new.body); END",
    CRR
  };

  private static void matches(Database db, String query, String... ids) {
    assertThat(lines(db, "SELECT rowid FROM fts WHERE fts MATCH ?1 ORDER BY rowid", query))
        .as(query)
        .containsExactly(ids);
  }

  private void isKept(String[] schema, boolean external) {
    Database a = open(schema);
    Database b = open(schema);
    a.run("INSERT INTO doc VALUES(1, 'red apple', 'sweet'), (2, 'green pear', 'sour')");
    b.run("INSERT INTO doc VALUES(3, 'blue plum', 'sweet'), (2, 'green melon', 'sweet')");
    b.run("UPDATE doc SET body = 'bitter' WHERE id = 3");
    sync(a, b);
    a.run("UPDATE doc SET title = 'yellow apple' WHERE id = 1");
    a.run("DELETE FROM doc WHERE id = 3");
    sync(a, b);
    b.run("INSERT INTO doc(id, title) VALUES(3, 'new plum')");
    sync(a, b);
    for (Database db : new Database[] {a, b}) {
      matches(db, "apple", "1");
      matches(db, "red OR blue OR bitter");
      matches(db, "yellow", "1");
      matches(db, "title : plum", "3");
      matches(db, "green", "2");
      if (external) {
        db.run("INSERT INTO fts(fts, rank) VALUES('integrity-check', 1)");
      } else {
        db.run("INSERT INTO fts(fts) VALUES('integrity-check')");
      }
      assertThat(lines(db, "PRAGMA integrity_check")).containsExactly("ok");
    }
    assertThat(lines(b, "SELECT * FROM doc")).isEqualTo(lines(a, "SELECT * FROM doc")).hasSize(3);
    assertThat(state(b)).isEqualTo(state(a));
  }

  @Test
  void externalContent_isKeptUpToDateByMerges() {
    isKept(EXTERNAL_CONTENT, true);
  }

  @Test
  void contentless_isKeptUpToDateByMerges() {
    isKept(CONTENTLESS, false);
  }

  @Test
  void ranking_isThatOfTheMergedRows() {
    Database a = open(EXTERNAL_CONTENT);
    Database b = open(EXTERNAL_CONTENT);
    a.run("INSERT INTO doc VALUES(1, 'x y z w', 'a'), (2, 'x x', 'x')");
    pull(b, a);
    String ranked = "SELECT rowid, snippet(fts, 0, '[', ']', '', 9) FROM fts('x') ORDER BY rank";
    assertThat(lines(b, ranked))
        .isEqualTo(lines(a, ranked))
        .containsExactly("2 [x] [x]", "1 [x] y z w");
  }

  @Test
  void mergesRolledBack_leaveTheIndexAsItWas() {
    Database db = open(EXTERNAL_CONTENT);
    db.run("INSERT INTO doc VALUES(1, 'old', 'old')");
    db.run("BEGIN");
    db.run(MERGE, "doc", 1, 1, "'merged'", 50, SITE);
    matches(db, "merged", "1");
    db.run("ROLLBACK");
    matches(db, "merged");
    matches(db, "old", "1");
    db.run("INSERT INTO fts(fts, rank) VALUES('integrity-check', 1)");
  }

  @Test
  void rtree_isKeptUpToDateByMerges() {
    String[] schema = {
      "CREATE TABLE place(id INTEGER PRIMARY KEY, name, x REAL, y REAL)",
      "CREATE VIRTUAL TABLE area USING rtree(id, x0, x1, y0, y1)",
      "CREATE TRIGGER pi AFTER INSERT ON place WHEN new.x NOTNULL AND new.y NOTNULL BEGIN"
          + " INSERT INTO area VALUES(new.id, new.x, new.x, new.y, new.y); END",
      "CREATE TRIGGER pu AFTER UPDATE OF x, y ON place WHEN new.x NOTNULL AND new.y NOTNULL BEGIN"
          + " REPLACE INTO area VALUES(new.id, new.x, new.x, new.y, new.y); END",
      "CREATE TRIGGER pd AFTER DELETE ON place BEGIN DELETE FROM area WHERE id = old.id; END",
      "SELECT crsql_as_crr('place')"
    };
    Database a = open(schema);
    Database b = open(schema);
    a.run("INSERT INTO place VALUES(1, 'a', 1, 1), (2, 'b', 5, 5)");
    b.run("INSERT INTO place VALUES(3, 'c', 2, 2)");
    sync(a, b);
    b.run("UPDATE place SET x = 1.5 WHERE id = 2");
    b.run("UPDATE place SET y = 1.5 WHERE id = 2");
    a.run("DELETE FROM place WHERE id = 1");
    sync(a, b);
    String near = "SELECT id FROM area WHERE x1 <= 2 AND y1 <= 2 ORDER BY id";
    for (Database db : new Database[] {a, b}) {
      assertThat(lines(db, near)).containsExactly("2", "3");
      assertThat(lines(db, "SELECT rtreecheck('area')")).containsExactly("ok");
    }
    assertThat(state(b)).isEqualTo(state(a));
  }
}
