package io.crsql.conformance.random;

import java.util.ArrayList;
import java.util.List;

/**
 * Random numbers that are the same on every machine and Java version: SplitMix64 (Steele, Lea and
 * Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).
 */
public final class Rng {
  private long state;

  /** Starts from a seed. */
  public Rng(long seed) {
    this.state = seed;
  }

  /** Any long. */
  public long next() {
    state += 0x9e3779b97f4a7c15L;
    long z = state;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  /** At least 0 and below {@code bound}. */
  public int below(int bound) {
    return (int) Long.remainderUnsigned(next(), bound);
  }

  /** From {@code least} to {@code most}. */
  public int between(int least, int most) {
    return least + below(most - least + 1);
  }

  /** True in that many of a hundred cases. */
  public boolean percent(int chance) {
    return below(100) < chance;
  }

  /** One of them. */
  public <T> T of(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** The items in random order. */
  public <T> List<T> shuffled(List<T> items) {
    List<T> out = new ArrayList<>(items);
    for (int i = out.size() - 1; i > 0; i--) {
      int j = below(i + 1);
      T moved = out.get(i);
      out.set(i, out.get(j));
      out.set(j, moved);
    }
    return out;
  }

  /** Some of the items, in their order and at least one if there is any. */
  public <T> List<T> some(List<T> items) {
    int wanted = items.isEmpty() ? 0 : between(1, items.size());
    List<T> out = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (below(items.size() - i) < wanted - out.size()) {
        out.add(items.get(i));
      }
    }
    return out;
  }
}
