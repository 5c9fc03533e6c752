package io.crsql.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crsql.jdbc.Crsql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full: nothing is acknowledged that is not kept, and later it goes on. */
class DiskFullTest {
  @TempDir Path dir;
  private Path disk;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    disk = Files.createDirectory(dir.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()),
        "a small disk cannot be mounted here, which takes root");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    run("umount", disk.toString());
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  @Test
  void whatIsAcknowledged_isKept() throws IOException, SQLException, InterruptedException {
    try (Hub hub = new Hub(disk)) {
      long acknowledged;
      String site;
      try (Client a = hub.client(dir.resolve("a.db"), "full")) {
        for (int i = 0; a.closeReason() == null && i < 400; i++) {
          a.run("INSERT INTO todo VALUES(" + i + ", randomblob(30000), 0)");
        }
        Await.until("the disk is full", () -> a.closeReason() != null);
        assertThat(a.closeReason()).startsWith("the database cannot be used now");
        acknowledged = a.progress().sent().until();
        site = a.text("SELECT hex(crsql_site_id())");
        assertThat(acknowledged).isPositive();
      }
      assertThat(hub.get("/health").statusCode()).isEqualTo(503);
      assertThat(run("mount", "-o", "remount,size=64m", disk.toString())).isTrue();
      try (Connection connection = Crsql.open(disk.resolve("app.db"));
          Statement statement = connection.createStatement()) {
        long kept =
            statement
                .executeQuery(
                    "SELECT arrival FROM crsql_vector(crsql_version_vector()) WHERE hex(site) = '"
                        + site
                        + "'")
                .getLong(1);
        assertThat(kept).isGreaterThanOrEqualTo(acknowledged);
      }
      try (Client a = hub.client(dir.resolve("a.db"), "full");
          Client b = hub.client(dir.resolve("b.db"), "full")) {
        Await.until(
            "convergence",
            () -> a.isUpToDate() && b.isUpToDate() && a.fingerprint().equals(b.fingerprint()));
        assertThat(hub.log.toString()).doesNotContain("internal error");
      }
      Await.until("it is healthy", () -> hub.get("/health").statusCode() == 200);
    }
  }
}
