package io.crsql.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstantTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "1; 1",
        "-1; - 1",
        "+1.5; + 1.5",
        ".5; .5",
        "5.; 5.",
        "1e10; 1e10",
        "1E-10; 1E-10",
        "0x1F; 0x1F",
        "-9223372036854775808; - 9223372036854775808",
        "'a'; 'a'",
        "'it''s'; 'it''s'",
        "''; ''",
        "x'00'; x'00'",
        "X''; x''",
        "NULL; NULL",
        "true; true",
        "FALSE; FALSE",
        "abc; 'abc'",
        "\"it's\"; 'it''s'",
        "[a b]; 'a b'",
        "- 5; - 5",
        "- -5; - - 5",
        "(7); (7)",
        "((7)); ((7))",
        "-(5); - ( 5)",
        "-(+(5)); - ( + ( 5))",
        "5 /* five */; 5",
        "('x'); ('x')"
      })
  void constants(String text, String literal) {
    assertThat(Constant.of(text)).isEqualTo(literal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CURRENT_TIMESTAMP",
        "current_date",
        "1+1",
        "1 + 1",
        "1-1",
        "5 is 5",
        "0xe+5",
        "(1)+(1)",
        "random()",
        "'a'||'b'",
        "'a' 'b'",
        "datetime('now')",
        "-",
        "-'1'",
        "(",
        "()",
        "x'00'||x'01'",
        "abs(1)",
        "CASE 1 WHEN 1 THEN 2 END"
      })
  void others(String text) {
    assertThat(Constant.of(text)).isNull();
  }
}
