package io.crsql.engine.clock;

import io.crsql.engine.schema.Schema;
import io.crsql.engine.value.Hex;
import io.crsql.sqlite.Stmt;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The sites that the file knows, by the numbers under which its logs store them; 0 is the database
 * itself.
 */
public final class Sites {
  /** The database itself. */
  public static final long OWN = 0;

  /** A site that the file does not know. */
  public static final long UNKNOWN = -1;

  /** Own writes have been merged that the file did not have. */
  public static final int CAME_BACK = 1;

  /** One stamp has come with two values. */
  public static final int TWO_WRITERS = 2;

  private final Schema schema;
  private final Map<Long, byte[]> byId = new HashMap<>();
  private final Map<String, Long> ids = new HashMap<>();
  private final Set<Long> doubted = new HashSet<>();
  private boolean merged;

  /** The site that was found last, and its number: it is often asked for again. */
  private byte[] lastFound;

  private long lastNumber;

  /** The sites of {@code db}. */
  public Sites(Schema schema) {
    this.schema = schema;
  }

  /** Forgets what was read: it may have been rolled back. */
  public void invalidate() {
    byId.clear();
    ids.clear();
    doubted.clear();
    merged = false;
    lastFound = null;
  }

  /** The 16 bytes of a site, not a copy. */
  public byte[] bytes(long id) {
    byte[] site = byId.get(id);
    if (site == null) {
      try (Stmt stmt =
          schema.prepare("SELECT site FROM " + schema.of("crsql_sites") + " WHERE id = ?1")) {
        stmt.bindLong(1, id);
        stmt.step();
        site = stmt.getBytes(0);
      }
      byId.put(id, site);
    }
    return site;
  }

  /** The number of a site, or {@link #UNKNOWN}. */
  public long find(byte[] site) {
    if (site != lastFound && !Arrays.equals(lastFound, site)) {
      long number = lookUp(site);
      if (number == UNKNOWN) {
        return UNKNOWN;
      }
      lastFound = site;
      lastNumber = number;
    }
    return lastNumber;
  }

  private long lookUp(byte[] site) {
    String hex = Hex.of(site);
    Long known = ids.get(hex);
    if (known != null) {
      return known;
    }
    try (Stmt stmt =
        schema.prepare("SELECT id FROM " + schema.of("crsql_sites") + " WHERE site = ?1")) {
      stmt.bindBlob(1, site);
      if (!stmt.step()) {
        return UNKNOWN;
      }
      ids.put(hex, stmt.getLong(0));
      return stmt.getLong(0);
    }
  }

  /** Whether nothing has ever been merged, not even own writes that came back. */
  public boolean nothingMerged() {
    if (merged) {
      return false;
    }
    try (Stmt stmt =
        schema.prepare(
            "SELECT 1 FROM "
                + schema.of("crsql_sites")
                + " WHERE id <> 0 OR doubts <> 0 UNION ALL SELECT 1 FROM "
                + schema.of("crsql_parked")
                + " LIMIT 1")) {
      merged = stmt.step();
    }
    return !merged;
  }

  /** The number of a site; it is given one if it has none. */
  public long number(byte[] site) {
    long id = find(site);
    if (id != UNKNOWN) {
      return id;
    }
    try (Stmt stmt =
        schema.prepare("INSERT INTO " + schema.of("crsql_sites") + "(site) VALUES(?1)")) {
      stmt.bindBlob(1, site);
      stmt.step();
    }
    return find(site);
  }

  /**
   * Moves the version vector: everything is held that a site has written up to a version, and that
   * it held when its clock was {@code arrival}. It never goes back.
   */
  public void move(byte[] site, long version, long arrival) {
    try (Stmt stmt =
        schema.prepare(
            "UPDATE "
                + schema.of("crsql_sites")
                + " SET version = max(version, ?2), arrival = max(arrival, ?3) WHERE id = ?1")) {
      stmt.bindLong(1, number(site));
      stmt.bindLong(2, version);
      stmt.bindLong(3, arrival);
      stmt.step();
    }
  }

  /** Records what speaks against a site's having one writer only. */
  public void doubt(long id, int reason) {
    if (doubted.add(id << 2 | reason)) {
      schema.exec(
          "UPDATE "
              + schema.of("crsql_sites")
              + " SET doubts = doubts | "
              + reason
              + " WHERE id = "
              + id
              + " AND NOT doubts & "
              + reason);
    }
  }

  /**
   * Gives the database another site_id: all that it has written is from now on that site's. What it
   * was called before becomes a site that it does not know. Its writes may now lose a tie that they
   * won before, against their own copies at peers too, so that the version vector begins anew.
   */
  public void renew() {
    byte[] before = bytes(OWN);
    schema.exec("UPDATE " + schema.of("crsql_sites") + " SET version = 0, arrival = 0");
    schema.exec(
        "UPDATE "
            + schema.of("crsql_sites")
            + " SET site = randomblob(16), doubts = 0 WHERE id = "
            + OWN);
    invalidate();
    try (Stmt parked =
        schema.prepare(
            "UPDATE " + schema.of("crsql_parked") + " SET site_id = ?1 WHERE site_id = ?2")) {
      parked.bindBlob(1, bytes(OWN));
      parked.bindBlob(2, before);
      parked.step();
    }
  }
}
