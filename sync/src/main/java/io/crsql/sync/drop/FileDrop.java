package io.crsql.sync.drop;

import io.crsql.jdbc.Crsql;
import io.crsql.sync.Store;
import io.crsql.sync.StoreException;
import io.crsql.sync.jdbc.BatchStore;
import io.crsql.sync.jdbc.JdbcStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * Syncs a database with a folder of files, which others do as well, and which anything may carry
 * from one to another: a program that syncs files, a stick, a mounted bucket. Each file is written
 * once and stays as it is. They may come in any order, twice, in part, or never: what can be
 * applied is, and when all are there, all databases are equal. docs/file-drop.md specifies the
 * files.
 *
 * <pre>{@code
 * try (FileDrop drop = FileDrop.open(Path.of("app.db"), Path.of("Dropbox/app"), DropOptions.DEFAULT)) {
 *   drop.exchange();
 * }
 * }</pre>
 *
 * <p>Whoever can write the folder can write the databases. An object remembers which files it has
 * dealt with, so that asking it again is cheap; nothing else is kept outside the database. Not
 * thread-safe.
 *
 * <p>Its methods throw {@link StoreException} if the database cannot do it.
 */
public final class FileDrop implements AutoCloseable {
  /**
   * A segment without rows only spares later looks at the same entries, and others would answer it.
   * So it is put off until the clock has moved this far.
   */
  private static final long EMPTY_SEGMENT_TICKS = 10_000;

  private static final String NOBODY = "0".repeat(32);

  private final Connection connection;
  private final BatchStore store;
  private final DropFolder folder;
  private final DropOptions options;
  private final Holdings holdings;
  private final Inbox inbox;

  private FileDrop(Connection connection, Path folder, DropOptions options) {
    this.connection = connection;
    this.store = new BatchStore(connection);
    this.folder = new DropFolder(folder, options.maxBytes());
    this.options = options;
    this.holdings = new Holdings(store);
    this.inbox = new Inbox(store, this.folder, options.access(), holdings);
  }

  /**
   * Opens a database for an exchange with a folder, which must be there.
   *
   * @param file the database, made if there is none
   * @throws SQLException if it cannot be opened
   */
  public static FileDrop open(Path file, Path folder, DropOptions options) throws SQLException {
    return new FileDrop(Crsql.open(file), folder, options);
  }

  /**
   * Applies what is new in the folder, and writes there what it lacks.
   *
   * @throws IOException if the folder cannot be listed or written; what had been applied stays
   */
  public DropResult exchange() throws IOException {
    Tally tally = new Tally();
    SortedSet<SegmentName> names = inbox.take(tally);
    if (options.access().write()) {
      send(counter(names), tally);
    }
    return tally.result();
  }

  /**
   * Writes all that the database holds as new files, and deletes those that they make superfluous:
   * files that are applied here, and of whose writer nothing is still to come. It is safe at any
   * time, whatever others do meanwhile.
   *
   * @throws IOException as {@link #exchange}
   */
  public DropResult compact() throws IOException {
    if (!options.access().read() || !options.access().write()) {
      throw new IllegalStateException("only who receives and sends can compact");
    }
    Tally tally = new Tally();
    SortedSet<SegmentName> old = inbox.take(tally);
    byte[] held = store.vector();
    String site = site();
    if (JdbcStore.Held.version(store.sites(held), site) > 0) {
      byte[] written = write(new byte[0], counter(old), true, tally);
      if (coversVersions(written, held)) {
        delete(old, tally);
      }
    }
    holdings.forget();
    folder.deleteUnfinished();
    return tally.result();
  }

  /**
   * Exchanges now, and again whenever the folder or the database has changed, until the thread is
   * interrupted.
   *
   * @param listener is given the result of each exchange that is unlike the one before
   * @throws InterruptedException when it is
   */
  public void watch(Consumer<DropResult> listener) throws IOException, InterruptedException {
    new DropWatch(this, folder.path(), store::dataVersion).run(listener);
  }

  private String site() {
    return HexFormat.of().formatHex(store.site());
  }

  /** The number of the next file. */
  private static long counter(SortedSet<SegmentName> names) {
    long greatest = names.isEmpty() ? 0 : names.last().counter();
    return Math.min(greatest + 1, SegmentName.MAX_COUNTER);
  }

  private void send(long counter, Tally tally) throws IOException {
    if (!site().equals(NOBODY)) {
      write(holdings.vector(), counter, holdings.cut().contains(site()), tally);
    }
  }

  /**
   * Writes what one lacks who holds that.
   *
   * @param whole whether the end is written even if it is without rows
   * @return what one holds then
   */
  private byte[] write(byte[] since, long counter, boolean whole, Tally tally) throws IOException {
    byte[] vector = since;
    long arrival = JdbcStore.Held.arrival(store.sites(since), site());
    boolean end = whole;
    Store.Chunk chunk;
    do {
      List<Store.Chunk> next = store.changesets(vector, options.segmentBytes(), 1);
      chunk = next.get(0);
      byte[] changeset = chunk.changeset();
      vector = store.after(vector, changeset);
      if (chunk.rows() > 0 || end || chunk.until() - arrival >= EMPTY_SEGMENT_TICKS) {
        requireFits(changeset);
        SegmentName name = folder.write(counter, changeset);
        counter = Math.min(counter + 1, SegmentName.MAX_COUNTER);
        inbox.wrote(name, changeset);
        tally.sent++;
        end = true;
      }
    } while (!chunk.last());
    return vector;
  }

  private void requireFits(byte[] changeset) throws IOException {
    if (changeset.length > options.maxBytes()) {
      throw new IOException(
          "a change has "
              + changeset.length
              + " bytes, and files have at most "
              + options.maxBytes()
              + "; store large values elsewhere, or raise the limit everywhere");
    }
  }

  /** Whether one holds all writes that the other holds, whoever has passed them on. */
  private boolean coversVersions(byte[] vector, byte[] other) {
    List<JdbcStore.Held> sites = store.sites(vector);
    return store.sites(other).stream()
        .allMatch(held -> JdbcStore.Held.version(sites, held.site()) >= held.version());
  }

  private void delete(SortedSet<SegmentName> old, Tally tally) throws IOException {
    Set<String> cut = holdings.cut();
    for (SegmentName name : old) {
      if (inbox.hasApplied(name) && !cut.contains(name.site())) {
        folder.delete(name);
        tally.deleted++;
      }
    }
  }

  /** Closes the database. */
  @Override
  public void close() throws SQLException {
    store.close();
    connection.close();
  }
}
