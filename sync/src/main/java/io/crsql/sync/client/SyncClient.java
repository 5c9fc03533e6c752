package io.crsql.sync.client;

import io.crsql.jdbc.Crsql;
import io.crsql.sync.Access;
import io.crsql.sync.SessionOptions;
import io.crsql.sync.SyncSession;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Keeps a database file in sync with a hub over WebSocket, on a daemon thread with a connection of
 * its own.
 *
 * <pre>{@code
 * try (SyncClient client =
 *     SyncClient.of(Path.of("app.db"), URI.create("wss://example.org/db/app"))
 *         .token(token)
 *         .start()) {
 *   client.awaitUpToDate(Duration.ofSeconds(30));
 * }
 * }</pre>
 *
 * <p>What any process commits to the file is noticed within 50 ms and sent; {@link #poke} spares
 * even that. A lost connection is made again, after a second at first and a minute at most. The
 * state is all in the database: whenever the program is stopped, nothing is lost, and the next
 * client goes on.
 *
 * <p>Thread-safe.
 */
public final class SyncClient implements AutoCloseable {
  private static final long CLOSE_SECONDS = 10;

  private final SyncLoop loop;
  private final Thread thread;

  private SyncClient(SyncLoop loop) {
    this.loop = loop;
    this.thread = new Thread(loop, "crsql-sync");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * A client to be {@linkplain Builder#start started}.
   *
   * @param file the database, made if there is none
   * @param uri where the hub serves it, as in {@code wss://example.org/db/app}; http and https are
   *     taken for ws and wss
   * @throws IllegalArgumentException if the URL is none of a hub; the message says why
   */
  public static Builder of(Path file, URI uri) {
    return new Builder(file, HubUri.of(uri));
  }

  /** What it is doing now. */
  public SyncStatus status() {
    return loop.status();
  }

  /**
   * Waits until all that was committed before this call, here or at the hub, has reached the other
   * side, as far as what the hub has is known.
   *
   * @return false if it takes longer than the timeout, or the client has stopped
   */
  public boolean awaitUpToDate(Duration timeout) throws InterruptedException {
    return loop.awaitUpToDate(timeout);
  }

  /** Something was committed just now: looks at once. */
  public void poke() {
    loop.poke();
  }

  /** Says goodbye and stops; waits up to ten seconds for it. */
  @Override
  public void close() {
    loop.stop();
    if (Thread.currentThread() != thread) {
      try {
        thread.join(Duration.ofSeconds(CLOSE_SECONDS).toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What a client is told before it starts. Not thread-safe. */
  public static final class Builder {
    private final Path file;
    private final URI uri;
    private SessionOptions options = SessionOptions.DEFAULT;
    private Duration poll = Duration.ofMillis(50);
    private Duration leastRetry = Duration.ofSeconds(1);
    private Duration mostRetry = Duration.ofMinutes(1);
    private Consumer<SyncStatus> listener = status -> {};

    private Builder(Path file, URI uri) {
      this.file = file;
      this.uri = uri;
    }

    /** What gives access; none at first. */
    public Builder token(String token) {
      int bytes = token.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > SyncSession.MAX_TOKEN_BYTES) {
        throw new IllegalArgumentException(
            "the token has " + bytes + " bytes, of at most " + SyncSession.MAX_TOKEN_BYTES);
      }
      options = options.withToken(token);
      return this;
    }

    /** Sizes, token, access and name all at once; {@link SessionOptions#DEFAULT} at first. */
    public Builder options(SessionOptions options) {
      this.options = options;
      return this;
    }

    /** Whether to receive, send, or do both, as at first. */
    public Builder access(Access access) {
      options = options.withAccess(access);
      return this;
    }

    /** How often to look whether anybody has committed: 50 ms at first. */
    public Builder poll(Duration poll) {
      this.poll = positive(poll);
      return this;
    }

    /** How long to wait before connecting again, from the first time to the tenth or so. */
    public Builder retry(Duration least, Duration most) {
      if (least.compareTo(most) > 0) {
        throw new IllegalArgumentException(least + " is more than " + most);
      }
      leastRetry = positive(least);
      mostRetry = most;
      return this;
    }

    /**
     * Who is told whenever the status has changed, on the client's thread, which waits meanwhile:
     * it may call the client's methods, but for {@link SyncClient#awaitUpToDate}.
     */
    public Builder listener(Consumer<SyncStatus> listener) {
      this.listener = listener;
      return this;
    }

    /**
     * Opens the database and starts. Whether the hub can be reached is the status's matter.
     *
     * @throws SQLException if the database cannot be opened
     */
    public SyncClient start() throws SQLException {
      Backoff backoff = new Backoff(leastRetry, mostRetry, RandomGenerator.getDefault());
      return new SyncClient(
          new SyncLoop(Crsql.open(file), uri, options, poll.toNanos(), backoff, listener));
    }

    private static Duration positive(Duration duration) {
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException(duration + " is no time to wait");
      }
      return duration;
    }
  }
}
