package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases of many replicated tables. */
class ManyTablesTest extends Scenario {
  private static final int MANY = 80;

  @TempDir Path dir;

  private static void replicate(Database db) {
    db.run("BEGIN");
    for (int i = 0; i < MANY; i++) {
      db.run("CREATE TABLE t" + i + "(id INTEGER PRIMARY KEY, a, b)");
      db.run("SELECT crsql_as_crr('t" + i + "')");
    }
    db.run("COMMIT");
  }

  @Test
  void allAreWrittenInOneTransactionReadInOrderMergedAndFoundAgain() {
    String file = dir.resolve("a.db").toString();
    Database a = openFile(file);
    Database b = open();
    replicate(a);
    replicate(b);
    a.run("BEGIN");
    for (int i = MANY - 1; i >= 0; i--) {
      a.run("INSERT INTO t" + i + " VALUES(1, ?1, 'b')", i);
    }
    a.run("COMMIT");
    a.run("UPDATE t7 SET b = 'later'");
    List<String> tables = lines(a, "SELECT \"table\" FROM crsql_changes WHERE cid = 1");
    assertThat(tables).hasSize(MANY).startsWith("t" + (MANY - 1)).endsWith("t0");
    b.run("BEGIN");
    pull(b, a);
    b.run("COMMIT");
    List<String> state = state(a);
    assertThat(state(b)).isEqualTo(state).hasSize(2 * MANY);
    close(a);
    Database again = openFile(file);
    assertThat(state(again)).isEqualTo(state);
    again.run("UPDATE t9 SET a = 'again'");
    again.run("SELECT crsql_optimize()");
    assertThat(lines(again, "SELECT val FROM crsql_changes WHERE \"table\" = 't9' AND cid = 1"))
        .containsExactly("'again'");
  }
}
