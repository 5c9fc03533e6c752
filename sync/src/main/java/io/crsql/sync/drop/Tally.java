package io.crsql.sync.drop;

import java.util.ArrayList;
import java.util.List;

/** A {@link DropResult} in the making. */
final class Tally {
  int received;
  long rows;
  int sent;
  int deleted;
  int waiting;
  private final List<DropResult.Problem> problems = new ArrayList<>();

  void problem(SegmentName name, String message) {
    problems.add(new DropResult.Problem(name.file(), message));
  }

  DropResult result() {
    return new DropResult(received, rows, sent, deleted, waiting, problems);
  }
}
