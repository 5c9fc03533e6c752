package io.crsql.bench.hub;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Measures one hub on this machine, clients included: how long a write takes to all clients, how
 * many rows a second come through, and how long a first sync takes.
 */
public final class HubBench {
  private static final String SCHEMA =
      "CREATE TABLE IF NOT EXISTS item(id TEXT PRIMARY KEY NOT NULL, note, done);\n"
          + "SELECT crsql_as_crr('item');\n";

  private static final int SECONDS = 15;
  private static final int WRITERS = 10;
  private static final int ROWS_A_TRANSACTION = 100;
  private static final double NANOS = 1e9;

  private final Path root;
  private final Path work;
  private final int clients;
  private final int firstSyncRows;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ConcurrentHistogram ages = new ConcurrentHistogram(2);
  private final AtomicLong deliveries = new AtomicLong();
  private final PrintWriter out;

  private HubBench(Path root, Path work, int clients, int firstSyncRows, PrintWriter out) {
    this.root = root;
    this.work = work;
    this.clients = clients;
    this.firstSyncRows = firstSyncRows;
    this.out = out;
  }

  /**
   * Measures.
   *
   * @param clients how many are connected
   * @param firstSyncRows how many rows a first sync has
   * @param out gets the lines of a Markdown table
   */
  public static void run(Path root, int clients, int firstSyncRows, PrintWriter out)
      throws IOException, InterruptedException, SQLException, ExecutionException {
    Path work = Files.createTempDirectory("crsql-hub");
    HubBench bench = new HubBench(root, work, clients, firstSyncRows, out);
    Path schema = Files.writeString(work.resolve("schema.sql"), SCHEMA);
    Path folder = Files.createDirectory(work.resolve("hub"));
    out.println("| work | result |\n|---|---|");
    try (ServerProcess hub = ServerProcess.start(root, folder, schema)) {
      bench.fanOut(hub);
    }
    try (ServerProcess hub = ServerProcess.start(root, folder, schema)) {
      bench.firstSync(hub);
    }
  }

  private void fanOut(ServerProcess hub)
      throws IOException, InterruptedException, SQLException, ExecutionException {
    List<Writer> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      Writer writer = new Writer(work.resolve("w" + i), SCHEMA, hub.database("fan"));
      writer.insert(1);
      writer.await();
      writers.add(writer);
    }
    connect(hub);
    for (int rate : new int[] {1, 5, 20}) {
      atRate(hub, writers, rate);
    }
    flatOut(hub, writers);
    row("the hub's memory, at most", "%d MB", hub.peakMegabytes());
    for (Writer writer : writers) {
      writer.close();
    }
  }

  private void connect(ServerProcess hub) throws InterruptedException, ExecutionException {
    long began = System.nanoTime();
    int readers = clients - WRITERS;
    for (int i = 0; i < readers; i += 50) {
      List<CompletableFuture<Reader>> connecting = new ArrayList<>();
      for (int j = i; j < Math.min(readers, i + 50); j++) {
        connecting.add(Reader.connect(http, hub.database("fan"), this::delivered));
      }
      for (CompletableFuture<Reader> one : connecting) {
        one.get();
      }
    }
    row(readers + " readers connect and are up to date", "%.1f s", since(began));
  }

  private void delivered(byte[] changeset) {
    long now = System.nanoTime();
    Mark.ages(
        changeset,
        now,
        age -> {
          ages.recordValue(Math.max(0, age));
          deliveries.incrementAndGet();
        });
  }

  /** Transactions of one row, evenly spread. */
  private void atRate(ServerProcess hub, List<Writer> writers, int rate)
      throws IOException, InterruptedException, SQLException {
    ages.reset();
    deliveries.set(0);
    double cpu = hub.cpuSeconds();
    long began = System.nanoTime();
    int transactions = rate * SECONDS;
    for (int i = 0; i < transactions; i++) {
      long due = began + i * TimeUnit.SECONDS.toNanos(1) / rate;
      LockSupport.parkNanos(due - System.nanoTime());
      writers.get(i % writers.size()).insert(1);
    }
    long expected = (long) transactions * (clients - WRITERS);
    awaitDeliveries(expected);
    double took = since(began);
    Histogram seen = ages.copy();
    row(
        String.format("%d transactions a second, each to %d readers", rate, clients - WRITERS),
        "from commit to client: median %s, p99 %s, worst %s; hub %.0f %% of a core",
        millis(seen.getValueAtPercentile(50)),
        millis(seen.getValueAtPercentile(99)),
        millis(seen.getMaxValue()),
        100 * (hub.cpuSeconds() - cpu) / took);
  }

  /** Every writer as fast as it can, but waiting for the hub after each transaction. */
  private void flatOut(ServerProcess hub, List<Writer> writers)
      throws IOException, InterruptedException {
    ages.reset();
    deliveries.set(0);
    double cpu = hub.cpuSeconds();
    long began = System.nanoTime();
    AtomicLong written = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (Writer writer : writers) {
      Thread thread = new Thread(() -> write(writer, began, written));
      thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException(failures.get(0));
    }
    double through = since(began);
    awaitDeliveries(written.get() * (clients - WRITERS));
    double took = since(began);
    row(
        String.format(
            Locale.ROOT,
            "%d writers flat out, transactions of %d rows",
            WRITERS,
            ROWS_A_TRANSACTION),
        "%.0f rows (%.0f cells) a second through the hub, %.0f rows a second to %d readers; hub"
            + " %.0f %% of a core",
        written.get() / through,
        2 * written.get() / through,
        deliveries.get() / took,
        clients - WRITERS,
        100 * (hub.cpuSeconds() - cpu) / took);
  }

  private static void write(Writer writer, long began, AtomicLong written) {
    try {
      while (since(began) < SECONDS) {
        writer.insert(ROWS_A_TRANSACTION);
        writer.await();
        written.addAndGet(ROWS_A_TRANSACTION);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitDeliveries(long expected) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    while (deliveries.get() < expected) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "after ten minutes " + deliveries.get() + " of " + expected + " rows are delivered");
      }
      Thread.sleep(1);
    }
  }

  private void firstSync(ServerProcess hub) throws IOException, InterruptedException, SQLException {
    try (Writer first = new Writer(work.resolve("first"), SCHEMA, hub.database("big"))) {
      first.await();
      first.fill(firstSyncRows);
      long began = System.nanoTime();
      first.await();
      row(firstSyncRows + " rows from a client to the hub", "%.1f s", since(began));
    }
    long began = System.nanoTime();
    try (Writer second = new Writer(work.resolve("second"), SCHEMA, hub.database("big"))) {
      second.await();
      row(firstSyncRows + " rows from the hub to a new client", "%.1f s", since(began));
    }
    row("the hub's memory, at most", "%d MB", hub.peakMegabytes());
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / NANOS;
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }

  private void row(String work, String format, Object... values) {
    out.println("| " + work + " | " + String.format(Locale.ROOT, format, values) + " |");
    out.flush();
  }
}
