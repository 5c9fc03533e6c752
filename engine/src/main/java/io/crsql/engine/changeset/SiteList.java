package io.crsql.engine.changeset;

import io.crsql.engine.clock.Sites;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.value.Bytes;
import io.crsql.sqlite.Stmt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sites that a sender knows, and what the receiver holds of each. Of others nothing is sent,
 * and nothing left out. A changeset lists those that it needs: the sender, those of its rows and of
 * the rows that are left out, and those whose versions it moves. So what is sent for one write does
 * not grow with the number of sites.
 */
final class SiteList {
  private static final int UNLISTED = -1;

  private final List<VersionVector.Held> sites = new ArrayList<>();
  private final Map<Long, Integer> byNumber = new HashMap<>();
  private final long[] from;

  /** By site its place in the changeset's list, or {@link #UNLISTED}. */
  private final int[] places;

  /** The sites in the changeset's list. */
  private final int[] listed;

  private int count;

  /**
   * Reads them.
   *
   * @param since what the receiver holds
   * @param clock the sender's clock, up to which it holds all of its own writes
   * @param isWhole whether nothing has been dropped: who has can pass on no version
   */
  SiteList(Replica replica, VersionVector since, long clock, boolean isWhole) {
    try (Stmt stmt =
        replica
            .schema()
            .prepare(
                "SELECT id, site, version FROM "
                    + replica.schema().of("crsql_sites")
                    + " ORDER BY site")) {
      while (stmt.step()) {
        byNumber.put(stmt.getLong(0), sites.size());
        long version = isWhole ? VersionVector.version(stmt, clock) : 0;
        sites.add(new VersionVector.Held(stmt.getBytes(1), version, 0));
      }
    }
    from = new long[sites.size()];
    for (int i = 0; i < from.length; i++) {
      from[i] = since.version(sites.get(i).site());
    }
    places = new int[from.length];
    listed = new int[from.length];
  }

  /** Begins the list of the next changeset. */
  void clear() {
    Arrays.fill(places, UNLISTED);
    count = 0;
    place(ofNumber(Sites.OWN));
  }

  /** The place of a site in the changeset's list. */
  int place(int site) {
    if (places[site] == UNLISTED) {
      listed[count] = site;
      places[site] = count++;
    }
    return places[site];
  }

  /** The index of the site of that number. */
  int ofNumber(long number) {
    return byNumber.get(number);
  }

  /** The index of a site that the sender knows. */
  int of(byte[] site) {
    int low = 0;
    int high = from.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Bytes.compare(sites.get(middle).site(), site) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Whether the receiver holds all that a site has written up to that version. If so it is listed,
   * since what is left out for that reason builds on it.
   */
  boolean covers(int site, long version) {
    boolean covers = version <= from[site];
    if (covers) {
      place(site);
    }
    return covers;
  }

  /** Writes the list; only the last changeset of a stream moves versions. */
  void write(Bytes out, boolean last) {
    for (int site = 0; last && site < from.length; site++) {
      if (sites.get(site).version() > from[site]) {
        place(site);
      }
    }
    out.varint(count);
    for (int i = 0; i < count; i++) {
      int site = listed[i];
      VersionVector.Held held = sites.get(site);
      long to = last ? Math.max(from[site], held.version()) : from[site];
      out.add(held.site()).varint(from[site]).varint(to);
    }
  }
}
