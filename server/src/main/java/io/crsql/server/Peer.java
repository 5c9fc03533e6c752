package io.crsql.server;

import io.crsql.sync.Access;
import io.crsql.sync.CloseCode;
import io.crsql.sync.Closing;
import io.crsql.sync.Progress;
import io.crsql.sync.Store;
import io.crsql.sync.SyncSession;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;

/**
 * A connection to a database and its session. All methods but {@link #demand} are called by the
 * database's one thread at a time.
 */
final class Peer {
  private static final int MESSAGE_BYTES = 64 << 10;
  private static final int MAX_REASON_BYTES = 120;

  private final HostedDatabase database;
  private final Environment environment;
  private final Session socket;
  private final Demand demand;
  private final String address;
  private final SyncSession session;
  private final long since = System.currentTimeMillis();
  private final long opened = System.nanoTime();

  private String token = "";
  private long tokensVersion;
  private boolean greeted;
  private boolean ended;
  private boolean pumpDue;
  private int sending;
  private long unsent;
  private long sendingSince;
  private long lastBeat = opened;
  private long bytesIn;
  private long bytesOut;

  Peer(HostedDatabase database, Environment environment, Store store, Session socket) {
    this.database = database;
    this.environment = environment;
    this.socket = socket;
    this.demand = new Demand(socket, 2L * environment.limits().window());
    this.address = Socket.address(socket);
    this.session = SyncSession.accept(store, environment.session(), this::admit);
  }

  private Access admit(String shown) {
    token = shown;
    tokensVersion = tokensVersion();
    Access access = environment.access(shown, database.name());
    if (access.write()) {
      database.allowCreation();
    }
    return access;
  }

  Demand demand() {
    return demand;
  }

  String address() {
    return address;
  }

  void receive(byte[] bytes) {
    bytesIn += bytes.length;
    session.receive(bytes, 0, bytes.length);
    if (!greeted && session.isOpen()) {
      greeted = true;
      environment.log().event(database.name() + ": " + description() + " has come");
    }
  }

  void changed() {
    session.changed();
  }

  /** Lets the session put out what it has to say, once what it has said before is on its way. */
  void pump() {
    if (ended) {
      return;
    }
    pumpDue = true;
    flush();
    if (sending == 0 && environment.unsent().isTooMuch()) {
      database.defer(this);
    } else if (sending == 0) {
      pumpDue = false;
      session.pump();
      flush();
    }
  }

  /** What has been taken from the connection is worked off. */
  void worked(int bytes) {
    demand.worked(bytes, session.pending() + sending);
  }

  private void flush() {
    if (sending == 0 && !ended) {
      send();
    }
    count();
  }

  /** Keeps count of what waits in memory. */
  private void count() {
    long now = ended ? 0 : session.pending() + sending;
    environment.unsent().add(now - unsent);
    unsent = now;
  }

  private void send() {
    byte[] message = message();
    if (message != null) {
      sending = message.length;
      sendingSince = System.nanoTime();
      bytesOut += message.length;
      environment.metrics().messagesOut.increment();
      environment.metrics().bytesOut.increment(message.length);
      socket.sendBinary(
          ByteBuffer.wrap(message),
          Callback.from(() -> database.submit(this::sent), failure -> socket.disconnect()));
    } else if (session.closing().isPresent()) {
      end(StatusCode.NORMAL, session.closing().get());
    }
  }

  /** Frames that wait, together as one message; null if there are none. */
  private byte[] message() {
    byte[] frame = session.poll();
    if (frame == null || frame.length >= MESSAGE_BYTES || session.pending() == 0) {
      return frame;
    }
    ByteArrayOutputStream frames = new ByteArrayOutputStream(2 * frame.length);
    while (frame != null) {
      frames.writeBytes(frame);
      frame = frames.size() < MESSAGE_BYTES ? session.poll() : null;
    }
    return frames.toByteArray();
  }

  private void sent() {
    sending = 0;
    flush();
    if (sending == 0 && pumpDue) {
      pump();
    }
    worked(0);
    database.pumpDeferred();
  }

  /** Ends the session, and the connection once the peer has been told. */
  void close(CloseCode code, String message) {
    session.close(code, message);
    flush();
  }

  /** Ends it because what it was about to acknowledge has not been committed. */
  void uncommitted(String message) {
    session.close(CloseCode.UNAVAILABLE, message);
    end(StatusCode.TRY_AGAIN_LATER, session.closing().orElseThrow());
    count();
  }

  private void end(int status, Closing closing) {
    ended = true;
    environment.metrics().closed(closing);
    if (closing.code() != CloseCode.DONE) {
      String by = closing.byPeer() ? " closes: " : " is closed: ";
      environment
          .log()
          .event(
              database.name()
                  + ": "
                  + description()
                  + by
                  + closing.code()
                  + ", "
                  + closing.message());
    }
    sendingSince = System.nanoTime();
    socket.close(status, reason(closing.message()), Callback.NOOP);
  }

  /** As much of a message as fits into a WebSocket's last frame. */
  private static String reason(String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= MAX_REASON_BYTES
        ? message
        : new String(bytes, 0, MAX_REASON_BYTES - 3, StandardCharsets.UTF_8).replace("\ufffd", "")
            + "...";
  }

  /** Time has passed. */
  void tick() {
    Limits limits = environment.limits();
    if ((sending > 0 || ended) && isPast(sendingSince, limits.drain())) {
      if (!ended) {
        session.close(CloseCode.SILENT, "it does not read what it is sent");
        ended = true;
        count();
        environment.metrics().closed(session.closing().orElseThrow());
        environment
            .log()
            .event(database.name() + ": " + description() + " is closed: it does not read");
      }
      socket.disconnect();
    } else if (!greeted && isPast(opened, limits.handshake())) {
      close(CloseCode.SILENT, "no greeting came in time");
    } else if (greeted && !isAllowedStill()) {
      close(CloseCode.TOKEN, "the token is no longer valid");
    } else if (isPast(lastBeat, limits.heartbeat())) {
      lastBeat = System.nanoTime();
      session.heartbeat();
      flush();
    }
  }

  private long tokensVersion() {
    return environment.tokens().map(Tokens::version).orElse(0L);
  }

  private boolean isAllowedStill() {
    if (tokensVersion == tokensVersion()) {
      return true;
    }
    tokensVersion = tokensVersion();
    Access granted = session.access();
    return environment.access(token, database.name()).and(granted).equals(granted);
  }

  private static boolean isPast(long start, Duration wait) {
    return System.nanoTime() - start > wait.toNanos();
  }

  /** The connection is no more. */
  void gone() {
    if (!ended) {
      ended = true;
      count();
      if (greeted) {
        environment.log().event(database.name() + ": " + description() + " has gone");
      }
    }
  }

  private String description() {
    return session.peerAgent().orElse("a connection") + " " + site() + " at " + address;
  }

  /** The first half of the peer's site. */
  private String site() {
    return session
        .peerSite()
        .map(site -> HexFormat.of().formatHex(Arrays.copyOf(site, 4)))
        .orElse("");
  }

  View view(long clock) {
    Progress.Flow sent = session.progress().sent();
    long lag = sent.upToDate() ? 0 : Math.max(0, clock - sent.until());
    return new View(
        session.peerAgent().orElse(""),
        site(),
        address,
        since,
        bytesIn,
        bytesOut,
        session.access(),
        lag,
        session.isSchemaOther());
  }

  /**
   * A connection as the status page shows it.
   *
   * @param since when it was made, in milliseconds since 1970
   * @param lag how far what the peer has acknowledged is behind the database's clock
   * @param schemaOther whether its tables or columns have other names
   */
  record View(
      String agent,
      String site,
      String address,
      long since,
      long bytesIn,
      long bytesOut,
      Access access,
      long lag,
      boolean schemaOther) {}
}
