package io.crsql.cli;

import io.crsql.jdbc.Crsql;
import io.crsql.sync.Access;
import io.crsql.sync.SessionOptions;
import io.crsql.sync.SyncSession;
import io.crsql.sync.jdbc.JdbcStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** The least that is a hub: one database, all of it under one lock. */
public final class SyncHub implements AutoCloseable {
  static final String TOKEN = "secret";

  private final Connection connection;
  private final JdbcStore store;
  private final List<End> ends = new ArrayList<>();
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  SyncHub(Path file) throws Exception {
    connection = Crsql.open(file);
    store = new JdbcStore(connection);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        WebSocketUpgradeHandler.from(
            server,
            container ->
                container.addMapping("/db/app", (request, response, callback) -> new End())));
    server.setStopTimeout(0);
    server.start();
  }

  String url() {
    return "ws://127.0.0.1:" + connector.getLocalPort() + "/db/app";
  }

  @Override
  public void close() throws SQLException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    store.close();
    connection.close();
  }

  /** One connection. Public for Jetty, which calls it by reflection. */
  public final class End implements Session.Listener.AutoDemanding {
    private final SyncSession session =
        SyncSession.accept(
            store,
            SessionOptions.DEFAULT,
            token -> token.equals(TOKEN) ? Access.FULL : Access.NONE);
    private Session transport;

    private End() {}

    @Override
    public void onWebSocketOpen(Session opened) {
      synchronized (SyncHub.this) {
        transport = opened;
        ends.add(this);
      }
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
      byte[] bytes = new byte[payload.remaining()];
      payload.get(bytes);
      callback.succeed();
      synchronized (SyncHub.this) {
        session.receive(bytes, 0, bytes.length);
        ends.forEach(End::flush);
        ends.removeIf(end -> end.session.closing().isPresent());
      }
    }

    private void flush() {
      session.changed();
      session.pump();
      for (byte[] frame = session.poll(); frame != null; frame = session.poll()) {
        transport.sendBinary(ByteBuffer.wrap(frame), Callback.NOOP);
      }
      if (session.closing().isPresent()) {
        transport.close(1000, "", Callback.NOOP);
      }
    }
  }
}
