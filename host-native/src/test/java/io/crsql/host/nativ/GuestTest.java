package io.crsql.host.nativ;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The library is a good guest in a process of many threads, connections and children. The checks
 * are in guest.c, a program of its own, for a JVM has handlers and threads that would hide the
 * library's.
 */
final class GuestTest {
  @TempDir static Path folder;

  private static Path guest;

  @BeforeAll
  static void compile() throws IOException, InterruptedException {
    guest = Command.compile("guest", folder);
  }

  private static String guest(String check, String... more)
      throws IOException, InterruptedException {
    String[] command = new String[3 + more.length];
    command[0] = guest.toString();
    command[1] = Libraries.probe().toString();
    command[2] = check;
    System.arraycopy(more, 0, command, 3, more.length);
    return Command.run(command);
  }

  @Test
  void changesNothingOfTheProcess() throws IOException, InterruptedException {
    assertThat(guest("quiet")).isEqualTo("ok\n");
  }

  @Test
  void runsEightThreads() throws IOException, InterruptedException {
    assertThat(guest("threads", folder.resolve("threads").toString())).isEqualTo("ok\n");
  }

  @Test
  void survivesForks() throws IOException, InterruptedException {
    assertThat(guest("fork")).isEqualTo("ok\n");
  }

  @Test
  void leaksNothingPerConnection() throws IOException, InterruptedException {
    assertThat(guest("reload")).isEqualTo("ok\n");
  }

  @Test
  void servesEightCopiesOfSqliteAndRefusesTheNinth() throws IOException, InterruptedException {
    assertThat(guest("copies", folder.toString())).isEqualTo("ok\n");
  }

  @Test
  void refusesToLoadWithoutAddressSpace() throws IOException, InterruptedException {
    assertThat(guest("limit")).isEqualTo("ok\n");
  }
}
