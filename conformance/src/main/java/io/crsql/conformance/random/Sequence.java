package io.crsql.conformance.random;

import io.crsql.conformance.model.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * What to do, drawn from a seed.
 *
 * @param seed the seed
 * @param tables the tables that all replicas have
 * @param ops the steps
 * @param ending how the replicas are brought together at the end
 */
record Sequence(long seed, List<Shape> tables, List<Op> ops, FinalSync ending) {
  /** The same with other steps. */
  Sequence with(List<Op> otherOps) {
    return new Sequence(seed, tables, otherOps, ending);
  }

  /** Whether the replicas must be files, because a step connects to one again or copies it. */
  boolean onFile() {
    return ops.stream().anyMatch(op -> op instanceof Reconnect || op instanceof Backup);
  }

  /** The replicas that any step needs, in order. */
  List<Integer> peers() {
    return ops.stream().flatMap(op -> op.peers().stream()).distinct().sorted().toList();
  }

  /** The tables that any step needs, in order. */
  List<Shape> tablesUsed() {
    List<Shape> used = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      int table = i;
      if (ops.stream().anyMatch(op -> op.table() == table)) {
        used.add(tables.get(i));
      }
    }
    for (Shape table : tables) {
      boolean log =
          used.stream()
              .flatMap(other -> other.triggers().stream())
              .anyMatch(trigger -> table.name().equals(trigger.log()));
      if (log && !used.contains(table)) {
        used.add(table);
      }
    }
    return used;
  }

  /** One line a step. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    out.append("peers ").append(peers()).append(", in the order of their site ids\n");
    for (Shape table : tablesUsed()) {
      out.append("all: ").append(table).append("; crsql_as_crr\n");
    }
    List<Shape> newest = new ArrayList<>(tables);
    for (Op op : ops) {
      if (op instanceof AddColumn add) {
        newest.set(add.table(), tables.get(add.table()).with(add.column()));
      }
    }
    ops.forEach(op -> out.append(op.text(newest)).append('\n'));
    return out.append(ending).append('\n').toString();
  }
}
