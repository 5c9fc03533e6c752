package io.crsql.host.nativ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arithmetic is Java's, also where C's is undefined. */
final class ArithmeticTest {
  private static final long[] OPERANDS = {
    0,
    1,
    -1,
    2,
    -2,
    31,
    32,
    33,
    63,
    64,
    65,
    -7,
    1L << 31,
    -(1L << 31),
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final double[] DOUBLES = {
    0, -0.0, 1.9, -1.9, 0x1p31, -0x1p31, 0x1p31 - 1, 1e10, -1e10, 0x1p63, -0x1p63, 1e300, -1e300
  };

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
  @ValueSource(strings = {"+", "*", "/", "%", "<<", ">>", ">>>"})
  void isJavas(String operator) throws SQLException {
    for (long a : OPERANDS) {
      for (long b : OPERANDS) {
        for (String type : List.of("int", "long")) {
          Long expected =
              type.equals("int") ? int32(operator, (int) a, (int) b) : int64(operator, a, b);
          String sql = "select probe('" + type + " " + operator + "', ?, ?)";
          if (expected == null) {
            assertThatThrownBy(() -> db.value(sql, a, b)).hasMessageContaining("/ by zero");
          } else {
            assertThat(((Number) db.value(sql, a, b)).longValue())
                .as("%s %d %s %d", type, a, operator, b)
                .isEqualTo(expected);
          }
        }
      }
    }
  }

  private static Long int32(String operator, int a, int b) {
    if (b == 0 && (operator.equals("/") || operator.equals("%"))) {
      return null;
    }
    return (long)
        switch (operator) {
          case "+" -> a + b;
          case "*" -> a * b;
          case "/" -> a / b;
          case "%" -> a % b;
          case "<<" -> a << b;
          case ">>" -> a >> b;
          default -> a >>> b;
        };
  }

  private static Long int64(String operator, long a, long b) {
    if (b == 0 && (operator.equals("/") || operator.equals("%"))) {
      return null;
    }
    return switch (operator) {
      case "+" -> a + b;
      case "*" -> a * b;
      case "/" -> a / b;
      case "%" -> a % b;
      case "<<" -> a << b;
      case ">>" -> a >> b;
      default -> a >>> b;
    };
  }

  @Test
  void conversionsSaturate() throws SQLException {
    for (double d : DOUBLES) {
      assertThat(number("select probe('(int)', ?)", d)).isEqualTo((int) d);
      assertThat(number("select probe('(long)', ?)", d)).isEqualTo((long) d);
      assertThat(number("select probe('(int)(float)', ?)", d)).isEqualTo((int) (float) d);
    }
  }

  private long number(String sql, double argument) throws SQLException {
    return ((Number) db.value(sql, argument)).longValue();
  }
}
