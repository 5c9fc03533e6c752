package io.crsql.engine.changeset;

import io.crsql.engine.replica.Replica;
import io.crsql.engine.value.Bytes;
import io.crsql.sqlite.Stmt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sites that a sender knows, as all of its changesets list them, and what the receiver holds of
 * each. Of others nothing is sent, and nothing left out.
 */
final class SiteList {
  private final List<VersionVector.Held> sites = new ArrayList<>();
  private final Map<Long, Integer> byNumber = new HashMap<>();
  private final long[] from;

  /**
   * Lists them.
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
  }

  /** Where the site of that number stands in the list. */
  int ofNumber(long number) {
    return byNumber.get(number);
  }

  /** Where a site, which the sender knows, stands in the list. */
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

  /** Whether the receiver holds all that a site has written up to that version. */
  boolean covers(int site, long version) {
    return version <= from[site];
  }

  /** Writes the list; only the last changeset of a stream moves versions. */
  void write(Bytes out, boolean last) {
    out.varint(from.length);
    for (int i = 0; i < from.length; i++) {
      VersionVector.Held held = sites.get(i);
      long to = last ? Math.max(from[i], held.version()) : from[i];
      out.add(held.site()).varint(from[i]).varint(to);
    }
  }
}
