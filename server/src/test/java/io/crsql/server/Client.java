package io.crsql.server;

import io.crsql.jdbc.Crsql;
import io.crsql.sync.Closing;
import io.crsql.sync.Progress;
import io.crsql.sync.SessionOptions;
import io.crsql.sync.SyncSession;
import io.crsql.sync.jdbc.JdbcStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A database that is synced with a hub by the JDK's WebSocket. */
final class Client implements WebSocket.Listener, AutoCloseable {
  static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Connection connection;
  private final JdbcStore store;
  private final int messageBytes;
  private final WebSocket socket;
  private final SyncSession session;
  private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
  private String closeReason;
  private long messagesLeft = Long.MAX_VALUE;
  private long readsLeft = Long.MAX_VALUE;

  Client(Path file, String url, String token, String... sql) throws SQLException {
    this(file, url, SessionOptions.DEFAULT.withToken(token).withAgent("test"), 1 << 20, sql);
  }

  /** Cuts what it sends into messages of that size. */
  Client(Path file, String url, SessionOptions options, int messageBytes, String... sql)
      throws SQLException {
    this.messageBytes = messageBytes;
    connection = Crsql.open(file);
    store = new JdbcStore(connection);
    for (String statement : sql) {
      execute(statement);
    }
    session = SyncSession.connect(store, options);
    socket = HTTP.newWebSocketBuilder().buildAsync(URI.create(url), this).join();
    synchronized (this) {
      flush();
    }
  }

  @Override
  public synchronized CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    if (messagesLeft-- > 0) {
      session.receive(bytes, 0, bytes.length);
      session.pump();
      flush();
    }
    if (--readsLeft > 0) {
      from.request(1);
    }
    return null;
  }

  @Override
  public synchronized CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    closeReason = reason;
    return null;
  }

  @Override
  public synchronized void onError(WebSocket from, Throwable error) {
    closeReason = String.valueOf(error);
  }

  private void flush() {
    for (byte[] frame = session.poll(); frame != null; frame = session.poll()) {
      for (int at = 0; at < frame.length; at += messageBytes) {
        ByteBuffer part = ByteBuffer.wrap(frame, at, Math.min(messageBytes, frame.length - at));
        sending = sending.thenCompose(sent -> socket.sendBinary(part, true));
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** From now on only that many messages are worked off; the others are read and thrown away. */
  synchronized void fallSilentAfter(long messages) {
    messagesLeft = messages;
  }

  /** From now on only that many messages are read. */
  synchronized void stopReadingAfter(long messages) {
    readsLeft = messages + 1;
  }

  /** Writes, and syncs what was written. */
  synchronized void run(String sql) throws SQLException {
    execute(sql);
    session.changed();
    session.pump();
    flush();
  }

  synchronized String text(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  String fingerprint() throws SQLException {
    return text("SELECT lower(crsql_fingerprint())");
  }

  synchronized Optional<Closing> closing() {
    return session.closing();
  }

  synchronized String closeReason() {
    return closeReason;
  }

  synchronized Progress progress() {
    return session.progress();
  }

  /** Whether all that was written here is at the hub, and all that the hub had is here. */
  synchronized boolean isUpToDate() {
    return session.progress().sent().upToDate() && session.progress().received().upToDate();
  }

  /** Breaks the connection. */
  void abort() {
    socket.abort();
  }

  @Override
  public void close() throws SQLException {
    socket.abort();
    synchronized (this) {
      store.close();
      connection.close();
    }
  }
}
