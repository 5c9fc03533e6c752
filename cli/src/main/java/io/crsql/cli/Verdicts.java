package io.crsql.cli;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which of the writes made apart are still there after merging, read from the merged data. */
final class Verdicts {
  private final List<Write> writes = new ArrayList<>();

  /** Remembers what the device's owner wrote; to be called before merging. */
  void collect(Device device) throws SQLException {
    writes.addAll(device.writes());
  }

  /** Prints, for each animal that several people wrote to, what became of each write. */
  void print(Device merged, Page page) throws SQLException {
    Map<String, List<Write>> rows = new TreeMap<>();
    for (Write write : writes) {
      rows.computeIfAbsent(write.key(), key -> new ArrayList<>()).add(write);
    }
    for (Map.Entry<String, List<Write>> row : rows.entrySet()) {
      if (row.getValue().stream().map(Write::owner).distinct().count() > 1) {
        page.text("", page.strong(row.getKey()));
        print(row.getValue(), merged, page);
      }
    }
  }

  private static void print(List<Write> row, Device merged, Page page) throws SQLException {
    row.sort(
        Comparator.comparing((Write write) -> write.isDeletion() ? "" : write.column())
            .thenComparing(Write::stamp));
    for (Write write : row) {
      Stamp survivor = merged.survivor(write);
      boolean kept = survivor.equals(write.stamp());
      String line =
          String.format(
              "%-9s  %-5s  %-14s  life %d, version %-3d ",
              write.isDeletion() ? "(deleted)" : write.column(),
              write.owner(),
              write.isDeletion() ? "" : Words.cut(Words.visible(write.value()), 14),
              write.stamp().life(),
              write.stamp().version());
      String verdict = kept ? page.good("kept") : page.bad("lost");
      page.text(line + verdict + "  " + reason(write, survivor, kept, row));
    }
  }

  private static String reason(Write write, Stamp survivor, boolean kept, List<Write> row) {
    if (!kept) {
      return survivor.reasonAgainst(write.stamp());
    }
    Stream<Write> rivals = row.stream().filter(write::competesWith);
    return rivals
        .map(Write::stamp)
        .max(Comparator.naturalOrder())
        .map(write.stamp()::reasonAgainst)
        .orElse("nobody else wrote here");
  }
}
