package io.crsql.sync.simulation;

import io.crsql.sync.Progress;
import io.crsql.sync.SyncSession;

/** One side of a connection: a session, and what its host does for it. */
final class Endpoint {
  /** Of a frame: its type, behind its length. */
  private static final int TYPE = 4;

  private static final int WANT = 2;
  private static final int CHUNK = 3;
  private static final int PING = 5;
  private static final int PONG = 6;

  private final Node node;
  private final Connection connection;
  private final boolean connecting;
  private SyncSession session;
  private Pipe out;
  private Progress before;

  /** The last number of the ledger that the session has been told to send. */
  private long noticed;

  private boolean gone;
  private boolean isEndSent;

  Endpoint(Node node, Connection connection, boolean connecting) {
    this.node = node;
    this.connection = connection;
    this.connecting = connecting;
  }

  void open(SyncSession session, Pipe out) {
    this.session = session;
    this.out = out;
    this.before = session.progress();
    this.noticed = node.world().ledger().last();
  }

  Node node() {
    return node;
  }

  Connection connection() {
    return connection;
  }

  boolean connecting() {
    return connecting;
  }

  SyncSession session() {
    return session;
  }

  Progress before() {
    return before;
  }

  long noticed() {
    return noticed;
  }

  long underWay() {
    return out.underWay();
  }

  Endpoint other() {
    return connection.other(this);
  }

  /** Bytes have come to the host. */
  void arrived(byte[] bytes) {
    if (!gone) {
      node.arrived(this, bytes);
    }
  }

  /** The other side has closed the connection, or it broke. */
  void ended() {
    if (!gone) {
      node.ended(this);
    }
  }

  void receive(byte[] bytes) {
    if (!gone) {
      session.receive(bytes, 0, bytes.length);
    }
  }

  void changed() {
    session.changed();
    noticed = node.world().ledger().last();
  }

  /** Checks what the session has come to. */
  void check() {
    before = node.world().checks().session(this);
  }

  /** Sends what the session has put out, as far as there is room, but {@code most} frames. */
  void flush(int most) {
    int sent = 0;
    while (!gone && sent++ < most && out.hasRoom()) {
      byte[] frame = session.poll();
      if (frame == null) {
        close();
        return;
      }
      count(frame);
      out.send(frame);
    }
  }

  private void count(byte[] frame) {
    Simulation world = node.world();
    int type = frame[TYPE];
    world.statistics().add("bytes", frame.length);
    if (type == CHUNK) {
      world.statistics().count("chunks");
    }
    if (type == WANT) {
      world.statistics().count("streams");
    }
    if (type != PING && type != PONG) {
      world.active();
    }
    world.trace(() -> this + " sends " + Frames.text(frame));
  }

  private void close() {
    if (session.closing().isPresent() && !isEndSent) {
      isEndSent = true;
      node.world().checks().closing(this, session.closing().get());
      out.end();
      node.lost(this);
    }
  }

  /** Nothing comes or goes any longer. */
  void forget() {
    gone = true;
  }

  boolean gone() {
    return gone;
  }

  @Override
  public String toString() {
    return node.plan().id() + (connecting ? ">" : "<") + other().node.plan().id() + connection;
  }
}
