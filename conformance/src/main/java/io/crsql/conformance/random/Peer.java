package io.crsql.conformance.random;

import io.crsql.conformance.Blob;
import io.crsql.conformance.SqlError;
import io.crsql.conformance.changeset.Head;
import io.crsql.conformance.changeset.Vector;
import io.crsql.conformance.model.Change;
import io.crsql.conformance.model.Column;
import io.crsql.conformance.model.Replica;
import io.crsql.conformance.model.RowId;
import io.crsql.conformance.model.Shape;
import io.crsql.conformance.model.Trigger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A database and the model of what it must hold. */
final class Peer implements AutoCloseable {
  private static final int CONSTRAINT = 19;

  /** What a rollback goes back to. */
  private record State(Replica model, Map<Integer, Long> cursors) {}

  private static final int MISMATCH = 20;

  private static final String AFTER = "SELECT crsql_vector_after(?, ?)";
  private static final String CHANGESETS = "SELECT changeset, last FROM crsql_changesets(?, ?)";

  private final String name;
  private final Storage storage;
  private final Map<String, Shape> newest;
  private final Connections connections;
  private String site;
  private final Statistics statistics;
  private final Map<String, Shape> tables = new HashMap<>();
  private final List<State> savepoints = new ArrayList<>();
  private final List<Runnable> onCommit = new ArrayList<>();
  private Replica model;
  private Map<Integer, Long> cursors = new HashMap<>();
  private State begun;
  private State backup;
  private boolean explicit;
  private boolean recursiveTriggers;
  private long clock;

  Peer(
      int number,
      Connections connections,
      List<Shape> shapes,
      Map<String, Shape> newest,
      Storage storage,
      Statistics statistics) {
    this.name = "peer " + number;
    this.storage = storage;
    this.newest = newest;
    this.connections = connections;
    this.site = connections.site();
    this.statistics = statistics;
    this.model = new Replica(site, shapes);
    shapes.forEach(shape -> tables.put(shape.name(), shape));
  }

  Replica model() {
    return model;
  }

  /** A table as this replica has it. */
  Shape table(String table) {
    return tables.get(table);
  }

  Collection<Shape> tables() {
    return tables.values();
  }

  String site() {
    return site;
  }

  boolean inTransaction() {
    return begun != null;
  }

  int savepoints() {
    return savepoints.size();
  }

  /** The db_version up to which this peer has pulled from another. */
  Map<Integer, Long> cursors() {
    return cursors;
  }

  void recursiveTriggers() {
    connections.recursiveTriggers();
    recursiveTriggers = true;
  }

  /** Goes on with another connection, whose clock may lag behind what was rolled back. */
  void reconnect(boolean close) {
    connections.next(close);
    clock = 0;
    check();
  }

  /** Runs a statement that must not fail. */
  void run(SqlText statement) {
    attempt(statement, null);
  }

  /** Runs a query that must not fail. */
  List<List<Object>> query(String sql, Object... params) {
    try {
      return connections.current().query(sql, params);
    } catch (SqlError | IllegalStateException e) {
      throw new Discrepancy("error", name + ": " + sql + ": " + e.getMessage(), e);
    }
  }

  private void attempt(SqlText statement, Refused expected) {
    try {
      connections.current().run(statement.sql(), statement.params());
    } catch (SqlError | IllegalStateException e) {
      int code = e instanceof SqlError error ? error.code() : 0;
      if (expected == null || (code != CONSTRAINT && code != MISMATCH)) {
        throw new Discrepancy("error", name + ": " + statement + ": " + e.getMessage(), e);
      }
      statistics.count("refusals");
      return;
    }
    if (expected != null) {
      throw new Discrepancy("no error", name + ": " + statement + " must fail");
    }
  }

  /** What a statement does to the model. */
  interface Effect {
    void on(LocalWrites writes) throws Refused;
  }

  /** Runs a local write and does the same to the model. */
  void write(SqlText statement, Effect effect) {
    statistics.count("statements");
    long next = (Long) query("SELECT crsql_nextdbversion()").get(0).get(0);
    see(next - 1);
    Replica before = model.copy();
    Refused refused = null;
    try {
      effect.on(new LocalWrites(model, storage, tables, recursiveTriggers, next));
    } catch (Refused e) {
      refused = e;
    }
    attempt(statement, refused);
    if (refused != null && refused.conflict() == Conflict.ROLLBACK) {
      model = before;
      rolledBack();
    } else if (refused != null && refused.conflict() != Conflict.FAIL) {
      model = before;
    } else {
      checkClock();
    }
  }

  private void see(long now) {
    if (now < clock || now < model.seen()) {
      throw new Discrepancy(
          "clock", name + ": it is " + now + ", was " + clock + ", has seen " + model.seen());
    }
    clock = now;
  }

  private void checkClock() {
    see(now());
  }

  /** The keys of a table's rows in the order in which a statement meets them. */
  List<List<Object>> scan(Shape table, String where, Object... params) {
    List<String> expressions = new ArrayList<>();
    table.columns().forEach(column -> expressions.add(Storage.expression(column.name())));
    String sql =
        "SELECT "
            + String.join(", ", expressions)
            + " FROM "
            + table.name()
            + " NOT INDEXED"
            + where;
    return query(sql, params).stream().map(Storage::values).toList();
  }

  /** Merges a change. */
  void receive(Message message, boolean byName) {
    List<Object> columns = byName ? Wire.byName(message) : message.columns();
    statistics.count("merges");
    try {
      connections.current().run(Wire.INSERT, columns.toArray());
    } catch (SqlError | IllegalStateException e) {
      throw new Discrepancy("error", name + ": merging " + columns + ": " + e.getMessage(), e);
    }
    merged(message.change());
  }

  /** Does to the model what a merged change and the triggers that it fires do. */
  private void merged(Change change) {
    Shape table = tables.get(change.table().name());
    RowId id = table.row(change.key());
    boolean shown = model.shows(id);
    boolean held = model.holds(id);
    boolean news = model.merge(change);
    if (model.holds(id) != held) {
      statistics.count(held ? "held rows let go" : shown ? "rows taken out" : "rows held at once");
    }
    if (!news || !model.shows(id)) {
      return;
    }
    boolean updated = shown;
    for (Trigger trigger : table.triggers()) {
      boolean sets = trigger.kind() == Trigger.Kind.INSERT_SETS;
      updated |= !shown && sets && trigger.duringMerges();
    }
    for (Trigger trigger : table.triggers()) {
      boolean marks = trigger.kind() == Trigger.Kind.UPDATE_MARKS;
      if (marks && trigger.duringMerges() && updated) {
        Shape log = tables.get(trigger.log());
        List<Object> row = LocalWrites.logged(log, model.key(id));
        if (!model.shows(log.row(log.keyOf(row)))) {
          captured(log, log.keyOf(row), LocalWrites.cells(log, row));
        }
      }
    }
    for (Trigger trigger : table.triggers()) {
      boolean sets = trigger.kind() == Trigger.Kind.INSERT_SETS;
      Assignment set = sets ? LocalWrites.assignment(table, trigger) : null;
      boolean acts = sets && trigger.duringMerges() && !shown;
      if (acts && !set.value().equals(model.values(id).get(set.column()))) {
        int slot = table.slot(table.columns().get(set.column()));
        captured(table, model.key(id), Map.of(slot, set.value()));
      }
    }
  }

  /** A write of a trigger's that a merge has fired. Which version it got is not laid down. */
  private void captured(Shape table, List<Object> key, Map<Integer, Object> cells) {
    int slot = cells.keySet().iterator().next();
    RowId id = table.row(key);
    for (Message message : read(" WHERE \"table\" = ?", table.name())) {
      Change change = message.change();
      if (change.slot() == slot && table.row(change.key()).equals(id)) {
        long at = change.stamp().version() - slot;
        if (at > model.seen() && change.stamp().site().equals(site)) {
          model.put(table, key, cells, at);
          statistics.count("captures during merges");
          return;
        }
      }
    }
    throw new Discrepancy("aftermath", name + ": nothing was captured in " + id + ": " + cells);
  }

  /** Merges a change and checks what that does to the clock: nothing, if it changes nothing. */
  void receiveCounting(Message message) {
    long before = now();
    boolean news = !model.changes().contains(message.change());
    receive(message, false);
    news &= model.changes().contains(message.change());
    long least = Math.max(before, message.change().stamp().version());
    long now = now();
    Change change = message.change();
    Shape table = tables.get(change.table().name());
    // What is parked takes a tick even if it is known already.
    boolean alone = table.triggers().isEmpty() && change.slot() < table.ticks();
    if (now < least || (alone && now > least + (news ? 1 : 0))) {
      throw new Discrepancy(
          "clock", name + ": from " + before + " to " + now + " by " + message.change());
    }
  }

  private long now() {
    return (Long) query("SELECT crsql_dbversion()").get(0).get(0);
  }

  /** The version vector. */
  Blob vector() {
    return (Blob) query("SELECT crsql_version_vector()").get(0).get(0);
  }

  /** All that this replica sends who has that vector; nothing if it must refuse that. */
  List<Chunk> changesets(Blob since, long mostBytes) {
    List<List<Object>> rows;
    String refusal = since == null ? null : refusal(new Vector(since));
    try {
      rows = connections.current().query(CHANGESETS, since, mostBytes);
    } catch (SqlError e) {
      if (refusal == null || !e.getMessage().startsWith("crsql_changesets: " + refusal)) {
        throw new Discrepancy("error", name + ": changesets: " + e.getMessage(), e);
      }
      statistics.count("vectors refused");
      return List.of();
    }
    if (refusal != null) {
      throw new Discrepancy("no error", name + ": must refuse the vector, for " + refusal);
    }
    List<Message> all = read("");
    List<Chunk> chunks = new ArrayList<>();
    for (List<Object> row : rows) {
      Head head = new Head((Blob) row.get(0));
      List<Message> held = new ArrayList<>(all);
      held.removeIf(message -> message.at() > head.until());
      chunks.add(new Chunk((Blob) row.get(0), head, held));
      boolean last = chunks.size() == rows.size();
      if (head.isLast() != last || !row.get(1).equals(last ? 1L : 0L)) {
        throw new Discrepancy("stream", name + ": which chunk is the last");
      } else if (last && held.size() < all.size()) {
        throw new Discrepancy("stream", name + ": something has arrived after the last chunk");
      }
    }
    return chunks;
  }

  private String refusal(Vector since) {
    long clock = new Vector(vector()).version(site);
    long known = Math.max(since.version(site), since.arrival(site));
    return known > clock ? Chunk.restored(site, known) : null;
  }

  /** Applies a changeset, after which all is held that its sender held; or must be refused it. */
  void apply(Chunk chunk) {
    Vector before = new Vector(vector());
    String refusal = chunk.refusal(before, site);
    Object foretold = after(chunk, refusal);
    try {
      connections.current().query("SELECT crsql_apply(?)", chunk.changeset());
    } catch (SqlError | IllegalStateException e) {
      if (refusal == null || !e.getMessage().startsWith("crsql_apply: " + refusal)) {
        throw new Discrepancy("error", name + ": crsql_apply: " + e.getMessage(), e);
      }
      statistics.count("changesets refused");
      return;
    }
    if (refusal != null) {
      throw new Discrepancy("no error", name + ": must refuse a changeset, for " + refusal);
    }
    statistics.count("changesets applied");
    chunk.held().forEach(message -> model.merge(message.change()));
    checkVector(chunk.head(), before);
    checkForetold(foretold);
  }

  /** What a sender would take to be held after a chunk; NULL if, and only if, there is a gap. */
  private Object after(Chunk chunk, String refusal) {
    Object after = query(AFTER, vector(), chunk.changeset()).get(0).get(0);
    if (after == null ? refusal == null : refusal != null && refusal.startsWith("missing")) {
      throw new Discrepancy("vector", name + ": foretold " + after + " where it says " + refusal);
    }
    return after;
  }

  private void checkForetold(Object after) {
    if (!query("SELECT crsql_vector_covers(?, ?)", vector(), after).get(0).get(0).equals(1L)) {
      throw new Discrepancy("vector", name + ": was foretold " + after + " and has " + vector());
    }
  }

  private void checkVector(Head head, Vector before) {
    Vector now = new Vector(vector());
    boolean moved =
        head.sender().equals(site)
            || now.arrival(head.sender()) == Math.max(before.arrival(head.sender()), head.until());
    for (Head.Site other : head.sites()) {
      long version = Math.max(before.version(other.site()), other.to());
      moved &= other.site().equals(site) || now.version(other.site()) == version;
    }
    if (!moved || now.version(site) < before.version(site)) {
      throw new Discrepancy("vector", name + ": from " + before + " to " + now);
    }
  }

  /** Reads crsql_changes; {@code where} is empty or a WHERE clause. */
  List<Message> read(String where, Object... params) {
    List<Message> messages = new ArrayList<>();
    for (List<Object> row : query(Wire.QUERY + where, params)) {
      messages.add(Wire.read(row, newest, site));
    }
    return messages;
  }

  void begin() {
    run(new SqlText().add("BEGIN"));
    explicit = true;
    begun = state();
  }

  void commit() {
    run(new SqlText().add("COMMIT"));
    committed();
  }

  void rollback() {
    run(new SqlText().add("ROLLBACK"));
    rolledBack();
  }

  private void rolledBack() {
    if (begun != null) {
      restore(begun);
      statistics.count("rollbacks");
    }
    ended();
  }

  private void ended() {
    begun = null;
    explicit = false;
    savepoints.clear();
  }

  private void committed() {
    statistics.count("commits");
    ended();
    List<Runnable> due = new ArrayList<>(onCommit);
    onCommit.clear();
    due.forEach(Runnable::run);
  }

  /** Does something once the present transaction has been committed, and never if it is undone. */
  void onCommit(Runnable task) {
    onCommit.add(task);
  }

  private State state() {
    return new State(model.copy(), new HashMap<>(cursors));
  }

  private void restore(State state) {
    onCommit.clear();
    model = state.model.copy();
    site = model.site();
    cursors = new HashMap<>(state.cursors);
  }

  /** Keeps a copy of the file as it is. */
  void backUp() {
    connections.backUp();
    backup = state();
  }

  /** Whether there is a copy to go back to. */
  boolean hasBackup() {
    return backup != null;
  }

  /** Goes back to the copy, which has lost what was written since. */
  void restoreBackup() {
    connections.restore();
    restore(backup);
    clock = 0;
  }

  /**
   * Makes the replica another site, whose id is greater than those of all others: which of two
   * writes wins a tie must not be random.
   */
  void renew(Collection<Peer> all) {
    String old = site;
    do {
      site = ((Blob) query("SELECT crsql_new_site()").get(0).get(0)).hex();
    } while (all.stream().anyMatch(other -> other != this && other.site.compareTo(site) > 0));
    model = model.renamed(old, site);
  }

  /** The table has got a column. */
  void alter(Shape table) {
    Column added = table.columns().get(table.columns().size() - 1);
    String addColumn = "ALTER TABLE " + table.name() + " ADD COLUMN " + added.definition();
    run(new SqlText().add(addColumn));
    query("SELECT crsql_as_crr(?)", table.name());
    tables.put(table.name(), table);
    model.alter(table);
    backup = null;
  }

  void savepoint() {
    run(new SqlText().add("SAVEPOINT s" + savepoints.size()));
    begun = begun == null ? state() : begun;
    savepoints.add(state());
  }

  void rollbackTo(int savepoint) {
    run(new SqlText().add("ROLLBACK TO s" + savepoint));
    restore(savepoints.get(savepoint));
    savepoints.subList(savepoint + 1, savepoints.size()).clear();
    statistics.count("savepoint rollbacks");
  }

  void release(int savepoint) {
    run(new SqlText().add("RELEASE s" + savepoint));
    savepoints.subList(savepoint, savepoints.size()).clear();
    if (savepoints.isEmpty() && !explicit) {
      committed();
    }
  }

  /** Throws if the database does not hold what the model says. */
  void check() {
    statistics.count("checks");
    List<Message> messages = read("");
    Comparison.same(
        "changes",
        name,
        messages.stream().map(Message::change).toList(),
        List.copyOf(model.changes()));
    for (Message message : messages) {
      Change change = message.change();
      if (message.at() + change.table().ticks() - 1 < change.stamp().version()) {
        throw new Discrepancy("bound", name + ": db_version " + message.at() + " of " + change);
      }
    }
    for (Shape table : tables.values()) {
      Comparison.same(
          "rows", name + ", " + table.name(), scan(table, ""), List.copyOf(model.rows(table)));
    }
    checkHeld();
    checkClock();
  }

  private void checkHeld() {
    List<List<Object>> expected = new ArrayList<>();
    for (Shape table : tables.values()) {
      model.held(table).forEach(key -> expected.add(List.of(table.name(), key)));
    }
    List<List<Object>> held = new ArrayList<>();
    for (List<Object> row : query("SELECT \"table\", pk, reason FROM crsql_held")) {
      if (!(row.get(2) instanceof String)) {
        throw new Discrepancy("held", name + ": no reason for " + row);
      }
      held.add(List.of(row.get(0), Wire.key(row.get(1), tables.get(row.get(0)))));
    }
    Comparison.same("held", name + ", crsql_held", held, expected);
    statistics.add("held rows compared", held.size());
  }

  /** Folds, which must not change what is read. */
  void optimize() {
    List<List<Object>> before = query(Wire.QUERY);
    query("SELECT crsql_optimize()");
    Comparison.same("fold", name, query(Wire.QUERY), before);
    statistics.count("folds");
  }

  /** Throws if the database finds fault with itself. */
  void verify() {
    List<List<Object>> found = query("SELECT crsql_verify()");
    Comparison.same("verify", name, found, List.of(List.of("ok")));
  }

  List<List<Object>> fingerprint() {
    return query("SELECT crsql_fingerprint()");
  }

  void checkIntegrity() {
    List<List<Object>> found = new ArrayList<>(query("PRAGMA integrity_check"));
    // SQLite 3.40 looks at the wrong columns of a WITHOUT ROWID table.
    found.removeIf(row -> row.get(0).toString().contains(" value in "));
    if (!found.isEmpty()) {
      Comparison.same("integrity", name, found, List.of(List.of("ok")));
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
