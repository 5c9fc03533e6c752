package io.crsql.host.nativ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Whatever Java throws becomes the error of the SQL statement, and the connection goes on. */
final class ErrorsTest {
  private Connected db;

  @BeforeEach
  void connect() throws SQLException {
    db = new Connected(Libraries.probe());
  }

  @AfterEach
  void close() throws SQLException {
    assertThat(db.value("select probe_add(1, 2)")).isEqualTo(3);
    db.close();
  }

  @Test
  void keepCodeAndMessage() {
    assertThatThrownBy(() -> db.value("select probe('sqlite', 5, 'quite busy')"))
        .hasMessageContaining("quite busy")
        .extracting(e -> ((SQLiteException) e).getResultCode())
        .isEqualTo(SQLiteErrorCode.SQLITE_BUSY);
  }

  @ParameterizedTest
  @CsvSource({"0", "100", "101"})
  void areNeverTakenForSuccess(int code) {
    assertThatThrownBy(() -> db.value("select probe('sqlite', ?, 'no success')", code))
        .hasMessageContaining("no success");
  }

  @ParameterizedTest
  @MethodSource("failures")
  void areReported(String call, String message) {
    assertThatThrownBy(() -> db.value("select probe(" + call + ")")).hasMessageContaining(message);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments("'checked text'", "java.lang.IllegalStateException: d\u00e9j\u00e0 vu \u20ac"),
        arguments("'npe'", "NullPointerException"),
        arguments("'index', 3", "index out of bounds"),
        arguments("'index', -1", "index out of bounds"),
        arguments("'substring', 9", "IndexOutOfBoundsException"),
        arguments("'cast'", "ClassCastException"),
        arguments("'negative length', -5", "NegativeArraySizeException: -5"),
        arguments("'no such'", "no operation no such"),
        arguments("'closed'", "statement is closed"),
        arguments("'exec', 'selec 1'", "near \"selec\": syntax error"),
        arguments("'exec', 'select * from missing'", "no such table: missing"),
        arguments("'prepare', '-- nothing'", "not a statement"));
  }

  @Test
  void runningOutOfMemoryIsAnError() throws SQLException {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> db.value("select probe('memory')"))
          .hasMessageContaining("out of memory");
      assertThat(db.value("select probe('list', 1000000)")).isEqualTo(499_999_500_000L);
    }
    assertThatThrownBy(() -> db.value("select probe('negative length', 2147483647)"))
        .hasMessageContaining("out of memory");
  }

  @Test
  void manySmallObjectsAreCollected() throws SQLException {
    assertThat(db.value("select probe('list', 3000000)")).isEqualTo(4_499_998_500_000L);
    assertThat(db.value("select probe('churn', 300000)")).isEqualTo(300_000);
  }
}
