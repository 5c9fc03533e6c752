package io.crsql.engine.changes;

import java.util.ArrayList;
import java.util.List;

/**
 * Sources merged by arrival: a binary heap of those that are not at their end, the first of which
 * stands on the earliest entry.
 */
public final class Arrivals<S extends Source> {
  private final List<S> heap = new ArrayList<>();

  /** Adds a source that stands nowhere yet. */
  public void add(S source, long now) {
    heap.add(source);
    if (source.next(now)) {
      siftUp(heap.size() - 1);
    } else {
      source.close();
      heap.remove(heap.size() - 1);
    }
  }

  /** Whether all entries have been passed. */
  public boolean isEmpty() {
    return heap.isEmpty();
  }

  /** The source that stands on the current entry. */
  public S first() {
    return heap.get(0);
  }

  /** Moves to the next entry. */
  public void next(long now) {
    S first = heap.get(0);
    if (!first.next(now)) {
      first.close();
      S last = heap.remove(heap.size() - 1);
      if (heap.isEmpty()) {
        return;
      }
      heap.set(0, last);
    }
    siftDown();
  }

  private void siftUp(int from) {
    int i = from;
    while (i > 0 && heap.get(i).at() < heap.get((i - 1) / 2).at()) {
      swap(i, (i - 1) / 2);
      i = (i - 1) / 2;
    }
  }

  private void siftDown() {
    int i = 0;
    while (true) {
      int least = i;
      for (int child = 2 * i + 1; child <= 2 * i + 2 && child < heap.size(); child++) {
        least = heap.get(child).at() < heap.get(least).at() ? child : least;
      }
      if (least == i) {
        return;
      }
      swap(i, least);
      i = least;
    }
  }

  private void swap(int i, int j) {
    S moved = heap.get(i);
    heap.set(i, heap.get(j));
    heap.set(j, moved);
  }

  /** Ends all sources. */
  public void close() {
    for (S source : heap) {
      source.close();
    }
    heap.clear();
  }
}
