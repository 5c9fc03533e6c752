package io.crsql.cli;

import io.crsql.sync.Access;
import io.crsql.sync.drop.DropOptions;
import io.crsql.sync.drop.DropResult;
import io.crsql.sync.drop.FileDrop;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Syncs a database through a folder. */
final class FolderSync {
  private final Path file;
  private final Path folder;
  private final Access access;
  private final SyncReport report;

  FolderSync(Path file, Path folder, Access access, SyncReport report) {
    this.file = file;
    this.folder = folder;
    this.access = access;
    this.report = report;
  }

  void run(boolean compact, boolean watch) throws SQLException, InterruptedException {
    DropOptions options = DropOptions.DEFAULT.withAccess(access);
    try (FileDrop drop = FileDrop.open(file, folder, options)) {
      DropResult result = drop.exchange();
      long rows = result.rows();
      long sent = result.sent();
      if (compact) {
        DropResult compacted = drop.compact();
        rows += compacted.rows();
        sent += compacted.sent();
      }
      report.summary(rows, sent);
      if (watch) {
        drop.watch(this::tell);
      } else {
        requireUpToDate(result);
      }
    } catch (IOException e) {
      throw new Failure(e.getMessage(), e);
    }
  }

  private void requireUpToDate(DropResult result) {
    if (!result.problems().isEmpty()) {
      throw new Failure(problem(result));
    } else if (result.waiting() > 0) {
      throw new Failure(waiting(result) + "; sync again when they have come");
    }
  }

  private void tell(DropResult result) {
    if (result.moved()) {
      report.event(SyncReport.moved(result.rows(), result.sent()));
    }
    if (!result.problems().isEmpty()) {
      report.event(problem(result));
    }
    if (result.waiting() > 0) {
      report.event(waiting(result));
    }
  }

  private String problem(DropResult result) {
    DropResult.Problem first = result.problems().get(0);
    int more = result.problems().size() - 1;
    return folder.resolve(first.file())
        + ": "
        + first.message()
        + (more == 0 ? "" : "; so it is with " + Words.count(more, "other file"));
  }

  private String waiting(DropResult result) {
    return folder
        + ": "
        + Words.count(result.waiting(), "file")
        + " cannot be applied before others are there";
  }
}
