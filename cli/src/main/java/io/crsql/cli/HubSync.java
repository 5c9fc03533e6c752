package io.crsql.cli;

import io.crsql.sync.Access;
import io.crsql.sync.Closing;
import io.crsql.sync.Progress;
import io.crsql.sync.client.SyncClient;
import io.crsql.sync.client.SyncStatus;
import io.crsql.sync.client.SyncStatus.State;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Syncs a database with a hub. */
final class HubSync {
  private static final Duration LAST_WRITES = Duration.ofSeconds(10);

  private final Path file;
  private final URI uri;
  private final String token;
  private final Access access;
  private final SyncReport report;
  private final boolean terminal;

  /** Done when all has come and gone for the first time, or cannot. */
  private final CompletableFuture<SyncStatus> first = new CompletableFuture<>();

  /** Done when it is of no use to go on. */
  private final CompletableFuture<SyncStatus> stopped = new CompletableFuture<>();

  HubSync(Path file, URI uri, String token, Access access, SyncReport report, boolean terminal) {
    this.file = file;
    this.uri = uri;
    this.token = token;
    this.access = access;
    this.report = report;
    this.terminal = terminal;
  }

  void run(boolean watch) throws SQLException, InterruptedException {
    SyncStatus status = end(watch);
    if (status.state() != State.UP_TO_DATE) {
      throw new Failure(uri + ": " + status.last().map(Closing::message).orElse("was stopped"));
    }
    Progress progress = status.progress();
    report.summary(progress.received().rows(), progress.sent().chunks());
  }

  /** Syncs, until it is done or cannot go on. */
  private SyncStatus end(boolean watch) throws SQLException, InterruptedException {
    SyncEvents events = new SyncEvents(report);
    try (SyncBar bar = new SyncBar(terminal);
        SyncClient client =
            client()
                .listener(
                    status -> {
                      bar.show(status.progress());
                      note(status, watch);
                      if (watch) {
                        events.tell(status);
                      }
                    })
                .start()) {
      SyncStatus status = settled(watch ? stopped : first);
      boolean done = status.state() == State.UP_TO_DATE;
      // What was written since then goes too.
      return done && client.awaitUpToDate(LAST_WRITES) ? client.status() : status;
    }
  }

  private SyncClient.Builder client() {
    try {
      return SyncClient.of(file, uri).token(token).access(access);
    } catch (IllegalArgumentException e) {
      throw new Failure(e.getMessage(), e);
    }
  }

  private void note(SyncStatus status, boolean watch) {
    if (status.state() == State.STOPPED) {
      stopped.complete(status);
      first.complete(status);
    } else if (status.state() == State.UP_TO_DATE || status.state() == State.OFFLINE && !watch) {
      first.complete(status);
    }
  }

  private static SyncStatus settled(CompletableFuture<SyncStatus> status)
      throws InterruptedException {
    try {
      return status.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
