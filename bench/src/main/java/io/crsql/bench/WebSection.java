package io.crsql.bench;

import java.util.ArrayList;
import java.util.List;

/** The page's part on the browser. */
final class WebSection {
  private WebSection() {}

  /** What it says before its figures. */
  static final List<String> INTRODUCTION =
      List.of(
          "`@crsql/web` on `@sqlite.org/sqlite-wasm` beside `@vlcn.io/crsqlite-wasm`, cr-sqlite's build",
          "for browsers, in headless Chromium: each side in a worker of a fresh page, in turn, all",
          "databases in memory, with the same rows, SQL and transactions. Times are medians of the time",
          "that passed, and ratios medians of those within each round: below 1, crsql is ahead. Where",
          "only crsql has changesets, they stand beside the others' `crsql_changes`. Downloads are the",
          "WebAssembly modules and the JavaScript that esbuild makes of each side, minified.",
          "",
          "Each side is used by the API that its documents show (`oo1`; `db.tx`, `prepare`), and, in the",
          "columns on the right, by SQLite's C API as its module exports it, theirs in a build without",
          "Asyncify, which keeps nothing. The rows of a table that is not replicated show what the builds",
          "of SQLite and the APIs take themselves. What comes again by `crsql_changes`, crsql compares",
          "with the value that is there: a difference tells of two writers with one identity.");

  /** A line for each target that is missed. */
  static List<String> misses(Results results) {
    return results.webWorks().stream()
        .filter(WebWork::misses)
        .map(
            work ->
                "%s, in the browser: missed: %s of cr-sqlite's instead of less"
                    .formatted(
                        WebNames.of(work.name()), Names.ratio(work.ratios().get(WebWork.VLCN))))
        .toList();
  }

  /** The table. */
  static List<String> table(Results results) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Markdown.heading(
            List.of(
                "work",
                "crsql",
                "cr-sqlite",
                "ratio",
                "of CPU time",
                "crsql, C API",
                "cr-sqlite, C API",
                "ratio")));
    for (WebWork work : results.webWorks()) {
      lines.add(
          Markdown.row(
              List.of(
                  WebNames.of(work.name()),
                  each(work, WebWork.CRSQL),
                  each(work, WebWork.VLCN),
                  Names.ratio(work.ratios().get(WebWork.VLCN)),
                  work.isSize() ? "" : Names.ratio(work.cpuRatios().get(WebWork.VLCN)),
                  each(work, WebWork.CRSQL_C),
                  each(work, WebWork.VLCN_C),
                  Names.ratio(work.ratios().get(WebWork.VLCN_C)))));
    }
    return lines;
  }

  private static String each(WebWork work, String name) {
    Side side = work.sides().get(name);
    return work.isSize() ? Names.kilobytes(side.bytes()) : Names.time(side.wall() / side.units());
  }
}
