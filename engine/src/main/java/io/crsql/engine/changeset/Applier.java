package io.crsql.engine.changeset;

import io.crsql.engine.changes.Cid;
import io.crsql.engine.changes.Received;
import io.crsql.engine.changes.Receiver;
import io.crsql.engine.clock.Sites;
import io.crsql.engine.merge.Change;
import io.crsql.engine.merge.Merge;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.transaction.Transaction;
import io.crsql.engine.value.Bytes;
import io.crsql.engine.value.Hex;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.SqliteException;
import java.util.ArrayList;
import java.util.List;

/** Merges a changeset, row by row, and then moves the version vector. */
public final class Applier {
  private static final String CALLER = "crsql_apply";

  /** How many rows are sorted at once; they are in memory meanwhile. */
  private static final int BATCH = 4_000;

  private final Replica replica;
  private final Receiver receiver;
  private final Changeset changeset;
  private final VersionVector held;
  private final Target[] targets;

  /** Stands for the database itself: its own rows are merged, in case that they have been lost. */
  private static final long OWN = -1;

  /** By site: its rows up to this version are held, or {@link #OWN}. */
  private final long[] covered;

  /** Whether all that the changeset tells of has been told before. */
  private final boolean known;

  private Applier(Replica replica, Receiver receiver, Changeset changeset) {
    this.replica = replica;
    this.receiver = receiver;
    this.changeset = changeset;
    this.held = VersionVector.of(replica);
    this.targets = new Target[changeset.shapes.length];
    this.covered = new long[changeset.sites.length];
    this.known = changeset.until <= held.arrival(changeset.sender);
  }

  /**
   * Merges a changeset; the caller sees to it that all or nothing is done.
   *
   * @return how many of its rows the database was not known to hold
   * @throws SqliteException if it is unsound, or builds on what the database does not hold
   */
  public static long apply(Replica replica, byte[] blob) {
    Changeset changeset = new Changeset(blob, CALLER);
    Receiver receiver = new Receiver(replica);
    receiver.enter();
    Applier applier = new Applier(replica, receiver, changeset);
    applier.check();
    long rows = applier.mergeRows();
    applier.move();
    return rows;
  }

  /** Does the database hold what the sender took for granted? */
  private void check() {
    byte[] own = replica.sites().bytes(Sites.OWN);
    long clock = replica.clock().committed();
    for (int i = 0; i < changeset.sites.length; i++) {
      byte[] site = changeset.sites[i];
      boolean isOwn = Bytes.compare(site, own) == 0;
      long version = held.version(site);
      if (isOwn && changeset.to[i] > clock) {
        throw VersionVector.restored(CALLER, own, changeset.to[i], clock);
      } else if (changeset.from[i] > version) {
        throw missing("was written by", site, version, changeset.from[i]);
      }
      checkAhead(changeset.to[i], site);
      covered[i] = isOwn ? OWN : version;
    }
    long arrival = held.arrival(changeset.sender);
    if (Bytes.compare(changeset.sender, own) == 0 && changeset.until > clock) {
      throw VersionVector.restored(CALLER, own, changeset.until, clock);
    } else if (changeset.after > arrival) {
      throw missing("had arrived at", changeset.sender, arrival, changeset.after);
    }
    checkAhead(changeset.until, changeset.sender);
    for (Shape shape : changeset.shapes) {
      Crr crr = replica.registry().byName(shape.table());
      if (crr != null) {
        Transaction.writable(crr);
      }
    }
  }

  private static SqliteException missing(String what, byte[] site, long has, long needs) {
    return refusal(
        "missing changes: the changeset builds on what "
            + what
            + " site X'"
            + Hex.of(site)
            + "' up to "
            + needs
            + ", and this database holds that up to "
            + has
            + "; apply all chunks in their order, or ask for changesets since"
            + " crsql_version_vector()");
  }

  private void checkAhead(long version, byte[] site) {
    if (version > replica.clock().limit()) {
      throw refusal(
          "version "
              + version
              + " of site X'"
              + Hex.of(site)
              + "' is above "
              + replica.clock().limit()
              + ", which is as far ahead of this database's clock as any peer can be; do not"
              + " sync with that site");
    }
  }

  private static SqliteException refusal(String sentence) {
    return new SqliteException(SqliteException.ERROR, CALLER + ": " + sentence);
  }

  private long mergeRows() {
    long merged = 0;
    List<WrittenRow> batch = new ArrayList<>();
    for (WrittenRow row = changeset.next(); row != null; row = changeset.next()) {
      if (!known && row.lastVersion() > covered[row.site()]) {
        checkAhead(row.lastVersion(), changeset.sites[row.site()]);
        batch.add(row);
        merged++;
      }
      if (batch.size() == BATCH) {
        merge(batch);
      }
    }
    merge(batch);
    return merged;
  }

  /** Merges rows in the order of their keys: far fewer pages are read and written that way. */
  private void merge(List<WrittenRow> batch) {
    batch.sort(WrittenRow::compareKeys);
    for (WrittenRow row : batch) {
      merge(row, changeset.sites[row.site()]);
    }
    batch.clear();
  }

  private void merge(WrittenRow row, byte[] site) {
    Target target = target(row);
    if (target == null) {
      park(row, row.columns(), site, null, null);
      return;
    }
    try {
      checkKey(row, target.crr);
      merge(row, target, site);
    } catch (SqliteException e) {
      // It must not keep all others out for ever.
      if (!receiver.isRefusal(e)) {
        throw e;
      }
      park(row, row.columns(), site, target.crr, e.getMessage());
    }
  }

  private void merge(WrittenRow row, Target target, byte[] site) {
    Merge merge = replica.merge();
    if (row.isDeletion()) {
      merge.merge(target.deletion(row, site));
      return;
    }
    for (int part = 0; part < target.parts(); part++) {
      Change change = target.change(row, part, site);
      if (change != null) {
        merge.merge(change);
      }
    }
    long unknown = target.unknown(row);
    if (unknown != 0) {
      Change change = Change.unknown(target.crr, row.key(), row.life(), row.lastVersion(), site);
      merge.merge(change);
      if (!merge.isPast(change)) {
        park(row, unknown, site, target.crr, null);
      }
    }
  }

  /** Where the columns of a row stand; null if its table is not here. */
  private Target target(WrittenRow row) {
    int shape = row.shapeNumber();
    if (targets[shape] == null) {
      Crr crr = replica.registry().byName(row.shape().table());
      targets[shape] = crr == null ? null : new Target(row.shape(), crr);
    }
    return targets[shape];
  }

  private void checkKey(WrittenRow row, Crr crr) {
    if (row.key().length != crr.keyColumns()) {
      throw refusal(
          replica.schema().shown(crr.name)
              + " has a key of "
              + crr.keyColumns()
              + " column(s) here, the change one of "
              + row.key().length);
    }
    for (int i = 0; i < row.key().length; i++) {
      if (!crr.keyHolds(replica.schema().db(), i, row.key()[i])) {
        throw refusal(
            "the key column "
                + crr.keyName(i)
                + " holds values of type "
                + crr.keyType(i)
                + " only");
      }
    }
  }

  /**
   * Parks cells of a row, or a deletion; {@code reason} is null if the table or column is not here.
   */
  private void park(WrittenRow row, long columns, byte[] site, Crr crr, String reason) {
    if (row.isDeletion()) {
      park(row, new Cid(Cid.DELETION, null, 1), Value.NULL, row.version(), site, crr, reason);
    }
    for (long rest = columns; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      long version = row.version() + row.shape().offsets()[i];
      park(row, cid(row, i), row.cell(i), version, site, crr, reason);
    }
  }

  private static Cid cid(WrittenRow row, int i) {
    if (row.shape().numbers()[i] == Shape.EXISTENCE) {
      return new Cid(Cid.EXISTENCE, null, 1);
    }
    String name = row.shape().names()[i];
    return name.isEmpty()
        ? new Cid(row.shape().numbers()[i], null, row.life())
        : new Cid(Cid.NAMED, name, row.life());
  }

  private void park(
      WrittenRow row, Cid cid, Value value, long version, byte[] site, Crr crr, String reason) {
    Received received =
        new Received(row.shape().table(), crr, row.key(), cid, row.life(), value, version, site);
    if (reason == null) {
      receiver.park(received);
    } else {
      receiver.park(received, reason);
    }
  }

  /** Moves the version vector to what the changeset says is held now. */
  private void move() {
    for (int i = 0; i < changeset.sites.length; i++) {
      long version = changeset.to[i];
      if (covered[i] != OWN && version > held.version(changeset.sites[i])) {
        replica.clock().see(version);
        replica.sites().move(changeset.sites[i], version, 0);
      }
    }
    if (changeset.until > held.arrival(changeset.sender)) {
      replica.sites().move(changeset.sender, 0, changeset.until);
    }
  }
}
