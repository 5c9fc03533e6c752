package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/**
 * Two databases of the same schema, one with replicated tables and one without crsql, that get the
 * same statements: an application must not be able to tell them apart.
 */
final class Twins implements AutoCloseable {
  final Database crr;
  private final Database plain;
  private final List<String> tables;

  /** Makes {@code tables} replicated in one of the databases, once the schema is there. */
  Twins(Database crr, List<String> schema, String... tables) {
    this.crr = crr;
    this.plain = Scenario.HOST.openPlain(":memory:");
    this.tables = List.of(tables);
    for (Database db : new Database[] {crr, plain}) {
      schema.forEach(db::run);
      db.run("CREATE TABLE forget(id INTEGER PRIMARY KEY)");
    }
    for (String table : tables) {
      crr.run("SELECT crsql_as_crr(?1)", table);
    }
    for (Database db : new Database[] {crr, plain}) {
      db.run("INSERT INTO forget VALUES(1)");
    }
  }

  /** Runs statements in both and compares all that they give, and the tables after each. */
  void run(String... statements) {
    for (String statement : statements) {
      assertThat(outcome(crr, statement)).as(statement).isEqualTo(outcome(plain, statement));
      compareTables(statement);
    }
  }

  private void compareTables(String after) {
    for (String table :
        Scenario.lines(
            plain,
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'")) {
      String rows = "SELECT * FROM \"" + table.replace("\"", "\"\"") + "\"";
      assertThat(sorted(crr, rows)).as(table + " after " + after).isEqualTo(sorted(plain, rows));
    }
  }

  private static List<String> sorted(Database db, String query) {
    List<String> lines = new ArrayList<>(Scenario.lines(db, query));
    lines.sort(null);
    return lines;
  }

  /** Its rows or its error, and what the C API tells afterwards. */
  private static List<String> outcome(Database db, String statement) {
    List<String> outcome = new ArrayList<>();
    try {
      outcome.addAll(Scenario.lines(db, statement));
    } catch (SqlError e) {
      outcome.add("error " + e.code() + ": " + e.getMessage());
    }
    // COMMIT is a write of crsql's own, after which changes() tells of that.
    String first = statement.split(" ")[0];
    boolean writes = List.of("INSERT", "UPDATE", "DELETE", "REPLACE", "WITH").contains(first);
    outcome.addAll(
        Scenario.lines(db, "SELECT last_insert_rowid()" + (writes ? ", changes()" : "")));
    return outcome;
  }

  /** Whether a new peer without triggers gets the same rows from the replicated tables. */
  void comparePeer(Database peer, String... schema) {
    for (String statement : schema) {
      peer.run(statement);
    }
    for (String table : tables) {
      peer.run("SELECT crsql_as_crr(?1)", table);
    }
    Scenario.pull(peer, crr);
    for (String table : tables) {
      String rows = "SELECT * FROM " + table;
      assertThat(sorted(peer, rows)).as(table).isEqualTo(sorted(crr, rows));
    }
    List<String> state = Scenario.state(crr);
    assertThat(Scenario.state(peer)).isEqualTo(state);
    crr.run("SELECT crsql_optimize()");
    assertThat(Scenario.state(crr)).isEqualTo(state);
  }

  @Override
  public void close() {
    plain.close();
  }
}
