package io.crsql.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogColumnTest {
  private static boolean constant(String text) {
    return new CatalogColumn(0, "c", Affinity.BLOB, false, false, text, 0).constantDefault();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "-1",
        "+1.5",
        ".5",
        "1e10",
        "1E-10",
        "0x1F",
        "'a'",
        "'it''s'",
        "''",
        "x'00'",
        "X''",
        "NULL",
        "true",
        "FALSE",
        "abc",
        "\"abc\"",
        "-9223372036854775808"
      })
  void constants(String text) {
    assertThat(constant(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CURRENT_TIMESTAMP", "current_date", "1+1", "1-1", "random()", "'a'||'b'", "'a' 'b'",
        "datetime('now')", "-", "-(1)", "x'00'||x'01'", "abs(1)", "1 + 1",
            "CASE 1 WHEN 1 THEN 2 END"
      })
  void others(String text) {
    assertThat(constant(text)).isFalse();
  }
}
