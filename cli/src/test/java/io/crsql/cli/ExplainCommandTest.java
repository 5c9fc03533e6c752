package io.crsql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
  private static final String PEER = "ff96e2d505314699a59c95faba14abb5";

  @TempDir Path folder;
  private Path file;
  private String own;

  @BeforeEach
  void play() throws SQLException {
    file =
        Sql.run(
            folder.resolve("app.db"),
            "CREATE TABLE todo(id PRIMARY KEY, title NOT NULL, done)",
            "CREATE TABLE tag(a, b, PRIMARY KEY(a, b))",
            "SELECT crsql_as_crr('todo'), crsql_as_crr('tag')",
            "INSERT INTO todo VALUES(1, 'milk', NULL)",
            "INSERT INTO todo VALUES('1', 'text', 0), (-2.5, 'real', 0), (x'00ff', 'blob', 0)",
            "INSERT INTO todo VALUES('it''s', 'quote' || char(10, 27), 0)",
            "INSERT INTO tag VALUES('x', 1)");
    own = Sql.rows(file, "SELECT lower(hex(crsql_site_id()))").get(0);
  }

  private void merge(Object row, int column, String value, int version) throws SQLException {
    Sql.run(
        file,
        String.format(
            "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id)"
                + " VALUES('todo', %s, %d, %s, %d, X'%s')",
            row, column, value, version, PEER));
  }

  private List<String> explained(Object... cell) {
    Object[] args = new Object[cell.length + 2];
    args[0] = "explain";
    args[1] = file;
    System.arraycopy(cell, 0, args, 2, cell.length);
    Ran ran = Ran.crsql(args);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    return ran.out().lines().toList();
  }

  @Test
  void explain_ownWrite() {
    assertThat(explained("todo", 1, "title"))
        .containsExactly(
            "todo, row 1, column title: 'milk'",
            "  The row is alive (causal length 1).",
            "  Written by this file, site " + own + ", at version 1.",
            "  It has won against no other site's write that this file has seen.");
    assertThat(explained("todo", 1, "done")).startsWith("todo, row 1, column done: NULL");
  }

  @Test
  void explain_mergedWrite_tellsWhatItWonAgainst() throws SQLException {
    merge(1, 1, "'''theirs'''", 90);
    assertThat(explained("todo", 1, "title"))
        .containsExactly(
            "todo, row 1, column title: 'theirs'",
            "  The row is alive (causal length 1).",
            "  Written by site "
                + PEER
                + ", at version 90; it came here at 91 of this file's clock.",
            "  It won against version 1 of site " + own + ": version 90 > 1.");
  }

  @Test
  void explain_deletedRow_tellsWhoDeletedIt() throws SQLException {
    Sql.run(file, "DELETE FROM todo WHERE id = 1");
    assertThat(explained("todo", 1, "title"))
        .containsExactly(
            "todo, row 1, column title",
            "  The row is deleted (causal length 2).",
            "  Deleted by this file, site " + own + ", at version 12.");
    Sql.run(file, "INSERT INTO todo VALUES(1, 'again', 0)");
    assertThat(explained("todo", 1, "title"))
        .contains("  The row is alive (causal length 3): it was deleted and inserted again.");
  }

  @Test
  void explain_rowHeldAside_andRowDeletedPastTheCapture() throws SQLException {
    merge(1, 1, "NULL", 90);
    assertThat(explained("todo", 1, "title"))
        .startsWith(
            "todo, row 1, column title: NULL",
            "  The row is held aside (causal length 1), because its table refuses it for now:"
                + " SELECT * FROM crsql_held tells why.");
    Sql.run(file, "DROP TRIGGER todo__crsql_delete", "DELETE FROM todo WHERE id = x'00ff'");
    assertThat(explained("todo", "x'00FF'", "title"))
        .startsWith(
            "todo, row X'00FF', column title",
            "  The row should be here (causal length 1), but was deleted past crsql: see crsql"
                + " verify.");
  }

  @Test
  void explain_columnThatNobodyWrote() throws SQLException {
    merge(77, 1, "'''theirs'''", 90);
    assertThat(explained("todo", 77, "done"))
        .containsExactly(
            "todo, row 77, column done: NULL",
            "  The row is alive (causal length 1).",
            "  Nobody has written this column since the row was inserted: it has its default.");
  }

  @Test
  void explain_keysOfEveryType() {
    assertThat(explained("todo", "'1'", "title")).startsWith("todo, row '1', column title: 'text'");
    assertThat(explained("todo", "-2.5", "title"))
        .startsWith("todo, row -2.5, column title: 'real'");
    assertThat(explained("todo", "x'00ff'", "title"))
        .startsWith("todo, row X'00FF', column title: 'blob'");
    assertThat(explained("todo", "it's", "title"))
        .startsWith("todo, row 'it''s', column title: 'quote\\n\\u001b'");
    assertThat(explained("todo", "'it''s'", "title")).isEqualTo(explained("todo", "it's", "title"));
    assertThat(explained("tag", "x", "1.0", "NULL")).startsWith("tag, row 'x'|1");
  }

  @Test
  void explain_asJson_isWhatTheFunctionGives() throws SQLException {
    String json = Sql.rows(file, "SELECT crsql_explain('todo', 1, 'title')").get(0);
    assertThat(explained("todo", 1, "title", "--json")).containsExactly(json);
  }

  @Test
  void explain_noSuchRow_saysSo() {
    assertThat(Ran.crsql("explain", file, "todo", -7, "title"))
        .isEqualTo(
            failed(1, file + ": crsql_explain: \"todo\" has never had the row -7; name another"));
  }

  @Test
  void explain_brokenLiterals_sayHowToWriteThem() {
    assertThat(Ran.crsql("explain", file, "todo", "'it's'", "title"))
        .isEqualTo(failed(1, "'it's': is no text in quotes; write it as 'it''s'"));
    assertThat(Ran.crsql("explain", file, "todo", "'", "title").code()).isEqualTo(1);
    assertThat(Ran.crsql("explain", file, "todo", "x'0'", "title"))
        .isEqualTo(failed(1, "x'0': is no blob; write it as x'00ff', two digits a byte"));
  }

  @Test
  void explain_wrongOption_isNoKey() {
    assertThat(Ran.crsql("explain", file, "todo", "--jsn", "1", "title"))
        .isEqualTo(
            failed(
                2,
                "Unknown option: '--jsn'; a key that begins so goes in quotes: \"'--jsn'\";"
                    + " see crsql explain --help"));
  }

  private static Ran failed(int code, String message) {
    return new Ran(code, "", "crsql: " + message + System.lineSeparator());
  }
}
