package io.crsql.bench;

import java.awt.Color;
import java.awt.Font;
import java.awt.Paint;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.ui.RectangleInsets;

/** What all charts look like. */
final class Style {
  static final int WIDTH = 900;
  static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  /** Numbers look the same whatever the user's language. */
  static final NumberFormat NUMBERS =
      new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT));

  /** A tenth of a point is fine enough. */
  static final NumberFormat COORDINATES =
      new DecimalFormat("0.#", DecimalFormatSymbols.getInstance(Locale.ROOT));

  /** Okabe and Ito's colours, which can be told apart by everyone. */
  private static final Color[] COLOURS = {
    new Color(0x0072B2), new Color(0xE69F00), new Color(0x009E73), new Color(0xD55E00)
  };

  static {
    // rotated text stays text
    TextUtils.setUseDrawRotatedStringWorkaround(false);
  }

  private Style() {}

  static Paint colour(int series) {
    return COLOURS[series % COLOURS.length];
  }

  static <A extends ValueAxis> A axis(A axis) {
    axis.setLabelFont(FONT);
    axis.setTickLabelFont(FONT);
    return axis;
  }

  static JFreeChart chart(String title, Plot plot) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    JFreeChart chart = new JFreeChart(title, FONT.deriveFont(Font.BOLD, 16), plot, true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(8, 8, 8, 16));
    chart.getLegend().setItemFont(FONT);
    return chart;
  }
}
