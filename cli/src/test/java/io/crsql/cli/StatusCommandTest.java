package io.crsql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {
  private static final String PEER = "7096e2d505314699a59c95faba14abb5";

  @TempDir Path folder;
  private Path file;

  /** Two tables; a row held aside, a parked change, and an entry that is not folded. */
  @BeforeEach
  void play() throws SQLException {
    file =
        Sql.run(
            folder.resolve("app.db"),
            "CREATE TABLE todo(id PRIMARY KEY, title, done)",
            "CREATE TABLE \"odd \"\"name\"(id PRIMARY KEY, x NOT NULL)",
            "SELECT crsql_as_crr('todo'), crsql_as_crr('odd \"name')",
            "INSERT INTO \"odd \"\"name\" VALUES(1, 'x')",
            merged("odd \"name", "1", "NULL", 7),
            merged("later", "1", "'''x'''", 8),
            "INSERT INTO todo VALUES(1, 'milk', 0), (2, 'bread', 0)",
            "DELETE FROM todo WHERE id = 2");
  }

  private static String merged(String table, String pk, String value, int version) {
    return String.format(
        "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id)"
            + " VALUES('%s', %s, 1, %s, %d, X'%s')",
        table, pk, value, version, PEER);
  }

  private String sql(String query) throws SQLException {
    return Sql.rows(file, query).get(0);
  }

  @Test
  void status_forAPerson() throws SQLException, IOException {
    Ran ran = Ran.crsql("status", file);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .isEqualToNormalizingNewlines(
            """
            %s
              size         %s
              crsql        %s, SQLite %s
              site         %s
              clock        14
              fingerprint  %s

            Replicated tables
              table      rows  changes  entries  not folded  held
              ---------  ----  -------  -------  ----------  ----
              odd "name     0        1        1           0     1
              todo          1        3        3           3     0

            Sites
              site                              its writes up to  all it held until
              --------------------------------  ----------------  -----------------  ----------------------
              %s                14                 14  this file
              %s                 0                  0  by single changes only

            Waiting
              1 row held aside, which their table refuses for now: SELECT * FROM crsql_held
              1 change parked, of tables or columns that are not here yet: SELECT * FROM crsql_parked
            """
                .formatted(
                    file,
                    Words.bytes(Files.size(file)),
                    sql("SELECT crsql_version()"),
                    sql("SELECT sqlite_version()"),
                    sql("SELECT lower(hex(crsql_site_id()))"),
                    sql("SELECT lower(crsql_fingerprint())"),
                    sql("SELECT lower(hex(crsql_site_id()))"),
                    PEER));
  }

  @Test
  void status_asJson_hasTheSame() throws SQLException, IOException {
    Map<String, Object> json = Json.object(Ran.crsql("status", file, "--json").out());
    String own = sql("SELECT lower(hex(crsql_site_id()))");
    assertThat(json)
        .containsEntry("file", file.toString())
        .containsEntry("bytes", Files.size(file))
        .containsEntry("site", own)
        .containsEntry("clock", 14L)
        .containsEntry("fingerprint", sql("SELECT lower(crsql_fingerprint())"))
        .containsEntry("held", 1L)
        .containsEntry("parked", 1L)
        .containsEntry(
            "tables", List.of(table("odd \"name", 0, 1, 1, 1, 0), table("todo", 1, 0, 3, 3, 3)))
        .containsEntry("sites", List.of(site(own, true, 14, 14), site(PEER, false, 0, 0)));
  }

  private static Map<String, Object> table(
      String name, long rows, long held, long changes, long entries, long unfolded) {
    return Map.of(
        "table",
        name,
        "present",
        true,
        "rows",
        rows,
        "held",
        held,
        "changes",
        changes,
        "entries",
        entries,
        "unfolded",
        unfolded);
  }

  private static Map<String, Object> site(String site, boolean own, long version, long arrival) {
    return Map.of("site", site, "own", own, "version", version, "arrival", arrival);
  }

  @Test
  void status_afterAChangeset_tellsHowFarThePeerIsKnown() throws SQLException, IOException {
    Path other =
        Sql.run(
            folder.resolve("other.db"),
            "CREATE TABLE todo(id PRIMARY KEY, title, done)",
            "SELECT crsql_as_crr('todo')",
            "ATTACH '" + file + "' AS app",
            "SELECT crsql_apply(crsql_changeset('app', NULL))");
    List<?> sites = (List<?>) Json.object(Ran.crsql("status", other, "--json").out()).get("sites");
    assertThat(sites)
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .contains(site(sql("SELECT lower(hex(crsql_site_id()))"), false, 14, 14));
  }

  @Test
  void status_quick_leavesOutWhatReadsEverything() throws IOException {
    Map<String, Object> json = Json.object(Ran.crsql("status", file, "--json", "--quick").out());
    assertThat(json).containsEntry("fingerprint", null);
    assertThat(json.get("tables").toString()).contains("changes=null", "rows=1");
    assertThat(Ran.crsql("status", file, "--quick").out())
        .doesNotContain("fingerprint")
        .containsPattern("todo +1 +\\? +3 +3 +0");
  }

  @Test
  void status_tableRenamedBehindItsBack_isGone() throws SQLException {
    Sql.run(file, "ALTER TABLE todo RENAME TO tasks");
    assertThat(Ran.crsql("status", file).out()).containsPattern("todo +gone ");
  }

  @Test
  void status_nothingReplicated_saysHowToBegin_andWritesNothing() throws SQLException, IOException {
    Path plain = Sql.run(folder.resolve("plain.db"), "CREATE TABLE t(id PRIMARY KEY)");
    byte[] before = Files.readAllBytes(plain);
    Ran ran = Ran.crsql("status", plain);
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("Begin with: crsql as-crr " + plain + " TABLE");
    assertThat(Json.object(Ran.crsql("status", plain, "--json").out()))
        .containsEntry("site", null)
        .containsEntry("tables", List.of());
    assertThat(Files.readAllBytes(plain)).isEqualTo(before);
  }

  @Test
  void status_noSuchFile_isAFailure() {
    Path none = folder.resolve("none.db");
    assertThat(Ran.crsql("status", none))
        .isEqualTo(new Ran(1, "", "crsql: " + none + ": no such file" + System.lineSeparator()));
  }
}
