package io.crsql.jdbc;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners which rows of replicated tables have changed, whoever changed them: any
 * connection, any process, and merges. It is what live queries are built on.
 *
 * <pre>{@code
 * try (ChangeFeed feed = ChangeFeed.on(source).start()) {
 *   feed.add(batch -> show(batch.tables()));
 * }
 * }</pre>
 *
 * <p>It has a connection of its own, and a daemon thread that asks SQLite every 25 milliseconds
 * whether somebody has committed, by {@code PRAGMA data_version}, which costs a few microseconds.
 * If so it reads what has arrived since, in one snapshot, so that only what is committed is told,
 * and all of it at once. Several transactions between two looks are told as one, in the order in
 * which they were committed; of a cell that was changed twice, or a row that was inserted and
 * deleted again, only the end is told, once.
 *
 * <p>If there are more rows than a limit, 10,000 unless set, they are told in batches of about that
 * many, so that memory stays bounded; all but the last say that they are not {@linkplain
 * ChangeBatch#complete() complete}. Each is read when the listeners are done with the one before.
 *
 * <p>A database in memory can only be watched if its name is shared between connections. Methods
 * are thread-safe.
 */
public final class ChangeFeed implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger("io.crsql.jdbc");

  /** For how long it leaves a database alone that could not be read. */
  private static final long PAUSE_MILLIS = 1_000;

  private final DataSource source;
  private final long intervalNanos;
  private final int limit;
  private final Consumer<? super Throwable> onError;
  private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread = new Thread(this::run, "crsql-change-feed");
  private volatile boolean closed;

  /** These belong to the thread once it runs. */
  private @Nullable Watch watch;

  private long cursor;

  private ChangeFeed(Builder builder) throws SQLException {
    source = builder.source;
    intervalNanos = builder.interval.toNanos();
    limit = builder.limit;
    onError = builder.onError;
    Watch first = Watch.open(source);
    watch = first;
    try {
      cursor = builder.after == null ? first.committed() : builder.after;
    } catch (SQLException | RuntimeException e) {
      first.close();
      throw e;
    }
    thread.setDaemon(true);
  }

  /** A feed of the database of a DataSource, of which it keeps one connection. */
  public static Builder on(DataSource source) {
    return new Builder(source);
  }

  /** A feed of a file. */
  public static Builder on(Path file) {
    CrsqlDataSource source = new CrsqlDataSource();
    source.setUrl(CrsqlDriver.PREFIX + file.toUri());
    return new Builder(source);
  }

  /** Lets a listener be told of what is read from now on. */
  public void add(ChangeListener listener) {
    listeners.add(listener);
  }

  /** Lets a listener not be told any more, except by a call that has begun. */
  public void remove(ChangeListener listener) {
    listeners.remove(listener);
  }

  /** Lets the feed look at once, such as after a commit of one's own. */
  public void poke() {
    wake.release();
  }

  /**
   * Ends the feed, and waits for a listener that is being told; unless it is called by that
   * listener, which is then the last one told.
   */
  @Override
  public void close() {
    closed = true;
    poke();
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      long pause = intervalNanos;
      try {
        look();
      } catch (SQLException | RuntimeException e) {
        report(e);
        leave();
        pause = Math.max(pause, TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
      }
      await(pause);
    }
    leave();
  }

  private void look() throws SQLException {
    Watch open = watch == null ? Watch.open(source) : watch;
    watch = open;
    while (!closed && open.moved()) {
      ChangeBatch batch = open.read(cursor, limit);
      cursor = batch.until();
      if (!batch.rows().isEmpty()) {
        listeners.forEach(listener -> tell(listener, batch));
      }
    }
  }

  private void tell(ChangeListener listener, ChangeBatch batch) {
    if (closed) {
      return;
    }
    try {
      listener.changed(batch);
    } catch (Throwable e) {
      report(e);
    }
  }

  private void report(Throwable error) {
    try {
      onError.accept(error);
    } catch (RuntimeException e) {
      error.addSuppressed(e);
      log(error);
    }
  }

  private static void log(Throwable error) {
    LOGGER.log(Level.WARNING, "crsql: the change feed goes on after " + error, error);
  }

  /** Gives the connection back; the next look gets another. */
  private void leave() {
    Watch last = watch;
    watch = null;
    if (last == null) {
      return;
    }
    try {
      last.close();
    } catch (SQLException e) {
      report(e);
    }
  }

  private void await(long nanos) {
    try {
      wake.tryAcquire(nanos, TimeUnit.NANOSECONDS);
      wake.drainPermits();
    } catch (InterruptedException e) {
      // a listener left it behind; only close() ends the feed
      Thread.interrupted();
    }
  }

  /** How a feed is to be. */
  public static final class Builder {
    private static final Duration INTERVAL = Duration.ofMillis(25);
    private static final int LIMIT = 10_000;

    private final DataSource source;
    private Duration interval = INTERVAL;
    private int limit = LIMIT;
    private @Nullable Long after;
    private Consumer<? super Throwable> onError = ChangeFeed::log;

    private Builder(DataSource source) {
      this.source = source;
    }

    /**
     * How long to wait between two looks, 25 milliseconds unless set.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder every(Duration interval) {
      if (interval.isNegative() || interval.isZero()) {
        throw new IllegalArgumentException("the interval of a feed is positive, not " + interval);
      }
      this.interval = interval;
      return this;
    }

    /**
     * About how many rows to tell at once, 10,000 unless set.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder limit(int rows) {
      if (rows < 1) {
        throw new IllegalArgumentException("the limit of a feed is 1 or more, not " + rows);
      }
      this.limit = rows;
      return this;
    }

    /**
     * Begins with what arrived after that {@link ChangeBatch#until()}, kept from an earlier feed; 0
     * for all there is. A feed begins with what is committed after its start, unless this is set.
     */
    public Builder after(long until) {
      this.after = until;
      return this;
    }

    /**
     * Who is told of what listeners throw, and of failures to read the database, after which the
     * feed tries again. The system's logger unless set. It is called on the feed's thread.
     */
    public Builder onError(Consumer<? super Throwable> handler) {
      this.onError = handler;
      return this;
    }

    /**
     * Starts the feed, with its first listeners.
     *
     * @throws SQLException if the database cannot be opened, or for the reasons of {@link
     *     Crsql#install}
     */
    public ChangeFeed start(ChangeListener... listeners) throws SQLException {
      ChangeFeed feed = new ChangeFeed(this);
      feed.listeners.addAll(List.of(listeners));
      feed.thread.start();
      return feed;
    }
  }
}
