package io.crsql.host.nativ;

import io.crsql.sqlite.Db;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.ScalarFunction;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The test library's functions; {@code probe(operation, arguments...)} has the most. */
final class Probe {
  /** Outlives every call, so that the collector has something to keep and to move. */
  private static final List<String> OLD = new ArrayList<>();

  private final Db db;
  private final ProbeArithmetic arithmetic = new ProbeArithmetic();
  private final ProbeFailures failures = new ProbeFailures();

  private Probe(Db db) {
    this.db = db;
  }

  static void install(Db db) {
    Probe probe = new Probe(db);
    List<String> log = new ArrayList<>();
    ScalarFunction hot = (args, result) -> result.setLong(args.getLong(0) + args.getLong(1));
    db.scalar("probe_add", 2, Db.DETERMINISTIC | Db.INNOCUOUS, hot);
    db.scalar("probe_direct", 0, Db.DIRECT_ONLY, (args, result) -> result.setLong(1));
    db.scalar("probe_log", 0, 0, (args, result) -> result.setText(drain(log)));
    db.scalar("probe", -1, 0, probe::call);
    db.table("probe_series", true, new ProbeSeries());
    db.table("probe_writable", false, new ProbeTable(db, log));
    db.table("probe_transactional", true, new ProbeTransactionalTable(db, log));
    db.table("probe_broken", false, new ProbeBrokenTable());
  }

  private static String drain(List<String> log) {
    String text = String.join(" ", log);
    log.clear();
    return text;
  }

  private void call(Values args, Result result) {
    String operation = args.getText(0);
    switch (operation) {
      case "nothing" -> {}
      case "null" -> result.setNull();
      case "count" -> result.setLong(args.count());
      case "type" -> result.setLong(args.type(1));
      case "value" -> result.setValue(args, 1);
      case "long" -> result.setLong(args.getLong(1));
      case "double" -> result.setDouble(args.getDouble(1));
      case "text" -> result.setText(args.getText(1));
      case "text bytes" -> result.setTextBytes(args.getBytes(1));
      case "blob" -> result.setBlob(args.getBytes(1));
      case "infinity" -> result.setDouble(Double.POSITIVE_INFINITY);
      case "nan" -> result.setDouble(Double.NaN);
      case "bind" -> bind(args, result);
      case "insert" -> insert(args, result);
      case "sum" -> sum(args.getText(1), result);
      case "exec" -> db.exec(args.getText(1));
      case "prepare" -> db.prepare(args.getText(1)).close();
      case "closed" -> useClosed();
      case "changes" -> result.setLong(db.changes());
      case "autocommit" -> result.setLong(db.autocommit() ? 1 : 0);
      case "churn" -> result.setLong(churn(args.getLong(1)));
      case "list" -> result.setLong(list((int) args.getLong(1)));
      case "handle" -> result.setLong(freeHandle());
      default -> {
        if (!arithmetic.call(operation, args, result)) {
          failures.call(operation, args);
        }
      }
    }
  }

  /**
   * Binds the third argument in the way that the second names, and gives back what a statement
   * makes of it.
   */
  private void bind(Values args, Result result) {
    try (Stmt stmt = db.prepare("select ?1")) {
      switch (args.getText(1)) {
        case "long" -> stmt.bindLong(1, args.getLong(2));
        case "double" -> stmt.bindDouble(1, args.getDouble(2));
        case "text" -> stmt.bindText(1, args.getText(2));
        case "text bytes" -> stmt.bindTextBytes(1, args.getBytes(2));
        case "blob" -> stmt.bindBlob(1, args.getBytes(2));
        case "value" -> stmt.bindValue(1, args, 2);
        case "cleared" -> {
          stmt.bindValue(1, args, 2);
          stmt.clearBindings();
        }
        default -> stmt.bindNull(1);
      }
      stmt.step();
      copy(stmt, result);
    }
  }

  /** By way of another statement, and of the getter for its type. */
  private void copy(Stmt row, Result result) {
    try (Stmt second = db.prepare("select ?1")) {
      second.bindValue(1, row, 0);
      second.step();
      if (second.count() != 1 || second.type(0) != row.type(0)) {
        throw new IllegalStateException("copy has type " + second.type(0));
      }
      switch (second.type(0)) {
        case ValueType.INTEGER -> result.setLong(second.getLong(0));
        case ValueType.REAL -> result.setDouble(second.getDouble(0));
        case ValueType.TEXT -> result.setTextBytes(second.getBytes(0));
        default -> result.setBlob(second.getBytes(0));
      }
    }
  }

  /** Inserts so many rows (i, 'value i') into a table of two columns. */
  private void insert(Values args, Result result) {
    long rows = args.getLong(2);
    try (Stmt stmt = db.prepare("insert into " + args.getText(1) + " values (?1, ?2)")) {
      for (long i = 0; i < rows; i++) {
        stmt.bindLong(1, i);
        stmt.bindText(2, "value " + i);
        stmt.step();
        stmt.reset();
      }
    }
    result.setLong(rows);
  }

  /**
   * The sum of a query's first column; what the query calls may collect while this method's text is
   * on the stack.
   */
  private void sum(String sql, Result result) {
    String kept = sql + " " + sql.length();
    int hash = kept.hashCode();
    long sum = 0;
    try (Stmt stmt = db.prepare(sql)) {
      while (stmt.step()) {
        sum += stmt.getLong(0);
      }
    }
    if (kept.hashCode() != hash || !kept.startsWith(sql)) {
      throw new IllegalStateException("lost " + kept);
    }
    result.setLong(sum);
  }

  private void useClosed() {
    Stmt stmt = db.prepare("select 1");
    stmt.close();
    stmt.close();
    stmt.reset();
    stmt.clearBindings();
    stmt.step();
  }

  private static long churn(long objects) {
    Map<String, List<String>> groups = new HashMap<>();
    for (int i = 0; i < objects; i++) {
      groups.computeIfAbsent("group " + i % 97, k -> new ArrayList<>()).add("item " + i);
    }
    if (OLD.size() < 20_000) {
      OLD.add("old " + OLD.size());
    }
    int probe = (int) (objects * 31 % OLD.size());
    if (!OLD.get(probe).equals("old " + probe)) {
      throw new IllegalStateException("old " + probe + " has become " + OLD.get(probe));
    }
    long items = 0;
    for (List<String> group : groups.values()) {
      items += group.size();
    }
    return items;
  }

  /**
   * One object that refers to as many small ones as asked for: the worst case for the collector's
   * queue.
   */
  private static long list(int length) {
    Object[] array = new Object[length];
    for (int i = 0; i < length; i++) {
      array[i] = new int[] {i};
    }
    long sum = 0;
    for (Object item : array) {
      sum += ((int[]) item)[0];
    }
    return sum;
  }

  /** Grows with each handle that is not released. */
  private static int freeHandle() {
    int handle = Handles.add("");
    Handles.release(handle);
    return handle;
  }
}
