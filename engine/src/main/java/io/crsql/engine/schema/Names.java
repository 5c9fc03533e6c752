package io.crsql.engine.schema;

/** Names in SQL, and the names of a table's companions. */
public final class Names {
  private Names() {}

  /** The name as a quoted identifier. */
  public static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The value as a string literal. */
  public static String literal(String value) {
    return '\'' + value.replace("'", "''") + '\'';
  }

  /** The name as messages show it. */
  public static String shown(String name) {
    return quote(name);
  }

  /** The quoted name of the table's log. */
  public static String log(String table) {
    return quote(table + "__crsql_log");
  }

  /** The quoted name of the table's row index. */
  public static String rows(String table) {
    return quote(table + "__crsql_rows");
  }

  /** The quoted name of the table's held rows. */
  public static String held(String table) {
    return quote(table + "__crsql_held");
  }

  /** The name of the index of the lives but the first in the row index of that number's table. */
  public static String lives(long id) {
    return "crsql_lives_" + id;
  }

  /** The names of the tables that crsql may keep for a table. */
  static String[] companions(String table) {
    return new String[] {table + "__crsql_log", table + "__crsql_rows", table + "__crsql_held"};
  }

  /** Whether the name is one of SQLite's or crsql's own. */
  public static boolean reserved(String name) {
    String lower = asciiLower(name);
    return lower.startsWith("sqlite_") || lower.startsWith("crsql_") || lower.contains("__crsql_");
  }

  /** Folds case as SQLite's NOCASE does: ASCII letters only. */
  public static String asciiLower(String s) {
    StringBuilder out = new StringBuilder(s.length());
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      out.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    return out.toString();
  }
}
