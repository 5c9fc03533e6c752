package io.crsql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangesCommandTest {
  private static final String PEER = "7096e2d505314699a59c95faba14abb5";

  @TempDir Path folder;
  private Path file;

  /** The session of the specification. */
  @BeforeEach
  void play() throws SQLException {
    file =
        Sql.run(
            folder.resolve("seed.db"),
            "create table foo (a primary key, b)",
            "create table baz (a primary key, b, c, d)",
            "select crsql_as_crr('foo')",
            "select crsql_as_crr('baz')",
            "insert into foo (a,b) values (1,2)",
            "insert into baz (a,b,c,d) values ('a', 'woo', 'doo', 'daa')",
            "insert into crsql_changes (\"table\", pk, cid, val, version, site_id)"
                + " values ('foo', 5, 1, '''thing''', 5, X'"
                + PEER
                + "')");
  }

  @Test
  void changes_asATable() {
    Ran ran = Ran.crsql("changes", file);
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .isEqualToNormalizingNewlines(
            """
            table  pk   cid  val      version  site_id                           db_version
            -----  ---  ---  -------  -------  --------------------------------  ----------
            foo    1    1    2        1                                          1
            baz    'a'  1    'woo'    2                                          2
            baz    'a'  2    'doo'    3                                          2
            baz    'a'  3    'daa'    4                                          2
            foo    5    1    'thing'  5        7096e2d505314699a59c95faba14abb5  6

            5 changes; what comes next: --since 6
            """);
  }

  @Test
  void changes_since_onlyWhatArrivedLater() {
    assertThat(Ran.crsql("changes", file, "--since", 2).out().lines().skip(2))
        .containsExactly(
            "foo    5   1    'thing'  5        7096e2d505314699a59c95faba14abb5  6",
            "",
            "1 change; what comes next: --since 6");
    assertThat(Ran.crsql("changes", file, "--since", 6).out())
        .isEqualToIgnoringNewLines("no changes");
  }

  @Test
  void changes_textThatWouldMoveTheCursor_isEscaped() throws SQLException {
    Sql.run(file, "UPDATE foo SET b = 'a' || char(10, 27) || '[31m' WHERE a = 1");
    assertThat(Ran.crsql("changes", file).out()).contains("'a\\n\\u001b[31m'");
  }

  @Test
  void changes_asJson_hasEveryColumn() throws IOException {
    List<Map<String, Object>> changes = Json.lines(Ran.crsql("changes", file, "--json").out());
    assertThat(changes).hasSize(5);
    assertThat(changes.get(4))
        .containsExactly(
            Map.entry("table", "foo"),
            Map.entry("pk", 5L),
            Map.entry("cid", 1L),
            Map.entry("val", "'thing'"),
            Map.entry("version", 5L),
            Map.entry("site_id", PEER),
            Map.entry("col", "b"),
            Map.entry("cl", 1L),
            Map.entry("db_version", 6L));
  }

  @Test
  void changes_asJson_ownChangesHaveTheirSite() throws SQLException, IOException {
    String own = Sql.rows(file, "SELECT lower(hex(crsql_site_id()))").get(0);
    assertThat(Json.lines(Ran.crsql("changes", file, "--json").out()).get(0))
        .containsEntry("site_id", own);
  }

  @Test
  void changes_asJson_valuesOfEveryType() throws SQLException, IOException {
    Sql.run(file, "DELETE FROM foo", "DELETE FROM baz");
    for (String value :
        List.of("NULL", "9007199254740993", "1.0", "9e999", "-9e999", "X'00ff'", "'\"é''\n'")) {
      Sql.run(file, "INSERT INTO foo SELECT ifnull(max(a), 0) + 1, " + value + " FROM foo");
    }
    List<Map<String, Object>> changes = Json.lines(Ran.crsql("changes", file, "--json").out());
    assertThat(changes.stream().filter(change -> "b".equals(change.get("col"))))
        .extracting(change -> change.get("val"))
        .containsExactly(null, 9007199254740993L, 1.0, "9e999", "-9e999", "X'00FF'", "'\"é''\n'");
  }
}
