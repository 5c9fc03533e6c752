package io.crsql.sync.client;

import io.crsql.sync.CloseCode;
import io.crsql.sync.Closing;
import io.crsql.sync.SessionOptions;
import io.crsql.sync.StoreException;
import io.crsql.sync.client.SyncStatus.State;
import io.crsql.sync.jdbc.BatchStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Connects, converses, waits, and again: what a client's thread does. */
final class SyncLoop implements Runnable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final Connection connection;
  private final URI uri;
  private final SessionOptions options;
  private final long pollNanos;
  private final Backoff backoff;
  private final Consumer<SyncStatus> listener;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Rung when there is something to do. */
  private final Semaphore bell = new Semaphore(0);

  private volatile boolean stopping;

  private SyncStatus status = SyncStatus.START;

  /** How often somebody has asked whether all is up to date, and up to which time that is told. */
  private long asked;

  private long answered;

  SyncLoop(
      Connection connection,
      URI uri,
      SessionOptions options,
      long pollNanos,
      Backoff backoff,
      Consumer<SyncStatus> listener) {
    this.connection = connection;
    this.uri = uri;
    this.options = options;
    this.pollNanos = pollNanos;
    this.backoff = backoff;
    this.listener = listener;
  }

  synchronized SyncStatus status() {
    return status;
  }

  void poke() {
    bell.release();
  }

  void stop() {
    stopping = true;
    bell.release();
  }

  synchronized boolean awaitUpToDate(Duration timeout) throws InterruptedException {
    long until = System.nanoTime() + timeout.toNanos();
    long question = ++asked;
    bell.release();
    while (answered < question || status.state() != State.UP_TO_DATE) {
      long left = until - System.nanoTime();
      if (left <= 0 || status.state() == State.STOPPED) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  @Override
  public void run() {
    Closing last = null;
    try (connection;
        BatchStore store = new BatchStore(connection)) {
      boolean retry = true;
      while (retry && !stopping) {
        last = attempt(store);
        retry = last.code().retry();
        if (retry && !stopping) {
          pause(last);
        }
      }
    } catch (InterruptedException e) {
      last = new Closing(CloseCode.DONE, "the thread was interrupted", false);
    } catch (SQLException | RuntimeException e) {
      last = new Closing(CloseCode.UNAVAILABLE, "syncing has failed: " + e, false);
    } finally {
      publish(State.STOPPED, Optional.ofNullable(last), Optional.empty(), 0);
    }
  }

  /** One connection; gives how it, or the attempt at it, has ended. */
  private Closing attempt(BatchStore store) throws InterruptedException {
    publish(State.CONNECTING, status().last(), Optional.empty(), 0);
    Link link = new Link(uri, bell);
    CompletableFuture<WebSocket> opening =
        http.newWebSocketBuilder().connectTimeout(CONNECT_TIMEOUT).buildAsync(uri, link);
    opening.whenComplete((socket, failure) -> bell.release());
    while (!opening.isDone() && !stopping) {
      bell.acquire();
    }
    if (stopping) {
      opening.thenAccept(WebSocket::abort);
      return stopped();
    }
    try {
      link.opened(opening.join());
    } catch (CompletionException e) {
      return new Closing(CloseCode.GOING_AWAY, Unreached.sentence(uri, e.getCause()), false);
    }
    try {
      return converse(store, link);
    } finally {
      link.abort();
    }
  }

  private Closing converse(BatchStore store, Link link) throws InterruptedException {
    Conversation conversation;
    try {
      conversation = new Conversation(store, options, link);
    } catch (StoreException e) {
      return new Closing(CloseCode.UNAVAILABLE, e.getMessage(), false);
    }
    while (true) {
      long question = question();
      Closing closing = conversation.step();
      if (conversation.wasUpToDate()) {
        backoff.reset();
      }
      if (closing != null) {
        return closing;
      } else if (stopping) {
        conversation.end();
        return stopped();
      }
      tell(conversation, question);
      if (link.isEmpty()) {
        long most = Math.min(pollNanos, conversation.untilBeat());
        bell.tryAcquire(most, TimeUnit.NANOSECONDS);
        bell.drainPermits();
      }
    }
  }

  private void tell(Conversation conversation, long question) {
    if (!conversation.session().isOpen()) {
      return;
    }
    State state = conversation.isUpToDate() ? State.UP_TO_DATE : State.SYNCING;
    SyncStatus now =
        new SyncStatus(
            state,
            conversation.session().progress(),
            Optional.empty(),
            conversation.session().peerAgent(),
            Optional.empty());
    publish(now, question);
  }

  private static Closing stopped() {
    return new Closing(CloseCode.DONE, "the client was closed", false);
  }

  private void pause(Closing last) throws InterruptedException {
    long nanos = backoff.next();
    Instant at = Instant.now().plusNanos(nanos);
    publish(State.OFFLINE, Optional.of(last), Optional.of(at), 0);
    long until = System.nanoTime() + nanos;
    while (!stopping && System.nanoTime() < until) {
      bell.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }

  private synchronized long question() {
    return asked;
  }

  private void publish(
      State state, Optional<Closing> last, Optional<Instant> retry, long question) {
    SyncStatus before = status();
    publish(new SyncStatus(state, before.progress(), last, before.peer(), retry), question);
  }

  private void publish(SyncStatus now, long question) {
    boolean news;
    synchronized (this) {
      news = !now.equals(status);
      status = now;
      answered = Math.max(answered, question);
      notifyAll();
    }
    if (news) {
      listener.accept(now);
    }
  }
}
