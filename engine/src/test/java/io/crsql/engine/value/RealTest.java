package io.crsql.engine.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealTest {
  private static double read(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.US_ASCII);
    return new LiteralParser(utf8, decimal -> Double.NaN).parse(1)[0].real();
  }

  @ParameterizedTest
  @CsvSource({
    "0.0, 0.0",
    "-0.0, -0.0",
    "1.0, 1.0",
    "-1.5, -1.5",
    "0.1, 0.1",
    "123456.789, 123456.789",
    "1e14, 100000000000000.0",
    "0.000123, 0.000123",
    "1e15, 0x1.C6BF526340000p49",
    "1e-20, 0x1.79CA10C924223p-67",
    "4.9E-324, 0x0.0000000000001p-1022",
    "1.7976931348623157E308, 0x1.FFFFFFFFFFFFFp1023",
    "0.30000000000000004, 0x1.3333333333334p-2"
  })
  void text_ofKnownValues(double d, String expected) {
    assertThat(Real.text(d)).isEqualTo(expected);
    assertThat(read(expected)).isEqualTo(d);
  }

  @Test
  void text_isReadBackToTheSameBits() {
    Random random = new Random(1);
    for (int i = 0; i < 300_000; i++) {
      double d =
          i % 3 == 0
              ? random.nextInt(10_000_000) / 10_000.0
              : Double.longBitsToDouble(random.nextLong());
      if (!Double.isNaN(d) && !Double.isInfinite(d)) {
        assertThat(Double.doubleToRawLongBits(read(Real.text(d))))
            .isEqualTo(Double.doubleToRawLongBits(d));
      }
    }
  }

  @Test
  void shortDecimals_areWhatJavaReadsToo() {
    Random random = new Random(2);
    for (int i = 0; i < 100_000; i++) {
      String decimal = random.nextInt(1_000_000_000) + "." + random.nextInt(1_000_000);
      assertThat(read(decimal)).isEqualTo(Double.parseDouble(decimal));
    }
  }
}
