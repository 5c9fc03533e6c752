package io.crsql.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.crsql.conformance.Blob;
import io.crsql.conformance.Database;
import io.crsql.conformance.Host;
import io.crsql.conformance.SqlError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** A database that takes a fuzzed series, and is watched meanwhile. */
final class Replica implements AutoCloseable {
  private static final Host HOST = ServiceLoader.load(Host.class).findFirst().orElseThrow();
  private static final long LEAP = 1L << 44;
  private static final long MAX = (1L << 53) - 1;
  private static final String NEVER =
      "crsql: (internal error|a row index|the clock runs|out of memory).*";
  private static final int CONSTRAINT = 19;

  /** How many ticks a row may take: cells, and what triggers and constraints make of them. */
  private static final int TICKS = 80;

  private static final List<String> SCHEMA = Lines.of("schema.sql");
  private static final List<String> ACTIONS = Lines.of("actions.sql");
  private static final String COLUMNS =
      "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id, col, cl) VALUES(";

  private final Path file;
  private final Database db;
  private boolean inTransaction;

  private Replica(Path file) {
    this.file = file;
    this.db = HOST.open(file.toString());
    // No run loses power.
    db.run("PRAGMA synchronous = OFF");
    db.query("PRAGMA journal_mode = MEMORY");
  }

  /** A copy of a database with the schema. */
  static Replica of(Path template, String name) {
    try {
      Path file = template.resolveSibling(name);
      Files.copy(template, file, StandardCopyOption.REPLACE_EXISTING);
      return new Replica(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a database with the schema. */
  static Path template(Path folder, String name) {
    Path file = folder.resolve(name);
    try (Database db = HOST.open(file.toString())) {
      SCHEMA.forEach(db::run);
    }
    return file;
  }

  /** Does what a step says; what it refuses must leave no trace, if that is to be checked. */
  void apply(Operation operation, boolean checked) {
    if (operation.isChange()) {
      change(operation.fields(), checked);
    } else if (operation.action() >= 0 && operation.action() < ACTIONS.size()) {
      act(ACTIONS.get(operation.action()));
    }
  }

  private void act(String sql) {
    try {
      db.run(sql);
    } catch (SqlError e) {
      isNoInternalError(e);
      return;
    }
    inTransaction |= sql.equals("BEGIN") || sql.equals("SAVEPOINT s");
    inTransaction &= !sql.equals("COMMIT") && !sql.equals("ROLLBACK");
  }

  private void change(Object[] fields, boolean checked) {
    Object before = checked ? state() : null;
    long clock = clock();
    String refusal = offer(fields);
    if (refusal == null) {
      long version = (Long) fields[Operation.VERSION];
      assertThat(clock()).isLessThanOrEqualTo(Math.max(version, clock) + 1);
      assertThat(version).isLessThanOrEqualTo(Math.min(clock + LEAP, MAX - LEAP));
    } else {
      assertThat(clock()).as(refusal).isEqualTo(clock);
      if (checked) {
        assertThat(state()).as(refusal).isEqualTo(before);
      }
    }
  }

  /** Merges a change; gives the sentence of its refusal, null if there is none. */
  String offer(Object[] fields) {
    StringBuilder sql = new StringBuilder(COLUMNS);
    Object[] params = fields.clone();
    for (int i = 0; i < fields.length; i++) {
      boolean text = fields[i] instanceof Operation.Text;
      sql.append(i == 0 ? "" : ", ").append(text ? "CAST(?" : "?").append(i + 1);
      sql.append(text ? " AS TEXT)" : "");
      params[i] = text ? Blob.of(((Operation.Text) fields[i]).utf8()) : fields[i];
    }
    try {
      db.run(sql.append(')').toString(), params);
      return null;
    } catch (SqlError e) {
      isNoInternalError(e);
      assertThat(e.getMessage()).matches("crsql_changes: [^\\p{Cntrl}]{10,600}");
      return e.getMessage();
    }
  }

  /** Applies a changeset in a transaction of the caller's; gives how many rows were news. */
  Long apply(Blob changeset) {
    String vector = vector();
    Object before = state();
    long clock = clock();
    db.run("BEGIN");
    db.run("SAVEPOINT s");
    try {
      Long rows = (Long) db.value("SELECT crsql_apply(?1)", changeset);
      assertThat(db.value("SELECT crsql_apply(?1)", changeset)).isEqualTo(0L);
      db.run("COMMIT");
      assertThat(clock()).isLessThanOrEqualTo(Math.min(clock + LEAP, MAX - LEAP) + TICKS * rows);
      return rows;
    } catch (SqlError e) {
      isNoInternalError(e);
      assertThat(e.getMessage()).matches("crsql_apply: [^\\p{Cntrl}]{10,600}");
      assertThat(state()).isEqualTo(before);
      assertThat(vector()).isEqualTo(vector);
      assertThat(clock()).isEqualTo(clock);
      db.run("COMMIT");
      return null;
    }
  }

  /** Applies all that the other sends, in small chunks; false if it is too far ahead. */
  boolean sync(Replica other) {
    String stream = "SELECT changeset FROM crsql_changesets(crsql_version_vector(), 40)";
    boolean all = true;
    for (List<Object> chunk : other.db.query(stream.replace("crsql_version_vector()", vector()))) {
      try {
        db.value("SELECT crsql_apply(?1)", chunk.get(0));
      } catch (SqlError e) {
        assertThat(e.getMessage())
            .containsAnyOf("as far ahead of this", "missing changes", "older");
        all = false;
      }
    }
    return all;
  }

  private String vector() {
    return db.value("SELECT crsql_version_vector()").toString();
  }

  /** What the database finds wrong with itself is not in its metadata. */
  void isVerified() {
    for (String line : db.value("SELECT crsql_verify()").toString().split("\n")) {
      assertThat(line).matches("ok|crsql_sites: .*");
    }
  }

  private static void isNoInternalError(SqlError e) {
    if (e.getCause() != null || e.getMessage().matches(NEVER)) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private long clock() {
    return (long) db.value("SELECT crsql_dbversion()");
  }

  private Object state() {
    return db.value("SELECT crsql_fingerprint()");
  }

  /** All changes as a peer gets them. */
  List<List<Object>> changes() {
    return db.query(
        "SELECT CAST(\"table\" AS BLOB), CAST(pk AS BLOB), typeof(pk), CAST(cid AS BLOB),"
            + " typeof(cid), CAST(val AS BLOB), typeof(val), version,"
            + " coalesce(site_id, crsql_siteid()) FROM crsql_changes");
  }

  /** Merges all that the other has; false if something is too far ahead of the clock. */
  boolean pull(Replica other) {
    String all =
        "SELECT \"table\", pk, cid, val, version, coalesce(site_id, crsql_siteid()), NULL, NULL"
            + " FROM crsql_changes";
    for (List<Object> change : other.db.query(all)) {
      String refusal = offer(change.toArray());
      if (refusal != null) {
        assertThat(refusal).contains("version must be");
        return false;
      }
    }
    return true;
  }

  /** Whether the transaction is as its caller left it; ends it. */
  void endTransaction() {
    if (inTransaction) {
      db.run("COMMIT");
      inTransaction = false;
    } else {
      assertThat(failing("COMMIT")).contains("no transaction is active");
    }
  }

  private String failing(String sql) {
    try {
      db.run(sql);
      return "";
    } catch (SqlError e) {
      return e.getMessage();
    }
  }

  /** The rows of all tables and what is known of them, in an order that does not depend on time. */
  List<String> everything() {
    List<String> all = new ArrayList<>();
    changes().forEach(change -> all.add(change.toString()));
    for (String table : new String[] {"t", "n", "c", "nc", "st", "ko", "ck", "l"}) {
      db.query("SELECT * FROM " + table).forEach(row -> all.add(table + row));
    }
    db.query("SELECT \"table\", pk FROM crsql_held").forEach(row -> all.add("held" + row));
    all.sort(null);
    return all;
  }

  /** The file is sound, and every table takes writes. */
  void isSound() {
    assertThat(db.value("PRAGMA integrity_check")).isEqualTo("ok");
    for (String action : ACTIONS) {
      if (action.startsWith("INSERT OR REPLACE") || action.startsWith("DELETE")) {
        try {
          db.run(action);
        } catch (SqlError e) {
          assertThat(e.code()).as(e.getMessage()).isEqualTo(CONSTRAINT);
        }
      }
    }
  }

  @Override
  public void close() {
    db.close();
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
