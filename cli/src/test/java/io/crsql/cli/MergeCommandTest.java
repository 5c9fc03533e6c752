package io.crsql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeCommandTest {
  private static final String STATE =
      "SELECT \"table\", quote(pk), cid, quote(val), version,"
          + " hex(coalesce(site_id, crsql_site_id())), col, cl FROM crsql_changes ORDER BY 1, 2, 7";

  @TempDir Path folder;

  private Path create(String name) throws SQLException {
    return Sql.run(
        folder.resolve(name),
        "CREATE TABLE item(shelf TEXT, place, v, w REAL, PRIMARY KEY(shelf, place))",
        "CREATE TABLE tag(name TEXT PRIMARY KEY COLLATE NOCASE) WITHOUT ROWID",
        "CREATE TABLE \"it's \"\"odd\"\"\"(id INTEGER PRIMARY KEY, \"a b\", \"1@3\")",
        "CREATE TABLE own(x)",
        "SELECT crsql_as_crr('item')",
        "SELECT crsql_as_crr('tag')",
        "SELECT crsql_as_crr('it''s \"odd\"')");
  }

  @Test
  void merge_threeFilesWithOddKeysAndValues_areEqualAfterwards() throws SQLException {
    Path a = create("a.db");
    Path b = create("b.db");
    Path c = create("c.db");
    Sql.run(
        a,
        "INSERT INTO item VALUES('a|b', X'00FF', 'it''s', 1.5), ('', -1, NULL, 9e999)",
        "INSERT INTO tag VALUES('Red'), ('green')",
        "INSERT INTO own VALUES('mine')");
    Sql.run(
        b,
        "INSERT INTO item VALUES('a', '|b', X'', -0.0), ('é😀', 2.5, CAST(X'00C328' AS TEXT), 3)",
        "INSERT INTO tag VALUES('RED')",
        "INSERT INTO \"it's \"\"odd\"\"\" VALUES(-9223372036854775808, 'x' || char(10), 1e-300)");
    Sql.run(
        c,
        "INSERT INTO item VALUES('a|b', X'00FF', 'other', 2)",
        "DELETE FROM item",
        "INSERT INTO item VALUES('a|b', X'00FF', 'again', 3)",
        "INSERT INTO \"it's \"\"odd\"\"\" VALUES(-9223372036854775808, 9223372036854775807, '')");
    Ran ran = Ran.crsql("merge", a, b, c);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(fingerprints(ran)).hasSize(1);
    assertThat(ran.out())
        .endsWith(
            "converged: 3 files, replicated: it's \"odd\", item, tag" + System.lineSeparator());
    assertThat(Sql.rows(b, STATE)).isNotEmpty().isEqualTo(Sql.rows(a, STATE));
    assertThat(Sql.rows(c, STATE)).isEqualTo(Sql.rows(a, STATE));
    String items = "SELECT quote(shelf), quote(place), quote(v), quote(w) FROM item ORDER BY 1, 2";
    assertThat(Sql.rows(b, items)).hasSize(4).isEqualTo(Sql.rows(a, items));
    assertThat(Sql.rows(c, items))
        .isEqualTo(Sql.rows(a, items))
        .contains("'a|b'|X'00FF'|'again'|3.0");
    assertThat(Sql.rows(b, "SELECT * FROM own")).isEmpty();
  }

  private static Set<String> fingerprints(Ran ran) {
    return Pattern.compile("fingerprint ([0-9a-f]{32})")
        .matcher(ran.out())
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void merge_again_hasNothingToDo() throws SQLException {
    Path a = create("a.db");
    Path b = create("b.db");
    Sql.run(a, "INSERT INTO tag VALUES('red')");
    Ran first = Ran.crsql("merge", a, b);
    Ran second = Ran.crsql("merge", b, a);
    assertThat(first.out().lines())
        .anyMatch(line -> line.startsWith(a + "      0 changes merged"))
        .anyMatch(line -> line.startsWith(b + "       1 change merged"));
    assertThat(second.out().lines().filter(line -> line.contains(" 0 changes merged"))).hasSize(2);
    assertThat(fingerprints(second)).isEqualTo(fingerprints(first));
  }

  @Test
  void merge_columnsInADifferentOrder_goByName() throws SQLException {
    Path a = Sql.run(folder.resolve("a.db"), "CREATE TABLE t(id PRIMARY KEY, x, y)");
    Path b = Sql.run(folder.resolve("b.db"), "CREATE TABLE t(y, x, id PRIMARY KEY)");
    Sql.run(a, "SELECT crsql_as_crr('t')", "INSERT INTO t VALUES(1, 'x1', 'y1')");
    Sql.run(b, "SELECT crsql_as_crr('t')", "INSERT INTO t(id, x, y) VALUES(2, 'x2', 'y2')");
    Ran ran = Ran.crsql("merge", a, b);
    assertThat(ran.err()).isEmpty();
    assertThat(Sql.rows(a, "SELECT id, x, y FROM t ORDER BY id"))
        .containsExactly("1|x1|y1", "2|x2|y2")
        .isEqualTo(Sql.rows(b, "SELECT id, x, y FROM t ORDER BY id"));
  }

  @Test
  void merge_triggerThatWritesInAMerge_convergesStill() throws SQLException {
    Path a = create("a.db");
    Path b = create("b.db");
    for (Path file : new Path[] {a, b}) {
      Sql.run(
          file,
          "CREATE TRIGGER note AFTER INSERT ON item BEGIN"
              + " INSERT OR IGNORE INTO tag VALUES(NEW.shelf); END",
          "SELECT crsql_as_crr('item')");
    }
    Sql.run(a, "INSERT INTO item VALUES('top', 1, 2, 3)");
    Ran ran = Ran.crsql("merge", a, b);
    assertThat(ran.err()).isEmpty();
    assertThat(fingerprints(ran)).hasSize(1);
    assertThat(Sql.rows(b, "SELECT name FROM tag")).containsExactly("top");
  }
}
