package io.crsql.bench;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.svg.SVGGraphics2D;

/** All plots of the results, as SVG. */
final class Plots {
  /** The plots of the works, by file, with what they show. */
  static final Map<String, String> WORKS = new LinkedHashMap<>();

  /** Those of --scale. */
  static final Map<String, String> SCALE = new LinkedHashMap<>();

  static {
    WORKS.put("writes", "CPU time of local writes, against plain SQLite");
    WORKS.put("sizes", "Size of the database file, against plain SQLite");
    WORKS.put("merges", "CPU time of merging everything, against plain inserts");
    WORKS.put("throughput", "Cells a second of CPU time");
    WORKS.put("deltas", "CPU time of a delta of 100 cells, by size of the table");
    WORKS.put("memory", "Peak memory above that of plain SQLite");
    SCALE.put("grow-time", "CPU time of a row, as the table grows");
    SCALE.put("grow-size", "Size of the database file, as the table grows");
    SCALE.put("transaction-memory", "Peak memory of one large transaction");
    SCALE.put("same-row-time", "CPU time of updating one row again and again");
    SCALE.put("same-row-size", "Size of the database file, one row updated again and again");
    SCALE.put("sites", "CPU time of a delta of 100 cells, by number of sites");
  }

  private static final List<String> WRITES =
      List.of(
          "insert",
          "update_column",
          "update_statement",
          "update_all",
          "delete_half",
          "insert_transactions",
          "adopt");
  private static final List<String> THROUGHPUT =
      List.of("merge_rows_again", "merge_changesets_again", "read_changes", "read_changesets");

  private final Results results;
  private final Map<String, String> drawn = new LinkedHashMap<>();

  private Plots(Results results) {
    this.results = results;
  }

  static void write(Map<String, String> plots, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> plot : plots.entrySet()) {
      Files.writeString(folder.resolve(plot.getKey() + ".svg"), plot.getValue());
    }
  }

  /** The SVG by file, of what there are results of. */
  static Map<String, String> of(Results results) {
    Plots plots = new Plots(results);
    plots.bars("writes", plots.ratios("writes", WRITES, true));
    plots.bars("sizes", plots.ratios("sizes", plots.names("size"), false));
    plots.bars("merges", plots.ratios("merges", List.of("merge_rows", "merge_changesets"), true));
    plots.bars("throughput", plots.throughput());
    plots.bars("memory", plots.memory());
    plots.lines("deltas", plots.deltas());
    if (results.machine(Kind.SCALE).isPresent()) {
      plots.scale();
    }
    return plots.drawn;
  }

  private List<String> names(String prefix) {
    return results.works().stream()
        .map(Work::name)
        .filter(name -> name.startsWith(prefix))
        .distinct()
        .toList();
  }

  private List<Work> works(List<String> names) {
    return results.works().stream().filter(work -> names.contains(work.name())).toList();
  }

  private static String series(Work work, String side) {
    return (side.equals(Work.SYNC) ? "sqlite-sync" : side) + ", " + work.key() + " key";
  }

  /** Bars of crsql, and of sqlite-sync where it was measured. */
  private BarChart ratios(String plot, List<String> names, boolean logarithmic) {
    BarChart chart = BarChart.ofRatios(WORKS.get(plot), logarithmic);
    for (String side : List.of(Work.CRSQL, Work.SYNC)) {
      for (Work work : works(names)) {
        work.ratio(side).ifPresent(ratio -> bar(chart, work, side, ratio));
      }
    }
    return chart;
  }

  private static void bar(BarChart chart, Work work, String side, double value) {
    chart.bar(series(work, side), Names.of(work.name()), value);
    Double bound = side.equals(Work.CRSQL) ? Target.of(work).map(Target::bound).orElse(null) : null;
    chart.mark(series(work, side), Names.of(work.name()), bound);
  }

  private BarChart throughput() {
    BarChart chart = BarChart.of(WORKS.get("throughput"), "million cells a second");
    for (Work work : works(THROUGHPUT)) {
      work.side(Work.CRSQL)
          .ifPresent(
              side -> {
                chart.bar(series(work, Work.CRSQL), Names.of(work.name()), side.perSecond() / 1e6);
                chart.mark(
                    series(work, Work.CRSQL),
                    Names.of(work.name()),
                    Target.of(work).map(target -> target.bound() / 1e6).orElse(null));
              });
    }
    return chart;
  }

  private BarChart memory() {
    BarChart chart = BarChart.of(WORKS.get("memory"), "MB");
    for (Work work : results.works()) {
      work.memory(Work.CRSQL)
          .ifPresent(
              memory -> {
                chart.bar(series(work, Work.CRSQL), Names.of(work.name()), memory);
                chart.mark(series(work, Work.CRSQL), Names.of(work.name()), Target.MEMORY);
              });
    }
    return chart;
  }

  private LineChart deltas() {
    LineChart chart =
        new LineChart(WORKS.get("deltas"), "rows of the table (logarithmic)", "ms", true);
    for (String name : List.of("delta_rows", "delta_changeset")) {
      for (String key : List.of("text", "integer")) {
        for (Work work : results.works(name, key)) {
          work.side(Work.CRSQL)
              .ifPresent(
                  side ->
                      chart.point(
                          Names.of(name) + ", " + key + " key", work.rows(), side.each() * 1e3));
        }
      }
    }
    chart.mark(Target.DELTA);
    return chart;
  }

  private interface Measure {
    double of(Step step);
  }

  private void scale() {
    String inserted = "rows";
    String updated = "updates";
    String microseconds = "µs a row";
    steps("grow-time", "grow", inserted, microseconds, step -> step.each() * 1e6);
    steps("grow-size", "grow", inserted, "MB", step -> megabytes(step.bytes()));
    steps(
        "transaction-memory",
        "transaction",
        inserted,
        "MB",
        step -> megabytes(1024.0 * step.peakKb()));
    steps("same-row-time", "same_row", updated, "µs an update", step -> step.each() * 1e6);
    steps("same-row-size", "same_row", updated, "MB", step -> megabytes(step.bytes()));
    LineChart sites =
        new LineChart(SCALE.get("sites"), "sites in the vector (logarithmic)", "ms", true);
    for (Step step : results.steps()) {
      if (step.name().startsWith("sites") && step.why().isEmpty()) {
        String how = step.name().equals("sites_rows") ? "crsql_changes" : "crsql_changeset";
        sites.point(how + ", " + step.key() + " key", step.at(), step.each() * 1e3);
      }
    }
    lines("sites", sites);
  }

  private static double megabytes(double bytes) {
    return bytes / (1 << 20);
  }

  private void steps(String plot, String name, String across, String upwards, Measure measure) {
    LineChart chart = new LineChart(SCALE.get(plot), across, upwards, false);
    for (Step step : results.steps()) {
      if (step.name().equals(name) && step.why().isEmpty()) {
        chart.point(step.side() + ", " + step.key() + " key", step.at(), measure.of(step));
      }
    }
    lines(plot, chart);
  }

  private void bars(String plot, BarChart chart) {
    if (!chart.isEmpty()) {
      draw(plot, chart.chart(), chart.height());
    }
  }

  private void lines(String plot, LineChart chart) {
    if (!chart.isEmpty()) {
      draw(plot, chart.chart(), LineChart.HEIGHT);
    }
  }

  private void draw(String plot, JFreeChart chart, int height) {
    SVGGraphics2D graphics = new SVGGraphics2D(Style.WIDTH, height);
    graphics.setDefsKeyPrefix(plot);
    graphics.setGeomDoubleConverter(Style.COORDINATES::format);
    chart.setElementHinting(false);
    chart.draw(graphics, new Rectangle2D.Double(0, 0, Style.WIDTH, height));
    drawn.put(plot, graphics.getSVGElement() + "\n");
  }
}
