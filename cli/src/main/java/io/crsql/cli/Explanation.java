package io.crsql.cli;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What crsql_explain tells of a cell.
 *
 * @param row the key, and {@code value}, as SQL literals
 * @param column null for a row that has only a key
 * @param own null, as {@code stamp} and {@code arrival} are, if nobody has written the cell in this
 *     life
 * @param beat what the write won against; null if that is not known
 */
record Explanation(
    String table,
    String row,
    String column,
    String value,
    long life,
    String state,
    Stamp stamp,
    boolean own,
    long arrival,
    Stamp beat) {

  /** Reads the JSON by SQLite's own functions; numbers are shown as they are, text has quotes. */
  private static final String FIELDS =
      "SELECT e ->> 'table', e ->> 'row', e ->> 'column', e ->> 'value', e ->> 'life',"
          + " e ->> 'state', e ->> 'version', lower(e ->> 'site'), e ->> 'own', e ->> 'arrival',"
          + " e ->> '$.beat.version', lower(e ->> '$.beat.site') FROM (SELECT ? AS e)";

  static Explanation of(Database database, String json) throws SQLException {
    return database.rows(FIELDS, Explanation::read, json).get(0);
  }

  private static Explanation read(ResultSet row) throws SQLException {
    long life = row.getLong(5);
    return new Explanation(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        life,
        row.getString(6),
        stamp(life, row, 7),
        row.getBoolean(9),
        row.getLong(10),
        stamp(life, row, 11));
  }

  private static Stamp stamp(long life, ResultSet row, int version) throws SQLException {
    String site = row.getString(version + 1);
    return site == null ? null : new Stamp(life, row.getLong(version), site);
  }

  /** Which value it is, and what it is. */
  String heading() {
    String cell = table + ", row " + row + (column == null ? "" : ", column " + column);
    boolean valued = column != null && (state.equals("alive") || state.equals("held aside"));
    return valued ? cell + ": " + (value == null ? "NULL" : value) : cell;
  }

  /** In plain words, a sentence a line. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    sentences.add(isThere());
    sentences.add(written());
    if (stamp != null && !deleted()) {
      sentences.add(won());
    }
    return sentences;
  }

  private boolean deleted() {
    return state.equals("deleted");
  }

  private String isThere() {
    String causal = "causal length " + life;
    return switch (state) {
      case "deleted" -> "The row is deleted (" + causal + ").";
      case "held aside" ->
          "The row is held aside ("
              + causal
              + "), because its table refuses it for now:"
              + " SELECT * FROM crsql_held tells why.";
      case "missing" ->
          "The row should be here (" + causal + "), but was deleted past crsql: see crsql verify.";
      default ->
          life == 1
              ? "The row is alive (" + causal + ")."
              : "The row is alive (" + causal + "): it was deleted and inserted again.";
    };
  }

  private String written() {
    if (stamp == null) {
      return "Nobody has written this column since the row was inserted: it has its default.";
    }
    return (deleted() ? "Deleted by " : "Written by ")
        + (own ? "this file, site " : "site ")
        + stamp.site()
        + ", at version "
        + stamp.version()
        + (own ? "." : "; it came here at " + arrival + " of this file's clock.");
  }

  private String won() {
    if (beat == null) {
      return "It has won against no other site's write that this file has seen.";
    }
    return "It won against version "
        + beat.version()
        + " of site "
        + beat.site()
        + ": "
        + stamp.reasonAgainst(beat)
        + ".";
  }
}
