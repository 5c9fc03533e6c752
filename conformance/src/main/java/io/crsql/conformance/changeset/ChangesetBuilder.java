package io.crsql.conformance.changeset;

import io.crsql.conformance.Blob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Builds a changeset, whose fields are in their order and may contradict each other. */
public final class ChangesetBuilder {
  /** The number of a column that was added after crsql_as_crr. */
  public static final long UNNUMBERED = -1;

  /** The number of a row's existence. */
  public static final long EXISTENCE = -2;

  private record Site(Blob site, long from, long to) {}

  private record Shape(String table, int key, List<Column> columns) {}

  /**
   * A column of a shape.
   *
   * @param offset what a cell's version is above that of its row
   * @param number its number
   * @param name its name; empty for none
   */
  public record Column(int offset, long number, String name) {}

  private record Row(
      int shape,
      int site,
      boolean begins,
      long life,
      long version,
      long columns,
      List<Object> key,
      List<Object> cells) {}

  private final Blob sender;
  private final List<Site> sites = new ArrayList<>();
  private final List<Shape> shapes = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private int flags;
  private long after;
  private long until;

  /** A changeset of that sender's, without anything. */
  public ChangesetBuilder(Blob sender) {
    this.sender = sender;
  }

  /** It is the last chunk. */
  public ChangesetBuilder last() {
    flags |= 1;
    return this;
  }

  /** It cuts a transaction. */
  public ChangesetBuilder cut() {
    flags |= 2;
    return this;
  }

  /** The arrival that the receiver must have, and that it has then. */
  public ChangesetBuilder arrivals(long from, long to) {
    after = from;
    until = to;
    return this;
  }

  /** Another site, the first being site 0. */
  public ChangesetBuilder site(Blob site, long from, long to) {
    sites.add(new Site(site, from, to));
    return this;
  }

  /** Another shape, the first being shape 0. */
  public ChangesetBuilder shape(String table, int key, Column... columns) {
    shapes.add(new Shape(table, key, List.of(columns)));
    return this;
  }

  /** Some cells of a row of shape and site 0, in its first life. */
  public ChangesetBuilder row(long version, Object key, Object... cells) {
    return write(0, 0, 1, version, (1L << cells.length) - 1, List.of(key), cells);
  }

  /** A deletion of a row of shape and site 0. */
  public ChangesetBuilder deletion(long life, long version, Object key) {
    return write(0, 0, life, version, 0, List.of(key));
  }

  /**
   * A row.
   *
   * @param columns the columns of the cells, as bits
   * @param cells their values; none for an existence
   */
  public ChangesetBuilder write(
      int shape,
      int site,
      long life,
      long version,
      long columns,
      List<Object> key,
      Object... cells) {
    List<Object> values = new ArrayList<>();
    for (Object cell : cells) {
      values.add(cell);
    }
    rows.add(new Row(shape, site, rows.isEmpty(), life, version, columns, key, values));
    return this;
  }

  /** Its fields. */
  public Fields fields() {
    Fields fields = new Fields();
    fields.add("magic", "CRSQ".getBytes(StandardCharsets.US_ASCII));
    fields.add("format", new byte[] {1});
    fields.add("flags", new byte[] {(byte) flags});
    fields.add("sender", sender.bytes());
    fields.add("after", Encoding.varint(after));
    fields.add("until", Encoding.varint(until));
    fields.add("sites", Encoding.varint(sites.size()));
    for (int i = 0; i < sites.size(); i++) {
      fields.add("site " + i, sites.get(i).site.bytes());
      fields.add("from " + i, Encoding.varint(sites.get(i).from));
      fields.add("to " + i, Encoding.varint(sites.get(i).to));
    }
    fields.add("shapes", Encoding.varint(shapes.size()));
    for (int i = 0; i < shapes.size(); i++) {
      addShape(fields, i, shapes.get(i));
    }
    fields.add("rows", Encoding.varint(rows.size()));
    for (int i = 0; i < rows.size(); i++) {
      addRow(fields, i, i == 0 ? null : rows.get(i - 1), rows.get(i));
    }
    return fields;
  }

  private static void addShape(Fields fields, int i, Shape shape) {
    fields.add("table " + i, Encoding.text(shape.table));
    fields.add("key " + i, Encoding.varint(shape.key));
    fields.add("columns " + i, Encoding.varint(shape.columns.size()));
    int next = 0;
    for (int j = 0; j < shape.columns.size(); j++) {
      Column column = shape.columns.get(j);
      fields.add("skip " + i + "." + j, Encoding.varint(column.offset - next));
      fields.add("number " + i + "." + j, Encoding.signed(column.number));
      fields.add("name " + i + "." + j, Encoding.text(column.name));
      next = column.offset + 1;
    }
  }

  private static void addRow(Fields fields, int i, Row before, Row row) {
    String of = "row " + i + " ";
    boolean hasSite = row.site != (before == null ? 0 : before.site);
    boolean hasLife = row.life != 1;
    long head = 8L * row.shape + (row.begins ? 1 : 0) + (hasSite ? 2 : 0) + (hasLife ? 4 : 0);
    fields.add(of + "head", Encoding.varint(head));
    if (hasSite) {
      fields.add(of + "site", Encoding.varint(row.site));
    }
    if (hasLife) {
      fields.add(of + "life", Encoding.varint(row.life));
    }
    long base = before == null ? 0 : before.version;
    fields.add(of + "version", Encoding.signed(row.version - base));
    if (row.life % 2 != 0) {
      fields.add(of + "columns", Encoding.varint(row.columns));
    }
    for (int j = 0; j < row.key.size(); j++) {
      fields.add(of + "key " + j, Encoding.value(row.key.get(j)));
    }
    for (int j = 0; j < row.cells.size(); j++) {
      fields.add(of + "cell " + j, Encoding.value(row.cells.get(j)));
    }
  }

  /** The changeset. */
  public Blob blob() {
    return fields().blob();
  }
}
