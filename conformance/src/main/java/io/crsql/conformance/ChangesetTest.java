package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.crsql.conformance.changeset.ChangesetDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code crsql_changesets} and {@code crsql_changeset} write. */
class ChangesetTest extends Scenario {
  private static final String T = "CREATE TABLE t(a PRIMARY KEY, b, c)";
  private static final String CRR = "SELECT crsql_as_crr('t')";
  private static final Blob OTHER = new Blob("FF".repeat(16));
  private static final String ALL = "SELECT changeset FROM crsql_changesets(NULL)";

  private static ChangesetDecoder all(Database db) {
    return new ChangesetDecoder(db.value("SELECT crsql_changeset(NULL)"));
  }

  private static List<ChangesetDecoder> chunks(Database db, Object since, long maxBytes) {
    List<ChangesetDecoder> chunks = new ArrayList<>();
    String query = "SELECT changeset, last FROM crsql_changesets(?1, ?2)";
    for (List<Object> row : db.query(query, since, maxBytes)) {
      chunks.add(new ChangesetDecoder(row.get(0)));
      assertThat(row.get(1)).isEqualTo(chunks.get(chunks.size() - 1).isLast() ? 1L : 0L);
    }
    return chunks;
  }

  private static Object vector(Database db) {
    return db.value("SELECT crsql_version_vector()");
  }

  /** Lets {@code to} have all that it lacks of {@code from}. */
  private static void send(Database from, Database to) {
    to.run("SELECT crsql_apply(?1)", from.value("SELECT crsql_changeset(?1)", vector(to)));
  }

  @Test
  void writes_areRowsInTheOrderOfTheirArrival() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 'x', NULL), (2.5, X'00FF', -7)");
    db.run("UPDATE t SET c = 0.5 WHERE a = 1");
    db.run("DELETE FROM t WHERE a > 2");
    db.run("INSERT INTO t VALUES('k', 'it''s', 9223372036854775807)");
    ChangesetDecoder changeset = all(db);
    assertThat(changeset.flags).isEqualTo(1);
    assertThat(changeset.sender).isEqualTo(db.value("SELECT crsql_siteid()"));
    assertThat(changeset.after).isZero();
    assertThat(changeset.until).isEqualTo(9);
    assertThat(changeset.sites).containsExactly(changeset.sender + " 0 9");
    assertThat(changeset.shapes).containsExactly("t/1 0:1:b 1:2:c");
    assertThat(changeset.rows)
        .containsExactly(
            "+ t 1 site 0 life 1: b = 'x' @ 1",
            "+ t 1 site 0 life 1: c = 0.5 @ 6",
            "+ t 2.5 site 0 life 2: deleted @ 7",
            "+ t 'k' site 0 life 1: b = 'it's' @ 8 c = 9223372036854775807 @ 9");
  }

  @Test
  void valuesOfEveryLength_areWhole() {
    Database db = open("CREATE TABLE t(a TEXT PRIMARY KEY, b BLOB, c)", CRR);
    for (int n = 0; n < 300; n++) {
      db.run("INSERT INTO t VALUES(?1, zeroblob(?2), ?2)", "k".repeat(n), n);
    }
    List<String> rows = all(db).rows;
    for (int n = 0; n < 300; n++) {
      assertThat(rows.get(n))
          .isEqualTo(
              "+ t '%s' site 0 life 1: b = X'%s' @ %d c = %d @ %d"
                  .formatted("k".repeat(n), "00".repeat(n), 2 * n + 1, n, 2 * n + 2));
    }
  }

  @Test
  void laterLives_compositeKeysAndExistenceMarks_areTold() {
    Database db =
        open(
            "CREATE TABLE t(a, b, PRIMARY KEY(b, a)) WITHOUT ROWID",
            CRR,
            "INSERT INTO t VALUES(1, 'x')",
            "DELETE FROM t",
            "INSERT INTO t VALUES(1, 'x'), (2, 'y')",
            "SELECT crsql_begin_alter('t')",
            "ALTER TABLE t ADD COLUMN c",
            "SELECT crsql_commit_alter('t')",
            "UPDATE t SET c = 5 WHERE a = 1");
    ChangesetDecoder changeset = all(db);
    assertThat(changeset.shapes).containsExactly("t/2 0:-2: 1:-1:c");
    assertThat(changeset.rows)
        .containsExactly(
            "+ t 'x'|1 site 0 life 3: (exists) @ 3",
            "t 'y'|2 site 0 life 1: (exists) @ 4",
            "+ t 'x'|1 site 0 life 3: c = 5 @ 7");
  }

  @Test
  void columnsThatAreGone_haveNoPlace() {
    Database db =
        open(
            "CREATE TABLE t(a PRIMARY KEY, b, c, d)",
            CRR,
            "INSERT INTO t VALUES(1, 2, 3, 4)",
            "SELECT crsql_begin_alter('t')",
            "ALTER TABLE t DROP COLUMN c",
            "SELECT crsql_commit_alter('t')");
    assertThat(all(db).shapes).containsExactly("t/1 0:1:b 2:3:d");
    assertThat(all(db).rows).containsExactly("+ t 1 site 0 life 1: b = 2 @ 1 d = 4 @ 3");
  }

  @Test
  void columnsPastTheFirst63_areOfOtherShapes() {
    StringBuilder columns = new StringBuilder();
    for (int i = 0; i < 70; i++) {
      columns.append(", c").append(i);
    }
    Database db = open("CREATE TABLE t(a PRIMARY KEY" + columns + ")", CRR);
    db.run("INSERT INTO t(a) VALUES(1)");
    db.run("UPDATE t SET c0 = 'low', c69 = 'high'");
    ChangesetDecoder changeset = all(db);
    assertThat(changeset.shapes).hasSize(2);
    assertThat(changeset.shapes.get(1))
        .isEqualTo("t/1 0:64:c63 1:65:c64 2:66:c65 3:67:c66 4:68:c67 5:69:c68 6:70:c69");
    assertThat(changeset.rows.subList(2, 4))
        .containsExactly(
            "+ t 1 site 0 life 1: c0 = 'low' @ 71", "t 1 site 0 life 1: c69 = 'high' @ 140");
  }

  @Test
  void whatOthersHaveWritten_isPassedOnWithTheirStamp() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
    db.run(MERGE, "t", 1, 2, "'theirs'", 40, OTHER);
    db.run(MERGE, "t", 2, -1, 2, 41, OTHER);
    Object own = db.value("SELECT crsql_siteid()");
    assertThat(all(db).sites).containsExactly(own + " 0 42", OTHER + " 0 0");
    assertThat(all(db).rows)
        .containsExactly(
            "+ t 1 site 0 life 1: b = 1 @ 1",
            "+ t 1 site 1 life 1: c = 'theirs' @ 40",
            "+ t 2 site 1 life 2: deleted @ 41");
  }

  @Test
  void heldRows_areSent() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b, c NOT NULL)", CRR);
    db.run(MERGE, "t", 1, 1, "'b'", 7, OTHER);
    assertThat(db.query("SELECT * FROM t")).isEmpty();
    assertThat(all(db).rows).containsExactly("+ t 1 site 1 life 1: b = 'b' @ 7");
  }

  @Test
  void parkedChanges_areSent() {
    Database db = open(T, CRR);
    db.run(MERGE, "u", "'k'|1", "name@3", "'n'", 7, OTHER);
    db.run(MERGE, "u", "'k'|2", "4@3", null, 8, OTHER);
    db.run(MERGE, "u", "'k'|3", -1, 2, 9, OTHER);
    db.run(MERGE, "u", "'k'|4", -2, 1, 10, OTHER);
    db.run(MERGE, "t", 5, "later", 1.5, 11, OTHER);
    assertThat(all(db).shapes)
        .containsExactly("u/2 0:-1:name", "u/2 0:4:", "u/2", "u/2 0:-2:", "t/1 0:-1:later");
    assertThat(all(db).rows)
        .containsExactly(
            "u 'k'|1 site 1 life 3: name = 'n' @ 7",
            "u 'k'|2 site 1 life 3: 4 = null @ 8",
            "u 'k'|3 site 1 life 2: deleted @ 9",
            "u 'k'|4 site 1 life 1: (exists) @ 10",
            "t 5 site 1 life 1: later = 1.5 @ 11");
  }

  @Test
  void fold_changesNothing() {
    Database db = open(T, CRR, "CREATE TABLE u(a INTEGER PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('u')");
    db.run("INSERT INTO t VALUES(1, 1, 1), (2, 2, 2), (3, 3, 3)");
    db.run("INSERT INTO u VALUES(1, 1), (2, 2)");
    db.run("SELECT crsql_optimize()");
    db.run(MERGE, "t", 9, 1, 1, 50, OTHER);
    db.run("UPDATE t SET b = 7");
    db.run("UPDATE t SET b = 8 WHERE a = 2");
    db.run("DELETE FROM t WHERE a IN (1, 9)");
    db.run("INSERT INTO t VALUES(1, 4, 4)");
    db.run("DELETE FROM u WHERE a = 2");
    Object vector = vector(open(T, CRR));
    Object before = db.value("SELECT crsql_changeset(?1)", vector);
    db.run("SELECT crsql_optimize()");
    assertThat(db.value("SELECT crsql_changeset(?1)", vector)).isEqualTo(before);
  }

  @Test
  void chunks_endWithATransaction() {
    Database db = open(T, CRR);
    for (int i = 1; i <= 3; i++) {
      db.run("INSERT INTO t VALUES(?1, 'b', 'c'), (-?1, 'b', 'c')", i);
    }
    List<ChangesetDecoder> chunks = chunks(db, null, 10);
    assertThat(chunks).hasSize(3);
    assertThat(chunks).extracting(chunk -> chunk.flags).containsExactly(0, 0, 1);
    assertThat(chunks).extracting(chunk -> chunk.after).containsExactly(0L, 3L, 7L);
    assertThat(chunks).extracting(chunk -> chunk.until).containsExactly(3L, 7L, 12L);
    Object site = db.value("SELECT crsql_siteid()");
    assertThat(chunks)
        .extracting(chunk -> chunk.sites)
        .containsExactly(List.of(site + " 0 0"), List.of(site + " 0 0"), List.of(site + " 0 12"));
    assertThat(chunks.get(1).rows)
        .containsExactly(
            "+ t 2 site 0 life 1: b = 'b' @ 5 c = 'c' @ 6",
            "t -2 site 0 life 1: b = 'b' @ 7 c = 'c' @ 8");
    assertThat(chunks(db, null, 1_000_000)).hasSize(1);
  }

  @Test
  void transactionLongerThanAChunk_isCut() {
    Database db = open(T, CRR);
    db.run("INSERT INTO t VALUES(1, 1, 1), (2, 2, 2), (3, 3, 3)");
    db.run("INSERT INTO t VALUES(4, 4, 4)");
    List<ChangesetDecoder> chunks = chunks(db, null, 1);
    assertThat(chunks).extracting(chunk -> chunk.flags).containsExactly(2, 2, 0, 1);
    assertThat(chunks).allMatch(chunk -> chunk.rows.size() == 1);
  }

  @Test
  void whatAVectorCovers_isLeftOut() {
    Database a = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
    Database b = open(T, CRR);
    send(a, b);
    a.run("UPDATE t SET c = 2");
    b.run("INSERT INTO t VALUES(2, 2, 2)");
    ChangesetDecoder delta = new ChangesetDecoder(a.value("SELECT crsql_changeset(?1)", vector(b)));
    assertThat(delta.after).isEqualTo(2);
    assertThat(delta.until).isEqualTo(4);
    assertThat(delta.sites).containsExactly(a.value("SELECT crsql_siteid()") + " 2 4");
    assertThat(delta.rows).containsExactly("+ t 1 site 0 life 1: c = 2 @ 4");
    send(a, b);
    assertThat(new ChangesetDecoder(a.value("SELECT crsql_changeset(?1)", vector(b))).rows)
        .isEmpty();
  }

  @Test
  void whatCameByAnotherRoute_isLeftOut() {
    Database a = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1), (2, 2, 2)");
    Database b = open(T, CRR);
    Database c = open(T, CRR, "INSERT INTO t VALUES(3, 3, 3)");
    send(a, b);
    send(a, c);
    c.run("UPDATE t SET b = 9 WHERE a = 2");
    // c's rows are new to b, a's are not, though b has never heard of c.
    List<String> rows = new ChangesetDecoder(c.value("SELECT crsql_changeset(?1)", vector(b))).rows;
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0)).startsWith("+ t 3 ");
    assertThat(rows.get(1)).startsWith("+ t 2 ").contains("b = 9");
  }

  @Test
  void marksOfTransactions_surviveTheRowsThatAreLeftOut() {
    Database a = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
    Database b = open(T, CRR);
    send(a, b);
    b.run("BEGIN");
    b.run("UPDATE t SET b = 2");
    b.run("INSERT INTO t VALUES(2, 2, 2)");
    b.run("COMMIT");
    Database c = open(T, CRR);
    send(a, c);
    assertThat(new ChangesetDecoder(b.value("SELECT crsql_changeset(?1)", vector(c))).rows)
        .extracting(row -> row.startsWith("+"))
        .containsExactly(true, false);
  }

  @Test
  void databaseWithoutReplicatedTables_hasNothingToSend() {
    Database db = open();
    ChangesetDecoder changeset = all(db);
    assertThat(changeset.flags).isEqualTo(1);
    assertThat(changeset.sender).isEqualTo(new Blob("00".repeat(16)));
    assertThat(changeset.sites).isEmpty();
    assertThat(changeset.rows).isEmpty();
    Database other = open(T, CRR);
    assertThat(other.value("SELECT crsql_apply(?1)", db.value(ALL))).isEqualTo(0L);
  }

  @Test
  void attachedDatabase_isReadByItsName() {
    Database db = open(T, CRR, "ATTACH ':memory:' AS aux", "CREATE TABLE aux.u(a PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('aux', 'u')");
    db.run("INSERT INTO u VALUES(1, 'x')");
    Object changeset = db.value("SELECT crsql_changeset('aux', NULL)");
    assertThat(new ChangesetDecoder(changeset).rows)
        .containsExactly("+ u 1 site 0 life 1: b = 'x' @ 1");
    assertThat(db.value("SELECT changeset FROM crsql_changesets WHERE schema = 'AUX'"))
        .isEqualTo(changeset);
    assertThat(db.value("SELECT changeset FROM crsql_changesets(NULL, NULL, 'aux')"))
        .isEqualTo(changeset);
    assertThat(all(db).rows).isEmpty();
  }

  @Test
  void chunks_areOfOneSnapshot(@TempDir Path directory) {
    String file = directory.resolve("t.db").toString();
    Database reader = openFile(file);
    reader.run("PRAGMA journal_mode = WAL");
    assumeWal(reader);
    reader.run(T);
    reader.run(CRR);
    for (int i = 1; i <= 5; i++) {
      reader.run("INSERT INTO t VALUES(?1, 1, 1)", i);
    }
    Database writer = openFile(file);
    List<ChangesetDecoder> chunks = new ArrayList<>();
    reader.each(
        "SELECT changeset FROM crsql_changesets(NULL, 1)",
        row -> {
          chunks.add(new ChangesetDecoder(row.get(0)));
          writer.run("UPDATE t SET b = b + 1 WHERE a = 5");
          writer.run("INSERT INTO t VALUES(?1, 1, 1)", 10 + chunks.size());
        });
    assertThat(chunks).hasSize(5);
    assertThat(chunks.get(4).rows).containsExactly("+ t 5 site 0 life 1: b = 1 @ 9 c = 1 @ 10");
    assertThat(chunks.get(4).sites)
        .containsExactly(reader.value("SELECT crsql_siteid()") + " 0 10");
    assertThat(all(reader).rows).hasSize(11);
  }

  @Test
  void versionsThatWereRolledBack_areNotClaimed() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)", "BEGIN");
    db.run("INSERT INTO t VALUES(2, 2, 2)");
    db.run("ROLLBACK");
    assertThat(db.value("SELECT crsql_dbversion()")).isEqualTo(4L);
    assertThat(all(db).until).isEqualTo(2);
    assertThat(all(db).sites).containsExactly(db.value("SELECT crsql_siteid()") + " 0 2");
  }

  @Test
  void openTransactionWithWrites_isRefused() {
    Database db = open(T, CRR, "BEGIN");
    assertThat(all(db).rows).isEmpty();
    db.run("INSERT INTO t VALUES(1, 1, 1)");
    assertThat(error(db, ALL))
        .isEqualTo(
            "crsql_changesets: this connection has written replicated tables in a transaction that"
                + " is still open, and may take that back; commit first");
    assertThat(error(db, "SELECT crsql_changeset(NULL)")).startsWith("crsql_changeset: this conn");
    db.run("COMMIT");
    assertThat(all(db).rows).hasSize(1);
  }

  @Test
  void writingWhileChunksAreRead_isRefused() {
    Database db = open(T, CRR);
    db.run("INSERT INTO t VALUES(1, 1, 1)");
    db.run("INSERT INTO t VALUES(2, 1, 1)");
    int[] chunks = new int[1];
    SqlError error =
        assertThrows(
            SqlError.class,
            () ->
                db.each(
                    "SELECT changeset FROM crsql_changesets(NULL, 1)",
                    row -> {
                      chunks[0]++;
                      db.run("UPDATE t SET b = b + 1");
                    }));
    assertThat(chunks[0]).isEqualTo(1);
    assertThat(error.getMessage())
        .isEqualTo(
            "crsql_changesets: this connection has written replicated tables since the query began,"
                + " so that what it would go on with is no longer what it began with; begin again");
  }

  @Test
  void changingTheSchemaWhileChunksAreRead_isRefused() {
    Database db = open(T, CRR);
    db.run("INSERT INTO t VALUES(1, 1, 1)");
    db.run("INSERT INTO t VALUES(2, 1, 1)");
    SqlError error =
        assertThrows(
            SqlError.class,
            () ->
                db.each(
                    "SELECT changeset FROM crsql_changesets(NULL, 1)",
                    row -> db.run("ALTER TABLE t RENAME COLUMN b TO z")));
    assertThat(error.getMessage())
        .isEqualTo(
            "crsql_changesets: this connection has changed the schema since the query began; begin"
                + " again");
  }

  @Test
  void sinceThatIsNoVersionVector_isRefused() {
    Database db = open(T, CRR);
    assertThat(error(db, "SELECT * FROM crsql_changesets(12)"))
        .isEqualTo(
            "crsql_changesets: since must be a version vector, a blob that crsql_version_vector()"
                + " gives, or NULL for everything");
    assertThat(error(db, "SELECT crsql_changeset(X'00')"))
        .isEqualTo(
            "crsql_changeset: the blob is no version vector, for it does not begin with CRSV");
    assertThat(new ChangesetDecoder(db.value("SELECT crsql_changeset(X'')")).after).isZero();
  }

  @Test
  void maxBytesThatIsNoNumber_isRefused() {
    Database db = open(T, CRR);
    for (String wrong : new String[] {"0", "-1", "'x'", "1.5"}) {
      assertThat(error(db, "SELECT * FROM crsql_changesets(NULL, " + wrong + ")"))
          .isEqualTo("crsql_changesets: max_bytes must be an integer above 0, or NULL for 1000000");
    }
    assertThat(db.query("SELECT * FROM crsql_changesets(NULL, NULL)")).hasSize(1);
  }

  @Test
  void vectorThatKnowsMoreOfThisDatabaseThanItself_isRefused(@TempDir Path directory) {
    String file = directory.resolve("t.db").toString();
    String copy = directory.resolve("copy.db").toString();
    Database db = openFile(file);
    db.run(T);
    db.run(CRR);
    db.run("VACUUM INTO ?1", copy);
    db.run("INSERT INTO t VALUES(1, 1, 1)");
    Database peer = open(T, CRR);
    send(db, peer);
    Database restored = openFile(copy);
    assertThat(error(restored, "SELECT crsql_changeset(?1)", vector(peer)))
        .isEqualTo(
            "crsql_changeset: others hold what this database, "
                + db.value("SELECT crsql_siteid()")
                + ", had at its version 2, but its clock is at 0: it has been restored from an older"
                + " copy; call crsql_new_site(), and sync again");
  }
}
