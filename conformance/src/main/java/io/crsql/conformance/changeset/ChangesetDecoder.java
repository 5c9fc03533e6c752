package io.crsql.conformance.changeset;

import io.crsql.conformance.Blob;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads changesets by docs/changeset-format.md and nothing else, and shows them as lines.
 *
 * <p>A site is shown as {@code site 0}, its place in the list. Of a cell is shown {@code column =
 * value @ version}, of a deletion {@code deleted @ version}.
 */
public final class ChangesetDecoder {
  /** Flags as the document numbers them. */
  public final int flags;

  /** The site that has made it. */
  public final Blob sender;

  /** The arrival that the receiver must have. */
  public final long after;

  /** The arrival that it has then. */
  public final long until;

  /** By site: site from to. */
  public final List<String> sites = new ArrayList<>();

  /** By shape: table, key columns, and by column offset, number and name. */
  public final List<String> shapes = new ArrayList<>();

  /** By row: what it says, behind a + if it begins a transaction. */
  public final List<String> rows = new ArrayList<>();

  private final List<Shape> read = new ArrayList<>();
  private final ByteBuffer in;

  private record Shape(String table, int key, List<Column> columns) {}

  private record Column(int offset, long number, String name) {
    @Override
    public String toString() {
      return number == -2 ? "(exists)" : name.isEmpty() ? String.valueOf(number) : name;
    }
  }

  /** Reads one; fails if it is not to the letter. */
  public ChangesetDecoder(Object changeset) {
    byte[] bytes = ((Blob) changeset).bytes();
    byte[] body = Arrays.copyOf(bytes, bytes.length - 16);
    byte[] check = Arrays.copyOfRange(bytes, bytes.length - 16, bytes.length);
    if (!Arrays.equals(check, Check.of(body))) {
      throw new AssertionError("the check is wrong");
    }
    in = ByteBuffer.wrap(body);
    if (!new String(bytes(4), StandardCharsets.US_ASCII).equals("CRSQ") || in.get() != 1) {
      throw new AssertionError("no changeset of format 1");
    }
    flags = in.get();
    sender = Blob.of(bytes(16));
    after = varint();
    until = varint();
    for (long left = varint(); left > 0; left--) {
      sites.add(Blob.of(bytes(16)) + " " + varint() + " " + varint());
    }
    for (long left = varint(); left > 0; left--) {
      shape();
    }
    rows();
    if (in.hasRemaining()) {
      throw new AssertionError(in.remaining() + " bytes are left");
    }
  }

  /** Whether it is the last of its stream. */
  public boolean isLast() {
    return (flags & 1) != 0;
  }

  private void shape() {
    String table = text();
    int key = (int) varint();
    List<Column> columns = new ArrayList<>();
    int offset = -1;
    for (long left = varint(); left > 0; left--) {
      offset += (int) varint() + 1;
      columns.add(new Column(offset, signed(), text()));
    }
    read.add(new Shape(table, key, columns));
    StringBuilder shown = new StringBuilder(table + "/" + key);
    for (Column column : columns) {
      shown.append(' ').append(column.offset).append(':').append(column.number);
      shown.append(':').append(column.name);
    }
    shapes.add(shown.toString());
  }

  private void rows() {
    long site = 0;
    long version = 0;
    for (long left = varint(); left > 0; left--) {
      long head = varint();
      Shape shape = read.get((int) (head >>> 3));
      site = (head & 2) != 0 ? varint() : site;
      long life = (head & 4) != 0 ? varint() : 1;
      version += signed();
      long bits = life % 2 == 0 ? 0 : varint();
      List<String> key = new ArrayList<>();
      for (int i = 0; i < shape.key; i++) {
        key.add(String.valueOf(value()));
      }
      StringBuilder row = new StringBuilder((head & 1) != 0 ? "+ " : "");
      row.append(shape.table).append(' ').append(String.join("|", key));
      row.append(" site ").append(site).append(" life ").append(life).append(':');
      if (bits == 0) {
        row.append(" deleted @ ").append(version);
      }
      for (int i = 0; i < shape.columns.size(); i++) {
        if ((bits >>> i & 1) != 0) {
          Column column = shape.columns.get(i);
          row.append(' ').append(column);
          row.append(column.number == -2 ? "" : " = " + value());
          row.append(" @ ").append(version + column.offset);
        }
      }
      rows.add(row.toString());
    }
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = in.get();
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        if (b == 0 && shift > 0) {
          throw new AssertionError("a varint is longer than necessary");
        }
        return value;
      }
    }
  }

  private long signed() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  private String text() {
    return new String(bytes((int) varint()), StandardCharsets.UTF_8);
  }

  private Object value() {
    long tag = varint();
    if (tag == 0) {
      return null;
    } else if (tag == 1) {
      return signed();
    } else if (tag == 2) {
      return in.getDouble();
    } else if (tag == 3) {
      throw new AssertionError("no value begins with 3");
    }
    byte[] bytes = bytes((int) (tag - 4) / 2);
    return tag % 2 == 0
        ? "'" + new String(bytes, StandardCharsets.ISO_8859_1) + "'"
        : Blob.of(bytes);
  }
}
