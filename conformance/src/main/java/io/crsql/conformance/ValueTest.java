package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every value survives {@code crsql_changes} to the last bit, in cells and in keys. */
class ValueTest extends Scenario {
  private static final String EXACT = "SELECT typeof(%1$s), hex(CAST(%1$s AS BLOB)), %1$s FROM t";

  /**
   * Runs a value, given as an expression of parameter 1, through a cell, a key, and parts of
   * composite keys.
   */
  private void survives(String expression, Object param) {
    Database a = open();
    Database b = open();
    for (Database db : new Database[] {a, b}) {
      db.run("CREATE TABLE t(k PRIMARY KEY, v)");
      db.run("CREATE TABLE c(x, y, z, PRIMARY KEY(x, y, z))");
      db.run("SELECT crsql_as_crr('t')");
      db.run("SELECT crsql_as_crr('c')");
    }
    Object[] params = param == null ? new Object[0] : new Object[] {param};
    a.run("INSERT INTO t VALUES('cell', " + expression + ")", params);
    if (!expression.equals("NULL")) {
      a.run("INSERT INTO t VALUES(" + expression + ", 'key')", params);
      a.run("INSERT INTO c VALUES(" + expression + ", 1, " + expression + ")", params);
      a.run("INSERT INTO c VALUES('|', " + expression + ", '''')", params);
    }
    pull(b, a);
    for (String column : new String[] {"k", "v"}) {
      String query = String.format(EXACT, column) + " ORDER BY v";
      assertThat(lines(b, query)).isEqualTo(lines(a, query));
    }
    String composite = "SELECT typeof(x), hex(x), x, typeof(y), hex(y), y, z FROM c ORDER BY y";
    assertThat(bits(b.query(composite))).isEqualTo(bits(a.query(composite)));
    assertThat(state(b)).isEqualTo(state(a));
  }

  /** The rows with doubles as their bits, since 0.0 equals -0.0. */
  private static String bits(List<List<Object>> rows) {
    StringBuilder out = new StringBuilder();
    for (List<Object> row : rows) {
      for (Object value : row) {
        out.append(
            value instanceof Double d ? Long.toHexString(Double.doubleToRawLongBits(d)) : value);
        out.append(' ');
      }
    }
    return out.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NULL",
        "0",
        "-1",
        "9007199254740993",
        "9223372036854775807",
        "-9223372036854775808",
        "''",
        "'it''s'",
        "'a|b'",
        "'null'",
        "'1'",
        "'X''00'''",
        "'\u00e9\u4e2d\ud83d\ude00'",
        "'line\nbreak'",
        "X''",
        "X'00'",
        "X'27'",
        "zeroblob(1000)",
        "CAST(X'00' AS TEXT)",
        "CAST(X'610062' AS TEXT)",
        "CAST(X'FF' AS TEXT)",
        "CAST(X'C080' AS TEXT)",
        "CAST(X'E28261' AS TEXT)",
        "CAST(X'EDA080' AS TEXT)",
        "CAST(X'F4908080' AS TEXT)",
        "CAST(X'F09F98' AS TEXT)",
        "CAST(X'F09F9880' AS TEXT)",
        "CAST(X'EFBFBF' AS TEXT)",
        "CAST(zeroblob(70000) AS TEXT)"
      })
  void exactly(String literal) {
    survives(literal, null);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0.0,
        -0.0,
        1.0,
        -1.5,
        0.1,
        1e15,
        1e16,
        123456.789,
        1e21,
        1e22,
        1e23,
        1e300,
        9007199254740992.0,
        9007199254740994.0,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        2.2250738585072011e-308,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        Math.PI,
        1.0 / 3,
        5e-324,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        -9.223372036854775808e18
      })
  void exactly(double real) {
    survives("?1", real);
  }

  @Test
  void randomReals_surviveInCompositeKeys() {
    Random random = new Random(42);
    Database a = open("CREATE TABLE t(x, y, PRIMARY KEY(x, y))", "SELECT crsql_as_crr('t')");
    Database b = open("CREATE TABLE t(x, y, PRIMARY KEY(x, y))", "SELECT crsql_as_crr('t')");
    a.run("BEGIN");
    for (int i = 0; i < 2000; i++) {
      double d = Double.longBitsToDouble(random.nextLong());
      if (!Double.isNaN(d)) {
        a.run("INSERT INTO t VALUES(?1, ?2)", d, random.nextInt(100_000) / 1000.0);
      }
    }
    a.run("COMMIT");
    b.run("BEGIN");
    pull(b, a);
    b.run("COMMIT");
    String rows = "SELECT * FROM t ORDER BY x, y";
    assertThat(bits(b.query(rows))).isEqualTo(bits(a.query(rows)));
  }

  @Test
  void literals_areReadInTheWaysSqlWritesThem() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b)", "SELECT crsql_as_crr('t')");
    Blob site = new Blob("AB".repeat(16));
    String[][] cases = {
      {"'x'", "text x"},
      {"x'ab'", "blob X'AB'"},
      {"X'AB'", "blob X'AB'"},
      {"null", "null null"},
      {"-5", "integer -5"},
      {"+5", "integer 5"},
      {"007", "integer 7"},
      {"9223372036854775807", "integer 9223372036854775807"},
      {"9223372036854775808", "real 9.223372036854776E18"},
      {"-9223372036854775808", "integer -9223372036854775808"},
      {"1.5", "real 1.5"},
      {".5", "real 0.5"},
      {"5.", "real 5.0"},
      {"1e3", "real 1000.0"},
      {"1.25E-2", "real 0.0125"},
      {"-0.0", "real -0.0"},
      {"0.1234567890123456789012345678901234567890", "real 0.12345678901234568"},
      {"0x1.8000000000000p1", "real 3.0"},
      {"-0x0.0000000000001p-1022", "real -4.9E-324"},
      {"9e999", "real Infinity"},
      {"-9e999", "real -Infinity"},
      {"cast(x'61' as text)", "text a"},
      {"CAST(X'' AS TEXT)", "text "}
    };
    for (int i = 0; i < cases.length; i++) {
      db.run(MERGE, "t", i, 1, cases[i][0], 5, site);
      assertThat(lines(db, "SELECT typeof(b), b FROM t WHERE a = ?1", i))
          .as(cases[i][0])
          .containsExactly(cases[i][1]);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "'open",
        "'a'b",
        "'a' ",
        " 'a'",
        "X'0'",
        "X'0G'",
        "X'00",
        "1 2",
        "1,2",
        "1|2",
        "--1",
        "1e",
        "1e+",
        ".",
        "-",
        "0x10",
        "0x1.8p1",
        "0x2.0000000000000p0",
        "0x1.0000000000000p1024",
        "0x0.0000000000001p5",
        "nul",
        "nulll",
        "TRUE",
        "CAST(X'61' AS BLOB)",
        "CAST('a' AS TEXT)",
        "(1)",
        "1;DROP TABLE t",
        "(SELECT 1)",
        "abs(1)",
        "?1",
        "\"a\"",
        "1e99999999999999999999x"
      })
  void textThatIsNoLiteral_isRefusedAndNeverExecuted(String text) {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b)", "SELECT crsql_as_crr('t')");
    Blob site = new Blob("AB".repeat(16));
    assertThat(error(db, MERGE, "t", 1, 1, text, 5, site))
        .isEqualTo(
            "crsql_changes: table \"t\", row 1: val must be a literal, text in quotes; it is "
                + text);
    assertThat(error(db, MERGE, "t", text, 1, 1, 5, site))
        .isEqualTo(
            "crsql_changes: table \"t\": pk must be a literal, text in quotes; it is " + text);
    assertThat(lines(db, "SELECT * FROM t")).isEmpty();
  }
}
