package io.crsql.sync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.crsql.sync.Access;
import io.crsql.sync.CloseCode;
import io.crsql.sync.SessionOptions;
import io.crsql.sync.SyncSession;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A session that is told whatever a peer can say: it never throws, puts out no more than it was
 * asked for, and writes nothing for whoever has shown no token. Its store serves the next one.
 */
class HostileFramesTest {
  private static final SessionOptions OPTIONS =
      SessionOptions.DEFAULT.withToken("secret").withSizes(4_096, 4_096, 1_024);

  /** What a session may have to say of a conversation as short as these. */
  private static final long MOST_PENDING = 16_384;

  private static final int LENGTH_BYTES = 4;

  @TempDir Path dir;

  private Peer client;
  private Peer server;

  /** What the client and the server have said to each other, in the order of the frames. */
  private byte[] clientSaid;

  private byte[] serverSaid;

  @BeforeEach
  void recordAConversation() throws SQLException {
    client = peer("client.db", "INSERT INTO todo VALUES(1, 'milk', 0)");
    server = peer("server.db", "INSERT INTO todo VALUES(2, 'bread', 0)");
    SyncSession from = SyncSession.connect(client.store, OPTIONS);
    SyncSession to = accepting(server);
    ByteArrayOutputStream there = new ByteArrayOutputStream();
    ByteArrayOutputStream back = new ByteArrayOutputStream();
    for (int i = 0; i < 6; i++) {
      carry(from, to, there);
      carry(to, from, back);
      from.heartbeat();
    }
    from.close(CloseCode.DONE, "done");
    carry(from, to, there);
    clientSaid = there.toByteArray();
    serverSaid = back.toByteArray();
    assertThat(client.fingerprint()).isEqualTo(server.fingerprint());
  }

  @AfterEach
  void close() throws SQLException {
    client.close();
    server.close();
  }

  private Peer peer(String name, String... more) throws SQLException {
    Peer peer =
        new Peer(
            dir.resolve(name),
            "PRAGMA synchronous = OFF",
            "CREATE TABLE todo(id PRIMARY KEY, title, done)",
            "SELECT crsql_as_crr('todo')");
    for (String sql : more) {
      peer.run(sql);
    }
    return peer;
  }

  private static SyncSession accepting(Peer peer) {
    return SyncSession.accept(
        peer.store, OPTIONS, token -> token.equals("secret") ? Access.FULL : Access.NONE);
  }

  private static void carry(SyncSession from, SyncSession to, ByteArrayOutputStream record) {
    from.pump();
    for (byte[] frame = from.poll(); frame != null; frame = from.poll()) {
      record.writeBytes(frame);
      to.receive(frame, 0, frame.length);
    }
  }

  /** What can be told to both sides: they are as they were once recorded. */
  private interface Told {
    void to(boolean accepting, byte[] said) throws SQLException;
  }

  private void both(Told told) throws SQLException {
    told.to(true, clientSaid);
    told.to(false, serverSaid);
  }

  private void tell(boolean accepting, byte[] bytes) throws SQLException {
    Peer peer = accepting ? server : client;
    String before = peer.fingerprint();
    SyncSession session = accepting ? accepting(peer) : SyncSession.connect(peer.store, OPTIONS);
    session.receive(bytes, 0, bytes.length);
    session.pump();
    session.heartbeat();
    assertThat(session.pending()).isLessThan(MOST_PENDING);
    session.closing().ifPresent(closing -> assertThat(closing.message()).hasSizeBetween(0, 1_024));
    // It holds all that can be said to it, so that only damage could change it.
    assertThat(peer.fingerprint()).isEqualTo(before);
  }

  private void isStillServed() throws SQLException {
    Peer.talk(SyncSession.connect(client.store, OPTIONS), accepting(server));
    server.run("UPDATE todo SET title = 'rye bread' WHERE id = 2");
    SyncSession from = SyncSession.connect(client.store, OPTIONS);
    Peer.talk(from, accepting(server));
    assertThat(from.closing()).isEmpty();
    assertThat(client.text("SELECT title FROM todo WHERE id = 2")).isEqualTo("rye bread");
    assertThat(client.fingerprint()).isEqualTo(server.fingerprint());
  }

  @Test
  void conversationsCutAnywhere_areWaitedOn() throws SQLException {
    both(
        (accepting, said) -> {
          for (int length = 0; length <= said.length; length++) {
            tell(accepting, Arrays.copyOf(said, length));
          }
        });
    isStillServed();
  }

  @Test
  void conversationsWithAnyBitFlipped_doNoHarm() throws SQLException {
    both(
        (accepting, said) -> {
          for (int bit = 0; bit < 8 * said.length; bit++) {
            byte[] flipped = said.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            tell(accepting, flipped);
          }
        });
    isStillServed();
  }

  @Test
  void conversationsWithAnyByteOfAnyWorth_doNoHarm() throws SQLException {
    byte[] worths = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff};
    both(
        (accepting, said) -> {
          for (int i = 0; i < said.length; i++) {
            for (byte worth : worths) {
              byte[] changed = said.clone();
              changed[i] = worth;
              tell(accepting, changed);
            }
          }
        });
    isStillServed();
  }

  @Test
  void framesLeftOutRepeatedOrSwapped_areNoticed() throws SQLException {
    both(
        (accepting, said) -> {
          for (int at = 0; at < said.length; at = end(said, at)) {
            int end = end(said, at);
            byte[] frame = Arrays.copyOfRange(said, at, end);
            tell(accepting, spliced(said, at, end, new byte[0]));
            tell(accepting, spliced(said, at, at, frame));
            if (end < said.length) {
              byte[] next = Arrays.copyOfRange(said, end, end(said, end));
              tell(accepting, spliced(said, at, end(said, end), joined(next, frame)));
            }
          }
        });
    isStillServed();
  }

  @Test
  void fieldsOfAllLengths_areReadStrictly() throws SQLException {
    byte[] longest = new byte[40];
    Arrays.fill(longest, (byte) 0xff);
    both(
        (accepting, said) -> {
          for (int at = 0; at < said.length; at = end(said, at)) {
            int end = end(said, at);
            for (int i = at + LENGTH_BYTES; i <= end; i++) {
              tell(accepting, resized(spliced(said, i, i, longest), at, longest.length));
              tell(accepting, resized(spliced(said, i, end, new byte[0]), at, i - end));
            }
          }
        });
    isStillServed();
  }

  @Test
  void randomBytes_doNoHarm() throws SQLException {
    Random random = new Random(1);
    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (bytes.length > LENGTH_BYTES && i % 2 == 0) {
        resized(bytes, 0, bytes.length - LENGTH_BYTES - length(bytes, 0));
        bytes[LENGTH_BYTES] = (byte) (1 + random.nextInt(8));
      }
      boolean greeted = i % 3 == 0;
      tell(true, greeted ? joined(clientSaid, bytes) : bytes);
      tell(false, greeted ? joined(serverSaid, bytes) : bytes);
    }
    isStillServed();
  }

  @Test
  void whoShowsNoToken_writesAndLearnsNothing() throws SQLException {
    try (Peer empty = peer("empty.db")) {
      String before = empty.fingerprint();
      for (int bit = 0; bit < 8 * clientSaid.length; bit++) {
        byte[] flipped = clientSaid.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        SyncSession session = SyncSession.accept(empty.store, OPTIONS, token -> Access.NONE);
        session.receive(flipped, 0, flipped.length);
        session.pump();
        byte[] frame = session.poll();
        assertThat(frame == null || frame[LENGTH_BYTES] == 7).isTrue();
        assertThat(session.poll()).isNull();
      }
      assertThat(empty.fingerprint()).isEqualTo(before);
    }
  }

  @Test
  void lengthsThatPromiseMuch_takeNoMemory() throws SQLException {
    SyncSession[] sessions = new SyncSession[2_000];
    SessionOptions large = SessionOptions.DEFAULT.withSizes(Integer.MAX_VALUE, 4_096, 1_024);
    int hello = end(clientSaid, 0);
    for (int i = 0; i < sessions.length; i++) {
      sessions[i] = SyncSession.accept(server.store, large, token -> Access.FULL);
      sessions[i].receive(clientSaid, 0, hello);
      sessions[i].receive(new byte[] {0x7f, 0, 0, 0, 3, 1, 1, 1}, 0, 8);
      assertThat(sessions[i].closing()).isEmpty();
    }
  }

  private static int length(byte[] said, int at) {
    int length = 0;
    for (int i = 0; i < LENGTH_BYTES; i++) {
      length = length << 8 | said[at + i] & 0xff;
    }
    return length;
  }

  private static int end(byte[] said, int at) {
    return at + LENGTH_BYTES + length(said, at);
  }

  /** The bytes with others in place of those from {@code from} to {@code to}. */
  private static byte[] spliced(byte[] bytes, int from, int to, byte[] other) {
    return joined(
        joined(Arrays.copyOf(bytes, from), other), Arrays.copyOfRange(bytes, to, bytes.length));
  }

  private static byte[] joined(byte[] one, byte[] two) {
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }

  /** Changes the length of the frame at a place. */
  private static byte[] resized(byte[] said, int at, int more) {
    int length = length(said, at) + more;
    for (int i = 0; i < LENGTH_BYTES; i++) {
      said[at + i] = (byte) (length >>> 8 * (LENGTH_BYTES - 1 - i));
    }
    return said;
  }
}
