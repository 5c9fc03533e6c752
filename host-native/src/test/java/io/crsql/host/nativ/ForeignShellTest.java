package io.crsql.host.nativ;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The libraries for other platforms than this machine's, in SQLite's shell on an emulator. */
final class ForeignShellTest {
  private static final String LOAD = ".load crsqlite\n";

  private static final String SCHEMA =
      """
      create table t(k primary key, a, b);
      create table u(i integer primary key, v);
      select crsql_as_crr('t'), crsql_as_crr('u');
      """;

  private static final String WRITES =
      """
      insert into t values('grüße', -0.1, x'00ff'), (1e300, 9223372036854775807, null), ('', 1, 2);
      update t set b = 'now' where k = '';
      delete from t where k = 1e300;
      """;

  private static final String MANY =
      "with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000)"
          + " insert into u select i, i || 'th' from n;\n";

  private static final String FINGERPRINT = "select crsql_fingerprint();\n";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void printsTheTablesOfTheSpecification(Foreign foreign)
      throws IOException, InterruptedException, URISyntaxException {
    foreign.install(folder);
    Path session = Path.of(getClass().getResource("/session.sql").toURI());
    assertThat(foreign.shell(folder, ":memory:", Files.readString(session)))
        .doesNotContainIgnoringCase("error")
        .satisfies(
            output ->
                assertThat(words(output))
                    .contains(
                        words(SeedSessionInTheShellTest.CHANGES),
                        words(SeedSessionInTheShellTest.MERGED)));
  }

  /** Versions of the shell do not agree on how to align numbers. */
  private static String words(String output) {
    return output.replaceAll("-+", "-").replaceAll("\\s+", " ").strip();
  }

  @ParameterizedTest
  @EnumSource
  void exchangesChangesetsWithThisMachine(Foreign foreign)
      throws IOException, InterruptedException {
    foreign.install(folder);
    String sent =
        foreign.shell(
            folder, "a.db", LOAD + SCHEMA + WRITES + "select quote(crsql_changeset(null));\n");
    String answer =
        host(
            SCHEMA
                + "insert into t(k, a) values('host', 2.5);\n"
                + apply(lastLine(sent))
                + "update t set a = 'both' where k = '';\n"
                + "select quote(crsql_changeset(null));\n");
    String merged =
        foreign.shell(
            folder,
            "a.db",
            LOAD + apply(lastLine(answer)) + FINGERPRINT + "select * from t order by k;\n");
    String here = host(FINGERPRINT + "select * from t order by k;\n");
    assertThat(merged).endsWith(here).doesNotContainIgnoringCase("error");
    assertThat(here).contains("grüße|-0.1|").contains("|both|now").contains("host|2.5|");
  }

  @ParameterizedTest
  @EnumSource
  void mergesAndFoldsTwentyThousandRows(Foreign foreign) throws IOException, InterruptedException {
    foreign.install(folder);
    String written =
        foreign.shell(
            folder,
            "a.db",
            LOAD
                + SCHEMA
                + MANY
                + "update u set v = v || '!' where i % 2;\nselect crsql_optimize();\n"
                + "select writefile('changeset', crsql_changeset(null)) > 0;\n"
                + FINGERPRINT);
    String merged =
        foreign.shell(
            folder,
            "b.db",
            LOAD
                + SCHEMA
                + apply("readfile('changeset')")
                + "select count(*) from u;\nselect crsql_verify();\n"
                + FINGERPRINT);
    assertThat(merged).contains("\n20000\nok\n").endsWith(lastLine(written) + "\n");
  }

  @ParameterizedTest
  @EnumSource
  void goesOnAfterErrors(Foreign foreign) throws IOException, InterruptedException {
    foreign.install(folder);
    assertThat(
            foreign.shell(
                folder,
                ":memory:",
                LOAD
                    + "select crsql_as_crr('nothing');\nselect crsql_apply(x'01');\n"
                    + SCHEMA
                    + WRITES
                    + "select count(*) from t;\n"))
        .contains("nothing")
        .endsWith("\n2\n");
  }

  private String host(String script) throws IOException, InterruptedException {
    Path file = folder.resolve("host.sql");
    Files.writeString(file, ".load " + Libraries.product() + "\n" + script);
    return Command.run(
        "sqlite3", "-bail", folder.resolve("host.db").toString(), ".read " + file.toString());
  }

  private static String apply(String changeset) {
    return "select crsql_apply(" + changeset + ") is null;\n";
  }

  private static String lastLine(String output) {
    return output.strip().substring(output.strip().lastIndexOf('\n') + 1);
  }
}
