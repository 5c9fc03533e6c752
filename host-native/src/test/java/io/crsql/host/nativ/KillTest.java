package io.crsql.host.nativ;

import static org.assertj.core.api.Assertions.assertThat;

import io.crsql.conformance.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the process (SIGKILL) at random points while it writes, folds and merges: no acknowledged
 * write is lost, nothing of an unfinished transaction is there, and what the index says agrees with
 * the log.
 *
 * <p>The victim is the sqlite3 shell, fed with numbered transactions; each acknowledges its commit
 * by printing its number. A replica that was never killed runs the same transactions and says what
 * must be there.
 */
final class KillTest {
  private static final int KILLS = Integer.getInteger("crsql.kills", 200);
  private static final int SENT_AHEAD = 3000;
  private static final String STATE =
      "SELECT \"table\", pk, cid, val, version, coalesce(hex(site_id), '') FROM crsql_changes"
          + " ORDER BY 1, 2, 3";

  @TempDir Path dir;

  @Test
  void killedAtRandomPoints_losesNothing() throws IOException, InterruptedException {
    long seed = Long.getLong("crsql.seed", 20261122L);
    Random random = new Random(seed);
    String file = dir.resolve("victim.db").toString();
    JdbcHost host = new JdbcHost();
    int done = 0;
    int killedInside = 0;
    try (Database spared = host.open(":memory:")) {
      create(spared);
      try (Database victim = host.open(file)) {
        create(victim);
      }
      for (int kill = 0; kill < KILLS; kill++) {
        int acknowledged = Math.max(done, runAndKill(file, done, random));
        try (Database victim = host.open(file)) {
          int found = ((Long) victim.value("SELECT n FROM progress")).intValue();
          String where = "seed " + seed + ", kill " + kill;
          assertThat(found).as(where).isBetween(acknowledged, done + SENT_AHEAD);
          killedInside += found > acknowledged ? 1 : 0;
          for (; done < found; done++) {
            for (String statement : transaction(done + 1)) {
              spared.run(statement);
            }
          }
          assertThat(victim.query(STATE)).as(where).isEqualTo(spared.query(STATE));
          assertThat(victim.value("PRAGMA integrity_check")).as(where).isEqualTo("ok");
          checkIndex(victim, where);
          victim.query("PRAGMA journal_mode = " + (random.nextBoolean() ? "WAL" : "DELETE"));
        }
      }
    }
    System.out.println(
        KILLS
            + " kills over "
            + done
            + " transactions, seed "
            + seed
            + "; after "
            + killedInside
            + " of them more had been committed than acknowledged");
  }

  private static void create(Database db) {
    db.run("CREATE TABLE progress(n)");
    db.run("INSERT INTO progress VALUES(0)");
    db.run("CREATE TABLE t(id INTEGER PRIMARY KEY, a, b)");
    db.run("CREATE TABLE u(x, y, v, PRIMARY KEY(x, y)) WITHOUT ROWID");
    db.run("SELECT crsql_as_crr('t')");
    db.run("SELECT crsql_as_crr('u')");
  }

  /**
   * Transaction number {@code n}, always the same: local writes, merges, deletions, and now and
   * then a fold.
   */
  private static List<String> transaction(int n) {
    Random random = new Random(n);
    List<String> statements = new ArrayList<>();
    statements.add("BEGIN IMMEDIATE");
    for (int i = random.nextInt(4); i >= 0; i--) {
      int id = random.nextInt(60);
      switch (random.nextInt(6)) {
        case 0 -> statements.add("INSERT OR REPLACE INTO t VALUES(" + id + ", " + n + ", 'x')");
        case 1 -> statements.add("UPDATE t SET a = " + n + " WHERE id = " + id);
        case 2 -> statements.add("DELETE FROM t WHERE id = " + id);
        case 3 ->
            statements.add(
                "INSERT INTO u VALUES('k"
                    + id % 9
                    + "', "
                    + id
                    + ", "
                    + n
                    + ") ON CONFLICT DO UPDATE SET v = excluded.v");
        case 4 -> statements.add("SELECT crsql_optimize()");
        default ->
            statements.add(
                "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id)"
                    + " VALUES('t', "
                    + id
                    + ", "
                    + (1 + random.nextInt(2))
                    + ", "
                    + n
                    + ", "
                    + n * 3
                    + ", X'"
                    + "0"
                    + random.nextInt(4)
                    + "00".repeat(15)
                    + "')");
      }
    }
    statements.add("UPDATE progress SET n = " + n);
    statements.add("COMMIT");
    return statements;
  }

  /**
   * Feeds the shell with the transactions after {@code done} and kills it after a random while.
   *
   * @return the last transaction that it acknowledged, or {@code done}
   */
  private static int runAndKill(String file, int done, Random random)
      throws IOException, InterruptedException {
    String library = Libraries.product().toString().replace(".so", "");
    Process shell =
        new ProcessBuilder("stdbuf", "-oL", "sqlite3", "-batch", "-cmd", ".load " + library, file)
            .redirectErrorStream(true)
            .start();
    AtomicInteger acknowledged = new AtomicInteger(done);
    StringBuilder surprises = new StringBuilder();
    Thread reader = new Thread(() -> read(shell, acknowledged, surprises));
    reader.start();
    Thread writer = new Thread(() -> write(shell, done));
    writer.start();
    Thread.sleep(5 + random.nextInt(60));
    shell.destroyForcibly().waitFor();
    reader.join();
    writer.join();
    assertThat(surprises.toString()).isEmpty();
    return acknowledged.get();
  }

  private static void read(Process shell, AtomicInteger acknowledged, StringBuilder surprises) {
    try (BufferedReader lines = shell.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("ack ")) {
          acknowledged.set(Integer.parseInt(line.substring(4)));
        } else if (!line.isEmpty()) {
          surprises.append(line).append('\n');
        }
      }
    } catch (IOException | NumberFormatException e) {
      // The pipe broke in the middle of a line: the process is dead, which is the point.
      return;
    }
  }

  private static void write(Process shell, int done) {
    try (OutputStream out = shell.getOutputStream()) {
      for (int n = done + 1; n <= done + SENT_AHEAD; n++) {
        String script = String.join(";\n", transaction(n)) + ";\n.print ack " + n + "\n";
        out.write(script.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
      shell.waitFor();
    } catch (IOException e) {
      // Killed while it was fed.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Every indexed or merged entry is in exactly one row's events, and everything in them is in the
   * log.
   */
  private static void checkIndex(Database db, String where) {
    db.run("SELECT crsql_optimize()");
    for (String table : new String[] {"t", "u"}) {
      List<Long> indexed = new ArrayList<>();
      for (List<Object> row : db.query("SELECT events FROM " + table + "__crsql_rows")) {
        indexed.addAll(Events.of(row.get(0)));
      }
      List<Long> logged = new ArrayList<>();
      for (List<Object> row : db.query("SELECT at FROM " + table + "__crsql_log")) {
        logged.add((Long) row.get(0));
      }
      indexed.sort(null);
      assertThat(indexed).as(where).isEqualTo(logged);
    }
  }
}
