package io.crsql.conformance.random;

import io.crsql.conformance.model.Shape;
import java.util.List;

/**
 * One step of a {@link Sequence}, as data: it can be run in any sequence and does nothing where it
 * makes no sense, so that steps can be left out.
 */
interface Op {
  /** The replicas it needs. */
  List<Integer> peers();

  /** The table it needs; -1 if it needs none in particular. */
  default int table() {
    return -1;
  }

  /** How many columns the table must have for it to run: it may run before it gets them. */
  default int width() {
    return 0;
  }

  /** Runs it against the hosts and their models. */
  void run(World world);

  /** What a reader needs to repeat it. */
  default String text(List<Shape> tables) {
    return toString();
  }

  /** The same, but simpler: what to try when a sequence is made shorter. */
  default List<Op> simpler() {
    return List.of();
  }
}
