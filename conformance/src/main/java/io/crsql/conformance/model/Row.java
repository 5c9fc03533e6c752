package io.crsql.conformance.model;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a replica knows of a row.
 *
 * @param life the causal length: odd while the row is alive, even once it is deleted, 0 if it never
 *     was
 * @param cells the last writes of this life, by slot; a deletion is the only cell of its life
 */
record Row(long life, Map<Integer, Cell> cells) {
  static final Row NEVER = new Row(0, Map.of());

  boolean alive() {
    return life % 2 == 1;
  }

  /** The row with a write of the same or a later life. */
  Row with(long ofLife, int slot, Cell cell) {
    Map<Integer, Cell> changed = new HashMap<>(ofLife == life ? cells : Map.of());
    changed.merge(slot, cell, (a, b) -> a.stamp().compareTo(b.stamp()) >= 0 ? a : b);
    return new Row(ofLife, changed);
  }

  /** The row with one site's writes as another's. */
  Row renamed(String old, String renewed) {
    Map<Integer, Cell> renamed = new HashMap<>();
    cells.forEach(
        (slot, cell) -> {
          Stamp stamp = cell.stamp();
          Stamp own = new Stamp(stamp.version(), stamp.site().equals(old) ? renewed : stamp.site());
          renamed.put(slot, new Cell(own, cell.value(), cell.key()));
        });
    return new Row(life, renamed);
  }

  /** The key as the row's newest write has it. */
  List<Object> key() {
    return Collections.max(cells.values(), (a, b) -> a.stamp().compareTo(b.stamp())).key();
  }
}
