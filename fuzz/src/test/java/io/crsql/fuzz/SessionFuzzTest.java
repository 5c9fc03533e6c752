package io.crsql.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.crsql.jdbc.Crsql;
import io.crsql.sync.Access;
import io.crsql.sync.SessionOptions;
import io.crsql.sync.SyncSession;
import io.crsql.sync.jdbc.JdbcStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any bytes as what a peer says in a sync session, to both sides: the session throws nothing, puts
 * out no more than it may, takes nothing from who has no token, and leaves a store that serves the
 * next one. The first byte of an input tells which side it is said to, and how; the frames follow.
 */
class SessionFuzzTest {
  private static final int ACCEPTING = 1;
  private static final int ADMITTED = 2;

  /** Frames get the numbers that are due, which mutations would hardly find. */
  private static final int NUMBERED = 4;

  private static final int CUT = 8;
  private static final int PACKET = 7;

  private static final int LENGTH_BYTES = 4;
  private static final int NUMBER = LENGTH_BYTES + 1;
  private static final int CLOSE = 7;
  private static final long MOST_PENDING = 32_768;

  private static final SessionOptions OPTIONS =
      SessionOptions.DEFAULT.withSizes(4_096, 4_096, 1_024);

  @TempDir private static Path dir;

  private static Connection connection;
  private static JdbcStore store;

  @BeforeAll
  static void openDatabase() throws SQLException {
    connection = Crsql.open(dir.resolve("session.db"));
    store = new JdbcStore(connection);
    run("PRAGMA synchronous = OFF");
    run("CREATE TABLE todo(id PRIMARY KEY, title, done)");
    run("SELECT crsql_as_crr('todo')");
    run("INSERT INTO todo VALUES(1, 'milk', 0)");
  }

  @AfterAll
  static void closeDatabase() throws SQLException {
    store.close();
    connection.close();
  }

  @FuzzTest(maxDuration = "10m")
  void session(byte[] input) throws SQLException {
    if (input.length == 0) {
      return;
    }
    boolean accepting = (input[0] & ACCEPTING) != 0;
    boolean admitted = (input[0] & ADMITTED) != 0 || !accepting;
    String before = text("SELECT crsql_fingerprint()");
    SyncSession session =
        accepting
            ? SyncSession.accept(store, OPTIONS, token -> admitted ? Access.FULL : Access.NONE)
            : SyncSession.connect(store, OPTIONS);
    byte[] said = input.clone();
    if ((input[0] & NUMBERED) != 0) {
      number(said);
    }
    int packet = (input[0] & CUT) != 0 ? PACKET : said.length;
    for (int at = 1; at < said.length; at += packet) {
      session.receive(said, at, Math.min(packet, said.length - at));
      session.changed();
      session.pump();
      assertThat(session.pending()).isLessThan(MOST_PENDING);
    }
    session.heartbeat();
    isAsItMayBe(session, admitted, before);
  }

  private static void isAsItMayBe(SyncSession session, boolean admitted, String before)
      throws SQLException {
    session
        .closing()
        .ifPresent(closing -> assertThat(closing.message()).hasSizeLessThanOrEqualTo(1_024));
    if (!admitted) {
      for (byte[] frame = session.poll(); frame != null; frame = session.poll()) {
        assertThat(frame[LENGTH_BYTES]).isEqualTo((byte) CLOSE);
      }
      assertThat(text("SELECT crsql_fingerprint()")).isEqualTo(before);
    } else if (!text("SELECT crsql_fingerprint()").equals(before)) {
      assertThat(text("SELECT crsql_verify()")).isEqualTo("ok");
    }
    assertThat(store.changesets(store.vector(), 1_000, 1)).hasSize(1);
  }

  /** Gives each whole frame its number, as long as that is one byte. */
  private static void number(byte[] said) {
    int frames = 0;
    for (int at = 1; at + NUMBER < said.length && frames < 128; frames++) {
      said[at + NUMBER] = (byte) frames;
      long length = 0;
      for (int i = 0; i < LENGTH_BYTES; i++) {
        length = length << 8 | said[at + i] & 0xff;
      }
      at = (int) Math.min(said.length, at + LENGTH_BYTES + length);
    }
  }

  private static void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String text(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.getString(1);
    }
  }
}
