package io.crsql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
  private static final Pattern FINGERPRINT =
      Pattern.compile("^ {2}(\\w+) +fingerprint ([0-9a-f]{32})$", Pattern.MULTILINE);

  private static final Pattern ROW = Pattern.compile("^ {2}('.*')$");

  private static final Pattern VERDICT =
      Pattern.compile(
          "^ {2}(\\S+) +(?:Alice|Bob|Billy) +.*? +life (\\d+), version (\\d+) +(kept|lost) .*$");

  /** What the demonstration says of one write. */
  private record Verdict(String key, String column, String life, String version, boolean kept) {
    String stamp() {
      return String.join("|", key, column, life, version);
    }
  }

  @TempDir Path folder;

  @Test
  void demo_endsWithThreeEqualFingerprints() {
    Ran ran = Ran.crsql("demo");
    assertThat(ran.code()).isZero();
    assertThat(ran.err()).isEmpty();
    List<String> fingerprints =
        FINGERPRINT.matcher(ran.out()).results().map(match -> match.group(2)).toList();
    assertThat(fingerprints).hasSize(6);
    assertThat(Set.copyOf(fingerprints.subList(0, 3))).as("at dusk").hasSize(3);
    assertThat(Set.copyOf(fingerprints.subList(3, 6))).as("at the end").hasSize(1);
    assertThat(ran.out()).contains("  The three fingerprints are equal: ");
  }

  @Test
  void demo_fitsTheScreenWithoutColour() {
    assertThat(Ran.crsql("demo").out().lines())
        .allMatch(line -> line.length() <= 100)
        .noneMatch(line -> line.contains("\u001b"));
  }

  @Test
  void demo_showsEveryKindOfConflict() {
    List<Verdict> verdicts = verdicts(Ran.crsql("demo").out());
    assertThat(verdicts).extracting(Verdict::kept).contains(true, false);
    assertThat(verdicts)
        .extracting(Verdict::life)
        .as("edited, deleted, added again")
        .contains("1", "2", "3");
  }

  @Test
  void demo_whatItCallsKept_isInTheFiles() throws SQLException {
    Ran ran = Ran.crsql("demo", "--keep", folder);
    List<String> stamps =
        Sql.rows(
            folder.resolve("billy.db"),
            "SELECT pk, coalesce(col, '(deleted)'), cl, version FROM crsql_changes");
    for (Verdict verdict : verdicts(ran.out())) {
      assertThat(stamps.contains(verdict.stamp())).as(verdict.stamp()).isEqualTo(verdict.kept());
    }
  }

  private static List<Verdict> verdicts(String out) {
    List<Verdict> verdicts = new ArrayList<>();
    String key = null;
    for (String line : out.lines().toList()) {
      Matcher row = ROW.matcher(line);
      Matcher verdict = VERDICT.matcher(line);
      if (row.matches()) {
        key = row.group(1);
      } else if (verdict.matches()) {
        verdicts.add(
            new Verdict(
                key,
                verdict.group(1),
                verdict.group(2),
                verdict.group(3),
                verdict.group(4).equals("kept")));
      }
    }
    return verdicts;
  }

  @Test
  void demo_keep_leavesFilesThatMergeWithoutNews() {
    Ran.crsql("demo", "--keep", folder);
    Ran merge =
        Ran.crsql(
            "merge",
            folder.resolve("alice.db"),
            folder.resolve("bob.db"),
            folder.resolve("billy.db"));
    assertThat(merge.code()).isZero();
    assertThat(merge.out().lines().filter(line -> line.contains(" 0 changes merged"))).hasSize(3);
  }

  @Test
  void demo_keepWhereFilesAre_leavesThemAlone() throws Exception {
    Path alice = Files.writeString(folder.resolve("alice.db"), "mine");
    Ran ran = Ran.crsql("demo", "--keep", folder);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .hasLineCount(1)
        .startsWith("crsql: " + alice + ": is there already; name another folder");
    assertThat(alice).hasContent("mine");
  }
}
