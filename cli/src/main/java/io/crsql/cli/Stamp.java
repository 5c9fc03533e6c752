package io.crsql.cli;

import java.util.Comparator;

/**
 * What decides between two writes of the same place, the same way on every device.
 *
 * @param life the row's causal length when it was written: odd alive, even deleted
 * @param version the writing file's clock, above that of all that it had seen
 * @param site the writing file's site id, in hexadecimal digits
 */
record Stamp(long life, long version, String site) implements Comparable<Stamp> {
  private static final Comparator<Stamp> ORDER =
      Comparator.comparing(Stamp::life).thenComparing(Stamp::version).thenComparing(Stamp::site);

  @Override
  public int compareTo(Stamp other) {
    return ORDER.compare(this, other);
  }

  /** Why this stamp wins over a smaller one. */
  String reasonAgainst(Stamp loser) {
    if (life != loser.life) {
      return "life " + life + " > " + loser.life;
    } else if (version != loser.version) {
      return "version " + version + " > " + loser.version;
    }
    return "same version, site " + site.substring(0, 4) + " > " + loser.site.substring(0, 4);
  }
}
