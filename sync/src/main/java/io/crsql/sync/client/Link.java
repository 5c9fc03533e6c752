package io.crsql.sync.client;

import io.crsql.sync.SyncSession;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One WebSocket, as the thread that syncs sees it. What comes is queued for that thread, a few
 * pieces ahead and no more; the bell is rung whenever there is something to do.
 */
final class Link implements WebSocket.Listener {
  /** How many pieces may wait. The HTTP client cuts messages, so a piece is of 16 KB or so. */
  private static final int AHEAD = 16;

  /** The most bytes of a message: servers refuse large ones, and frames may be cut anywhere. */
  private static final int MESSAGE_BYTES = 32 << 10;

  private static final long FAREWELL_SECONDS = 2;

  private final URI uri;
  private final Semaphore bell;
  private final Queue<byte[]> received = new ConcurrentLinkedQueue<>();
  private volatile String ended;

  private WebSocket socket;
  private CompletableFuture<WebSocket> sending;

  /** The frame that is being sent, and how much of it is. */
  private byte[] frame;

  private int sent;

  Link(URI uri, Semaphore bell) {
    this.uri = uri;
    this.bell = bell;
  }

  /** The connection stands. Called, as all below, by the thread that syncs. */
  void opened(WebSocket socket) {
    this.socket = socket;
    this.sending = CompletableFuture.completedFuture(socket);
  }

  /** The next piece of what has come; null if there is none now. Asks for one more. */
  byte[] poll() {
    byte[] piece = received.poll();
    if (piece != null) {
      socket.request(1);
    }
    return piece;
  }

  boolean isEmpty() {
    return received.isEmpty();
  }

  /** Why there is nothing more to come after what is queued; null if there may be. */
  String ended() {
    String why = ended;
    return why != null && received.isEmpty() ? why : null;
  }

  /** Sends what a session has put out, as far as it goes without waiting. */
  void send(SyncSession session) {
    while (sending.isDone() && ended == null && next(session)) {
      sendPiece();
    }
  }

  /** Sends all that a session has put out, unless it takes too long. */
  private void sendAll(SyncSession session) throws InterruptedException {
    while (settle() && next(session)) {
      sendPiece();
    }
  }

  private boolean next(SyncSession session) {
    if (frame == null || sent == frame.length) {
      frame = session.poll();
      sent = 0;
    }
    return frame != null;
  }

  private void sendPiece() {
    int count = Math.min(MESSAGE_BYTES, frame.length - sent);
    sending = socket.sendBinary(ByteBuffer.wrap(frame, sent, count), true);
    sent += count;
    sending.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            end(Unreached.lost(uri, failure));
          }
          bell.release();
        });
  }

  /** Waits a little until what was sent last is on its way. */
  private boolean settle() throws InterruptedException {
    try {
      sending.get(FAREWELL_SECONDS, TimeUnit.SECONDS);
      return ended == null;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /** Ends the connection at once. */
  void abort() {
    socket.abort();
  }

  /** Sends the session's last words, and ends the connection, politely if it can be. */
  void close(SyncSession session) throws InterruptedException {
    sendAll(session);
    if (settle()) {
      sending = socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
      awaitEnd();
    }
    socket.abort();
  }

  /** Gives the other side time to read what was sent last, which an abort may throw away. */
  private void awaitEnd() throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(FAREWELL_SECONDS);
    while (settle() && System.nanoTime() < until) {
      if (poll() == null) {
        bell.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    }
  }

  @Override
  public void onOpen(WebSocket webSocket) {
    webSocket.request(AHEAD);
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
    byte[] piece = new byte[data.remaining()];
    data.get(piece);
    received.add(piece);
    bell.release();
    return null;
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    end(Unreached.place(uri) + " sends text, so it is no hub of crsql");
    webSocket.abort();
    return null;
  }

  @Override
  public CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
    String why = reason.isEmpty() ? "" : ": " + reason;
    end(Unreached.place(uri) + " has closed the connection" + why);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    end(Unreached.lost(uri, error));
  }

  private void end(String why) {
    if (ended == null) {
      ended = why;
    }
    bell.release();
  }
}
