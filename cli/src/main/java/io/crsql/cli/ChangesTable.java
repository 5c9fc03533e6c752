package io.crsql.cli;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Changes as a table of text. */
final class ChangesTable {
  private static final String[] COLUMNS = {
    "table", "pk", "cid", "val", "version", "site_id", "db_version"
  };

  /** So many rows decide how wide the columns are. */
  private static final int ROWS_MEASURED = 500;

  private ChangesTable() {}

  static void print(ResultSet changes, PrintWriter out) throws SQLException {
    TextTable table = new TextTable(COLUMNS);
    long rows = 0;
    long last = 0;
    while (changes.next() && !out.checkError()) {
      String[] cells = new String[COLUMNS.length];
      for (int i = 0; i < COLUMNS.length; i++) {
        cells[i] = shown(changes.getObject(COLUMNS[i]));
      }
      table.add(cells);
      last = changes.getLong("db_version");
      rows++;
      if (rows % ROWS_MEASURED == 0) {
        table.print(out);
      }
    }
    table.print(out);
    out.println(rows == 0 ? "no changes" : "\n" + summary(rows, last));
  }

  private static String summary(long rows, long last) {
    return Words.count(rows, "change") + "; what comes next: --since " + last;
  }

  private static String shown(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Double real && Double.isInfinite(real)) {
      return Words.infinity(real);
    }
    return value instanceof byte[] blob ? Words.hex(blob) : value.toString();
  }
}
