package io.crsql.jdbc;

import static io.crsql.jdbc.CrsqlDriverTest.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crsql.jdbc.Explanation.Stamp;
import io.crsql.jdbc.Explanation.State;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaTest {
  @TempDir Path folder;

  private Connection connection;
  private Connection peer;
  private Replica here;
  private Replica there;

  @BeforeEach
  void open() throws SQLException {
    connection = Crsql.open(folder.resolve("here.db"));
    peer = Crsql.open(folder.resolve("there.db"));
    here = Replica.of(connection);
    there = Replica.of(peer);
    for (Connection each : List.of(connection, peer)) {
      execute(each, "CREATE TABLE todo(id PRIMARY KEY, what, weight)");
      Replica.of(each).asCrr("todo");
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    peer.close();
  }

  @Test
  void changes_ownAndMerged_tellWhoWrote() throws SQLException {
    execute(peer, "INSERT INTO todo VALUES(1, 'it''s', 0.5)");
    sync(there, here);
    execute(connection, "DELETE FROM todo");
    try (Stream<Change> changes = here.changes(0)) {
      assertThat(changes)
          .containsExactly(new Change("todo", 1L, null, 2L, 4, here.siteId(), 2, 4, true));
    }
    try (Stream<Change> changes = there.changes(0)) {
      assertThat(changes)
          .containsExactly(
              new Change("todo", 1L, "what", "'it''s'", 1, there.siteId(), 1, 1, true),
              new Change("todo", 1L, "weight", 0.5, 2, there.siteId(), 1, 1, true));
    }
  }

  @Test
  void key_ofEveryKindOfValue_findsItsRow() throws SQLException {
    execute(connection, "CREATE TABLE wide(a, b, PRIMARY KEY(a, b)) WITHOUT ROWID");
    here.asCrr("wide");
    execute(
        connection,
        "INSERT INTO wide VALUES('it''s|X''00''', x'00ff'), (1, 0.1), (-9223372036854775808, 9e999),"
            + " (-1.5, ''), (x'', 1e300), (2, char(97, 0, 98)), (3, 5e-324), (4, -9e999)");
    try (Stream<Change> changes = here.changes(0);
        PreparedStatement find =
            connection.prepareStatement("SELECT count(*) FROM wide WHERE a = ? AND b = ?")) {
      List<Change> all = changes.toList();
      assertThat(all).hasSize(8);
      for (Change change : all) {
        find.setObject(1, change.key().get(0));
        find.setObject(2, change.key().get(1));
        try (ResultSet count = find.executeQuery()) {
          assertThat(count.getInt(1)).as("%s", change.pk()).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void plainValue_isWhatWasWritten() throws SQLException {
    execute(connection, "INSERT INTO todo VALUES('x', 'it''s', x'00ff'), ('y', NULL, 0.5)");
    try (Stream<Change> changes = here.changes(0)) {
      assertThat(changes.map(Change::plainValue))
          .containsExactly("it's", new byte[] {0, -1}, null, 0.5);
    }
  }

  @Test
  void changes_afterACursor_areTheLaterOnes() throws SQLException {
    execute(connection, "INSERT INTO todo VALUES(1, 'a', 1), (2, 'b', 2)");
    long cursor = here.clock();
    execute(connection, "UPDATE todo SET what = 'c' WHERE id = 2");
    try (Stream<Change> changes = here.changes(cursor)) {
      assertThat(changes.map(Change::value)).containsExactly("'c'");
    }
  }

  @Test
  void changesets_appliedThere_converge() throws SQLException {
    execute(connection, "INSERT INTO todo VALUES(1, 'a', 1)");
    execute(peer, "INSERT INTO todo VALUES(2, 'b', 2)");
    assertThat(sync(here, there)).isEqualTo(1);
    assertThat(sync(there, here)).isEqualTo(1);
    assertThat(sync(there, here)).isZero();
    assertThat(here.fingerprint()).isEqualTo(there.fingerprint());
    assertThat(here.fingerprint("todo")).isEqualTo(there.fingerprint("todo"));
    assertThat(here.verify()).isEmpty();
  }

  @Test
  void changesets_bounded_areCutAndOnlyTheLastIsLast() throws SQLException {
    for (int i = 0; i < 5; i++) {
      execute(connection, "INSERT INTO todo VALUES(" + i + ", 'a', 1)");
    }
    List<Changeset> changesets = changesets(VersionVector.EMPTY, 1);
    assertThat(changesets.stream().map(Changeset::last))
        .containsExactly(false, false, false, false, true);
    assertThat(there.apply(changesets.stream())).isEqualTo(5);
  }

  @Test
  void apply_gap_isRefusedAndAfterSaysSo() throws SQLException {
    for (int i = 0; i < 2; i++) {
      execute(connection, "INSERT INTO todo VALUES(" + i + ", 'a', 1)");
    }
    List<Changeset> changesets = changesets(VersionVector.EMPTY, 1);
    assertThat(there.after(there.versionVector(), changesets.get(1))).isEmpty();
    assertThatThrownBy(() -> there.apply(changesets.get(1))).isInstanceOf(SQLException.class);
    assertThat(there.apply(changesets.get(0))).isEqualTo(1);
  }

  @Test
  void after_isTheVectorOnceApplied() throws SQLException {
    execute(connection, "INSERT INTO todo VALUES(1, 'a', 1)");
    VersionVector before = there.versionVector();
    Changeset changeset = changesets(before, 1_000_000).get(0);
    VersionVector expected = there.after(before, changeset).orElseThrow();
    there.apply(changeset);
    VersionVector after = there.versionVector();
    assertThat(there.covers(after, expected)).isTrue();
    assertThat(there.covers(before, expected)).isFalse();
    assertThat(there.covers(before, VersionVector.EMPTY)).isTrue();
    assertThat(there.sites(expected)).containsEntry(here.siteId(), new Held(2, 2));
    assertThat(there.sites(VersionVector.EMPTY)).isEmpty();
  }

  @Test
  void apply_streamThatFails_throwsItsSqlException() {
    SQLException failure = new SQLException("no more");
    Stream<Changeset> stream =
        Stream.generate(
            () -> {
              throw new UncheckedSqlException(failure);
            });
    assertThatThrownBy(() -> there.apply(stream)).isSameAs(failure);
  }

  @Test
  void explain_writtenCell_tellsItsWriteAndWhatItBeat() throws SQLException {
    execute(connection, "INSERT INTO todo VALUES('x', 'mine', 0.5)");
    sync(here, there);
    execute(peer, "UPDATE todo SET what = 'theirs'");
    execute(connection, "UPDATE todo SET what = 'again'");
    execute(connection, "UPDATE todo SET what = 'later'");
    sync(there, here);
    Explanation told = here.explain("todo", "what", "x");
    assertThat(told.row()).isEqualTo("'x'");
    assertThat(told.value()).isEqualTo("'later'");
    assertThat(told.state()).isEqualTo(State.ALIVE);
    assertThat(told.own()).isTrue();
    assertThat(told.write()).extracting(Stamp::site).isEqualTo(here.siteId());
    assertThat(told.beat()).extracting(Stamp::site).isEqualTo(there.siteId());
    assertThat(here.explain("todo", "weight", "x").value()).isEqualTo(0.5);
  }

  @Test
  void explain_deletedRow_isDeleted() throws SQLException {
    execute(connection, "INSERT INTO todo VALUES(1, 'a', 1)");
    execute(connection, "DELETE FROM todo");
    Explanation told = here.explain("todo", "what", 1);
    assertThat(told.state()).isEqualTo(State.DELETED);
    assertThat(told.value()).isNull();
    assertThat(told.beat()).isNull();
    assertThat(told.life()).isEqualTo(2);
  }

  @Test
  void explain_unknownRow_fails() {
    assertThatThrownBy(() -> here.explain("todo", "what", 7)).isInstanceOf(SQLException.class);
  }

  @Test
  void explain_everyStateOfTheEngine_hasAName() {
    assertThat(Stream.of("alive", "deleted", "held aside", "missing").map(State::of))
        .containsExactly(State.values());
  }

  @Test
  void verify_rowDeletedPastTheTriggers_saysSo() throws SQLException {
    execute(connection, "INSERT INTO todo VALUES(1, 'a', 1)");
    execute(connection, "DROP TRIGGER todo__crsql_delete");
    assertThat(here.verify()).isNotEmpty();
  }

  @Test
  void of_dataSource_borrowsAConnectionForEachCallAndStream() throws SQLException {
    CountingSource source = new CountingSource("jdbc:sqlite:" + folder.resolve("here.db"));
    Replica replica = Replica.of(source);
    execute(connection, "INSERT INTO todo VALUES(1, 'a', 1)");
    assertThat(replica.clock()).isEqualTo(2);
    assertThat(source.open()).isZero();
    try (Stream<Change> changes = replica.changes(0)) {
      assertThat(source.open()).isEqualTo(1);
      assertThat(changes).hasSize(2);
    }
    assertThat(source.open()).isZero();
    assertThatThrownBy(() -> replica.asCrr("none")).isInstanceOf(SQLException.class);
    assertThat(source.open()).isZero();
  }

  @Test
  void apply_insideTheCallersTransaction_isRolledBackWithIt() throws SQLException {
    execute(connection, "INSERT INTO todo VALUES(1, 'a', 1)");
    VersionVector before = there.versionVector();
    peer.setAutoCommit(false);
    sync(here, there);
    peer.rollback();
    peer.setAutoCommit(true);
    assertThat(there.versionVector()).isEqualTo(before);
    assertThat(sync(here, there)).isEqualTo(1);
  }

  private List<Changeset> changesets(VersionVector since, int maxBytes) throws SQLException {
    try (Stream<Changeset> stream = here.changesets(since, maxBytes)) {
      return stream.toList();
    }
  }

  private static long sync(Replica from, Replica to) throws SQLException {
    try (Stream<Changeset> changesets = from.changesets(to.versionVector(), 1_000_000)) {
      return to.apply(changesets);
    }
  }
}
