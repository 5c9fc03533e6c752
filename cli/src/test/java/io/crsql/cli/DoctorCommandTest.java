package io.crsql.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.crsql.jdbc.Crsql;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  private static final String WAL = "PRAGMA journal_mode = WAL";

  @TempDir Path folder;

  private Path create(String... statements) throws SQLException {
    Path file =
        Sql.run(
            folder.resolve("app.db"),
            "CREATE TABLE todo(id PRIMARY KEY, title NOT NULL, done)",
            "SELECT crsql_as_crr('todo')",
            "INSERT INTO todo VALUES(1, 'milk', 0), (2, 'bread', 0)");
    return Sql.run(file, statements);
  }

  /** The lines about the database that are not ok, without the padding behind their subject. */
  private static List<String> found(Ran ran) {
    assertThat(ran.err()).isEmpty();
    List<String> found =
        ran.out()
            .lines()
            .map(line -> line.replaceAll(" +", " "))
            .filter(line -> line.startsWith("warning ") || line.startsWith("problem "))
            .filter(line -> !line.startsWith("warning sqlite3 "))
            .toList();
    boolean problem = found.stream().anyMatch(line -> line.startsWith("problem "));
    assertThat(ran.code()).isEqualTo(problem ? 1 : 0);
    return found;
  }

  @Test
  void doctor_alone_checksTheSurroundings() throws SQLException {
    Ran ran = Ran.crsql("doctor");
    assertThat(found(ran)).isEmpty();
    assertThat(ran.out().lines().map(line -> line.replaceAll(" +", " ")))
        .anyMatch(line -> line.startsWith("ok Java " + Runtime.version()))
        .anyMatch(line -> line.startsWith("ok platform "))
        .anyMatch(line -> line.startsWith("ok library crsql ") && line.contains(library()))
        .contains("ok SQLite " + sqlite() + " of the driver");
  }

  private static String library() {
    return System.getProperty(Crsql.LIBRARY);
  }

  private String sqlite() throws SQLException {
    return Sql.rows(folder.resolve("any.db"), "SELECT sqlite_version()").get(0);
  }

  @Test
  void doctor_soundFile_findsNothing_andWritesNothing() throws SQLException, IOException {
    Path file = create(WAL);
    byte[] before = Files.readAllBytes(file);
    Ran ran = Ran.crsql("doctor", file);
    assertThat(found(ran)).isEmpty();
    for (String subject :
        List.of(
            "file",
            "disk",
            "lock",
            "journal",
            "tables",
            "capture",
            "verify",
            "integrity",
            "held",
            "parked")) {
      assertThat(ran.out()).containsPattern("(?m)^ok +" + subject + " ");
    }
    assertThat(ran.out()).contains("0 problems, ");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void doctor_tablesThatTakeNoPart_areNamedWithTheWayOut() throws SQLException {
    Path file =
        create(
            WAL,
            "CREATE TABLE keyless(a)",
            "CREATE TABLE other(id INTEGER PRIMARY KEY)",
            "CREATE TABLE more(a, b, PRIMARY KEY(a, b)) WITHOUT ROWID",
            "CREATE VIRTUAL TABLE words USING fts5(word)");
    assertThat(found(Ran.crsql("doctor", file)))
        .containsExactly(
            "warning tables not replicated: more, other; if they are to be, run: crsql as-crr "
                + file
                + " TABLE",
            "warning tables without a PRIMARY KEY: keyless; to replicate them, create them with"
                + " one, since it tells which rows are the same");
  }

  @Test
  void doctor_nothingReplicated_writesNothing() throws SQLException, IOException {
    Path file = Sql.run(folder.resolve("plain.db"), WAL, "CREATE TABLE t(id PRIMARY KEY)");
    byte[] before = Files.readAllBytes(file);
    Ran ran = Ran.crsql("doctor", file);
    assertThat(found(ran))
        .singleElement()
        .asString()
        .startsWith("warning tables not replicated: t");
    assertThat(ran.out()).doesNotContain("capture", "held");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(found(Ran.crsql("doctor", Sql.run(folder.resolve("empty.db"), WAL))))
        .singleElement()
        .asString()
        .startsWith("warning tables there are none");
  }

  @Test
  void doctor_tableAlteredWithoutBegin_isAProblem() throws SQLException {
    Path file = create(WAL, "ALTER TABLE todo RENAME COLUMN done TO ready");
    assertThat(found(Ran.crsql("doctor", file)))
        .containsExactly(
            "problem capture crsql: the replicated table \"todo\" has the column \"done\" renamed"
                + " to \"ready\", so its writes cannot be tracked; call crsql_as_crr('todo')");
  }

  @Test
  void doctor_tableWithoutItsTriggers_isAProblem_andNotTakenForPlain() throws SQLException {
    Path file = create(WAL);
    for (String trigger : List.of("insert", "delete", "update", "key")) {
      Sql.run(file, "DROP TRIGGER IF EXISTS todo__crsql_" + trigger);
    }
    Sql.run(file, "DELETE FROM todo WHERE id = 2");
    List<String> found = found(Ran.crsql("doctor", file));
    assertThat(found).hasSize(2);
    assertThat(found.get(0)).startsWith("problem capture ").contains("has lost the trigger");
    assertThat(found.get(1)).startsWith("problem verify table \"todo\", row 2: ");
  }

  @Test
  void doctor_droppedTable_isNamed_andRenamedOneIsNot() throws SQLException {
    Path file = create(WAL, "DROP TABLE todo");
    assertThat(found(Ran.crsql("doctor", file)))
        .contains(
            "warning tables the replicated table todo was dropped; create it again and run crsql"
                + " as-crr, or let go of it by: SELECT crsql_as_table('todo')");
    Path renamed =
        Sql.run(
            folder.resolve("renamed.db"),
            WAL,
            "CREATE TABLE todo(id PRIMARY KEY, title)",
            "SELECT crsql_as_crr('todo')",
            "ALTER TABLE todo RENAME TO tasks");
    assertThat(found(Ran.crsql("doctor", renamed)))
        .singleElement()
        .asString()
        .startsWith("problem capture ")
        .endsWith("call crsql_as_crr('tasks')");
  }

  @Test
  void doctor_whatWaits_isCountedWithAReason() throws SQLException {
    String merge =
        "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id)"
            + " VALUES('%s', 1, 1, NULL, 90, X'7096e2d505314699a59c95faba14abb5')";
    Path file = create(WAL, merge.formatted("todo"), merge.formatted("later"));
    assertThat(found(Ran.crsql("doctor", file)))
        .containsExactly(
            "warning held 1 row held aside (NOT NULL constraint failed: todo.title); see them by"
                + " SELECT * FROM crsql_held, and write what their table takes",
            "warning parked 1 change parked (there is no replicated table \"later\" here); create"
                + " the tables and columns that are missing, as the peers have them, and run: crsql"
                + " as-crr "
                + file
                + " TABLE");
  }

  @Test
  void doctor_journalThatIsNoWal_isAWarning() throws SQLException {
    assertThat(found(Ran.crsql("doctor", create())))
        .singleElement()
        .asString()
        .startsWith("warning journal the journal mode is DELETE");
  }

  @Test
  void doctor_writeLockOfAnother_isAProblem_andTheOtherChecksGoOn() throws SQLException {
    Path file = create(WAL);
    try (Connection other = Crsql.open(file);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      Ran ran = Ran.crsql("doctor", file);
      assertThat(found(ran))
          .containsExactly(
              "problem lock another connection has kept the write lock for more than a second; let"
                  + " it commit, or find its process with: fuser "
                  + file);
      assertThat(ran.out()).contains("the file is sound");
    }
  }

  @Test
  void doctor_fileThatCannotBeWritten_isAWarning() throws SQLException {
    Path file = create(WAL);
    assertThat(file.toFile().setReadOnly()).isTrue();
    assumeFalse(Files.isWritable(file), "root may write whatever the permissions");
    assertThat(found(Ran.crsql("doctor", file)))
        .containsExactly(
            "warning file "
                + file
                + " can be read only; to write to it, change its permissions or owner");
  }

  @Test
  void doctor_damagedFile_isAProblem() throws SQLException, IOException {
    Path file = create();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(8192), 200);
    }
    assertThat(found(Ran.crsql("doctor", file)))
        .anyMatch(line -> line.startsWith("problem ") && line.contains("restore the file"));
  }

  @Test
  void doctor_noSuchFile_isAProblem() {
    Path none = folder.resolve("none.db");
    assertThat(found(Ran.crsql("doctor", none)))
        .containsExactly("problem file " + none + ": no such file");
  }
}
