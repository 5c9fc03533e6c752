package io.crsql.cli;

import io.crsql.sync.Progress;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on a terminal's standard error for what takes more than a moment. */
final class SyncBar implements AutoCloseable {
  private static final long MOMENT_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long PARTS = 1_000;

  private final boolean terminal;
  private final long since = System.nanoTime();
  private ProgressBar bar;
  private boolean closed;

  SyncBar(boolean terminal) {
    this.terminal = terminal;
  }

  synchronized void show(Progress progress) {
    if (closed || !terminal || System.nanoTime() - since < MOMENT_NANOS) {
      return;
    }
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("sync")
              .setInitialMax(2 * PARTS)
              .setStyle(ProgressBarStyle.ASCII)
              .hideEta()
              .build();
    }
    bar.stepTo(parts(progress.received()) + parts(progress.sent()));
    bar.setExtraMessage(Words.bytes(progress.received().bytes() + progress.sent().bytes()));
  }

  private static long parts(Progress.Flow flow) {
    return flow.upToDate() ? PARTS : flow.end() == 0 ? 0 : PARTS * flow.until() / flow.end();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
