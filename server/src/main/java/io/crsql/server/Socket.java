package io.crsql.server;

import io.crsql.sync.CloseCode;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * What Jetty tells of one WebSocket, passed on to its database. Messages are taken in the pieces in
 * which they come, so that none needs to be held in memory whole.
 */
public final class Socket implements Session.Listener {
  private final Databases databases;
  private final Admission admission;
  private final Metrics metrics;
  private final String name;
  private String address;
  private HostedDatabase database;
  private Peer peer;
  private boolean admitted;

  Socket(Databases databases, Admission admission, Metrics metrics, String name) {
    this.databases = databases;
    this.admission = admission;
    this.metrics = metrics;
    this.name = name;
  }

  static String address(Session session) {
    SocketAddress remote = session.getRemoteSocketAddress();
    return remote instanceof InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress().getHostAddress()
        : String.valueOf(remote);
  }

  @Override
  public void onWebSocketOpen(Session session) {
    address = address(session);
    String refusal = admission.enter(address, name);
    admitted = refusal == null;
    database = databases.enter(name);
    peer = database.connect(session);
    if (refusal != null) {
      database.submit(() -> peer.close(CloseCode.OVERLOADED, refusal));
    }
    peer.demand().start();
  }

  @Override
  public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    callback.succeed();
    metrics.bytesIn.increment(bytes.length);
    if (last) {
      metrics.messagesIn.increment();
    }
    if (bytes.length > 0) {
      database.message(peer, bytes);
    }
    peer.demand().arrived(bytes.length);
  }

  @Override
  public void onWebSocketPartialText(String payload, boolean last) {
    database.submit(
        () -> peer.close(CloseCode.PROTOCOL, "text messages are not part of the protocol"));
    peer.demand().arrived(0);
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    // onWebSocketClose follows
  }

  @Override
  public void onWebSocketClose(int status, String reason, Callback callback) {
    callback.succeed();
    if (database != null) {
      database.submit(() -> database.gone(peer));
      databases.leave(database);
      if (admitted) {
        admission.leave(address, name);
      }
    }
  }
}
