package io.crsql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crsql.jdbc.Crsql;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class ErrorsTest {
  @Test
  void message_ofTheDriver_isSqlitesOwn() throws SQLException {
    assertThat(failing("SELECT * FROM t")).isEqualTo("no such table: t");
    assertThat(failing("SELECT crsql_as_crr('t')"))
        .isEqualTo("crsql_as_crr: there is no table \"t\"; create it first");
  }

  @Test
  void message_withParentheses_keepsThem() throws SQLException {
    assertThat(failing("SELECT \"f(x) (y)\".a")).isEqualTo("no such column: f(x) (y).a");
  }

  private static String failing(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      Crsql.install(connection);
      statement.execute(sql);
      return "nothing failed";
    } catch (SQLException e) {
      return Errors.message(e);
    }
  }

  @Test
  void message_notFromSqlite_stays() {
    assertThat(Errors.message(new SQLException("crsql: no library")))
        .isEqualTo("crsql: no library");
  }

  @Test
  void message_ofSomethingUnforeseen_hasItsName() {
    assertThat(Errors.message(new IOException("x.db"))).isEqualTo("IOException: x.db");
    assertThat(Errors.message(new NullPointerException())).isEqualTo("NullPointerException");
  }
}
