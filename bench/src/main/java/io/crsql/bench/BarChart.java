package io.crsql.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.LevelRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.DefaultCategoryDataset;

/** Lying bars, a group for each work, with the targets as black marks. */
final class BarChart {
  private static final int BAR = 18;

  private final String title;
  private final String axis;
  private final boolean logarithmic;
  private final boolean against;
  private final DefaultCategoryDataset bars = new DefaultCategoryDataset();
  private final DefaultCategoryDataset marks = new DefaultCategoryDataset();

  private BarChart(String title, String axis, boolean logarithmic, boolean against) {
    this.title = title;
    this.axis = axis;
    this.logarithmic = logarithmic;
    this.against = against;
  }

  /** Bars from zero; what the axis counts is {@code axis}, with its unit. */
  static BarChart of(String title, String axis) {
    return new BarChart(title, axis, false, false);
  }

  /** Bars of ratios to plain SQLite, which is a line at 1. */
  static BarChart ofRatios(String title, boolean logarithmic) {
    String axis = "times plain SQLite" + (logarithmic ? " (logarithmic)" : "");
    return new BarChart(title, axis, logarithmic, true);
  }

  void bar(String series, String work, double value) {
    bars.addValue(value, series, work);
  }

  /** A target of the series; a series that has none needs an empty one, so that marks fit bars. */
  void mark(String series, String work, Double target) {
    marks.addValue(target, "target, " + series, work);
  }

  boolean isEmpty() {
    return bars.getColumnCount() == 0;
  }

  int height() {
    return 130 + bars.getColumnCount() * (bars.getRowCount() * BAR + 12);
  }

  JFreeChart chart() {
    CategoryPlot plot = new CategoryPlot(bars, works(), values(), barRenderer());
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setDataset(1, marks);
    plot.setRenderer(1, markRenderer());
    if (against) {
      plot.addRangeMarker(new ValueMarker(1, Color.GRAY, new BasicStroke(1)), Layer.BACKGROUND);
    }
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    return Style.chart(title, plot);
  }

  private static CategoryAxis works() {
    CategoryAxis axis = new CategoryAxis();
    axis.setTickLabelFont(Style.FONT);
    axis.setMaximumCategoryLabelWidthRatio(0.4f);
    axis.setCategoryMargin(0.25);
    axis.setLowerMargin(0.01);
    axis.setUpperMargin(0.01);
    return axis;
  }

  private ValueAxis values() {
    if (!logarithmic) {
      NumberAxis values = new NumberAxis(axis);
      values.setNumberFormatOverride(Style.NUMBERS);
      values.setUpperMargin(0.12);
      return Style.axis(values);
    }
    LogAxis values = new LogAxis(axis);
    values.setNumberFormatOverride(Style.NUMBERS);
    values.setSmallestValue(least());
    values.setRange(least(), most() * 2);
    values.setTickUnit(new NumberTickUnit(1));
    return Style.axis(values);
  }

  private double least() {
    double least = 1;
    for (int row = 0; row < bars.getRowCount(); row++) {
      for (int column = 0; column < bars.getColumnCount(); column++) {
        Number value = bars.getValue(row, column);
        if (value != null && value.doubleValue() > 0) {
          least = Math.min(least, value.doubleValue());
        }
      }
    }
    return Math.pow(10, Math.floor(Math.log10(least)));
  }

  private double most() {
    double most = 1;
    for (int row = 0; row < bars.getRowCount(); row++) {
      for (int column = 0; column < bars.getColumnCount(); column++) {
        Number value = bars.getValue(row, column);
        if (value != null) {
          most = Math.max(most, value.doubleValue());
        }
      }
    }
    return most;
  }

  private BarRenderer barRenderer() {
    BarRenderer renderer = new BarRenderer();
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setItemMargin(0.05);
    if (logarithmic) {
      renderer.setBase(least());
    }
    renderer.setIncludeBaseInRange(true);
    for (int series = 0; series < bars.getRowCount(); series++) {
      renderer.setSeriesPaint(series, Style.colour(series));
    }
    renderer.setDefaultItemLabelGenerator(
        new StandardCategoryItemLabelGenerator("{2}", Style.NUMBERS));
    renderer.setDefaultItemLabelsVisible(true);
    renderer.setDefaultPositiveItemLabelPosition(
        new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
    renderer.setItemLabelInsets(new RectangleInsets(6, 6, 6, 6));
    renderer.setDefaultItemLabelFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    return renderer;
  }

  private LevelRenderer markRenderer() {
    LevelRenderer renderer = new LevelRenderer();
    renderer.setItemMargin(0.05);
    renderer.setDefaultStroke(new BasicStroke(3));
    renderer.setAutoPopulateSeriesStroke(false);
    for (int series = 0; series < marks.getRowCount(); series++) {
      renderer.setSeriesPaint(series, Color.BLACK);
      renderer.setSeriesVisibleInLegend(series, series == 0);
    }
    renderer.setLegendItemLabelGenerator((dataset, series) -> "target");
    return renderer;
  }
}
