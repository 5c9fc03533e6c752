package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Triggers, views and foreign keys of an application do on replicated tables what they do on plain
 * ones.
 */
class ApplicationTriggerTest extends Scenario {
  private static final String T = "CREATE TABLE t(a INTEGER PRIMARY KEY, b, c)";

  @Test
  void triggersThatWriteAndRaise() {
    List<String> schema =
        List.of(
            T,
            "CREATE TABLE log(id INTEGER PRIMARY KEY, what)",
            "CREATE TABLE counts(n)",
            "CREATE TRIGGER ai AFTER INSERT ON t BEGIN INSERT INTO log(what) VALUES('i' || new.a);"
                + " INSERT INTO counts VALUES(changes()); END",
            "CREATE TRIGGER bu BEFORE UPDATE OF b ON t WHEN new.b = 13 BEGIN"
                + " SELECT RAISE(ABORT, 'no 13'); END",
            "CREATE TRIGGER bi BEFORE INSERT ON t WHEN new.b = 14 BEGIN"
                + " SELECT RAISE(FAIL, 'no 14'); END",
            "CREATE TRIGGER bd BEFORE DELETE ON t WHEN old.b = 15 BEGIN SELECT RAISE(IGNORE); END",
            "CREATE TRIGGER bi2 BEFORE INSERT ON t WHEN new.b = 16 BEGIN"
                + " SELECT RAISE(ROLLBACK, 'no 16'); END",
            "CREATE TRIGGER au AFTER UPDATE OF b ON t BEGIN"
                + " UPDATE t SET c = coalesce(c, 0) + 1 WHERE a = new.a;"
                + " INSERT OR REPLACE INTO log VALUES(1000 + new.a, new.b); END",
            "CREATE TRIGGER ad AFTER DELETE ON t BEGIN"
                + " UPDATE t SET c = 'next' WHERE a = old.a + 1;"
                + " DELETE FROM log WHERE id = 1000 + old.a; END");
    try (Twins twins = new Twins(open(), schema, "t", "log")) {
      twins.run(
          "INSERT INTO t VALUES(1, 1, 1), (2, 2, 2), (3, 3, 3) RETURNING *",
          "UPDATE t SET b = b + 1 RETURNING a, b, c",
          "UPDATE t SET b = 13 WHERE a = 2",
          "INSERT INTO t VALUES(5, 5, 5), (6, 14, 6), (7, 7, 7)",
          "INSERT INTO t(b) VALUES(15) RETURNING a",
          "DELETE FROM t WHERE b = 15 RETURNING a",
          "DELETE FROM t WHERE a = 2 RETURNING b",
          "BEGIN",
          "INSERT INTO t VALUES(30, 3, 3)",
          "INSERT INTO t VALUES(31, 16, 3)",
          "INSERT OR REPLACE INTO t VALUES(1, 'r', 'r') RETURNING *",
          "INSERT INTO t VALUES(3, 8, 8) ON CONFLICT(a) DO UPDATE SET b = excluded.b RETURNING *",
          "UPDATE t SET a = a + 100 WHERE a = 3 RETURNING a",
          "UPDATE OR REPLACE t SET a = 1 WHERE a = 103",
          "SAVEPOINT x",
          "INSERT INTO t VALUES(50, 1, 1)",
          "SAVEPOINT y",
          "DELETE FROM t",
          "ROLLBACK TO y",
          "UPDATE t SET b = 'y'",
          "ROLLBACK TO x",
          "INSERT INTO t VALUES(51, 1, 1)",
          "RELEASE x");
      twins.comparePeer(open(), T, "CREATE TABLE log(id INTEGER PRIMARY KEY, what)");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"OFF", "ON"})
  void triggersThatWriteTheirOwnTable(String recursive) {
    String table = "CREATE TABLE t(a TEXT PRIMARY KEY, b, c)";
    List<String> schema =
        List.of(
            table,
            "CREATE TABLE gone(x)",
            "CREATE TRIGGER ai AFTER INSERT ON t WHEN new.b < 5 BEGIN"
                + " INSERT INTO t VALUES(new.a || 'x', new.b + 1, 'chain'); END",
            "CREATE TRIGGER au AFTER UPDATE ON t WHEN new.c = 'go' AND new.b < 10 BEGIN"
                + " UPDATE t SET b = b + 1 WHERE a = new.a; END",
            "CREATE TRIGGER ad AFTER DELETE ON t BEGIN INSERT INTO gone VALUES(old.a || old.b); END",
            "CREATE TRIGGER bd BEFORE DELETE ON t WHEN old.a = 'keep' BEGIN"
                + " INSERT OR IGNORE INTO t VALUES('bd', 9, old.a); END");
    try (Twins twins = new Twins(open(), schema, "t")) {
      twins.run(
          "PRAGMA recursive_triggers = " + recursive,
          "INSERT INTO t VALUES('a', 1, 1) RETURNING *",
          "UPDATE t SET c = 'go' WHERE b = 1 RETURNING *",
          "REPLACE INTO t VALUES('a', 3, 're')",
          "REPLACE INTO t VALUES('ax', 0, 're')",
          "INSERT INTO t VALUES('keep', 9, 9)",
          "DELETE FROM t WHERE a = 'keep' RETURNING *",
          "REPLACE INTO t VALUES('axx', 9, 9)",
          "UPDATE t SET a = a || '!'",
          "DELETE FROM t");
      twins.comparePeer(open(), table);
    }
  }

  @Test
  void foreignKeysOfTablesThatAreNotReplicated() {
    List<String> schema =
        List.of(
            T,
            "CREATE TABLE cascades(id INTEGER PRIMARY KEY,"
                + " p REFERENCES t(a) ON DELETE CASCADE ON UPDATE CASCADE)",
            "CREATE TABLE deferred(id INTEGER PRIMARY KEY,"
                + " p REFERENCES t(a) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED)",
            "CREATE TABLE restricts(id INTEGER PRIMARY KEY, p REFERENCES t(a) ON DELETE RESTRICT)",
            "CREATE TRIGGER orphan AFTER DELETE ON cascades BEGIN"
                + " UPDATE t SET b = 'orphaned' WHERE a = 99; END");
    try (Twins twins = new Twins(open(), schema, "t")) {
      twins.run(
          "PRAGMA foreign_keys = ON",
          "INSERT INTO t VALUES(1, 1, 1), (2, 2, 2), (3, 3, 3), (99, 0, 0)",
          "INSERT INTO cascades VALUES(1, 1), (2, 2)",
          "INSERT INTO deferred VALUES(1, 3)",
          "INSERT INTO restricts VALUES(1, 2)",
          "DELETE FROM t WHERE a = 2",
          "UPDATE t SET a = 11 WHERE a = 1",
          "DELETE FROM t WHERE a = 11 RETURNING *",
          "DELETE FROM t WHERE a = 3",
          "BEGIN",
          "INSERT INTO deferred VALUES(5, 500)",
          "COMMIT",
          "INSERT INTO t VALUES(500, 1, 1)",
          "COMMIT",
          "BEGIN",
          "PRAGMA defer_foreign_keys = ON",
          "INSERT INTO cascades VALUES(9, 600)",
          "INSERT INTO t VALUES(600, 6, 6)",
          "COMMIT",
          "BEGIN",
          "PRAGMA defer_foreign_keys = ON",
          "INSERT INTO cascades VALUES(10, 700)",
          "INSERT INTO t VALUES(700, 7, 7)",
          "DELETE FROM cascades WHERE id = 10",
          "DELETE FROM t WHERE a = 700",
          "INSERT INTO deferred VALUES(6, 700)",
          "COMMIT",
          "ROLLBACK",
          "REPLACE INTO t VALUES(600, 7, 7)",
          "INSERT INTO cascades VALUES(77, 777)",
          "DELETE FROM restricts",
          "DELETE FROM t");
      twins.comparePeer(open(), T);
    }
  }

  @Test
  void viewsWithInsteadOfTriggers() {
    List<String> schema =
        List.of(
            T,
            "CREATE VIEW v AS SELECT a, b || '!' AS shown FROM t",
            "CREATE TRIGGER vi INSTEAD OF INSERT ON v BEGIN"
                + " INSERT INTO t(a, b) VALUES(new.a, new.shown); END",
            "CREATE TRIGGER vu INSTEAD OF UPDATE ON v BEGIN"
                + " UPDATE t SET b = new.shown WHERE a = old.a; END",
            "CREATE TRIGGER vd INSTEAD OF DELETE ON v BEGIN DELETE FROM t WHERE a = old.a; END");
    try (Twins twins = new Twins(open(), schema, "t")) {
      twins.run(
          "INSERT INTO v VALUES(1, 'x'), (2, 'y') RETURNING *",
          "UPDATE v SET shown = 'z' WHERE a = 1 RETURNING *",
          "DELETE FROM v WHERE a = 2 RETURNING *",
          "INSERT INTO v SELECT a + 10, shown FROM v",
          "SELECT * FROM v");
      twins.comparePeer(open(), T);
    }
  }

  @Test
  void triggersThatWriteOtherReplicatedTables_areMergedOncePerPeerThatHasThem() {
    String[] schema = {
      T,
      "CREATE TABLE total(id INTEGER PRIMARY KEY, n)",
      "CREATE TRIGGER count AFTER INSERT ON t WHEN NOT crsql_merging() BEGIN"
          + " INSERT INTO total VALUES(1, 1) ON CONFLICT(id) DO UPDATE SET n = n + 1; END",
      "SELECT crsql_as_crr('t')",
      "SELECT crsql_as_crr('total')"
    };
    Database a = open(schema);
    Database b = open(schema);
    a.run("INSERT INTO t(b) VALUES('x'), ('y')");
    sync(a, b);
    b.run("INSERT INTO t(b) VALUES('z')");
    sync(a, b);
    for (Database db : new Database[] {a, b}) {
      assertThat(lines(db, "SELECT n FROM total")).containsExactly("3");
    }
  }
}
