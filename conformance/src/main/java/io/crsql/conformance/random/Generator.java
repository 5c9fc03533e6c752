package io.crsql.conformance.random;

import io.crsql.conformance.model.Column;
import io.crsql.conformance.model.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
  private final List<Op> ops = new ArrayList<>();

  /** The replicas that are likely to be in a transaction. */
  private final Set<Integer> open = new HashSet<>();

  private Generator(long seed, Storage storage) {
    this.seed = seed;
    this.rng = new Rng(seed);
    this.tables = new Tables(rng, storage).some();
    for (int i = 0; i < tables.size(); i++) {
      writes.add(new Writes(rng, i, tables.get(i), storage));
    }
    this.peers = rng.between(2, rng.percent(70) ? 3 : 5);
    this.files = rng.percent(8);
  }

  /** Draws it. */
  static Sequence sequence(long seed, Storage storage) {
    return new Generator(seed, storage).draw();
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
    }
    FinalSync ending =
        new FinalSync(
            rng.percent(50), rng.percent(30), rng.below(peers), rng.next(), rng.percent(10));
    return new Sequence(seed, tables, ops, ending);
  }

  private void step(int peer) {
    int dice = rng.below(100);
    if (files && rng.percent(10)) {
      ops.add(new Reconnect(peer, rng.percent(50)));
    }
    if (open.contains(peer) && rng.percent(20)) {
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
    int checkEvery = rng.percent(15) ? rng.between(1, 5) : 0;
    return new Deliver(from, to, rng.next(), share, rng.percent(70), byName, delivery, checkEvery);
  }

  /** The random statements on one table. */
  private static final class Writes {
    private final Rng rng;
    private final int table;
    private final Shape shape;
    private final Storage storage;

    /** What each of the key's columns is given. */
    private final List<List<Object>> keys = new ArrayList<>();

    /** A few keys that are used most, so that replicas meet in the same rows. */
    private final List<List<Object>> usual = new ArrayList<>();

    Writes(Rng rng, int table, Shape shape, Storage storage) {
      this.rng = rng;
      this.table = table;
      this.shape = shape;
      this.storage = storage;
      for (int i = 0; i < shape.key().size(); i++) {
        keys.add(Values.keys(rng, shape.rowidKey()));
      }
      for (int i = rng.between(1, 4); i > 0; i--) {
        usual.add(anyKey());
      }
    }

    Op prefill(int peer) {
      return new Prefill(peer, table, rows(rng.between(1, 4), all()));
    }

    Op statement(int peer) {
      int dice = rng.below(100);
      if (dice < 40) {
        return insert(peer);
      } else if (dice < 70 && !shape.onlyKey()) {
        return new Update(peer, table, Conflict.ABORT, set(), where());
      } else if (dice < 80) {
        return rekey(peer);
      } else if (dice < 94) {
        return new Delete(peer, table, rng.percent(85) ? Where.key(storedKey()) : where());
      }
      return copyRows(peer);
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
        set = rng.percent(30) || shape.onlyKey() ? List.of() : set();
      }
      List<Integer> columns = rng.percent(75) ? all() : someColumns();
      int count = rng.percent(60) ? 1 : rng.between(2, 4);
      return new Insert(peer, table, conflict, columns, rows(count, columns), set);
    }

    private Op rekey(int peer) {
      List<Object> key = key();
      List<Assignment> set = new ArrayList<>();
      for (int i = 0; i < key.size(); i++) {
        if (key.size() == 1 || rng.percent(60)) {
          set.add(new Assignment(shape.columns().indexOf(shape.key().get(i)), key.get(i)));
        }
      }
      if (!shape.onlyKey() && (set.isEmpty() || rng.percent(40))) {
        set.addAll(set());
      } else if (set.isEmpty()) {
        set.add(new Assignment(shape.columns().indexOf(shape.key().get(0)), key.get(0)));
      }
      Conflict conflict =
          rng.of(List.of(Conflict.ABORT, Conflict.REPLACE, Conflict.REPLACE, Conflict.IGNORE));
      return new Update(peer, table, conflict, set, Where.key(storedKey()));
    }

    private Op copyRows(int peer) {
      int column = rng.below(shape.columns().size());
      boolean inKey = shape.columns().get(column).isKey();
      Object value = Values.any(rng);
      if (inKey) {
        value = rng.of(keys.get(shape.columns().get(column).keyPlace() - 1));
      }
      Conflict conflict =
          rng.of(List.of(Conflict.ABORT, Conflict.REPLACE, Conflict.REPLACE, Conflict.IGNORE));
      return new CopyRows(peer, table, conflict, new Assignment(column, value));
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
      List<Object> key = key();
      for (int i = 0; i < key.size(); i++) {
        key.set(i, storage.stored(shape.key().get(i).type(), key.get(i)));
      }
      return key;
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
        List<Object> row = new ArrayList<>();
        for (int index : columns) {
          Column column = shape.columns().get(index);
          row.add(column.isKey() ? key.get(column.keyPlace() - 1) : Values.any(rng));
        }
        rows.add(row);
      }
      return rows;
    }

    private List<Assignment> set() {
      List<Assignment> set = new ArrayList<>();
      for (Column column : rng.some(shape.slots())) {
        set.add(new Assignment(shape.columns().indexOf(column), Values.any(rng)));
      }
      return set;
    }

    private Where where() {
      if (shape.onlyKey() || rng.percent(60)) {
        return Where.key(storedKey());
      } else if (rng.percent(30)) {
        return Where.ALL;
      }
      return Where.differs(shape.columns().indexOf(rng.of(shape.slots())), Values.any(rng));
    }
  }
}
