package io.crsql.conformance.random;

/** What a statement does where a row with its key exists. */
enum Conflict {
  ABORT(""),
  REPLACE(" OR REPLACE"),
  IGNORE(" OR IGNORE"),
  FAIL(" OR FAIL"),
  ROLLBACK(" OR ROLLBACK");

  private final String sql;

  Conflict(String sql) {
    this.sql = sql;
  }

  String sql() {
    return sql;
  }
}
