package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attached databases with replicated tables of their own are not written by this connection's
 * clock.
 */
class AttachedTest extends Scenario {
  @TempDir Path dir;

  private Database file(String name) {
    Database db = openFile(dir.resolve(name).toString());
    db.run("CREATE TABLE t(a PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('t')");
    db.run("INSERT INTO t VALUES(1, 1)");
    return db;
  }

  @Test
  void writeToAnAttachedDatabase_isRefusedByName() {
    close(file("aux.db"));
    Database db = file("main.db");
    db.run("ATTACH '" + dir.resolve("aux.db") + "' AS aux");
    for (String write :
        new String[] {
          "UPDATE aux.t SET b = 7", "DELETE FROM aux.t", "INSERT INTO aux.t VALUES(2, 2)"
        }) {
      assertThat(error(db, write))
          .startsWith("crsql: this write is to a replicated table of an attached database");
    }
    db.run("UPDATE main.t SET b = 2");
    assertThat(lines(db, "SELECT * FROM aux.t")).containsExactly("1 1");
    assertThat(lines(db, "SELECT pk, val FROM crsql_changes")).containsExactly("1 2");
  }
}
