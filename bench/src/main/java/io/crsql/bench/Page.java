package io.crsql.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** RESULTS.md: the verdicts first, then all figures. */
final class Page {
  private static final List<String> KEYS = List.of("text", "integer");

  private final Results results;
  private final Set<String> drawn;
  private final StringBuilder text = new StringBuilder();

  private Page(Results results, Set<String> drawn) {
    this.results = results;
    this.drawn = drawn;
  }

  /** The page, with the plots of these names. */
  static String of(Results results, Set<String> drawn) {
    Page page = new Page(results, drawn);
    page.head();
    page.misses();
    page.targets();
    for (String key : KEYS) {
      page.comparisons(key);
    }
    page.plans();
    page.alone();
    page.plots("", Plots.WORKS);
    page.scale();
    page.web();
    return page.text.toString();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void row(List<String> cells) {
    line(Markdown.row(cells));
  }

  private void heading(List<String> cells) {
    line(Markdown.heading(cells));
  }

  private void head() {
    line("# Results");
    line("");
    line(
        "Written by `./crsql bench`, from [recorded.jsonl](recorded.jsonl). Plain SQLite and crsql");
    line(
        "do each work in turn, in one run, each time in a fresh process and on a fresh file (WAL,");
    line("synchronous=NORMAL). What stands here are medians; a ratio is one of CPU time to plain");
    line("SQLite's. [CONTRIBUTING.md](../CONTRIBUTING.md#measuring) tells how to measure again.");
    results.machine(Kind.WORKS).ifPresent(this::machine);
  }

  private void machine(Map<String, Object> machine) {
    line("");
    line("| measured | |");
    line("|---|---|");
    row(List.of("with", "`" + machine.get("command") + "`, " + machine.get("date")));
    row(
        List.of(
            "on",
            "%s, %s CPUs, %s, %s, load %s before"
                .formatted(
                    machine.get("cpu"),
                    machine.get("cpus"),
                    machine.get("system"),
                    machine.get("kernel"),
                    machine.get("load"))));
    if (isBusy(machine)) {
      row(List.of("but", "the machine was busy with other work: take all of this for rough"));
    }
    row(List.of("versions", versions(machine)));
  }

  private static String versions(Map<String, Object> machine) {
    if (machine.containsKey("chromium")) {
      return "Chromium %s, @sqlite.org/sqlite-wasm %s, crsql (%s), @vlcn.io/crsqlite-wasm %s"
          .formatted(
              machine.get("chromium"),
              machine.get("sqlite_wasm"),
              machine.get("commit"),
              machine.get("vlcn"));
    }
    String sync = machine.containsKey("sync") ? ", sqlite-sync " + machine.get("sync") : "";
    return "SQLite %s, crsql %s (%s)%s"
        .formatted(machine.get("sqlite"), machine.get("crsql"), machine.get("commit"), sync);
  }

  private static boolean isBusy(Map<String, Object> machine) {
    return machine.containsKey("load") && Double.parseDouble((String) machine.get("load")) > 0.5;
  }

  private List<Work> aimed() {
    return results.works().stream().filter(work -> Target.of(work).isPresent()).toList();
  }

  private void misses() {
    List<String> lines = new ArrayList<>();
    for (Work work : aimed()) {
      String verdict = Target.of(work).orElseThrow().verdict(work);
      if (!verdict.startsWith("met")) {
        lines.add("* " + Names.of(work.name()) + ", " + work.key() + " key: " + verdict);
      }
    }
    for (Work work : results.works()) {
      if (Target.of(work).isEmpty() && work.failed(Work.CRSQL)) {
        String why = work.sides().get(Work.CRSQL).why();
        lines.add("* " + Names.of(work.name()) + ", " + work.key() + " key: failed: " + why);
      }
      work.memory(Work.CRSQL)
          .filter(memory -> memory > Target.MEMORY)
          .ifPresent(memory -> lines.add("* " + tooMuch(work, memory)));
    }
    WebSection.misses(results).forEach(miss -> lines.add("* " + miss));
    line("");
    line("## What misses its target");
    line("");
    if (lines.isEmpty()) {
      lines.add("Nothing.");
    }
    lines.forEach(this::line);
  }

  private static String tooMuch(Work work, double memory) {
    return "%s, %s key: missed: %s MB above plain SQLite instead of %s"
        .formatted(
            Names.of(work.name()), work.key(), Names.ratio(memory), Names.ratio(Target.MEMORY));
  }

  private void targets() {
    line("");
    line("## Targets");
    line("");
    heading(List.of("work", "text key", "integer key"));
    Set<String> names = new LinkedHashSet<>();
    aimed().forEach(work -> names.add(work.name()));
    for (String name : names) {
      List<String> cells = new ArrayList<>();
      cells.add(Names.of(name));
      for (String key : KEYS) {
        cells.add(
            aimed().stream()
                .filter(work -> work.name().equals(name) && work.key().equals(key))
                .findFirst()
                .map(work -> Target.of(work).orElseThrow().verdict(work))
                .orElse(""));
      }
      row(cells);
    }
  }

  private void comparisons(String key) {
    line("");
    line("## Beside plain SQLite, " + key + " key");
    line("");
    line(
        "CPU time of each, the ratio of CPU times (and of the time that passed), how far apart the");
    line("least and the most of crsql's are, and how much more memory it took at its peak.");
    line("");
    boolean sync = results.works().stream().anyMatch(work -> work.sides().containsKey(Work.SYNC));
    List<String> titles =
        new ArrayList<>(List.of("work", "plain", "crsql", "ratio", "wall", "spread", "memory"));
    if (sync) {
      titles.add("sqlite-sync");
    }
    heading(titles);
    for (Work work : results.works()) {
      if (work.key().equals(key) && work.ratio(Work.CRSQL).isPresent()) {
        comparison(work, sync);
      }
    }
  }

  private void comparison(Work work, boolean sync) {
    Side plain = work.side(Work.PLAIN).orElseThrow();
    Side crsql = work.side(Work.CRSQL).orElseThrow();
    List<String> cells = new ArrayList<>();
    cells.add(Names.of(work.name()));
    cells.add(each(work, plain));
    cells.add(each(work, crsql));
    cells.add(Names.ratio(work.ratio(Work.CRSQL).orElseThrow()));
    cells.add(work.isSize() ? "" : Names.ratio(work.wallRatio(Work.CRSQL).orElseThrow()));
    cells.add(work.isSize() ? "" : spread(crsql));
    cells.add(work.memory(Work.CRSQL).map(mb -> Names.ratio(mb) + " MB").orElse(""));
    if (sync) {
      cells.add(work.ratio(Work.SYNC).map(Names::ratio).orElseGet(() -> why(work)));
    }
    row(cells);
  }

  private static String why(Work work) {
    return Optional.ofNullable(work.sides().get(Work.SYNC)).map(Side::why).orElse("");
  }

  private static String each(Work work, Side side) {
    return work.isSize()
        ? Names.megabytes(side.bytes())
        : Names.time(side.each()) + " a " + work.unit();
  }

  private static String spread(Side side) {
    return "%.0f %%".formatted(100 * (side.cpuMost() - side.cpuLeast()) / side.cpu());
  }

  private void plans() {
    List<Work> asked =
        results.works().stream()
            .filter(work -> work.side(Work.CRSQL).filter(s -> !s.plan().isEmpty()).isPresent())
            .toList();
    if (asked.isEmpty()) {
      return;
    }
    List<String> others = new ArrayList<>();
    for (Work work : asked) {
      String plain = work.side(Work.PLAIN).map(Side::plan).orElse("");
      String crsql = work.side(Work.CRSQL).orElseThrow().plan();
      if (!plain.equals(crsql)) {
        others.add(Names.of(work.name()) + ": " + crsql + " instead of " + plain);
      }
    }
    line("");
    line(
        others.isEmpty()
            ? "Query plans of the replicated table are those of the plain one."
            : "Query plans differ: " + String.join("; ", others) + ".");
  }

  private void alone() {
    line("");
    line("## What plain SQLite has no part in");
    line("");
    line("CPU time. \"First\" is the time until the first row, or of the first time of many.");
    line("");
    heading(List.of("work", "key", "rows", "each", "per second", "first", "spread"));
    for (Work work : results.works()) {
      Optional<Side> crsql = work.side(Work.CRSQL);
      boolean read = work.name().startsWith("read_");
      if (crsql.isPresent() && !work.isSize() && (read || work.side(Work.PLAIN).isEmpty())) {
        row(
            List.of(
                Names.of(work.name()),
                work.key(),
                Names.count(work.rows()),
                Names.time(crsql.get().each()) + " a " + work.unit(),
                Names.count(crsql.get().perSecond()),
                crsql.get().first() == 0 ? "" : Names.time(crsql.get().first()),
                spread(crsql.get())));
      }
    }
  }

  private void plots(String title, Map<String, String> plots) {
    line("");
    line(title.isEmpty() ? "## Plots" : "## " + title);
    for (Map.Entry<String, String> plot : plots.entrySet()) {
      if (drawn.contains(plot.getKey())) {
        line("");
        line("![" + plot.getValue() + "](plots/" + plot.getKey() + ".svg)");
      }
    }
  }

  private void scale() {
    if (results.machine(Kind.SCALE).isEmpty()) {
      return;
    }
    plots("Scale", Plots.SCALE);
    results.machine(Kind.SCALE).ifPresent(this::machine);
    line("");
    heading(List.of("work", "key", "side", "at", "CPU of each", "ratio", "file", "peak memory"));
    List<Series> all = Series.of(results.steps());
    for (Series series : all) {
      row(
          List.of(
              ScaleNames.of(series.name()),
              series.key(),
              series.side(),
              Names.count(series.last().at()),
              series.hasResult() ? Names.time(series.each()) : series.last().why(),
              series.ratio(all).map(Names::ratio).orElse(""),
              series.last().bytes() == 0 ? "" : Names.megabytes(series.last().bytes()),
              series.hasResult() ? Names.megabytes(1024.0 * series.peakKb()) : ""));
    }
  }

  private void web() {
    if (results.machine(Kind.WEB).isEmpty()) {
      return;
    }
    line("");
    line("## In the browser");
    line("");
    WebSection.INTRODUCTION.forEach(this::line);
    results.machine(Kind.WEB).ifPresent(this::machine);
    line("");
    WebSection.table(results).forEach(this::line);
  }
}
