package io.crsql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
  @TempDir Path folder;

  private Path create(String name) throws SQLException {
    return Sql.run(
        folder.resolve(name),
        "CREATE TABLE todo(id INTEGER PRIMARY KEY, title)",
        "CREATE INDEX titles ON todo(title)",
        "SELECT crsql_as_crr('todo')",
        "INSERT INTO todo VALUES(1, 'milk'), (2, 'bread')");
  }

  @Test
  void verify_soundFiles_isALineEach() throws SQLException {
    Path a = create("a.db");
    Path b = create("b.db");
    assertThat(Ran.crsql("verify", a, b))
        .isEqualTo(new Ran(0, String.format("%s: ok%n%s: ok%n", a, b), ""));
  }

  @Test
  void verify_writesPastTheCapture_areTold_andTheOtherFilesToo() throws SQLException {
    Path a = create("a.db");
    Path b = create("b.db");
    Sql.run(a, "DROP TRIGGER todo__crsql_delete", "DELETE FROM todo WHERE id = 2");
    Ran ran = Ran.crsql("verify", a, b);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out().lines()).hasSize(3);
    assertThat(ran.out().lines())
        .anyMatch(
            line ->
                line.startsWith(a + ": crsql: the replicated table \"todo\" has lost the trigger")
                    && line.endsWith("; call crsql_as_crr('todo')"))
        .anyMatch(line -> line.startsWith(a + ": table \"todo\", row 2: "))
        .contains(b + ": ok");
  }

  @Test
  void verify_indexThatLacksARow_isToldByTheIntegrityCheck() throws SQLException {
    Path file =
        Sql.run(
            create("a.db"),
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET sql = 'CREATE INDEX titles ON todo(title) WHERE id > 9'"
                + " WHERE name = 'titles'");
    Sql.run(file, "INSERT INTO todo VALUES(3, 'salt')");
    Sql.run(
        file,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = 'CREATE INDEX titles ON todo(title)'"
            + " WHERE name = 'titles'");
    Ran ran = Ran.crsql("verify", file);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out().lines())
        .contains(file + ": integrity_check: row 3 missing from index titles; run REINDEX");
  }

  @Test
  void verify_overwrittenPages_areAFindingAndNoFailure() throws SQLException, IOException {
    Path file = create("a.db");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(8192), 200);
    }
    Ran ran = Ran.crsql("verify", file);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out().lines())
        .isNotEmpty()
        .allMatch(line -> line.startsWith(file + ": ") && line.contains("restore the file"));
  }

  @Test
  void verify_noSuchFile_isAFailure() {
    Path none = folder.resolve("none.db");
    assertThat(Ran.crsql("verify", none))
        .isEqualTo(new Ran(1, "", "crsql: " + none + ": no such file" + System.lineSeparator()));
  }
}
