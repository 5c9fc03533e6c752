package io.crsql.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Lines of points, from zero upwards. */
final class LineChart {
  static final int HEIGHT = 420;

  private final String title;
  private final String across;
  private final String upwards;
  private final boolean logarithmic;
  private final XYSeriesCollection lines = new XYSeriesCollection();
  private Double mark;

  /** The axes have their units in their names; {@code logarithmic} is about the one across. */
  LineChart(String title, String across, String upwards, boolean logarithmic) {
    this.title = title;
    this.across = across;
    this.upwards = upwards;
    this.logarithmic = logarithmic;
  }

  void point(String line, double x, double y) {
    int index = lines.getSeriesIndex(line);
    if (index < 0) {
      lines.addSeries(new XYSeries(line));
      index = lines.getSeriesCount() - 1;
    }
    lines.getSeries(index).add(x, y);
  }

  /** A target, the same everywhere. */
  void mark(double target) {
    mark = target;
  }

  boolean isEmpty() {
    return lines.getSeriesCount() == 0;
  }

  JFreeChart chart() {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, logarithmic);
    renderer.setDrawSeriesLineAsPath(true);
    for (int line = 0; line < lines.getSeriesCount(); line++) {
      renderer.setSeriesPaint(line, Style.colour(line));
      renderer.setSeriesStroke(line, new BasicStroke(2));
    }
    NumberAxis values = new NumberAxis(upwards);
    values.setAutoRangeIncludesZero(true);
    XYPlot plot = new XYPlot(lines, across(), Style.axis(values), renderer);
    plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
    plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
    if (mark != null) {
      plot.addRangeMarker(marker(mark));
      values.setRange(0, 1.15 * Math.max(mark, values.getUpperBound()));
    }
    return Style.chart(title, plot);
  }

  private ValueAxis across() {
    if (!logarithmic) {
      NumberAxis axis = new NumberAxis(across);
      axis.setNumberFormatOverride(Style.NUMBERS);
      return Style.axis(axis);
    }
    LogAxis axis = new LogAxis(across);
    axis.setNumberFormatOverride(Style.NUMBERS);
    axis.setTickUnit(new NumberTickUnit(1));
    axis.setRange(0.7 * lines.getDomainLowerBound(false), 1.4 * lines.getDomainUpperBound(false));
    return Style.axis(axis);
  }

  private static ValueMarker marker(double target) {
    ValueMarker marker = new ValueMarker(target, Color.BLACK, new BasicStroke(2));
    marker.setLabel("target");
    marker.setLabelBackgroundColor(Color.WHITE);
    marker.setLabelFont(Style.FONT);
    marker.setLabelAnchor(RectangleAnchor.TOP_RIGHT);
    marker.setLabelTextAnchor(TextAnchor.BOTTOM_RIGHT);
    return marker;
  }
}
