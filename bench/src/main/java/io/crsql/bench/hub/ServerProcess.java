package io.crsql.bench.hub;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code crsql serve} in a process of its own. */
final class ServerProcess implements AutoCloseable {
  /** What Linux counts CPU time in, for all processes. */
  private static final double TICKS_A_SECOND = 100;

  private static final Pattern ADDRESS = Pattern.compile("(?:http|ws)://[^/\\s]*?:(\\d+)");

  private final Process process;
  private final int port;

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it, and waits until it listens. */
  static ServerProcess start(Path root, Path folder, Path schema) throws IOException {
    List<String> command =
        List.of(
            root.resolve("crsql").toString(),
            "serve",
            folder.toString(),
            "--port",
            "0",
            "--open",
            "--schema",
            schema.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader lines = process.inputReader();
    StringBuilder said = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        drain(lines);
        return new ServerProcess(process, Integer.parseInt(address.group(1)));
      }
    }
    throw new IOException("crsql serve did not start: " + said);
  }

  /** What it says from now on is of no interest, but must be read. */
  private static void drain(BufferedReader lines) {
    Thread thread =
        new Thread(
            () -> {
              try {
                lines.transferTo(Writer.nullWriter());
              } catch (IOException e) {
                // it has been stopped
                return;
              }
            },
            "hub-output");
    thread.setDaemon(true);
    thread.start();
  }

  URI database(String name) {
    return URI.create("ws://127.0.0.1:" + port + "/db/" + name);
  }

  /** Its CPU time so far, in seconds. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
  }

  /** The most memory that it has had, in MB. */
  long peakMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return 0;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
