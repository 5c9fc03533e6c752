package io.crsql.cli;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Checks a database as a replica: the usual mistakes, and each with the way out. */
final class ReplicaCheckup {
  /** What crsql_verify begins with where a table's writes cannot be tracked. */
  private static final String UNTRACKED = "crsql: the replicated table";

  /** The user's own tables that are not replicated. */
  private static final String PLAIN =
      "SELECT name, (SELECT max(pk) FROM pragma_table_info(t.name)) > 0 FROM pragma_table_list t"
          + " WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
          + " AND name NOT LIKE 'crsql\\_%' ESCAPE '\\' AND instr(name, '__crsql_') = 0"
          + " AND NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger'"
          + " AND tbl_name = t.name AND instr(name, '__crsql_') > 0)"
          + " ORDER BY name";

  /** Replicated tables that were dropped; one that was renamed took its triggers along. */
  private static final String DROPPED =
      "SELECT name FROM crsql_tables t WHERE NOT EXISTS (SELECT 1 FROM sqlite_schema u"
          + " WHERE u.type = 'table' AND u.name = t.name COLLATE NOCASE OR u.type = 'trigger'"
          + " AND u.name = t.name || '__crsql_insert' COLLATE NOCASE) ORDER BY name";

  private final Diagnosis diagnosis;
  private final Database database;
  private final boolean replica;

  private record Plain(String name, boolean keyed) {}

  private ReplicaCheckup(Diagnosis diagnosis, Database database, boolean replica) {
    this.diagnosis = diagnosis;
    this.database = database;
    this.replica = replica;
  }

  static void check(Diagnosis diagnosis, Database database) throws SQLException {
    ReplicaCheckup checkup = new ReplicaCheckup(diagnosis, database, database.isReplica());
    diagnosis.attempt("tables", checkup::tables);
    diagnosis.attempt("verify", checkup::verify);
    if (checkup.replica) {
      diagnosis.attempt("waiting", checkup::waiting);
    }
  }

  private void tables() throws SQLException {
    List<String> replicated =
        replica
            ? database.rows("SELECT name FROM crsql_tables", row -> row.getString(1))
            : List.of();
    if (!replicated.isEmpty()) {
      diagnosis.ok("tables", Words.count(replicated.size(), "replicated table"));
    }
    List<Plain> plain = database.rows(PLAIN, row -> new Plain(row.getString(1), row.getBoolean(2)));
    plain.removeIf(table -> replicated.stream().anyMatch(table.name()::equalsIgnoreCase));
    String keyed = names(plain, true);
    if (!keyed.isEmpty()) {
      diagnosis.warning(
          "tables",
          "not replicated: "
              + keyed
              + "; if they are to be, run: crsql as-crr "
              + database.file()
              + " TABLE");
    }
    String keyless = names(plain, false);
    if (!keyless.isEmpty()) {
      diagnosis.warning(
          "tables",
          "without a PRIMARY KEY: "
              + keyless
              + "; to replicate them, create them with one, since it tells which rows are the same");
    }
    if (replicated.isEmpty() && plain.isEmpty()) {
      diagnosis.warning(
          "tables",
          "there are none; create some, and run: crsql as-crr " + database.file() + " TABLE");
    }
    if (replica) {
      dropped();
    }
  }

  private void dropped() throws SQLException {
    for (String name : database.rows(DROPPED, row -> row.getString(1))) {
      diagnosis.warning(
          "tables",
          "the replicated table "
              + name
              + " was dropped; create it again and run crsql as-crr, or let go of it by: SELECT"
              + " crsql_as_table('"
              + name.replace("'", "''")
              + "')");
    }
  }

  private static String names(List<Plain> tables, boolean keyed) {
    return tables.stream()
        .filter(table -> table.keyed() == keyed)
        .map(Plain::name)
        .collect(Collectors.joining(", "));
  }

  private void verify() throws SQLException {
    Verification verification = Verification.of(database);
    if (replica) {
      report(
          "capture",
          verification.crsql().stream().filter(line -> line.startsWith(UNTRACKED)).toList(),
          "the triggers are there and current");
      report(
          "verify",
          verification.crsql().stream().filter(line -> !line.startsWith(UNTRACKED)).toList(),
          "the metadata is sound, and the rows are those that it tells of");
    }
    report("integrity", verification.integrity(), "the file is sound");
  }

  private void report(String subject, List<String> found, String otherwise) {
    found.forEach(sentence -> diagnosis.problem(subject, sentence));
    if (found.isEmpty()) {
      diagnosis.ok(subject, otherwise);
    }
  }

  private void waiting() throws SQLException {
    waiting(
        "held",
        "row",
        "held aside",
        "see them by SELECT * FROM crsql_held, and write what their table takes");
    waiting(
        "parked",
        "change",
        "parked",
        "create the tables and columns that are missing, as the peers have them, and run: crsql"
            + " as-crr "
            + database.file()
            + " TABLE");
  }

  private void waiting(String subject, String what, String state, String remedy)
      throws SQLException {
    long count = database.number("SELECT count(*) FROM crsql_" + subject);
    if (count == 0) {
      diagnosis.ok(subject, "no " + what + " is " + state);
      return;
    }
    String reason = database.text("SELECT min(reason) FROM crsql_" + subject);
    diagnosis.warning(
        subject, Words.count(count, what) + " " + state + " (" + reason + "); " + remedy);
  }
}
