package io.crsql.engine.changeset;

import io.crsql.engine.clock.Clock;
import io.crsql.engine.clock.Sites;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.value.Bytes;
import io.crsql.engine.value.Hex;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * What a database holds without gaps (Parker et al., "Detection of Mutual Inconsistency in
 * Distributed Systems", IEEE TSE 1983): of each site, all that it has written up to a version; and
 * all that it held, whoever had written it, when its clock was at an arrival. Immutable.
 */
final class VersionVector {
  /** Nothing. */
  static final VersionVector EMPTY = new VersionVector(new ArrayList<>());

  private final List<Held> sites;

  /**
   * What is held of a site.
   *
   * @param site its 16 bytes, not a copy
   * @param version all that it has written up to this version
   * @param arrival all that it held when its clock was this
   */
  record Held(byte[] site, long version, long arrival) {
    private Held join(Held other) {
      return new Held(site, Math.max(version, other.version), Math.max(arrival, other.arrival));
    }
  }

  private VersionVector(List<Held> sites) {
    this.sites = sites;
  }

  /** The vector of a database that has replicated tables, as it is in the file. */
  static VersionVector of(Replica replica) {
    List<Held> sites = new ArrayList<>();
    long clock = replica.clock().committed();
    try (Stmt stmt =
        replica
            .schema()
            .prepare(
                "SELECT id, site, version, arrival FROM "
                    + replica.schema().of("crsql_sites")
                    + " WHERE id = 0 OR version <> 0 OR arrival <> 0 ORDER BY site")) {
      while (stmt.step()) {
        boolean own = stmt.getLong(0) == Sites.OWN;
        long arrival = own ? clock : stmt.getLong(3);
        sites.add(new Held(stmt.getBytes(1), version(stmt, clock), arrival));
      }
    }
    return new VersionVector(sites);
  }

  /** The version of a row of id, site, version: 0 if own writes may have been dropped. */
  static long version(Stmt row, long clock) {
    boolean own = row.getLong(0) == Sites.OWN;
    return !own ? row.getLong(2) : row.getLong(2) == 0 ? clock : 0;
  }

  /**
   * Reads an argument: a vector, or NULL or no bytes for {@link #EMPTY}.
   *
   * @param caller the SQL function that was given it, for error messages
   * @throws SqliteException if it is none
   */
  static VersionVector read(Values args, int i, String caller) {
    if (args.type(i) == ValueType.NULL) {
      return EMPTY;
    } else if (args.type(i) != ValueType.BLOB) {
      throw new SqliteException(
          SqliteException.ERROR,
          caller
              + ": since must be a version vector, a blob that crsql_version_vector() gives, or NULL"
              + " for everything");
    }
    return parse(args.getBytes(i), caller);
  }

  /**
   * Reads a vector; of no bytes, it is {@link #EMPTY}.
   *
   * @param caller the SQL function that was given it, for error messages
   * @throws SqliteException if it is none
   */
  static VersionVector parse(byte[] blob, String caller) {
    if (blob.length == 0) {
      return EMPTY;
    }
    Input in = new Input(blob, Format.VECTOR, caller, "version vector");
    int count = in.count(Format.SITE_BYTES + 2, "the number of sites");
    List<Held> sites = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] site = in.bytes(Format.SITE_BYTES);
      if (i > 0 && Bytes.compare(sites.get(i - 1).site, site) >= 0) {
        throw in.malformed("the sites are not in ascending order");
      }
      long version = in.upTo(Clock.MAX, "a version");
      sites.add(new Held(site, version, in.upTo(Clock.MAX, "an arrival")));
    }
    in.done();
    return new VersionVector(sites);
  }

  /** Its bytes. */
  byte[] encode() {
    Bytes out = new Bytes().add(Format.VECTOR).add(Format.NUMBER).varint(sites.size());
    for (Held held : sites) {
      out.add(held.site).varint(held.version).varint(held.arrival);
    }
    return out.check().toArray();
  }

  /** What is held of each site, in the order of their bytes; not a copy. */
  List<Held> sites() {
    return sites;
  }

  /** The version up to which a site's writes are held; 0 if none. */
  long version(byte[] site) {
    Held held = find(site);
    return held == null ? 0 : held.version;
  }

  /** The clock of a site until which all is held that it held; 0 if none. */
  long arrival(byte[] site) {
    Held held = find(site);
    return held == null ? 0 : held.arrival;
  }

  /** Whether all that another vector says is held is held according to this one. */
  boolean covers(VersionVector other) {
    for (Held held : other.sites) {
      if (held.version > version(held.site) || held.arrival > arrival(held.site)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The vector of one who held this and has then applied a changeset.
   *
   * @return null if the changeset builds on what is not held
   */
  VersionVector after(Changeset changeset) {
    if (changeset.after > arrival(changeset.sender)) {
      return null;
    }
    List<Held> moved = new ArrayList<>(changeset.sites.length + 1);
    for (int i = 0; i < changeset.sites.length; i++) {
      if (changeset.from[i] > version(changeset.sites[i])) {
        return null;
      }
      moved.add(new Held(changeset.sites[i], changeset.to[i], 0));
    }
    moved.add(new Held(changeset.sender, 0, changeset.until));
    moved.sort((one, other) -> Bytes.compare(one.site, other.site));
    return join(moved);
  }

  /**
   * The vector of the sender of a changeset, if it held this before. It holds the versions that it
   * moves, and its own writes up to where the changeset reaches, unless they are known not to be
   * all there: its own version is then 0.
   */
  VersionVector ofSender(Changeset changeset) {
    List<Held> moved = new ArrayList<>();
    for (int i = 0; i < changeset.sites.length; i++) {
      if (changeset.to[i] > changeset.from[i]) {
        moved.add(new Held(changeset.sites[i], changeset.to[i], 0));
      }
    }
    if (version(changeset.sender) > 0) {
      moved.add(new Held(changeset.sender, changeset.until, 0));
    }
    moved.sort((one, other) -> Bytes.compare(one.site, other.site));
    return join(moved);
  }

  /**
   * What is held if this is and what a list says, in the order of its sites, some of them twice.
   */
  private VersionVector join(List<Held> moved) {
    List<Held> joined = new ArrayList<>(sites.size() + moved.size());
    int i = 0;
    for (Held held : moved) {
      while (i < sites.size() && Bytes.compare(sites.get(i).site, held.site) <= 0) {
        add(joined, sites.get(i++));
      }
      add(joined, held);
    }
    while (i < sites.size()) {
      add(joined, sites.get(i++));
    }
    return new VersionVector(joined);
  }

  private static void add(List<Held> list, Held held) {
    int last = list.size() - 1;
    if (last >= 0 && Bytes.compare(list.get(last).site, held.site) == 0) {
      list.set(last, list.get(last).join(held));
    } else if (held.version != 0 || held.arrival != 0) {
      list.add(held);
    }
  }

  private Held find(byte[] site) {
    int low = 0;
    int high = sites.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Bytes.compare(sites.get(middle).site, site);
      if (order == 0) {
        return sites.get(middle);
      } else if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  /**
   * The refusal of what tells of writes of this very database that it does not have.
   *
   * @param version the version or arrival that others know of it
   */
  static SqliteException restored(String caller, byte[] own, long version, long clock) {
    return new SqliteException(
        SqliteException.ERROR,
        caller
            + ": others hold what this database, X'"
            + Hex.of(own)
            + "', had at its version "
            + version
            + ", but its clock is at "
            + clock
            + ": it has been restored from an older copy; call crsql_new_site(), and sync again");
  }
}
