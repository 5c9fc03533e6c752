package io.crsql.engine.changes;

import io.crsql.engine.merge.Change;
import io.crsql.engine.parked.Parking;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Metadata;
import io.crsql.engine.schema.Names;
import io.crsql.engine.value.Literals;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.Values;

/** Takes changes in: merges what is known here and parks what is not yet. */
public final class Receiver {
  private final Replica replica;
  private final ChangeReader reader;

  /** Takes changes into a database. */
  public Receiver(Replica replica) {
    this.replica = replica;
    this.reader = new ChangeReader(replica);
  }

  /** Whether it takes changes into that database. */
  boolean isOf(Replica other) {
    return replica == other;
  }

  /** Called before anything is taken in. */
  public void enter() {
    replica.transaction().enter();
    if (!replica.registry().present()) {
      // What a database without replicated tables is sent, it keeps for others.
      Metadata.create(replica.schema());
      replica.registry().invalidate();
      replica.registry().refresh(true);
    }
  }

  /**
   * Takes one change in.
   *
   * @param row the columns of crsql_changes
   * @throws SqliteException if it is unsound; nothing has then been written
   */
  void receive(Values row) {
    enter();
    Received received = reader.read(row);
    if (!merge(received)) {
      park(received);
    }
  }

  /** Merges what is known here of a change; false if that is not all, and the rest still counts. */
  private boolean merge(Received received) {
    if (received.crr() == null) {
      return false;
    }
    Change change = received.change();
    replica.merge().merge(change);
    return !change.isUnknown() || replica.merge().isPast(change);
  }

  /** Parks a change of a table or column that is not here. */
  public void park(Received received) {
    park(
        received,
        received.crr() == null
            ? "there is no replicated table " + Names.shown(Excerpt.of(received.table())) + " here"
            : Names.shown(received.crr().name)
                + " has no column "
                + received.cid().shown()
                + " here");
  }

  /** Parks a change for the reason that a sentence gives. */
  public void park(Received received, String reason) {
    replica.parking().park(parked(received, reason), other -> reader.compare(received, other));
  }

  /** The change in the one form that crsql_changes gives it, whichever it came in. */
  private static Parking.Parked parked(Received received, String reason) {
    Cid cid = received.cid();
    return new Parking.Parked(
        received.crr() == null ? received.table() : received.crr().name,
        new Literals().literal(received.key()),
        cid.number(),
        cid.name() == null ? null : cid.base(),
        received.life(),
        cid.isMarker() ? Value.integer(received.life()) : new Literals().literal(received.value()),
        received.version(),
        received.site(),
        reason);
  }

  /**
   * Merges what is parked of a table that has become known, or has got columns. What the table
   * still cannot take stays parked.
   */
  public void release(Crr crr) {
    String parked = replica.schema().of("crsql_parked");
    try (Stmt rows =
            replica
                .schema()
                .prepare(
                    "SELECT \"table\", pk, "
                        + ParkedScan.CID
                        + ", val, version, site_id, NULL, NULL, NULL, rowid FROM "
                        + parked
                        + " ORDER BY at");
        Stmt delete = replica.schema().prepare("DELETE FROM " + parked + " WHERE rowid = ?1");
        Stmt refuse =
            replica.schema().prepare("UPDATE " + parked + " SET reason = ?2 WHERE rowid = ?1")) {
      while (rows.step()) {
        Crr now = replica.registry().byName(rows.getText(ChangesTable.TABLE));
        if (now != null && now.id == crr.id) {
          release(rows, delete, refuse);
        }
      }
    }
  }

  private void release(Stmt row, Stmt delete, Stmt refuse) {
    Stmt outcome = delete;
    try {
      Received received = reader.read(row);
      if (!merge(received)) {
        if (received.crr().name.equalsIgnoreCase(row.getText(ChangesTable.TABLE))) {
          return;
        }
        // Under the table's new name, where it meets what else is parked of the row.
        park(received);
      }
    } catch (SqliteException e) {
      if (!isRefusal(e)) {
        throw e;
      }
      outcome = refuse;
      refuse.bindText(2, e.getMessage());
    }
    outcome.bindLong(1, row.getLong(ChangesTable.DB_VERSION + 1));
    outcome.step();
    outcome.reset();
  }

  /** Whether it is about the one change, and not about the whole transaction. */
  public boolean isRefusal(SqliteException e) {
    int code = e.code() & 0xff;
    boolean ofTheChange = code == SqliteException.ERROR || code == SqliteException.CONSTRAINT;
    return ofTheChange && replica.transaction().isOpen();
  }
}
