package io.crsql.engine.changeset;

import io.crsql.engine.changes.Arrivals;
import io.crsql.engine.changes.EntryScan;
import io.crsql.engine.changes.ParkedScan;
import io.crsql.engine.clock.Sites;
import io.crsql.engine.log.Log;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Dropped;
import io.crsql.engine.value.Bytes;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.SqliteException;

/**
 * What a database has that a receiver lacks, one changeset after the other, each made when it is
 * asked for. All that is read is of one snapshot.
 */
final class Stream {
  /** The site of a database that has no replicated tables, and so nothing to send. */
  private static final byte[] NOBODY = new byte[Format.SITE_BYTES];

  private final Replica replica;
  private final String caller;
  private final long mostBytes;
  private final Arrivals<RowSource> sources = new Arrivals<>();
  private final Body body = new Body();
  private byte[] sender = NOBODY;
  private SiteList sites;

  /** The clock in memory when the stream began: once it has moved, this connection has written. */
  private long began;

  /** SQLite's number for the schema when the stream began. */
  private long schemaVersion;

  /** The clock in the file, up to which all has been sent at the end. */
  private long end;

  /** Up to where the receiver has all that arrived here, once it has what has been made. */
  private long after;

  /** Whether the next row is the first of its transaction, as far as that is sent. */
  private boolean begins;

  private boolean last;
  private final Bytes changeset = new Bytes();

  private Stream(Replica replica, String caller, long mostBytes) {
    this.replica = replica;
    this.caller = caller;
    this.mostBytes = mostBytes;
    replica.logs().scanBegins();
  }

  /**
   * Begins with the first changeset.
   *
   * @param since what the receiver holds
   * @param mostBytes a changeset that has as many is ended with its transaction
   * @param caller the SQL function or table that was asked, for error messages
   */
  static Stream begin(Replica replica, VersionVector since, long mostBytes, String caller) {
    Stream stream = new Stream(replica, caller, mostBytes);
    try {
      stream.open(since);
      stream.make();
      return stream;
    } catch (RuntimeException | Error e) {
      stream.close();
      throw e;
    }
  }

  private void open(VersionVector since) {
    if (replica.transaction().isOpen()) {
      throw new SqliteException(
          SqliteException.ERROR,
          caller
              + ": this connection has written replicated tables in a transaction that is still"
              + " open, and may take that back; commit first");
    }
    replica.transaction().look();
    began = replica.clock().now();
    schemaVersion = replica.registry().version();
    if (!replica.registry().present()) {
      return;
    }
    sender = replica.sites().bytes(Sites.OWN);
    end = replica.clock().committed();
    after = since.arrival(sender);
    long ahead = Math.max(after, since.version(sender));
    if (ahead > end) {
      throw VersionVector.restored(caller, sender, ahead, end);
    }
    sites = new SiteList(replica, since, end, isWhole());
    long lacks = replica.sites().nothingMerged() ? since.version(sender) : 0;
    for (long id : replica.registry().all()) {
      Crr crr = replica.registry().byId(id);
      if (crr != null && crr.readable()) {
        open(crr, Math.max(after, lacks - crr.ticks));
      }
    }
    if (ParkedScan.any(replica)) {
      sources.add(new ParkedRows(new ParkedScan(replica, after), sites), began);
    }
  }

  /** Whether the database still has all tables and columns that it has ever replicated. */
  private boolean isWhole() {
    for (long id : replica.registry().all()) {
      Crr crr = replica.registry().byId(id);
      if (crr == null || !crr.readable()) {
        return false;
      }
    }
    return !Dropped.any(replica.schema());
  }

  private void open(Crr crr, long from) {
    Log log = replica.logs().of(crr);
    if (log.last() > from) {
      sources.add(new EntryRows(new EntryScan(replica, log, from, began), sites), began);
    }
  }

  /**
   * Moves to the next changeset.
   *
   * @return false if there is none
   */
  boolean next() {
    if (last) {
      return false;
    }
    if (replica.registry().version() != schemaVersion) {
      throw new SqliteException(
          SqliteException.ERROR,
          caller + ": this connection has changed the schema since the query began; begin again");
    } else if (replica.clock().now() != began) {
      throw new SqliteException(
          SqliteException.ERROR,
          caller
              + ": this connection has written replicated tables since the query began, so that"
              + " what it would go on with is no longer what it began with; begin again");
    }
    make();
    return true;
  }

  private void make() {
    body.clear();
    if (sites != null) {
      sites.clear();
    }
    long until = after;
    boolean full = false;
    boolean cut = false;
    int transaction = 0;
    while (!sources.isEmpty() && !full) {
      RowSource row = sources.first();
      begins |= row.begins();
      if (!row.isCovered()) {
        cut = !begins && body.size() - transaction >= mostBytes;
        full = cut || (begins && body.size() >= mostBytes);
        if (full) {
          break;
        }
        transaction = begins ? body.size() : transaction;
        row.write(body, begins);
        begins = false;
      }
      until = row.at();
      sources.next(began);
    }
    last = !full;
    finish(last ? Math.max(end, after) : until, cut);
  }

  private void finish(long until, boolean cut) {
    Bytes out = changeset.clear().add(Format.CHANGESET).add(Format.NUMBER);
    out.add((last ? Format.LAST : 0) | (cut ? Format.CUT : 0));
    out.add(sender).varint(after).varint(until);
    if (sites == null) {
      out.varint(0);
    } else {
      sites.write(out, last);
    }
    body.write(out);
    out.check();
    after = until;
  }

  /** Gives the changeset. */
  void give(Result result) {
    changeset.giveBlob(result);
  }

  /** Whether it is the last. */
  boolean isLast() {
    return last;
  }

  /** The clock of this database until which the receiver then has all. */
  long until() {
    return after;
  }

  /** How many rows the changeset has. */
  long rows() {
    return body.rows();
  }

  /** Ends the stream. */
  void close() {
    sources.close();
    replica.logs().scanEnds();
  }
}
