package io.crsql.engine.changeset;

import io.crsql.engine.changes.Cid;
import io.crsql.engine.changes.ParkedScan;
import io.crsql.engine.changes.Received;
import io.crsql.engine.value.Value;
import io.crsql.engine.value.ValueRow;
import java.util.HashMap;
import java.util.Map;

/** What is parked as rows of changesets, each of one cell. */
final class ParkedRows implements RowSource {
  private final ParkedScan parked;
  private final SiteList sites;

  /**
   * By table, column and length of the key the number of the shape in the changeset {@link #known}.
   */
  private final Map<String, Integer> shapes = new HashMap<>();

  private int known;
  private Received change;

  ParkedRows(ParkedScan parked, SiteList sites) {
    this.parked = parked;
    this.sites = sites;
  }

  @Override
  public boolean next(long now) {
    boolean found = parked.next(now);
    change = found ? parked.received() : null;
    return found;
  }

  @Override
  public long at() {
    return parked.at();
  }

  @Override
  public boolean begins() {
    return false;
  }

  @Override
  public boolean isCovered() {
    return sites.covers(sites.of(change.site()), change.version());
  }

  @Override
  public void write(Body body, boolean begins) {
    int site = sites.place(sites.of(change.site()));
    body.row(shape(body), begins, site, change.life(), change.version());
    if (change.cid().number() != Cid.DELETION) {
      body.columns(1);
    }
    ValueRow key = new ValueRow(change.key());
    for (int i = 0; i < key.count(); i++) {
      body.value(key, i);
    }
    if (!change.cid().isMarker()) {
      body.value(new ValueRow(new Value[] {change.value()}), 0);
    }
  }

  private int shape(Body body) {
    if (known != body.number()) {
      known = body.number();
      shapes.clear();
    }
    Cid cid = change.cid();
    String name = cid.name() == null ? "" : cid.name();
    int keyColumns = change.key().length;
    String shape = keyColumns + " " + cid.number() + " " + name.length() + name + change.table();
    Integer number = shapes.get(shape);
    if (number == null) {
      number = add(body.shapes, cid, name, keyColumns);
      shapes.put(shape, number);
    }
    return number;
  }

  private int add(ShapeList to, Cid cid, String name, int keyColumns) {
    if (cid.number() == Cid.DELETION) {
      return to.add(change.table(), keyColumns);
    }
    int number = cid.number() == Cid.NAMED ? Shape.UNNUMBERED : (int) cid.number();
    return to.add(change.table(), keyColumns, number, name);
  }

  @Override
  public void close() {
    parked.close();
  }
}
