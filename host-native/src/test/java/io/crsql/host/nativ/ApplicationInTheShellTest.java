package io.crsql.host.nativ;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do to their files with the stock shell: dumps, backups, two at a time. */
final class ApplicationInTheShellTest {
  private static final String SCHEMA =
      """
      create table t(a primary key, b, c default 'c');
      create table u(k integer primary key, v);
      select crsql_as_crr('t');
      select crsql_as_crr('u');
      insert into t(a, b) values('it''s', x'00ff'), ('two', 2.5), ('gone', null);
      insert into u values(1, 'one'), (2, 'two');
      update t set b = 'new' where a = 'two';
      delete from t where a = 'gone';
      """;

  private static final String CHANGES =
      "select \"table\", pk, cid, val, version, hex(site_id), cl, db_version from crsql_changes;\n";

  @TempDir Path dir;

  private static Process start(Path file, String script) throws IOException {
    Process shell =
        new ProcessBuilder("sqlite3", "-bail", file.toString()).redirectErrorStream(true).start();
    String load = ".load " + Libraries.product() + "\n";
    shell.getOutputStream().write((load + script).getBytes(StandardCharsets.UTF_8));
    shell.getOutputStream().close();
    return shell;
  }

  private static String output(Process shell) throws IOException, InterruptedException {
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(output).isZero();
    return output;
  }

  private static String run(Path file, String script) throws IOException, InterruptedException {
    return output(start(file, script));
  }

  private Path made() throws IOException, InterruptedException {
    Path file = dir.resolve("a.db");
    run(file, SCHEMA);
    return file;
  }

  private void goesOnLike(Path original, Path copy) throws IOException, InterruptedException {
    String rows = "select * from t; select * from u;\n";
    assertThat(run(copy, rows)).isEqualTo(run(original, rows));
    assertThat(run(copy, CHANGES)).isEqualTo(run(original, CHANGES)).contains("'new'");
    String write = "insert into t(a) values('more'); update u set v = 3 where k = 2;\n";
    assertThat(run(copy, write + CHANGES)).isEqualTo(run(original, write + CHANGES));
    assertThat(run(copy, "pragma integrity_check;\n")).isEqualTo("ok\n");
  }

  @Test
  void dump_isReadBackWithoutLoss() throws IOException, InterruptedException {
    Path file = made();
    Path copy = dir.resolve("copy.db");
    run(copy, run(file, ".dump\n"));
    goesOnLike(file, copy);
  }

  @Test
  void dumpOfAFoldedFile_isReadBackWithoutLoss() throws IOException, InterruptedException {
    Path file = made();
    run(file, "select crsql_optimize();\n");
    Path copy = dir.resolve("copy.db");
    run(copy, run(file, ".dump\n"));
    goesOnLike(file, copy);
  }

  @Test
  void backupAndRestore_keepEverything() throws IOException, InterruptedException {
    Path file = made();
    Path copy = dir.resolve("copy.db");
    run(file, ".backup " + copy + "\n");
    Path restored = dir.resolve("restored.db");
    run(restored, "create table other(x);\n.restore " + copy + "\n" + CHANGES);
    goesOnLike(file, restored);
  }

  @Test
  void vacuumInto_keepsEverything() throws IOException, InterruptedException {
    Path file = made();
    Path copy = dir.resolve("copy.db");
    run(file, "vacuum into '" + copy + "';\n");
    goesOnLike(file, copy);
  }

  @Test
  void readOnlyFile_isReadAndNotWritten() throws IOException, InterruptedException {
    Path file = made();
    String before = run(file, CHANGES);
    assertThat(output(start(Path.of("file:" + file + "?mode=ro"), CHANGES))).isEqualTo(before);
    Process shell = start(Path.of("file:" + file + "?mode=ro"), "delete from t;\n");
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).isNotZero();
    assertThat(said).contains("attempt to write a readonly database");
  }

  @Test
  void untrustedSchemaAndDefensiveMode_areNoHindrance() throws IOException, InterruptedException {
    String said =
        run(
            dir.resolve("a.db"),
            ".dbconfig trusted_schema off\n.dbconfig defensive on\n.dbconfig dqs_ddl off\n"
                + ".dbconfig dqs_dml off\n.dbconfig enable_view off\n"
                + SCHEMA
                + "select count(*) from crsql_changes;\n");
    assertThat(said).endsWith("7\n");
  }

  @Test
  void twoProcessesThatWriteOneFile_loseNothingAndShareNoVersion()
      throws IOException, InterruptedException {
    Path file = dir.resolve("a.db");
    run(
        file,
        "pragma journal_mode = wal; create table t(a primary key, b);\n"
            + "select crsql_as_crr('t');\n");
    List<Process> writers = new ArrayList<>();
    for (String who : new String[] {"x", "y"}) {
      StringBuilder script = new StringBuilder(".timeout 60000\npragma synchronous = off;\n");
      for (int i = 0; i < 300; i++) {
        script.append("insert into t values('" + who + i + "', 0);\n");
        script.append("update t set b = b + 1 where a = '" + who + i / 2 + "';\n");
        script.append(i % 50 == 7 ? "select crsql_optimize();\n" : "");
        script.append(i % 10 == 3 ? "begin immediate; delete from t; rollback;\n" : "");
      }
      writers.add(start(file, script.toString()));
    }
    for (Process writer : writers) {
      output(writer);
    }
    assertThat(
            run(
                file,
                "select count(*), count(distinct version), sum(val) from crsql_changes;\n"
                    + "select count(*), sum(b) from t;\npragma integrity_check;\n"))
        .isEqualTo("600|600|600\n600|600\nok\n");
  }
}
