package io.crsql.sync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.crsql.sync.Access;
import io.crsql.sync.SessionOptions;
import io.crsql.sync.SyncSession;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection that is cut at each byte of a conversation, and the next one. */
class CutTest {
  private static final SessionOptions SMALL = SessionOptions.DEFAULT.withSizes(4_096, 200, 40);
  private static final String WRITE = "INSERT INTO todo VALUES(%d, 'what %d says', 0)";

  @TempDir Path dir;

  /** Carries bytes until there are no more, or so many. */
  private static final class Wire {
    private long left;
    private long carried;

    Wire(long left) {
      this.left = left;
    }

    boolean carry(SyncSession from, SyncSession to) {
      from.pump();
      boolean moved = false;
      for (byte[] frame = from.poll(); frame != null && left > 0; frame = from.poll()) {
        int through = (int) Math.min(frame.length, left);
        to.receive(frame, 0, through);
        left -= through;
        carried += through;
        moved = true;
      }
      return moved && left > 0;
    }
  }

  @Test
  void connectionsCutAtAnyByte_goOnWhereTheyWere() throws SQLException {
    try (Peer a = peer("a.db");
        Peer b = peer("b.db")) {
      int cuts = 0;
      long end = Long.MAX_VALUE;
      for (long cut = 1; cut < end; cut++) {
        write(a, cut);
        write(b, -cut);
        end = talk(a, b, cut);
        cuts++;
        if (cut % 10 == 0) {
          talk(a, b, Long.MAX_VALUE);
          assertThat(a.fingerprint()).isEqualTo(b.fingerprint());
        }
      }
      talk(a, b, Long.MAX_VALUE);
      assertThat(a.fingerprint()).isEqualTo(b.fingerprint());
      assertThat(a.text("SELECT count(*) FROM todo")).isEqualTo(String.valueOf(4 * cuts));
      assertThat(cuts).isGreaterThan(500);
    }
  }

  /** Gives one more than all bytes if the wire was not cut. */
  private static long talk(Peer a, Peer b, long cut) {
    SyncSession from = SyncSession.connect(a.store, SMALL);
    SyncSession to = SyncSession.accept(b.store, SMALL, token -> Access.FULL);
    Wire wire = new Wire(cut);
    while (wire.carry(from, to) | wire.carry(to, from)) {
      assertThat(from.closing()).isEmpty();
      assertThat(to.closing()).isEmpty();
    }
    return wire.left > 0 ? wire.carried : Long.MAX_VALUE;
  }

  private static void write(Peer peer, long id) throws SQLException {
    peer.run(String.format(WRITE, 2 * id, id));
    peer.run(String.format(WRITE, 2 * id + Long.signum(id), id));
  }

  private Peer peer(String name) throws SQLException {
    return new Peer(
        dir.resolve(name),
        "PRAGMA synchronous = OFF",
        "PRAGMA journal_mode = MEMORY",
        "CREATE TABLE todo(id PRIMARY KEY, title, done)",
        "SELECT crsql_as_crr('todo')");
  }
}
