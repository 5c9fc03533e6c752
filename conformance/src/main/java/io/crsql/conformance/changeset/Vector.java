package io.crsql.conformance.changeset;

import io.crsql.conformance.Blob;
import java.util.TreeMap;

/** A version vector, by site in upper-case hexadecimal. */
public final class Vector {
  private record Held(long version, long arrival) {}

  private static final Held NOTHING = new Held(0, 0);

  private final TreeMap<String, Held> sites = new TreeMap<>();

  /** Reads one. */
  public Vector(Blob blob) {
    Reading in = new Reading(blob, "CRSV");
    for (long left = in.varint(); left > 0; left--) {
      String site = in.site();
      if (!sites.isEmpty() && site.compareTo(sites.lastKey()) <= 0) {
        throw new IllegalArgumentException("the sites are not in ascending order");
      }
      long version = in.varint();
      sites.put(site, new Held(version, in.varint()));
    }
  }

  /** The version up to which all is held that a site has written. */
  public long version(String site) {
    return sites.getOrDefault(site, NOTHING).version;
  }

  /** The clock of a site until which all is held that it held. */
  public long arrival(String site) {
    return sites.getOrDefault(site, NOTHING).arrival;
  }

  @Override
  public String toString() {
    return sites.toString();
  }
}
