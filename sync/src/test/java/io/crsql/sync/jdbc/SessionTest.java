package io.crsql.sync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crsql.sync.Access;
import io.crsql.sync.CloseCode;
import io.crsql.sync.Closing;
import io.crsql.sync.SessionOptions;
import io.crsql.sync.StoreException;
import io.crsql.sync.SyncSession;
import java.nio.file.Path;
import java.sql.SQLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two sessions that are handed each other's bytes. */
class SessionTest {
  private static final String[] TODO = {
    "CREATE TABLE todo(id PRIMARY KEY, title, done)", "SELECT crsql_as_crr('todo')"
  };
  private static final String MANY =
      "INSERT INTO todo WITH RECURSIVE n(i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
          + " SELECT i, hex(randomblob(40)), 0 FROM n";
  private static final SessionOptions OPTIONS = SessionOptions.DEFAULT.withToken("secret");

  @TempDir Path dir;

  private Peer peer(String name, String... more) throws SQLException {
    Peer peer = new Peer(dir.resolve(name), TODO);
    for (String sql : more) {
      peer.run(sql);
    }
    return peer;
  }

  private static SyncSession connect(Peer peer) {
    return SyncSession.connect(peer.store, OPTIONS);
  }

  private static SyncSession accept(Peer peer) {
    return SyncSession.accept(
        peer.store, SessionOptions.DEFAULT, t -> t.equals("secret") ? Access.FULL : Access.NONE);
  }

  @Test
  void twoDatabases_convergeAndStayUpToDate() throws SQLException {
    try (Peer a = peer("a.db", "INSERT INTO todo VALUES(1, 'milk', 0)");
        Peer b = peer("b.db", "INSERT INTO todo VALUES(2, 'bread', 0)")) {
      SyncSession from = connect(a);
      SyncSession to = accept(b);
      Peer.talk(from, to);
      assertThat(a.fingerprint()).isEqualTo(b.fingerprint());
      assertThat(from.progress().sent().upToDate()).isTrue();
      assertThat(to.progress().received().upToDate()).isTrue();
      b.run("UPDATE todo SET done = 1");
      to.changed();
      Peer.talk(from, to);
      assertThat(a.fingerprint()).isEqualTo(b.fingerprint());
      assertThat(a.text("SELECT count(*) FROM todo WHERE done")).isEqualTo("2");
    }
  }

  @Test
  void manyChunks_comeThroughASmallWindow() throws SQLException {
    SessionOptions small = OPTIONS.withSizes(1 << 20, 10_000, 5_000);
    try (Peer a = peer("a.db", String.format(MANY, 1, 3000));
        Peer b = peer("b.db", String.format(MANY, 2001, 5000))) {
      SyncSession from = SyncSession.connect(a.store, small);
      SyncSession to = accept(b);
      Peer.talk(from, to);
      assertThat(a.fingerprint()).isEqualTo(b.fingerprint());
      assertThat(to.progress().received().chunks()).isGreaterThan(20);
      assertThat(from.closing()).isEmpty();
    }
  }

  @Test
  void rowsLargerThanAChunk_areBoundByTheWindowToo() throws SQLException {
    try (Peer a = peer("a.db");
        Peer b = peer("b.db")) {
      for (int i = 0; i < 100; i++) {
        a.run("INSERT INTO todo VALUES(" + i + ", hex(randomblob(1500)), 0)");
      }
      SyncSession from = SyncSession.connect(a.store, OPTIONS.withSizes(8_192, 10_000, 100));
      SyncSession to = accept(b);
      for (boolean moved = true; moved; ) {
        from.pump();
        assertThat(from.pending()).isLessThan(10_000 + 3_000 + 1_000);
        moved = Peer.carry(from, to) | Peer.carry(to, from);
      }
      assertThat(a.fingerprint()).isEqualTo(b.fingerprint());
    }
  }

  @Test
  void oneWriteEach_isNotEchoed() throws SQLException {
    try (Peer a = peer("a.db");
        Peer b = peer("b.db")) {
      SyncSession from = connect(a);
      SyncSession to = accept(b);
      Peer.talk(from, to);
      for (int i = 0; i < 20; i++) {
        a.run("INSERT INTO todo VALUES(" + i + ", 'x', 0)");
        from.changed();
        to.changed();
        Peer.talk(from, to);
        to.changed();
        Peer.talk(from, to);
      }
      assertThat(b.fingerprint()).isEqualTo(a.fingerprint());
      // the first, and then one for each write
      assertThat(to.progress().received().chunks()).isEqualTo(21);
      assertThat(from.progress().received().chunks()).isEqualTo(1);
    }
  }

  @Test
  void aWrongToken_learnsNothing() throws SQLException {
    try (Peer a = peer("a.db");
        Peer b = peer("b.db", "INSERT INTO todo VALUES(2, 'bread', 0)")) {
      SyncSession from = SyncSession.connect(a.store, OPTIONS.withToken("guess"));
      SyncSession to = accept(b);
      Peer.talk(from, to);
      assertThat(from.closing())
          .contains(
              new Closing(CloseCode.TOKEN, "the token gives no access to this database", true));
      assertThat(from.peerSite()).isEmpty();
      assertThat(a.text("SELECT count(*) FROM todo")).isEqualTo("0");
    }
  }

  @Test
  void whoMayOnlyRead_isNotListenedTo() throws SQLException {
    try (Peer a = peer("a.db", "INSERT INTO todo VALUES(1, 'milk', 0)");
        Peer b = peer("b.db", "INSERT INTO todo VALUES(2, 'bread', 0)")) {
      SyncSession from = connect(a);
      SyncSession to = SyncSession.accept(b.store, SessionOptions.DEFAULT, t -> Access.READ);
      Peer.talk(from, to);
      assertThat(a.text("SELECT count(*) FROM todo")).isEqualTo("2");
      assertThat(b.text("SELECT count(*) FROM todo")).isEqualTo("1");
      assertThat(from.access()).isEqualTo(Access.READ);
    }
  }

  @Test
  void aTableThatComesLater_isFetchedAnew() throws SQLException {
    try (Peer a = new Peer(dir.resolve("a.db"));
        Peer b = peer("b.db", "INSERT INTO todo VALUES(2, 'bread', 0)")) {
      SyncSession from = connect(a);
      SyncSession to = accept(b);
      Peer.talk(from, to);
      assertThat(from.isSchemaOther()).isTrue();
      for (String sql : TODO) {
        a.run(sql);
      }
      from.changed();
      Peer.talk(from, to);
      assertThat(a.text("SELECT title FROM todo")).isEqualTo("bread");
      assertThat(from.isSchemaOther()).isFalse();
    }
  }

  @Test
  void aTableDroppedAndMadeAgain_isFetchedAnew() throws SQLException {
    try (Peer a = peer("a.db");
        Peer b = peer("b.db", "INSERT INTO todo VALUES(2, 'bread', 0)")) {
      SyncSession from = connect(a);
      SyncSession to = accept(b);
      Peer.talk(from, to);
      a.run("SELECT crsql_as_table('todo')");
      a.run("DROP TABLE todo");
      for (String sql : TODO) {
        a.run(sql);
      }
      from.changed();
      Peer.talk(from, to);
      assertThat(a.fingerprint()).isEqualTo(b.fingerprint());
      assertThat(a.text("SELECT title FROM todo")).isEqualTo("bread");
    }
  }

  @Test
  void aRefusal_leavesTheStoreUsableForOthers() throws SQLException {
    try (Peer a = peer("a.db", "INSERT INTO todo VALUES(1, 'milk', 0)");
        Peer b = peer("b.db")) {
      byte[] vector = b.store.vector();
      byte[] changeset = a.store.changesets(vector, 1_000, 1).get(0).changeset();
      byte[] damaged = {1, 2, 3};
      for (int i = 0; i < 2; i++) {
        refused(() -> b.store.apply(damaged));
        refused(() -> b.store.after(damaged, changeset));
        refused(() -> b.store.ofSender(vector, damaged));
        refused(() -> b.store.changesets(damaged, 1_000, 1));
      }
      Peer.talk(connect(a), accept(b));
      assertThat(b.fingerprint()).isEqualTo(a.fingerprint());
    }
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isRefusal()).isTrue());
  }

  @Test
  void silence_isAskedAboutAndThenGivenUp() throws SQLException {
    try (Peer a = peer("a.db");
        Peer b = peer("b.db")) {
      SyncSession from = connect(a);
      SyncSession to = accept(b);
      Peer.talk(from, to);
      from.heartbeat();
      from.heartbeat();
      Peer.talk(from, to);
      for (int i = 0; i < 5; i++) {
        assertThat(from.closing()).isEmpty();
        from.heartbeat();
        Peer.talk(from, to);
      }
      for (int i = 0; i < 4; i++) {
        from.heartbeat();
      }
      assertThat(from.closing()).hasValueSatisfying(c -> c.code().equals(CloseCode.SILENT));
    }
  }
}
