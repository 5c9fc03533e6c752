package io.crsql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageTest {
  @TempDir Path folder;

  @Test
  void noCommand_printsTheHelpAsAnError() {
    Ran ran = Ran.crsql();
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("Usage: crsql").contains("merge", "Try: crsql demo");
  }

  @Test
  void help_printsTheHelp() {
    Ran ran = Ran.crsql("--help");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith("Usage: crsql");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void help_ofEachCommand_fitsTheScreen() {
    for (String command : CrsqlCommand.commandLine().getSubcommands().keySet()) {
      Ran ran = Ran.crsql(command, "--help");
      assertThat(ran.code()).isZero();
      assertThat(ran.out().lines()).isNotEmpty().allMatch(line -> line.length() <= 100);
    }
  }

  @Test
  void version_namesTheCommand() {
    Ran ran = Ran.crsql("--version");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith("crsql ");
  }

  @Test
  void wrongCommand_suggestsTheRightOne() {
    assertUsage(
        Ran.crsql("mrege"),
        "crsql: Unmatched argument at index 0: 'mrege'; did you mean merge?; see crsql --help");
  }

  @Test
  void wrongOption_saysWhereHelpIs() {
    assertUsage(
        Ran.crsql("merge", "--fast", "a.db", "b.db"),
        "crsql: Unknown option: '--fast'; see crsql merge --help");
  }

  @Test
  void missingFile_saysWhereHelpIs() {
    assertUsage(
        Ran.crsql("merge", "a.db"),
        "crsql: Missing required parameter: 'DB'; see crsql merge --help");
  }

  private static void assertUsage(Ran ran, String line) {
    assertThat(ran).isEqualTo(new Ran(2, "", line + System.lineSeparator()));
  }

  @Test
  void debug_addsTheStackTrace() {
    Ran ran = Ran.crsql("changes", "--debug", folder);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err().lines())
        .startsWith("crsql: " + folder + ": is a folder, not a database")
        .anyMatch(line -> line.contains("at io.crsql.cli."));
  }
}
