package io.crsql.sync.drop;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Exchanges whenever there may be something new. Not every folder tells of changes, network mounts
 * for instance do not, so it looks by itself too.
 */
final class DropWatch {
  private static final long LOOK_MILLIS = 100;
  private static final long LIST_NANOS = Duration.ofSeconds(10).toNanos();

  private final FileDrop drop;
  private final Path folder;

  /** Changes when another connection has committed. */
  private final LongSupplier dataVersion;

  DropWatch(FileDrop drop, Path folder, LongSupplier dataVersion) {
    this.drop = drop;
    this.folder = folder;
    this.dataVersion = dataVersion;
  }

  void run(Consumer<DropResult> listener) throws IOException, InterruptedException {
    try (WatchService events = folder.getFileSystem().newWatchService()) {
      folder.register(
          events, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      DropResult before = null;
      while (true) {
        long seen = dataVersion.getAsLong();
        DropResult result = drop.exchange();
        if (result.moved() || !result.equals(before)) {
          listener.accept(result);
        }
        before = result;
        await(events, seen);
      }
    } catch (ClosedByInterruptException e) {
      throw (InterruptedException) new InterruptedException().initCause(e);
    }
  }

  private void await(WatchService events, long seen) throws InterruptedException {
    long until = System.nanoTime() + LIST_NANOS;
    while (System.nanoTime() < until && dataVersion.getAsLong() == seen) {
      WatchKey key = events.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (key != null) {
        key.pollEvents();
        key.reset();
        return;
      }
    }
  }
}
