package io.crsql.sync.client;

import io.crsql.sync.Access;
import io.crsql.sync.CloseCode;
import io.crsql.sync.Closing;
import io.crsql.sync.SessionOptions;
import io.crsql.sync.SyncSession;
import io.crsql.sync.jdbc.Database;
import io.crsql.sync.jdbc.JdbcStore;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** The least that is a hub: one database, all of it under one lock, and ways to misbehave. */
@SuppressWarnings({"exports", "missing-explicit-ctor"})
public final class Hub implements AutoCloseable {
  static final String TOKEN = "secret";

  private final Database database;
  private final JdbcStore store;
  private final List<End> ends = new ArrayList<>();
  private final List<Closing> closings = new ArrayList<>();
  private Server server;
  private int port;

  /** The most bytes of a message; the rest goes in more of them. */
  private int messageBytes = Integer.MAX_VALUE;

  /** How many chunks a client may acknowledge until the connection is cut. */
  private long cutAfter = Long.MAX_VALUE;

  /** What to close sessions with that have begun. */
  private Optional<CloseCode> turnAway = Optional.empty();

  private int connections;

  Hub(Database database) {
    this.database = database;
    this.store = new JdbcStore(database.connection());
  }

  Hub started() throws Exception {
    server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setReuseAddress(true);
    server.addConnector(connector);
    server.setHandler(
        WebSocketUpgradeHandler.from(
            server,
            container -> {
              container.addMapping("/db/app", (request, response, callback) -> new End());
              container.addMapping(
                  "/closed",
                  (request, response, callback) -> {
                    Response.writeError(request, response, callback, 401);
                    return null;
                  });
            }));
    server.setStopTimeout(0);
    server.start();
    port = connector.getLocalPort();
    return this;
  }

  void stop() throws Exception {
    List<End> open;
    synchronized (this) {
      open = List.copyOf(ends);
      ends.clear();
    }
    open.forEach(end -> end.transport.disconnect());
    server.stop();
  }

  URI uri() {
    return uri("/db/app");
  }

  URI uri(String path) {
    return URI.create("ws://127.0.0.1:" + port + path);
  }

  synchronized void setMessageBytes(int bytes) {
    messageBytes = bytes;
  }

  synchronized void setCutAfter(long chunks) {
    cutAfter = chunks;
  }

  synchronized void setTurnAway(CloseCode code) {
    turnAway = Optional.ofNullable(code);
  }

  synchronized int connections() {
    return connections;
  }

  synchronized List<Closing> closings() {
    return List.copyOf(closings);
  }

  /** Runs SQL at the hub, and tells its clients. */
  synchronized void run(String sql) throws Exception {
    database.run(sql);
    spread();
  }

  synchronized long count() throws Exception {
    return database.count();
  }

  synchronized String fingerprint() throws Exception {
    return database.fingerprint();
  }

  private void spread() {
    for (End end : List.copyOf(ends)) {
      end.session.changed();
      end.flush();
    }
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    store.close();
  }

  /** One connection. */
  // Public for Jetty, which calls it by reflection.
  public final class End implements Session.Listener.AutoDemanding {
    private final SyncSession session =
        SyncSession.accept(
            store,
            SessionOptions.DEFAULT.withAgent("test hub").withSizes(1 << 20, 256 << 10, 32 << 10),
            token -> token.equals(TOKEN) ? Access.FULL : Access.NONE);
    private Session transport;

    @Override
    public void onWebSocketOpen(Session opened) {
      synchronized (Hub.this) {
        transport = opened;
        connections++;
        ends.add(this);
      }
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
      byte[] bytes = new byte[payload.remaining()];
      payload.get(bytes);
      callback.succeed();
      synchronized (Hub.this) {
        if (ends.contains(this)) {
          session.receive(bytes, 0, bytes.length);
          if (session.progress().sent().chunks() >= cutAfter) {
            cutAfter = Long.MAX_VALUE;
            ends.remove(this);
            transport.disconnect();
          }
          turnAway.ifPresent(code -> session.close(code, "because of the test"));
          spread();
        }
      }
    }

    private void flush() {
      session.pump();
      for (byte[] frame = session.poll(); frame != null; frame = session.poll()) {
        for (int at = 0; at < frame.length; at += messageBytes) {
          int count = Math.min(messageBytes, frame.length - at);
          transport.sendBinary(ByteBuffer.wrap(frame, at, count), Callback.NOOP);
          if (messageBytes == Integer.MAX_VALUE) {
            break;
          }
        }
      }
      session
          .closing()
          .ifPresent(
              closing -> {
                closings.add(closing);
                ends.remove(this);
                transport.close(1000, "", Callback.NOOP);
              });
    }

    @Override
    public void onWebSocketError(Throwable cause) {
      gone();
    }

    @Override
    public void onWebSocketClose(int status, String reason, Callback callback) {
      gone();
      callback.succeed();
    }

    private void gone() {
      synchronized (Hub.this) {
        ends.remove(this);
      }
    }
  }
}
