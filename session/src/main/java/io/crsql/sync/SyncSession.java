package io.crsql.sync;

import java.util.Arrays;
import java.util.Optional;

/**
 * One side of a conversation between two databases, by the protocol of docs/sync-protocol.md. A
 * state machine: it is given the bytes that have come and gives those that are to go, and knows no
 * sockets, threads or clocks.
 *
 * <p>Its host, which has the connection, goes round like this:
 *
 * <ol>
 *   <li>{@link #receive} what has come; the database is written here, and only here.
 *   <li>Commit, if the {@link Store} is in a transaction.
 *   <li>{@link #pump}, which reads the database.
 *   <li>Send what {@link #poll} gives, until it gives null. Nothing may be sent before the commit:
 *       it acknowledges what has been applied.
 *   <li>If {@link #closing} is present, close the connection.
 * </ol>
 *
 * <p>When the database has been written by others, {@link #changed} and 3 to 5; every few seconds
 * {@link #heartbeat} and 3 to 5.
 *
 * <p>Not thread-safe. No method throws for what the peer or the database does: the session is
 * {@linkplain #closing closed} then.
 */
public final class SyncSession {
  /** The longest token, in bytes of UTF-8. */
  public static final int MAX_TOKEN_BYTES = 1024;

  private static final int MAX_MESSAGE_BYTES = 1024;

  /** How many heartbeats a peer may be silent. */
  private static final int SILENT_BEATS = 3;

  private static final byte[] NOBODY = new byte[Hello.ID_BYTES];

  private final Store store;
  private final SessionOptions options;

  /** Whom to let in; null on the connecting side. */
  private final Gate gate;

  private final Outbox outbox = new Outbox();
  private final FrameReader reader = new FrameReader(Hello.MAX_BYTES);
  private long frames;
  private Hello peer;
  private Access peerAccess = Access.NONE;
  private Outflow outflow;
  private Inflow inflow;
  private boolean changed;
  private int silentBeats;
  private boolean heard;
  private Closing closing;

  private SyncSession(Store store, SessionOptions options, Gate gate) {
    this.store = store;
    this.options = options;
    this.gate = gate;
  }

  /** The side that has opened the connection; it speaks first. */
  public static SyncSession connect(Store store, SessionOptions options) {
    SyncSession session = new SyncSession(store, options, null);
    session.guarded(() -> session.hello(options.access(), options.token()));
    return session;
  }

  /** The side that was connected to; it says nothing before the peer has shown its token. */
  public static SyncSession accept(Store store, SessionOptions options, Gate gate) {
    return new SyncSession(store, options, gate);
  }

  /**
   * Takes bytes from the peer, cut anywhere, and applies the changesets in them.
   *
   * @param bytes stays the caller's, and is not changed
   */
  public void receive(byte[] bytes, int offset, int count) {
    if (closing != null || count == 0) {
      return;
    }
    heard = true;
    guarded(
        () -> {
          reader.feed(bytes, offset, count);
          for (byte[] frame = reader.next(); frame != null; frame = reader.next()) {
            frame(new FrameBody(frame));
            if (closing != null) {
              return;
            }
          }
        });
  }

  /** The database may have been written, by whomever. */
  public void changed() {
    changed = true;
  }

  /** Puts out what there is to say now. */
  public void pump() {
    if (closing != null || peer == null) {
      return;
    }
    guarded(
        () -> {
          if (changed && inflow != null) {
            inflow.changed();
          }
          if (changed && outflow != null) {
            outflow.changed();
          }
          changed = false;
          if (inflow != null) {
            inflow.pump();
          }
          if (outflow != null) {
            outflow.pump();
          }
        });
  }

  /**
   * Time has passed. A peer that was silent for one heartbeat is asked for a sign of life; one that
   * was for {@value #SILENT_BEATS} is given up.
   */
  public void heartbeat() {
    if (closing != null) {
      return;
    }
    silentBeats = heard ? 0 : silentBeats + 1;
    heard = false;
    if (silentBeats >= SILENT_BEATS) {
      close(CloseCode.SILENT, "the other side was silent for too long");
    } else if (peer != null && silentBeats > 0) {
      outbox.add(outbox.frame(FrameType.PING));
    }
  }

  /**
   * The next frame for the peer; null if there is none. The host sends frames whole or cut, in this
   * order.
   */
  public byte[] poll() {
    return outbox.poll();
  }

  /** How many bytes {@link #poll} would give by and by. */
  public long pending() {
    return outbox.bytes();
  }

  /** Ends the session and tells the peer; nothing if it has ended. */
  public void close(CloseCode code, String message) {
    if (closing == null) {
      closing = new Closing(code, message, false);
      FrameWriter frame = outbox.frame(FrameType.CLOSE);
      outbox.add(frame.varint(code.number()).text(shortened(message)));
    }
  }

  /** How it has ended; empty as long as it has not. */
  public Optional<Closing> closing() {
    return Optional.ofNullable(closing);
  }

  /** Whether both sides have greeted each other, and the session has not ended. */
  public boolean isOpen() {
    return peer != null && closing == null;
  }

  /** The 16 bytes of the peer's site; empty before it has said so. */
  public Optional<byte[]> peerSite() {
    return peer == null ? Optional.empty() : Optional.of(peer.site().clone());
  }

  /** The name of the peer's program; empty before it has said so. */
  public Optional<String> peerAgent() {
    return peer == null ? Optional.empty() : Optional.of(peer.agent());
  }

  /**
   * Whether the peer's replicated tables and columns have other names than those here: what one
   * side does not know is kept there for later.
   */
  public boolean isSchemaOther() {
    return peer != null && !Arrays.equals(peer.schema(), store.schema());
  }

  /** What the connecting side may do; {@link Access#NONE} before that is settled. */
  public Access access() {
    return peerAccess;
  }

  /** How far it has come. */
  public Progress progress() {
    return new Progress(
        inflow == null ? Progress.Flow.NONE : inflow.progress(),
        outflow == null ? Progress.Flow.NONE : outflow.progress());
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (ProtocolException e) {
      close(e.code(), e.getMessage());
    } catch (StoreException e) {
      close(e.isRefusal() ? CloseCode.REFUSED : CloseCode.UNAVAILABLE, e.getMessage());
    }
  }

  private void frame(FrameBody in) {
    int type = in.octet();
    if (in.varint() != frames++) {
      throw new ProtocolException("frames are missing, or out of order");
    } else if ((type == FrameType.HELLO) != (peer == null) && type != FrameType.CLOSE) {
      throw new ProtocolException("the greeting must come once, and first");
    }
    switch (type) {
      case FrameType.HELLO -> greet(Hello.read(in));
      case FrameType.WANT -> want(in);
      case FrameType.CHUNK -> chunk(in);
      case FrameType.ACK -> ack(in);
      case FrameType.PING -> {
        in.done();
        outbox.add(outbox.frame(FrameType.PONG));
      }
      case FrameType.PONG -> in.done();
      case FrameType.CLOSE -> closed(in);
      default -> throw new ProtocolException("there are no frames of type " + type);
    }
  }

  private void hello(Access access, String token) {
    FrameWriter frame = outbox.frame(FrameType.HELLO);
    new Hello(
            Hello.VERSION,
            Hello.VERSION,
            store.site(),
            store.schema(),
            options.maxFrame(),
            options.window(),
            access,
            token,
            options.agent())
        .write(frame);
    outbox.add(frame);
  }

  private void greet(Hello hello) {
    peerAccess = hello.access().and(gate == null ? options.access() : gate.admit(hello.token()));
    if (peerAccess.equals(Access.NONE)) {
      throw new ProtocolException(CloseCode.TOKEN, "the token gives no access to this database");
    } else if (Arrays.equals(hello.site(), store.site()) && !Arrays.equals(hello.site(), NOBODY)) {
      throw new ProtocolException(
          CloseCode.REFUSED,
          "both databases have the same site id, for one is a copy of the other, and their writes"
              + " cannot be told apart; run SELECT hex(crsql_new_site()) in one of them");
    }
    if (gate != null) {
      hello(peerAccess, "");
    }
    peer = hello;
    reader.limit(options.maxFrame());
    boolean connecting = gate == null;
    if (connecting ? peerAccess.read() : peerAccess.write()) {
      inflow = new Inflow(store, outbox);
    }
    if (connecting ? peerAccess.write() : peerAccess.read()) {
      outflow = new Outflow(store, outbox, options, hello);
    }
  }

  private void want(FrameBody in) {
    if (outflow == null) {
      throw new ProtocolException(
          CloseCode.FORBIDDEN, "the token does not allow to receive from this database");
    }
    outflow.want(in.varint(), in.rest());
  }

  private void chunk(FrameBody in) {
    if (inflow == null) {
      throw new ProtocolException(
          CloseCode.FORBIDDEN, "the token does not allow to send to this database");
    }
    byte[] applied = inflow.chunk(in);
    if (applied != null && outflow != null) {
      outflow.holds(applied);
    }
  }

  private void ack(FrameBody in) {
    if (outflow == null) {
      throw new ProtocolException("a chunk was acknowledged that was never sent");
    }
    long stream = in.varint();
    long chunks = in.varint();
    in.done();
    outflow.ack(stream, chunks);
  }

  private void closed(FrameBody in) {
    CloseCode code = CloseCode.of(in.varint());
    String message = in.text(MAX_MESSAGE_BYTES, "the message");
    in.done();
    closing = new Closing(code, message, true);
  }

  /** At most as much as the peer reads. */
  private static String shortened(String message) {
    int most = MAX_MESSAGE_BYTES / 4;
    return message.length() <= most ? message : message.substring(0, most - 3) + "...";
  }
}
