package io.crsql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crsql.jdbc.Crsql;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server and the clients as processes that get SIGKILL in the middle of everything, while
 * applications write. Nothing that was committed may be lost, on any device.
 *
 * <p>The system property {@code crsql.kills} tells how many there are, {@code crsql.seed} which.
 */
class HubKillTest {
  private static final int KILLS = Integer.getInteger("crsql.kills", 15);
  private static final long SEED = Long.getLong("crsql.seed", 1);
  private static final int CLIENTS = 3;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(180);
  private static final int LONGEST_MILLIS = 1_500;
  private static final String[] TODO = {
    "PRAGMA journal_mode = WAL",
    "CREATE TABLE todo(id TEXT PRIMARY KEY NOT NULL, title, done)",
    "SELECT crsql_as_crr('todo')"
  };

  @TempDir Path dir;

  private final Random random = new Random(SEED);
  private final List<Process> processes = new ArrayList<>();
  private final List<Connection> databases = new ArrayList<>();
  private int written;

  @Test
  void kills_loseNothing() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String hub = "ws://127.0.0.1:" + port + "/db/todo";
    List<String[]> commands = new ArrayList<>();
    commands.add(
        new String[] {"serve", dir.resolve("hub").toString(), "--port", "" + port, "--open"});
    for (int i = 0; i < CLIENTS; i++) {
      Path file = Sql.run(dir.resolve(i + ".db"), TODO);
      databases.add(Crsql.open(file));
      commands.add(new String[] {"sync", file.toString(), hub, "--watch"});
    }
    for (String[] command : commands) {
      processes.add(start(command));
    }
    for (int kill = 0; kill < KILLS; kill++) {
      int victim = random.nextInt(processes.size());
      long until = System.nanoTime() + random.nextInt(LONGEST_MILLIS) * 1_000_000L;
      while (System.nanoTime() < until) {
        write();
      }
      processes.get(victim).destroyForcibly().waitFor();
      write();
      processes.set(victim, start(commands.get(victim)));
    }
    for (Connection database : databases) {
      awaitAll(database);
    }
    String fingerprint = text(databases.get(0), "SELECT hex(crsql_fingerprint())");
    for (Connection database : databases) {
      assertThat(text(database, "SELECT hex(crsql_fingerprint())")).isEqualTo(fingerprint);
      assertThat(text(database, "SELECT crsql_verify()")).isEqualTo("ok");
      assertThat(text(database, "PRAGMA integrity_check")).isEqualTo("ok");
    }
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("-Dcrsql.library=" + System.getProperty("crsql.library"));
    command.add(Main.class.getName());
    command.addAll(Arrays.asList(arguments));
    return new ProcessBuilder(command)
        .redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(dir.resolve("out").toFile())
        .start();
  }

  /** A row of a new name in one database, and something else in a row that all may have. */
  private void write() throws SQLException {
    try (Statement statement = databases.get(random.nextInt(databases.size())).createStatement()) {
      statement.execute("INSERT INTO todo VALUES('row-" + written + "', " + written + ", 0)");
      written++;
      statement.execute(
          "UPDATE todo SET done = done + 1 WHERE id = 'row-" + random.nextInt(written) + "'");
    }
  }

  private void awaitAll(Connection database) throws Exception {
    String count = "SELECT count(*) FROM todo WHERE title = substr(id, 5) + 0";
    long deadline = System.nanoTime() + PATIENCE;
    while (!text(database, count).equals("" + written) || !isEqualToOthers(database)) {
      assertThat(processes).allMatch(Process::isAlive);
      assertThat(System.nanoTime())
          .as("%s of %d", text(database, count), written)
          .isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  private boolean isEqualToOthers(Connection database) throws SQLException {
    String sum = "SELECT sum(done) FROM todo";
    for (Connection other : databases) {
      if (!text(other, sum).equals(text(database, sum))) {
        return false;
      }
    }
    return true;
  }

  private static String text(Connection database, String sql) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return String.valueOf(row.getString(1));
    }
  }

  @AfterEach
  void stop() throws SQLException {
    processes.forEach(Process::destroyForcibly);
    for (Connection database : databases) {
      database.close();
    }
  }
}
