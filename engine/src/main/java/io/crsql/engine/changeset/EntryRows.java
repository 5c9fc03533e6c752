package io.crsql.engine.changeset;

import io.crsql.engine.changes.EntryScan;
import io.crsql.engine.clock.Sites;
import io.crsql.engine.schema.Crr;
import io.crsql.sqlite.Stmt;
import java.util.Arrays;

/** A table's log entries as rows of changesets. */
final class EntryRows implements RowSource {
  private static final int NONE = -1;

  private final EntryScan entries;
  private final SiteList sites;
  private final int own;
  private final Crr crr;

  /** By group the number of its shape in the changeset {@link #known}. */
  private final int[] shapes;

  private int known;

  EntryRows(EntryScan entries, SiteList sites) {
    this.entries = entries;
    this.sites = sites;
    this.own = sites.ofNumber(Sites.OWN);
    this.crr = entries.crr;
    this.shapes = new int[crr.groups()];
  }

  @Override
  public boolean next(long now) {
    return entries.next(now);
  }

  @Override
  public long at() {
    return entries.at();
  }

  @Override
  public boolean begins() {
    return entries.begins();
  }

  private int site() {
    return entries.local() ? own : sites.ofNumber(entries.site());
  }

  @Override
  public boolean isCovered() {
    long cols = entries.cols();
    int last = cols == 0 ? 0 : 63 - Long.numberOfLeadingZeros(cols);
    return sites.covers(site(), entries.version() + last);
  }

  @Override
  public void write(Body body, boolean begins) {
    long cols = entries.cols();
    body.row(shape(body), begins, sites.place(site()), entries.life(), entries.version());
    if (cols != 0) {
      body.columns(columns(cols));
    }
    for (int i = 0; i < crr.keyColumns(); i++) {
      body.value(entries.entry(), EntryScan.KEY + i);
    }
    boolean mark = entries.group() == 0 && crr.existenceMark();
    for (long rest = mark ? cols & ~1 : cols; rest != 0; rest &= rest - 1) {
      cell(body, Long.numberOfTrailingZeros(rest));
    }
  }

  private int shape(Body body) {
    if (known != body.number()) {
      known = body.number();
      Arrays.fill(shapes, NONE);
    }
    int group = entries.group();
    if (shapes[group] == NONE) {
      shapes[group] = body.shapes.add(crr, group);
    }
    return shapes[group];
  }

  /** The bits of slots as bits of the shape's columns, which are those that are there. */
  private long columns(long cols) {
    long live = crr.liveMask(entries.group());
    if ((live & live + 1) == 0) {
      return cols;
    }
    long columns = 0;
    for (long rest = cols; rest != 0; rest &= rest - 1) {
      int bit = Long.numberOfTrailingZeros(rest);
      columns |= 1L << Long.bitCount(live & (1L << bit) - 1);
    }
    return columns;
  }

  private void cell(Body body, int bit) {
    if (!entries.held()) {
      body.value(entries.values(), entries.place(bit));
      return;
    }
    Stmt cell = entries.cell(bit);
    try {
      body.value(cell, 0);
    } finally {
      cell.reset();
    }
  }

  @Override
  public void close() {
    entries.close();
  }
}
