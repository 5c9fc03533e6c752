package io.crsql.engine.inspect;

import io.crsql.engine.schema.Names;
import io.crsql.engine.value.Literals;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Values;

/** What a verification has found, a sentence each. */
final class Report {
  /** What is left to do where crsql's own tables are damaged. */
  static final String RESTORE = "restore the file from a backup or make it anew from a peer";

  private static final int SHOWN = 100;

  private final Literals literals = new Literals();
  private final StringBuilder sentences = new StringBuilder();
  private int found;

  /** Adds a sentence: where, what is wrong, and what to do. */
  void add(String where, String what, String remedy) {
    add(where + ": " + what + "; " + remedy);
  }

  /** Adds a whole sentence. */
  void add(String sentence) {
    if (++found <= SHOWN) {
      sentences.append(found == 1 ? "" : "\n").append(sentence);
    }
  }

  /** Names a table. */
  static String table(String name) {
    return "table " + Names.shown(name);
  }

  /** Names a row by the {@code count} values of its key from {@code first} on. */
  String row(String table, Values from, int first, int count) {
    return table(table) + ", row " + literals.shown(from, first, count);
  }

  /**
   * Runs a check. Damage can be such that SQLite refuses to look at it: that is a finding too.
   *
   * @return whether it could be run
   * @throws SqliteException if it is not the database's fault
   */
  boolean attempt(String where, Runnable check) {
    try {
      check.run();
      return true;
    } catch (SqliteException e) {
      int code = e.code() & 0xff;
      if (code != SqliteException.ERROR && code != SqliteException.CORRUPT) {
        throw e;
      }
      add(where, "it cannot be checked (" + e.getMessage() + ")", RESTORE);
      return false;
    }
  }

  /** All of it, or {@code ok}. */
  @Override
  public String toString() {
    if (found == 0) {
      return "ok";
    }
    return found <= SHOWN ? sentences.toString() : sentences + "\nand " + (found - SHOWN) + " more";
  }
}
