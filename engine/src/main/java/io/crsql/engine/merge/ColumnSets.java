package io.crsql.engine.merge;

import io.crsql.engine.log.Log;
import io.crsql.sqlite.Stmt;
import java.util.Arrays;

/**
 * Statements about sets of columns of one group, each prepared when it is first asked for. There
 * are too many sets to keep a statement for each.
 */
final class ColumnSets {
  private final Log log;
  private final Sql sql;
  private final int capacity;
  private int[] groups = {};
  private long[] sets = {};
  private Stmt[] statements = {};
  private int count;

  /** The statement that was found last; those that follow it in a row are found at once. */
  private int last;

  /** The text of the statement about a set. */
  interface Sql {
    String of(int group, long cols);
  }

  /** Prepares nothing yet; what it prepares is finalised with the log. */
  ColumnSets(Log log, int capacity, Sql sql) {
    this.log = log;
    this.capacity = capacity;
    this.sql = sql;
  }

  /** The statement about a set, if it is kept or there is room for it; null otherwise. */
  Stmt find(int group, long cols) {
    for (int n = 0; n < count; n++) {
      int i = last + n < count ? last + n : last + n - count;
      if (sets[i] == cols && groups[i] == group) {
        last = i;
        return statements[i];
      }
    }
    if (count == capacity) {
      return null;
    }
    Stmt made = log.prepare(sql.of(group, cols));
    if (count == statements.length) {
      int length = Math.min(capacity, 2 * count + 4);
      groups = Arrays.copyOf(groups, length);
      sets = Arrays.copyOf(sets, length);
      statements = Arrays.copyOf(statements, length);
    }
    return put(count++, group, cols, made);
  }

  /** The statement about a set, in place of another one's if there is no room. */
  Stmt get(int group, long cols) {
    Stmt found = find(group, cols);
    if (found == null) {
      Stmt made = log.prepare(sql.of(group, cols));
      int i = last + 1 < count ? last + 1 : 0;
      log.discard(statements[i]);
      found = put(i, group, cols, made);
    }
    return found;
  }

  private Stmt put(int i, int group, long cols, Stmt made) {
    statements[i] = made;
    groups[i] = group;
    sets[i] = cols;
    last = i;
    return made;
  }
}
