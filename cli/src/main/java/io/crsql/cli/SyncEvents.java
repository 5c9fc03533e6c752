package io.crsql.cli;

import io.crsql.sync.Closing;
import io.crsql.sync.Progress;
import io.crsql.sync.client.SyncStatus;
import io.crsql.sync.client.SyncStatus.State;
import java.time.Duration;
import java.time.Instant;

/** Tells of a client what a person wants to see of it. Used by one thread. */
final class SyncEvents {
  private final SyncReport report;
  private State before = State.CONNECTING;
  private long rows;
  private long changesets;

  SyncEvents(SyncReport report) {
    this.report = report;
  }

  void tell(SyncStatus status) {
    switch (status.state()) {
      case CONNECTING -> {
        rows = 0;
        changesets = 0;
      }
      case SYNCING -> {}
      case UP_TO_DATE -> upToDate(status);
      case OFFLINE -> offline(status);
      case STOPPED -> {
        // The command's failure says why.
      }
    }
    before = status.state() == State.SYNCING ? before : status.state();
  }

  private void upToDate(SyncStatus status) {
    Progress progress = status.progress();
    long newRows = progress.received().rows() - rows;
    long newChangesets = progress.sent().chunks() - changesets;
    if (before != State.UP_TO_DATE || newRows > 0 || newChangesets > 0) {
      report.event("up to date: " + SyncReport.moved(newRows, newChangesets));
    }
    rows = progress.received().rows();
    changesets = progress.sent().chunks();
  }

  private void offline(SyncStatus status) {
    String why = status.last().map(Closing::message).orElse("no connection");
    long millis =
        status.nextRetry().map(at -> Duration.between(Instant.now(), at).toMillis()).orElse(0L);
    report.event("offline: " + why + "; next try in " + Math.max(1, millis / 1000) + " s");
  }
}
