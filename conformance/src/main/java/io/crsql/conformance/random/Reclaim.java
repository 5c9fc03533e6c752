package io.crsql.conformance.random;

import io.crsql.conformance.model.Literal;
import io.crsql.conformance.model.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Inserts a row that the replica holds aside, and so does not see; possibly deletes it then.
 *
 * @param insert the row, but for its key
 * @param pick draws which held row
 * @param deletes whether it is deleted again
 */
record Reclaim(Insert insert, long pick, boolean deletes) implements Op {
  @Override
  public List<Integer> peers() {
    return insert.peers();
  }

  @Override
  public int table() {
    return insert.table();
  }

  @Override
  public int width() {
    return insert.width();
  }

  @Override
  public void run(World world) {
    Shape shape = world.table(insert.peer(), insert.table());
    List<List<Object>> held = new ArrayList<>(world.peer(insert.peer()).model().held(shape));
    if (held.isEmpty()) {
      return;
    }
    held.sort(Comparator.comparing(Literal::list));
    List<Object> key = new Rng(pick).of(held);
    insert.withKey(shape, key).run(world);
    if (deletes) {
      new Delete(insert.peer(), insert.table(), Where.key(key)).run(world);
    }
    world.peer(insert.peer()).check();
    world.statistics().count("held rows reclaimed");
  }

  @Override
  public String text(List<Shape> tables) {
    return insert.text(tables)
        + " with the key of a held row (pick "
        + pick
        + (deletes ? "), and deletes it" : ")");
  }
}
