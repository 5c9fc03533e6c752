package io.crsql.server;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** A WebSocket that says what a test wants, and reads as much as it wants. */
final class Raw implements WebSocket.Listener, AutoCloseable {
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final boolean reads;
  private volatile String closed;
  private final WebSocket socket;

  /** One that reads all, or only what is {@linkplain #read asked for}. */
  Raw(String url, boolean reads) {
    this.reads = reads;
    socket = Client.HTTP.newWebSocketBuilder().buildAsync(URI.create(url), this).join();
  }

  @Override
  public void onOpen(WebSocket opened) {
    if (reads) {
      opened.request(Long.MAX_VALUE);
    }
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    synchronized (received) {
      received.writeBytes(bytes);
    }
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    closed = reason;
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed = String.valueOf(error);
  }

  void read(long messages) {
    socket.request(messages);
  }

  /** Sends a message, and waits until it has gone; false if the connection has ended. */
  boolean send(byte[] bytes) {
    try {
      socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  void sendText(String text) {
    socket.sendText(text, true).join();
  }

  /** Sends a ping of WebSocket's own. */
  void ping() {
    socket.sendPing(ByteBuffer.wrap(new byte[8])).join();
  }

  byte[] received() {
    synchronized (received) {
      return received.toByteArray();
    }
  }

  /** Why the other side has closed it; null if it has not. */
  String closed() {
    return closed;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
