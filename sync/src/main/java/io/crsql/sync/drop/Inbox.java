package io.crsql.sync.drop;

import io.crsql.sync.Access;
import io.crsql.sync.StoreException;
import io.crsql.sync.jdbc.BatchStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** Applies the files of a folder, and counts what the folder holds. */
final class Inbox {
  /** About how much is applied in one transaction; it bounds how long others wait to write. */
  private static final int BATCH_BYTES = 4 << 20;

  private final BatchStore store;
  private final DropFolder folder;
  private final Access access;
  private final Holdings holdings;

  /** The files that are applied and committed, or were made here. */
  private final Set<SegmentName> applied = new HashSet<>();

  private final Set<SegmentName> uncommitted = new HashSet<>();
  private int uncommittedBytes;
  private byte[] site = new byte[0];
  private long schemaVersion;

  /** What the database holds, with what is not committed yet. */
  private byte[] held;

  Inbox(BatchStore store, DropFolder folder, Access access, Holdings holdings) {
    this.store = store;
    this.folder = folder;
    this.access = access;
    this.holdings = holdings;
  }

  /**
   * Deals with all files that are new.
   *
   * @return the files that were there
   */
  SortedSet<SegmentName> take(Tally tally) throws IOException {
    SortedSet<SegmentName> names = folder.list();
    holdings.retain(names);
    applied.retainAll(names);
    forgetIfOther();
    held = store.vector();
    List<SegmentName> left = new ArrayList<>(names);
    left.removeIf(this::isDealtWith);
    try {
      while (!left.isEmpty() && round(left, tally)) {
        commit();
      }
    } finally {
      commit();
    }
    tally.waiting = (int) left.stream().filter(name -> access.read() && !isOwn(name)).count();
    return names;
  }

  boolean hasApplied(SegmentName name) {
    return applied.contains(name);
  }

  /** A file was made here. */
  void wrote(SegmentName name, byte[] changeset) {
    holdings.add(name, changeset);
    applied.add(name);
  }

  /** The database may have become another one, so that it lacks what it had. */
  private void forgetIfOther() {
    byte[] nowSite = store.site();
    long nowSchema = store.schemaVersion();
    if (!Arrays.equals(site, nowSite) || schemaVersion != nowSchema) {
      applied.clear();
      site = nowSite;
      schemaVersion = nowSchema;
    }
  }

  private boolean isDealtWith(SegmentName name) {
    return (!access.write() || holdings.has(name)) && (!access.read() || applied.contains(name));
  }

  private boolean isOwn(SegmentName name) {
    return name.site().equals(HexFormat.of().formatHex(site));
  }

  /** Goes through the files once; false if none could be used. */
  private boolean round(List<SegmentName> left, Tally tally) throws IOException {
    boolean moved = false;
    for (Iterator<SegmentName> names = left.iterator(); names.hasNext(); ) {
      SegmentName name = names.next();
      try {
        Optional<byte[]> changeset = folder.read(name);
        moved |= changeset.isPresent() && use(name, changeset.get(), tally);
        if (changeset.isEmpty() || isDealtWith(name) || uncommitted.contains(name)) {
          names.remove();
        }
      } catch (DamagedException e) {
        tally.problem(name, e.getMessage());
        names.remove();
      }
    }
    return moved;
  }

  private boolean use(SegmentName name, byte[] changeset, Tally tally) throws DamagedException {
    boolean moved = false;
    try {
      if (access.write() && !holdings.has(name)) {
        moved = holdings.add(name, changeset);
      }
      if (access.read() && !applied.contains(name) && !uncommitted.contains(name)) {
        moved |= apply(name, changeset, tally);
      }
    } catch (StoreException e) {
      if (!e.isRefusal()) {
        throw e;
      }
      throw new DamagedException("is refused: " + e.getMessage());
    }
    return moved;
  }

  private boolean apply(SegmentName name, byte[] changeset, Tally tally) {
    byte[] after = store.after(held, changeset);
    if (after == null) {
      return false;
    }
    if (!Arrays.equals(after, held)) {
      tally.rows += store.apply(changeset);
      tally.received++;
      held = after;
    }
    uncommitted.add(name);
    uncommittedBytes += changeset.length;
    if (uncommittedBytes >= BATCH_BYTES) {
      commit();
    }
    return true;
  }

  private void commit() {
    try {
      store.commit();
      applied.addAll(uncommitted);
    } finally {
      uncommitted.clear();
      uncommittedBytes = 0;
    }
  }
}
