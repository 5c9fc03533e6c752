package io.crsql.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener that keeps what it is told. */
final class Heard implements ChangeListener {
  private static final long PATIENCE_SECONDS = 30;

  private final BlockingQueue<ChangeBatch> batches = new LinkedBlockingQueue<>();

  @Override
  public void changed(ChangeBatch batch) {
    batches.add(batch);
  }

  ChangeBatch next() throws InterruptedException {
    ChangeBatch batch = batches.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (batch == null) {
      throw new AssertionError("nothing was told in " + PATIENCE_SECONDS + " seconds");
    }
    return batch;
  }

  /** The rows told until there are so many. */
  List<RowChange> rows(int count) throws InterruptedException {
    List<RowChange> rows = new ArrayList<>();
    while (rows.size() < count) {
      rows.addAll(next().rows());
    }
    return rows;
  }
}
