package io.crsql.bench.hub;

import io.crsql.sync.Access;
import io.crsql.sync.SessionOptions;
import io.crsql.sync.SyncSession;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A client that receives only, and is up to date when it has had the first last chunk. */
final class Reader implements WebSocket.Listener {
  private static final SessionOptions OPTIONS =
      SessionOptions.DEFAULT.withAgent("bench reader").withAccess(Access.READ);

  private final SyncSession session;
  private final CountDownLatch upToDate = new CountDownLatch(1);
  private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);

  private Reader(Consumer<byte[]> changesets) {
    session = SyncSession.connect(new ReaderStore(changesets), OPTIONS);
  }

  /** Connects; the future is done when it has all that the hub has. */
  static CompletableFuture<Reader> connect(
      HttpClient http, URI database, Consumer<byte[]> changesets) {
    Reader reader = new Reader(changesets);
    return http.newWebSocketBuilder()
        .buildAsync(database, reader)
        .thenApplyAsync(
            socket -> {
              reader.await();
              return reader;
            });
  }

  private void await() {
    try {
      upToDate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void onOpen(WebSocket socket) {
    send(socket);
    socket.request(1);
  }

  @Override
  public synchronized CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    session.receive(bytes, 0, bytes.length);
    session.pump();
    send(socket);
    if (session.progress().received().upToDate()) {
      upToDate.countDown();
    }
    socket.request(1);
    return null;
  }

  /** The client sends one message at a time. */
  private void send(WebSocket socket) {
    for (byte[] frame = session.poll(); frame != null; frame = session.poll()) {
      ByteBuffer message = ByteBuffer.wrap(frame);
      sending = sending.thenCompose(done -> socket.sendBinary(message, true));
    }
  }
}
