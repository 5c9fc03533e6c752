package io.crsql.sync.simulation;

import io.crsql.conformance.random.Rng;

/**
 * Streams of random numbers that do not depend on each other, so that leaving out a part of a
 * scenario leaves the others as they are.
 */
final class Seeds {
  private static final long PRIME = 0xd1b54a32d192ed03L;

  private Seeds() {}

  /** The stream that a seed has for something that is named by numbers. */
  static Rng of(long seed, long... names) {
    long state = seed;
    for (long name : names) {
      state = new Rng(state * PRIME + name).next();
    }
    return new Rng(state);
  }
}
