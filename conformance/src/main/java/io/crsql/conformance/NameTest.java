package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of tables, columns and triggers that SQL would misread if they were not quoted well. */
class NameTest extends Scenario {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "it's",
        "a.b",
        "[x]",
        "a]b",
        "%s%n",
        "100%",
        "select",
        "a\nb",
        "\t",
        "`x`",
        "\"q\"",
        "😀",
        "table",
        "rowid",
        "new",
        "old",
        "t",
        "r",
        "g",
        "at",
        "k0",
        "cols",
        "excluded",
        "-- x",
        "/* x",
        "*/",
        "?1",
        ":a",
        "@b",
        "$c",
        "a@3",
        "",
        "é",
        "NULL",
        "main",
        "temp",
        "x;y",
        "\\",
        "crsql"
      })
  void everyName_isOneForTablesColumnsAndTriggers(String name) {
    worksAs(name);
  }

  @Test
  void veryLongName_works() {
    worksAs("x".repeat(5000));
  }

  private void worksAs(String name) {
    String quoted = quote(name);
    Database[] peers = new Database[2];
    for (int i = 0; i < 2; i++) {
      peers[i] =
          open(
              "CREATE TABLE "
                  + quoted
                  + "("
                  + quoted
                  + " PRIMARY KEY, "
                  + quote("c" + name)
                  + ", z)",
              "CREATE TABLE seen(x)",
              "CREATE TRIGGER "
                  + quote("tr" + name)
                  + " AFTER UPDATE OF z ON "
                  + quoted
                  + " BEGIN INSERT INTO seen VALUES(new.z); END");
      peers[i].run("SELECT crsql_as_crr(?1)", name);
    }
    Database a = peers[0];
    Database b = peers[1];
    a.run("INSERT INTO " + quoted + " VALUES('k', 1, 2)");
    a.run("UPDATE " + quoted + " SET " + quoted + " = 'l'");
    pull(b, a);
    a.run("UPDATE " + quoted + " SET z = 5, " + quote("c" + name) + " = 6");
    pull(b, a);
    assertThat(lines(b, "SELECT * FROM " + quoted)).containsExactly("l 6 5");
    assertThat(lines(b, "SELECT * FROM seen")).containsExactly("2", "5");
    assertThat(lines(b, "SELECT DISTINCT \"table\" FROM crsql_changes")).containsExactly(name);
    assertThat(state(b)).isEqualTo(state(a));
  }

  private static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Test
  void namesThatDifferOnlyInCase_areTheSameOnAllPeers() {
    Database a =
        open(
            "CREATE TABLE Todo(Id PRIMARY KEY, Title, done)",
            "SELECT crsql_as_crr('todo')",
            "ALTER TABLE TODO ADD COLUMN Later",
            "SELECT crsql_as_crr('TODO')",
            "INSERT INTO todo VALUES(1, 2, 3, 4)");
    Database b =
        open(
            "CREATE TABLE TODO(iD PRIMARY KEY, tITLE, DONE)",
            "SELECT crsql_as_crr('Todo')",
            "ALTER TABLE todo ADD COLUMN LATER",
            "SELECT crsql_as_crr('todo')");
    pull(b, a);
    b.run("UPDATE todo SET title = 9, later = 8");
    pull(a, b);
    assertThat(lines(a, "SELECT * FROM todo")).containsExactly("1 9 3 8");
    assertThat(lines(a, "SELECT DISTINCT \"table\" FROM crsql_changes")).containsExactly("Todo");
    assertThat(lines(b, "SELECT DISTINCT \"table\" FROM crsql_changes")).containsExactly("TODO");
    String cells = "SELECT pk, lower(cid), val, version FROM crsql_changes ORDER BY version";
    assertThat(lines(a, cells)).isEqualTo(lines(b, cells)).hasSize(3);
  }
}
