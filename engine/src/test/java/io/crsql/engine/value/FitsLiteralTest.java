package io.crsql.engine.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitsLiteralTest {
  @ParameterizedTest
  @CsvSource({
    "'', true, nothing",
    "61, true, one byte",
    "7F, true, last of one byte",
    "00, false, NUL ends a string literal",
    "80, false, continuation alone",
    "C080, false, overlong NUL",
    "C1BF, false, last overlong of two bytes",
    "C280, true, first of two bytes",
    "DFBF, true, last of two bytes",
    "C2, false, two bytes cut short",
    "E09FBF, false, last overlong of three bytes",
    "E0A080, true, first of three bytes",
    "ED9FBF, true, last before the surrogates",
    "EDA080, false, first surrogate",
    "EE8080, true, first after the surrogates",
    "EFBFBF, true, last of three bytes",
    "E282, false, three bytes cut short",
    "F08FBFBF, false, last overlong of four bytes",
    "F0908080, true, first of four bytes",
    "F48FBFBF, true, the last character",
    "F4908080, false, beyond the last character",
    "F5808080, false, no such lead byte",
    "FF, false, no such byte",
    "61E28261, false, a letter in place of a continuation"
  })
  void fitsLiteral(String hex, boolean expected, String why) {
    assertThat(Literals.fitsLiteral(HexFormat.of().parseHex(hex))).as(why).isEqualTo(expected);
  }

  @Test
  void fitsLiteral_agreesWithJavaOnRandomBytes() {
    Random random = new Random(3);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(5)];
      for (int k = 0; k < bytes.length; k++) {
        bytes[k] = (byte) (1 + random.nextInt(255));
      }
      assertThat(Literals.fitsLiteral(bytes)).isEqualTo(javaDecodes(bytes));
    }
  }

  private static boolean javaDecodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
