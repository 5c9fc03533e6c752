package io.crsql.conformance.random;

import io.crsql.conformance.Blob;
import io.crsql.conformance.model.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The values that random statements write: few, so that they meet, and awkward. */
final class Values {
  private static final long PAST_DOUBLES = (1L << 53) + 1;

  private static final List<Object> PLAIN = Arrays.asList(null, 1L, 2L, Text.of("v"));

  /** Groups of values that are alike to some column types and collations. */
  private static final List<List<Object>> ALIKE =
      List.of(
          List.of(1L, 1.0, Text.of("1"), Text.of("1.0"), Text.of(" 1"), Blob.of((byte) '1')),
          List.of(0L, 0.0, -0.0, Text.of("0"), Text.of("-0.0"), Text.of("")),
          List.of(Text.of("a"), Text.of("A"), Blob.of((byte) 'a'), bytes('a', 0), bytes('A', 0)),
          List.of(Text.of("a"), Text.of("a "), Text.of("a  "), Text.of(" a"), Text.of("a\t")),
          List.of(Text.of(""), Text.of(" "), bytes('a', 0, ' '), Blob.of((byte) 'a', (byte) ' ')),
          List.of(bytes('a', 0, 'b'), bytes('A', 0, 'c'), bytes(0), bytes(0, 0)),
          List.of(PAST_DOUBLES, PAST_DOUBLES - 1, 0x1p53, Text.of("9007199254740993")),
          List.of(Double.POSITIVE_INFINITY, 1e300, Text.of("1e400"), Double.NEGATIVE_INFINITY),
          List.of(Long.MIN_VALUE, -0x1p63, 0x1p63, Long.MAX_VALUE),
          List.of(Text.of("it's"), Text.of("b'|c"), Text.of("'"), Text.of("|"), Text.of("NULL")),
          List.of(Text.of("\u00e4"), Text.of("\u00c4"), Text.of("\ud83d\ude00"), bytes(0xc3)),
          List.of(bytes(0xff, 0xfe), bytes(0xed, 0xa0, 0x80), bytes('x', 0x80), Text.of("x")),
          List.of(0.1, 1.5, 1e-300, 3.0000000000000004, Text.of("0.1"), Text.of("1e3"), 1000.0),
          List.of(Blob.of(), Blob.of((byte) 0), Blob.of((byte) 0, (byte) 255), Text.of("0x10")));

  private static final List<Object> ALL = new ArrayList<>(PLAIN);

  static {
    ALIKE.forEach(ALL::addAll);
  }

  private Values() {}

  private static Text bytes(int... bytes) {
    StringBuilder latin1 = new StringBuilder();
    for (int b : bytes) {
      latin1.append((char) b);
    }
    return new Text(latin1.toString());
  }

  /** A value for a column outside the key. */
  static Object any(Rng rng) {
    return rng.of(rng.percent(60) ? PLAIN : ALL);
  }

  /** A value for a column that a CHECK compares: numbers around its bound. */
  static Object checked(Rng rng) {
    return rng.of(Arrays.asList(null, 1L, 1L, 2L, 2L, 3L, 99L, 100L, 150L));
  }

  /** Some values for a key column, of which several may be alike. */
  static List<Object> keys(Rng rng, boolean integers) {
    if (integers) {
      return rng.some(List.of(1L, 2L, 3L, -1L, PAST_DOUBLES));
    }
    List<Object> keys = new ArrayList<>(List.of(1L, Text.of("k")));
    for (int i = rng.between(0, 2); i > 0; i--) {
      keys.addAll(rng.some(rng.of(ALIKE)));
    }
    return keys;
  }
}
