package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that send each other what their version vectors lack. */
class SyncTest extends ChangesetScenario {
  private static final String INSERT = "INSERT INTO t VALUES(?1, ?1, ?1)";

  /** Gives a database what it lacks of another. */
  private static void send(Database from, Database to) {
    for (List<Object> chunk :
        from.query("SELECT changeset FROM crsql_changesets(?1, 10)", vector(to))) {
      apply(to, (Blob) chunk.get(0));
    }
  }

  private static Object fingerprint(Database db) {
    return db.value("SELECT crsql_fingerprint()");
  }

  private static void drop(Database db) {
    db.run("SELECT crsql_as_table('t')");
    db.run("DROP TABLE t");
  }

  private static void alter(Database db, String change) {
    db.run("SELECT crsql_begin_alter('t')");
    db.run("ALTER TABLE t " + change);
    db.run("SELECT crsql_commit_alter('t')");
  }

  private static String keys(Database db) {
    return (String) db.value("SELECT group_concat(a) FROM (SELECT a FROM t ORDER BY a)");
  }

  @Test
  void newSite_convergesWithThoseWhoKnowTheOldOne() {
    for (int i = 0; i < 8; i++) {
      Database a = open(T, CRR);
      Database b = open(T, CRR);
      a.run(INSERT, 1);
      b.run(INSERT, 2);
      send(a, b);
      send(b, a);
      b.run("SELECT crsql_new_site()");
      b.run("UPDATE t SET b = 'later' WHERE a = 1");
      a.run("UPDATE t SET c = 'later' WHERE a = 2");
      send(a, b);
      send(b, a);
      assertThat(lines(a, ROWS)).containsExactly("1 later 1", "2 2 later");
      send(a, b);
      assertThat(state(a)).isEqualTo(state(b));
      assertSound(a, b);
    }
  }

  @Test
  void newSite_isSentWhatItsWritesNowLoseAgainst() {
    for (int i = 0; i < 8; i++) {
      Database a = open(T, CRR);
      Database b = open(T, CRR);
      b.run(INSERT, 2);
      send(b, a);
      a.run(INSERT, 1);
      send(a, b);
      b.run("SELECT crsql_new_site()");
      send(b, a);
      send(a, b);
      assertThat(fingerprint(a)).isEqualTo(fingerprint(b));
      assertSound(a, b);
    }
  }

  @Test
  void restoredCopy_isRefusedBothWaysAndConvergesAsANewSite(@TempDir Path dir) throws IOException {
    Database db = openFile(dir.resolve("a.db").toString());
    db.run(T);
    db.run(CRR);
    db.run(INSERT, 1);
    Files.copy(dir.resolve("a.db"), dir.resolve("copy.db"));
    db.run(INSERT, 2);
    Database peer = open(T, CRR);
    send(db, peer);
    Database copy = openFile(dir.resolve("copy.db").toString());
    String restored = "had at its version 4, but its clock is at 2: it has been restored";
    assertThatThrownBy(() -> send(copy, peer)).hasMessageContaining(restored);
    assertThatThrownBy(() -> send(peer, copy)).hasMessageContaining(restored);
    copy.run("SELECT crsql_new_site()");
    copy.run("UPDATE t SET b = 'of the copy'");
    send(copy, peer);
    send(peer, copy);
    assertThat(lines(peer, ROWS)).containsExactly("1 of the copy 1", "2 2 2");
    send(copy, peer);
    assertThat(state(peer)).isEqualTo(state(copy));
    assertSound(peer, copy);
  }

  @Test
  void tableDroppedByARelay_isStillSentByItsWriter() {
    Database writer = open(T, CRR);
    writer.run(INSERT, 1);
    Database relay = open(T, CRR, "CREATE TABLE u(a PRIMARY KEY)", "SELECT crsql_as_crr('u')");
    send(writer, relay);
    drop(relay);
    Database db = open(T, CRR);
    send(relay, db);
    send(writer, db);
    assertThat(keys(db)).isEqualTo("1");
  }

  @Test
  void tableDroppedByARelayThatCrsqlWasNotToldOf_isStillSentByItsWriter() {
    Database writer = open(T, CRR);
    writer.run(INSERT, 1);
    Database relay = open(T, CRR, "CREATE TABLE u(a PRIMARY KEY)", "SELECT crsql_as_crr('u')");
    send(writer, relay);
    relay.run("DROP TABLE t");
    Database db = open(T, CRR);
    send(relay, db);
    send(writer, db);
    assertThat(keys(db)).isEqualTo("1");
  }

  @Test
  void writesOfWhoDroppedTheirTable_areStillSentByOthers() {
    Database writer = open(T, CRR, "CREATE TABLE u(a PRIMARY KEY)", "SELECT crsql_as_crr('u')");
    writer.run(INSERT, 1);
    Database other = open(T, CRR);
    send(writer, other);
    drop(writer);
    Database db = open(T, CRR);
    send(writer, db);
    send(other, db);
    assertThat(keys(db)).isEqualTo("1");
  }

  @Test
  void tableDroppedAndMadeAgain_getsTheWritesOfAllBackAndOnesOwn() {
    Database db = open(T, CRR);
    db.run(INSERT, 1);
    Database other = open(T, CRR);
    other.run(INSERT, 2);
    send(db, other);
    send(other, db);
    drop(db);
    db.run(T);
    db.run(CRR);
    db.run(INSERT, 3);
    send(other, db);
    assertThat(keys(db)).isEqualTo("1,2,3");
    Database third = open(T, CRR);
    send(db, third);
    send(other, third);
    send(db, other);
    assertThat(keys(third)).isEqualTo("1,2,3");
    assertThat(state(other)).isEqualTo(state(db)).isEqualTo(state(third));
  }

  @Test
  void writesLostWithATable_areStillSentByOthersOnceItIsMadeAgain() {
    Database db = open(T, CRR);
    db.run(INSERT, 1);
    Database other = open(T, CRR);
    send(db, other);
    drop(db);
    db.run(T);
    db.run(CRR);
    Database third = open(T, CRR);
    send(db, third);
    send(other, third);
    assertThat(keys(third)).isEqualTo("1");
  }

  @Test
  void columnDroppedByARelay_isStillSentByItsWriter() {
    Database writer = open(T, CRR);
    writer.run(INSERT, 1);
    Database relay = open(T, CRR);
    send(writer, relay);
    alter(relay, "DROP COLUMN b");
    Database db = open(T, CRR);
    send(relay, db);
    send(writer, db);
    assertThat(lines(db, ROWS)).containsExactly("1 1 1");
  }
}
