package io.crsql.conformance.random;

import io.crsql.conformance.Blob;
import io.crsql.conformance.model.Column;
import io.crsql.conformance.model.Shape;
import io.crsql.conformance.model.Text;
import io.crsql.conformance.model.Trigger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Draws a sequence from a seed. */
final class Generator {
  private static final List<Bracket.Kind> OUTSIDE =
      List.of(Bracket.Kind.BEGIN, Bracket.Kind.BEGIN, Bracket.Kind.SAVEPOINT);

  private static final List<Bracket.Kind> INSIDE =
      List.of(
          Bracket.Kind.COMMIT,
          Bracket.Kind.COMMIT,
          Bracket.Kind.ROLLBACK,
          Bracket.Kind.SAVEPOINT,
          Bracket.Kind.SAVEPOINT,
          Bracket.Kind.ROLLBACK_TO,
          Bracket.Kind.ROLLBACK_TO,
          Bracket.Kind.RELEASE);

  private final long seed;
  private final Rng rng;
  private final List<Shape> tables;
  private final List<Writes> writes = new ArrayList<>();
  private final int peers;
  private final boolean files;
  private final boolean backups;

  /** Draws what concerns changesets, so that all else is drawn with and without them. */
  private final Rng rest;

  private final boolean changesets;
  private final int columnAdded;
  private final Tables drawn;
  private AddColumn upgrade;
  private final List<Op> ops = new ArrayList<>();

  /** The replicas that are likely to be in a transaction. */
  private final Set<Integer> open = new HashSet<>();

  private Generator(long seed, Storage storage) {
    this.seed = seed;
    this.rng = new Rng(seed);
    this.drawn = new Tables(rng, storage);
    this.tables = drawn.some();
    for (int i = 0; i < tables.size(); i++) {
      writes.add(new Writes(rng, i, tables.get(i), storage));
    }
    this.peers = rng.between(2, rng.percent(70) ? 3 : 5);
    this.files = rng.percent(8);
    this.backups = files && rng.percent(60) && !writesDuringMerges();
    this.rest = new Rng(~seed);
    this.changesets = rest.percent(60) && !writesDuringMerges();
    int step = rng.percent(12) ? rng.between(1, 20) : 0;
    this.columnAdded = changesets && rest.percent(25) ? rest.between(8, 20) : step;
  }

  /** Draws it. */
  static Sequence sequence(long seed, Storage storage) {
    return new Generator(seed, storage).draw();
  }

  /** Whether a replica that merges its own writes may write while it does. */
  private boolean writesDuringMerges() {
    return tables.stream()
        .flatMap(table -> table.triggers().stream())
        .anyMatch(Trigger::duringMerges);
  }

  private Sequence draw() {
    for (int peer = 0; peer < peers; peer++) {
      if (rng.percent(15)) {
        ops.add(rng.of(writes).prefill(peer));
      }
      if (rng.percent(15)) {
        ops.add(new Care(peer, Care.Kind.RECURSIVE_TRIGGERS));
      }
    }
    boolean wide = tables.get(0).columns().size() > 60;
    for (int steps = rng.between(4, wide ? 12 : 40); steps > 0; steps--) {
      step(rng.below(peers));
      if (changesets && rest.percent(35)) {
        ops.add(changesets(rest.below(peers)));
      }
      if (changesets && upgrade != null && rest.percent(30)) {
        relayParked();
      }
      if (steps == columnAdded) {
        addColumn();
      } else if (upgrade != null && rng.percent(15)) {
        upgrade(rng.below(peers));
      }
    }
    FinalSync ending =
        new FinalSync(
            changesets && rest.percent(60),
            rng.percent(50),
            rng.percent(30),
            rng.below(peers),
            rng.next(),
            rng.percent(10));
    return new Sequence(seed, tables, ops, ending);
  }

  private void step(int peer) {
    int dice = rng.below(100);
    if (files && rng.percent(10)) {
      ops.add(new Reconnect(peer, rng.percent(50)));
    }
    if (backups && rng.percent(15)) {
      backUp(peer);
    } else if (drawn.constrained() && rng.percent(8)) {
      collide(peer, rng.of(writes));
    } else if (drawn.constrained() && rng.percent(5)) {
      ops.add(new Reclaim(rng.of(writes).oneRow(peer), rng.next(), rng.percent(40)));
    } else if (open.contains(peer) && rng.percent(20)) {
      ops.add(bracket(peer));
    } else if (dice < 45) {
      ops.add(rng.of(writes).statement(peer));
    } else if (dice < 60) {
      ops.add(bracket(peer));
    } else if (dice < 76) {
      ops.add(exchange(peer));
    } else if (dice < 78) {
      relay(peer);
    } else if (dice < 81) {
      ops.add(new Care(peer, Care.Kind.OPTIMIZE));
    } else if (dice < 88) {
      ops.add(new Filter(peer, rng.next()));
    } else {
      ops.add(new Care(peer, Care.Kind.CHECK));
    }
  }

  private void commitAll() {
    List.copyOf(new TreeSet<>(open)).forEach(this::commit);
  }

  private void commit(int peer) {
    if (open.remove(peer)) {
      ops.add(new Bracket(peer, Bracket.Kind.COMMIT, 0));
    }
  }

  private void addColumn() {
    commitAll();
    List<Writes> exact = writes.stream().filter(one -> !one.shape.spellsKeys()).toList();
    Writes table = changesets && !exact.isEmpty() ? rest.of(exact) : rng.of(writes);
    Column column = drawn.column("d", table.shape.strict());
    Column.Default given = column.ifOmitted();
    if (given == null ? !column.notNull() : given.constant()) {
      table.later = table.shape.with(column);
      upgrade = new AddColumn(AddColumn.ALL, table.table, column);
      boolean together = table.shape.spellsKeys() || writesDuringMerges() || rng.percent(20);
      upgrade(together ? AddColumn.ALL : rng.below(peers));
    }
  }

  /** What waits for a column to be known is spelled as it came, and merged without triggers. */
  private void upgrade(int peer) {
    Writes table = writes.get(upgrade.table());
    if (peer == AddColumn.ALL) {
      for (int i = 0; i < peers; i++) {
        table.upgraded.add(i);
      }
    } else if (!table.upgraded.add(peer)) {
      return;
    } else {
      commit(peer);
    }
    ops.add(new AddColumn(peer, upgrade.table(), upgrade.column()));
  }

  private void backUp(int peer) {
    if (rng.percent(50)) {
      ops.add(new Backup(peer));
    } else {
      commitAll();
      ops.add(new Restore(peer, rng.next(), changesets));
    }
  }

  private Op bracket(int peer) {
    List<Bracket.Kind> kinds = open.contains(peer) ? INSIDE : OUTSIDE;
    Bracket.Kind kind = rng.of(kinds);
    if (kind == Bracket.Kind.COMMIT || kind == Bracket.Kind.ROLLBACK) {
      open.remove(peer);
    } else {
      open.add(peer);
    }
    return new Bracket(peer, kind, rng.below(3));
  }

  /** A replica is read while it has merged a part of a write and not yet the rest. */
  private void relay(int peer) {
    int from = (peer + rng.between(1, peers - 1)) % peers;
    int reader = (peer + rng.between(1, peers - 1)) % peers;
    ops.add(new Bracket(peer, Bracket.Kind.BEGIN, 0));
    int part = rng.between(20, 80);
    ops.add(new Deliver(from, peer, rng.next(), part, true, false, Delivery.ONE_BY_ONE, 0));
    ops.add(new Pull(peer, reader, 0, 100, false, Delivery.ONE_BY_ONE));
    ops.add(new Deliver(from, peer, rng.next(), 100, true, false, Delivery.ONE_BY_ONE, 0));
    ops.add(new Bracket(peer, Bracket.Kind.COMMIT, 0));
    open.remove(peer);
  }

  /**
   * Two replicas that have the same row, or one of them a part of it, change it and exchange that.
   */
  private void collide(int peer, Writes table) {
    int other = (peer + rng.between(1, peers - 1)) % peers;
    commit(peer);
    commit(other);
    List<Op> edits = table.edits(peer, other);
    ops.add(edits.get(0));
    int first = rng.percent(35) ? rng.between(20, 70) : 100;
    ops.add(new Deliver(peer, other, rng.next(), first, true, false, Delivery.ONE_BY_ONE, 0));
    if (first < 100 && rng.percent(50)) {
      ops.add(new Reclaim(table.oneRow(other), rng.next(), rng.percent(40)));
    }
    ops.addAll(edits.subList(1, edits.size()));
    int share = rng.between(50, 100);
    Delivery delivery = rng.percent(50) ? Delivery.ONE_BY_ONE : Delivery.IN_TRANSACTION;
    ops.add(new Deliver(peer, other, rng.next(), share, true, false, delivery, 0));
    ops.add(new Care(other, Care.Kind.CHECK));
    ops.add(new Deliver(other, peer, rng.next(), 100, false, false, delivery, 0));
    ops.add(new Care(peer, Care.Kind.CHECK));
    if (rng.percent(40)) {
      ops.add(new Reclaim(table.oneRow(peer), rng.next(), rng.percent(40)));
    }
  }

  /** What one replica has of a column that another one lacks goes through that to a third. */
  private void relayParked() {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < peers; i++) {
      all.add(i);
    }
    Set<Integer> upgraded = writes.get(upgrade.table()).upgraded;
    List<Integer> with = all.stream().filter(upgraded::contains).toList();
    List<Integer> without = all.stream().filter(peer -> !upgraded.contains(peer)).toList();
    if (!with.isEmpty() && !without.isEmpty()) {
      int writer = rest.of(with);
      int relay = rest.of(without);
      int reader = rest.of(all.stream().filter(peer -> peer != relay).toList());
      long mostBytes = 1L << rest.below(12);
      commit(writer);
      commit(relay);
      ops.add(writes.get(upgrade.table()).oneRow(writer));
      ops.add(Sync.complete(writer, relay, mostBytes));
      ops.add(Sync.complete(relay, reader, mostBytes));
    }
  }

  private Op changesets(int to) {
    int from = (to + rest.between(1, peers - 1)) % peers;
    Delivery delivery =
        rest.percent(65)
            ? Delivery.ONE_BY_ONE
            : rest.percent(70) ? Delivery.IN_TRANSACTION : Delivery.ROLLED_BACK;
    if (rest.percent(20)) {
      return new StrayChunks(to, rest.next(), rest.between(1, 6), delivery);
    }
    Sync.Since since =
        rest.percent(75) ? Sync.Since.PRESENT : rest.percent(80) ? Sync.Since.ANY : Sync.Since.NONE;
    long mostBytes = 1L << rest.below(rest.percent(70) ? 6 : 12);
    int share = rest.percent(55) ? 100 : rest.between(5, 95);
    return new Sync(from, to, since, rest.next(), mostBytes, share, rest.percent(20), delivery);
  }

  private Op exchange(int to) {
    int from = (to + rng.between(1, peers - 1)) % peers;
    Delivery delivery =
        rng.percent(50)
            ? Delivery.ONE_BY_ONE
            : rng.percent(85) ? Delivery.IN_TRANSACTION : Delivery.ROLLED_BACK;
    boolean byName = rng.percent(15);
    int share = rng.percent(40) ? 100 : rng.between(5, 95);
    if (rng.percent(25)) {
      return new Pull(from, to, rng.next(), share, byName, delivery);
    } else if (rng.percent(25)) {
      return new Stray(to, rng.next(), rng.between(1, 8), delivery);
    }
    int checkEvery = rng.percent(drawn.constrained() ? 25 : 15) ? rng.between(1, 5) : 0;
    return new Deliver(from, to, rng.next(), share, rng.percent(70), byName, delivery, checkEvery);
  }

  /** The random statements on one table. */
  private static final class Writes {
    private final Rng rng;
    private final int table;
    private final Set<Integer> upgraded = new HashSet<>();
    private final Shape first;
    private Shape later;
    private Shape shape;
    private final Storage storage;

    /** What each of the key's columns is given. */
    private final List<List<Object>> keys = new ArrayList<>();

    /** A few keys that are used most, so that replicas meet in the same rows. */
    private final List<List<Object>> usual = new ArrayList<>();

    Writes(Rng rng, int table, Shape shape, Storage storage) {
      this.rng = rng;
      this.table = table;
      this.first = shape;
      this.shape = shape;
      this.storage = storage;
      for (int i = 0; i < shape.key().size(); i++) {
        keys.add(keysOf(shape.key().get(i)));
      }
      for (int i = rng.between(1, 4); i > 0; i--) {
        usual.add(anyKey());
      }
    }

    private List<Object> keysOf(Column column) {
      List<Object> fit = new ArrayList<>(Values.keys(rng, shape.rowidKey()));
      fit.removeIf(value -> !fits(column, value));
      for (Object usable : List.of(1L, 2L, Text.of("k"), Blob.of((byte) 1), Blob.of((byte) 2))) {
        if (fit.size() < 2 && fits(column, usable)) {
          fit.add(usable);
        }
      }
      return fit;
    }

    private boolean fits(Column column, Object value) {
      return storage.stored(column.type(), shape.strict(), value) != Unfit.VALUE;
    }

    /** A value for a column outside the key. */
    private Object value(Column column) {
      if (shape.isChecked(column)) {
        return Values.checked(rng);
      }
      boolean fit = rng.percent(98);
      for (int i = 0; i < 10; i++) {
        Object value = Values.any(rng);
        boolean passes = fits(column, value) && !(value == null && shape.notNull(column));
        if (passes || !fit) {
          return value;
        }
      }
      return shape.notNull(column) ? column.omitted() : null;
    }

    Op prefill(int peer) {
      List<List<Object>> rows = rows(rng.between(1, 4), all());
      rows.removeIf(row -> shape.keyOf(row).contains(null));
      return new Prefill(peer, table, rows);
    }

    /** Takes the table as a replica has it. */
    private void at(int peer) {
      shape = upgraded.contains(peer) ? later : first;
    }

    Op statement(int peer) {
      at(peer);
      int dice = rng.below(100);
      if (dice < 40) {
        return insert(peer);
      } else if (dice < 70 && !shape.onlyKey()) {
        Conflict conflict = rng.percent(85) ? Conflict.ABORT : anyConflict();
        return new Update(peer, table, conflict, set(), where());
      } else if (dice < 77) {
        return rekey(peer);
      } else if (dice < 82) {
        return shift(peer);
      } else if (dice < 94) {
        return new Delete(peer, table, rng.percent(85) ? Where.key(storedKey()) : where());
      }
      return copyRows(peer);
    }

    /** A row at one replica, and what the two then do to it. */
    List<Op> edits(int peer, int other) {
      Insert insert = oneRow(peer);
      boolean apart = shape.hasPair() && rng.percent(70);
      if (apart) {
        insert = insert.with(shape, "c0", 1L).with(shape, "c1", 2L);
      }
      Where where = Where.key(stored(shape.keyOf(insert.rows().get(0))));
      List<Op> edits = new ArrayList<>();
      edits.add(insert);
      for (int at : List.of(peer, other)) {
        at(at);
        boolean deletes = shape.onlyKey() || rng.percent(15);
        List<Assignment> set = apart ? List.of(pull(at == peer)) : set();
        edits.add(
            deletes
                ? new Delete(at, table, where)
                : new Update(at, table, Conflict.ABORT, set, where));
      }
      return edits;
    }

    /** One of two edits that keep c0 <= c1 each where c0 is 1 and c1 is 2, and not together. */
    private Assignment pull(boolean up) {
      return Assignment.of(shape.place(up ? "c0" : "c1"), up ? 2L : 1L);
    }

    /** A row that is written whatever is there. */
    Insert oneRow(int peer) {
      at(peer);
      List<List<Object>> rows = List.of(row(key(), all()));
      return new Insert(peer, table, Conflict.REPLACE, all(), rows, null, Where.ALL);
    }

    private Op insert(int peer) {
      boolean upsert = rng.percent(25);
      Conflict conflict = Conflict.ABORT;
      if (!upsert && rng.percent(65)) {
        conflict = rng.of(List.of(Conflict.REPLACE, Conflict.REPLACE, Conflict.IGNORE));
      } else if (!upsert && rng.percent(15)) {
        conflict = rng.percent(50) ? Conflict.FAIL : Conflict.ROLLBACK;
      }
      List<Assignment> set = null;
      if (upsert) {
        set = rng.percent(30) || shape.onlyKey() ? List.of() : upsertSet();
      }
      Where where = set == null || set.isEmpty() || rng.percent(60) ? Where.ALL : differs();
      List<Integer> columns = rng.percent(75) ? all() : someColumns();
      int count = rng.percent(60) ? 1 : rng.between(2, 4);
      return new Insert(peer, table, conflict, columns, rows(count, columns), set, where);
    }

    private Op rekey(int peer) {
      List<Object> key = key();
      List<Assignment> set = new ArrayList<>();
      for (int i = 0; i < key.size(); i++) {
        if (key.size() == 1 || rng.percent(60)) {
          set.add(Assignment.of(shape.columns().indexOf(shape.key().get(i)), key.get(i)));
        }
      }
      if (!shape.onlyKey() && (set.isEmpty() || rng.percent(40))) {
        set.addAll(set());
      } else if (set.isEmpty()) {
        set.add(Assignment.of(shape.columns().indexOf(shape.key().get(0)), key.get(0)));
      }
      Where where = rng.percent(90) ? Where.key(storedKey()) : where();
      return new Update(peer, table, anyConflict(), set, where);
    }

    private Conflict anyConflict() {
      return rng.of(List.of(Conflict.ABORT, Conflict.REPLACE, Conflict.REPLACE, Conflict.IGNORE));
    }

    /** Moves the keys of many rows, some onto each other. */
    private Op shift(int peer) {
      List<Assignment> set = new ArrayList<>();
      set.add(computed(shape.columns().indexOf(rng.of(shape.key()))));
      if (!shape.onlyKey() && rng.percent(20)) {
        set.addAll(set());
      }
      return new Update(peer, table, anyConflict(), set, rng.percent(50) ? Where.ALL : where());
    }

    private Assignment computed(int column) {
      Object value = rng.of(List.of(1L, 1L, 1L, -1L, 3L, 10L, 0L));
      boolean sum = rng.percent(75);
      return new Assignment(column, sum ? Assignment.Kind.SUM : Assignment.Kind.DIFFERENCE, value);
    }

    private Op copyRows(int peer) {
      int column = rng.below(shape.columns().size());
      Column of = shape.columns().get(column);
      Object value = of.isKey() ? rng.of(keys.get(of.keyPlace() - 1)) : value(of);
      Assignment set = rng.percent(60) ? Assignment.of(column, value) : computed(column);
      return new CopyRows(peer, table, anyConflict(), set);
    }

    private List<Object> key() {
      return rng.percent(75) ? new ArrayList<>(rng.of(usual)) : anyKey();
    }

    private List<Object> anyKey() {
      List<Object> key = new ArrayList<>();
      for (List<Object> part : keys) {
        key.add(rng.of(part));
      }
      return key;
    }

    private List<Object> storedKey() {
      return stored(key());
    }

    private List<Object> stored(List<Object> key) {
      List<Object> stored = new ArrayList<>();
      for (int i = 0; i < key.size(); i++) {
        stored.add(storage.stored(shape.key().get(i).type(), shape.strict(), key.get(i)));
      }
      return stored;
    }

    private List<Integer> all() {
      List<Integer> all = new ArrayList<>();
      for (int i = 0; i < shape.columns().size(); i++) {
        all.add(i);
      }
      return all;
    }

    private List<Integer> someColumns() {
      List<Integer> some = all();
      some.removeIf(i -> !shape.columns().get(i).isKey() && rng.percent(50));
      return rng.shuffled(some);
    }

    private List<List<Object>> rows(int count, List<Integer> columns) {
      List<List<Object>> rows = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        List<Object> key = key();
        if (rng.percent(2)) {
          key.set(rng.below(key.size()), null);
        }
        rows.add(row(key, columns));
      }
      return rows;
    }

    private List<Object> row(List<Object> key, List<Integer> columns) {
      List<Object> row = new ArrayList<>();
      for (int index : columns) {
        Column column = shape.columns().get(index);
        row.add(column.isKey() ? key.get(column.keyPlace() - 1) : value(column));
      }
      return row;
    }

    private List<Assignment> set() {
      List<Assignment> set = new ArrayList<>();
      for (Column column : rng.some(shape.others())) {
        int index = shape.columns().indexOf(column);
        set.add(rng.percent(90) ? Assignment.of(index, value(column)) : computed(index));
      }
      return set;
    }

    private List<Assignment> upsertSet() {
      List<Assignment> set = set();
      set.replaceAll(
          one ->
              rng.percent(50) && shape.excludes()
                  ? new Assignment(one.column(), Assignment.Kind.EXCLUDED, null)
                  : one);
      return set;
    }

    private Where where() {
      if (shape.onlyKey() || rng.percent(60)) {
        return Where.key(storedKey());
      } else if (rng.percent(30)) {
        return Where.ALL;
      }
      return differs();
    }

    private Where differs() {
      return Where.differs(shape.columns().indexOf(rng.of(shape.others())), Values.any(rng));
    }
  }
}
