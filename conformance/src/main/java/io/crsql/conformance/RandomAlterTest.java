package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of ALTER TABLE between crsql_begin_alter and crsql_commit_alter, or plain ones
 * that are mended: every column keeps the cells that it had, and no other gets them.
 */
class RandomAlterTest extends Scenario {
  private static final int SEQUENCES = 100;

  /** A column: what it is called, and its cell if it has one. */
  private static final class Column {
    String name;
    String cell;

    /** Whether it has been added since the last check. */
    boolean isNew = true;

    Column(String name) {
      this.name = name;
    }
  }

  private final List<Column> columns = new ArrayList<>();
  private final List<String> dropped = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private Random random;
  private Database db;
  private String table;
  private int fresh;

  @Test
  void cells_stayWithTheirColumns() {
    int refused = 0;
    for (int seed = 1; seed <= SEQUENCES; seed++) {
      refused += sequence(seed);
    }
    assertThat(refused).isLessThan(SEQUENCES / 4);
  }

  private int sequence(int seed) {
    random = new Random(seed);
    columns.clear();
    done.clear();
    fresh = 0;
    table = "t";
    db = open("CREATE TABLE t(k PRIMARY KEY, c1, c2, c3)", "SELECT crsql_as_crr('t')");
    for (int i = 1; i < 4; i++) {
      columns.add(new Column("c" + i));
    }
    db.run("INSERT INTO t VALUES(1, 'c1', 'c2', 'c3')");
    read();
    int refused = 0;
    for (int round = 0; round < 4 && refused == 0; round++) {
      refused = random.nextBoolean() ? altered() : plain();
    }
    close(db);
    return refused;
  }

  /** Reads the cells as they are, when the model and the table are known to agree. */
  private void read() {
    for (Column column : columns) {
      column.cell = cell(column.name);
      column.isNew = false;
    }
  }

  private String cell(String name) {
    String number = "CASE typeof(cid) WHEN 'integer' THEN cid ELSE 'by name' END";
    List<String> cells =
        lines(db, "SELECT " + number + ", val, version FROM crsql_changes WHERE col = ?1", name);
    return cells.isEmpty() ? null : cells.get(0);
  }

  private int altered() {
    run("SELECT crsql_begin_alter('" + table + "')");
    dropped.clear();
    for (int i = random.nextInt(6); i >= 0; i--) {
      int what = random.nextInt(10);
      if (what < 3 && columns.size() > 1) {
        Column gone = columns.remove(random.nextInt(columns.size()));
        run("ALTER TABLE " + table + " DROP COLUMN " + gone.name);
        dropped.add(gone.name);
      } else {
        addOrRename(what);
      }
    }
    done.add("SELECT crsql_commit_alter('" + table + "')");
    try {
      db.run(done.get(done.size() - 1));
    } catch (SqlError e) {
      assertThat(e.getMessage()).as("%s", done).contains("which may be a renaming");
      db.run("ROLLBACK");
      return 1;
    }
    check();
    return 0;
  }

  private int plain() {
    dropped.clear();
    for (int i = random.nextInt(4); i >= 0; i--) {
      addOrRename(3 + random.nextInt(7));
    }
    run("SELECT crsql_as_crr('" + table + "')");
    check();
    return 0;
  }

  private void addOrRename(int what) {
    if (what < 5) {
      Column column = new Column("n" + ++fresh);
      columns.add(column);
      run("ALTER TABLE " + table + " ADD COLUMN " + column.name);
    } else if (what < 8) {
      Column column = columns.get(random.nextInt(columns.size()));
      String name = unusedName(column);
      run("ALTER TABLE " + table + " RENAME COLUMN " + column.name + " TO " + name);
      column.name = name;
    } else if (what == 8) {
      run("ALTER TABLE " + table + " RENAME TO t" + ++fresh);
      table = "t" + fresh;
    }
  }

  /**
   * A name that no column has: a new one, or that of one just dropped, but not for a column just
   * added, which might be taken for the dropped one.
   */
  private String unusedName(Column column) {
    if (!column.isNew && !dropped.isEmpty() && random.nextBoolean()) {
      return dropped.remove(random.nextInt(dropped.size()));
    }
    return "n" + ++fresh;
  }

  private void run(String statement) {
    done.add(statement);
    db.run(statement);
  }

  private boolean hasNoCells() {
    for (Column column : columns) {
      if (column.cell != null) {
        return false;
      }
    }
    return true;
  }

  private void check() {
    for (Column column : columns) {
      String now = cell(column.name);
      if (now != null && hasNoCells()) {
        // The row's last cell has gone with its column, and this one keeps the row known.
        column.cell = now;
      }
      assertThat(now).as("%s of %s", column.name, done).isEqualTo(column.cell);
    }
    Column written = columns.get(random.nextInt(columns.size()));
    run("UPDATE " + table + " SET " + written.name + " = 'v" + ++fresh + "'");
    assertThat(cell(written.name)).as("%s", done).contains("'v" + fresh + "'");
    assertThat(db.value("SELECT crsql_verify()")).as("%s", done).isEqualTo("ok");
    read();
  }
}
