package io.crsql.host.nativ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values survive every way through Java. */
final class ValuesTest {
  private Connected db;

  @BeforeEach
  void connect() throws SQLException {
    db = new Connected(Libraries.probe());
  }

  @AfterEach
  void close() throws SQLException {
    db.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "0",
        "9223372036854775807",
        "-9223372036854775808",
        "0.1",
        "1e308",
        "''",
        "'it''s'",
        "x''",
        "x'00ff'",
        "zeroblob(70000)",
        "cast(x'6100ff62' as text)",
        "cast(x'f09f' as text)",
        "printf('%.*c', 70000, 'x')"
      })
  void survive(String sql) throws SQLException {
    String probe = "select group_concat(same, '') from (";
    String[] ways = {"probe('value', v)", "probe('bind', 'value', v)"};
    for (String way : ways) {
      String same = "typeof(a) = typeof(v) and hex(a) = hex(v)";
      String query =
          "select " + same + " from (select " + way + " as a, v from (select " + sql + " as v))";
      assertThat(db.value(query)).as(probe + way).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"''", "'a'", "'d\u00e9j\u00e0 \u20ac \ud83d\ude00'", "'a' || char(0) || 'b'"})
  void textSurvivesAsString(String sql) throws SQLException {
    assertThat(db.value("select hex(probe('text', " + sql + ")) = hex(" + sql + ")")).isEqualTo(1);
    assertThat(db.value("select hex(probe('bind', 'text', " + sql + ")) = hex(" + sql + ")"))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "61", "6100ff62", "f09f98", "eda080", "c080"})
  void bytesSurviveWhateverTheyAre(String hex) throws SQLException {
    String text = "cast(x'" + hex + "' as text)";
    String blob = "x'" + hex + "'";
    assertThat(
            db.rows(
                "select typeof(v), lower(hex(v)) from (select probe('text bytes', "
                    + text
                    + ") v)"))
        .isEqualTo("text|" + hex);
    assertThat(
            db.rows(
                "select typeof(v), lower(hex(v)) from (select probe('bind', 'text bytes', "
                    + text
                    + ") v)"))
        .isEqualTo("text|" + hex);
    assertThat(
            db.rows("select typeof(v), lower(hex(v)) from (select probe('blob', " + blob + ") v)"))
        .isEqualTo("blob|" + hex);
    assertThat(
            db.rows(
                "select typeof(v), lower(hex(v)) from (select probe('bind', 'blob', "
                    + blob
                    + ") v)"))
        .isEqualTo("blob|" + hex);
  }

  @Test
  void invalidUtf8IsDecodedAsByTheJdk() throws SQLException {
    String hex = "61ff62f09f9862e282c3a9eda080c080f5f48fbfbff490808041";
    byte[] bytes = java.util.HexFormat.of().parseHex(hex);
    String expected = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    assertThat(db.value("select probe('text', cast(x'" + hex + "' as text))")).isEqualTo(expected);
  }

  @Test
  void doublesAreExact() throws SQLException {
    double[] doubles = {0.0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 0.1, 1.0 / 0.0, -1.0 / 0.0};
    for (double d : doubles) {
      assertThat(db.value("select probe('double', ?)", d)).isEqualTo(d);
      assertThat(db.value("select probe('bind', 'double', ?)", d)).isEqualTo(d);
      assertThat(db.value("select probe('bind', 'value', ?)", d)).isEqualTo(d);
    }
    assertThat(db.value("select probe('infinity')")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(db.value("select probe('nan')")).isNull();
  }

  @Test
  void conversionsAreSqlites() throws SQLException {
    assertThat(db.value("select probe('long', 1e300)")).isEqualTo(Long.MAX_VALUE);
    assertThat(db.value("select probe('long', '12abc')")).isEqualTo(12);
    assertThat(db.value("select probe('text', 1.5)")).isEqualTo("1.5");
    assertThat(db.value("select probe('text', null)")).isNull();
    assertThat(db.value("select hex(probe('blob', 10))")).isEqualTo("3130");
    assertThat(db.value("select probe('bind', 'cleared', 10)")).isNull();
    assertThat(db.value("select probe('nothing')")).isNull();
  }

  @Test
  void utf16DatabasesGiveUtf8() throws SQLException {
    db.run("pragma encoding = 'UTF-16'", "create table t(v)", "insert into t values ('\u20ac')");
    assertThat(db.value("select hex(probe('blob', v)) from t")).isEqualTo("E282AC");
    assertThat(db.value("select probe('bind', 'value', v) from t")).isEqualTo("\u20ac");
  }

  @Test
  void argumentsAreChecked() {
    assertThatThrownBy(() -> db.value("select probe('argument', 2)"))
        .hasMessageContaining("crsql: internal error: ")
        .hasMessageContaining("no argument 2");
  }
}
