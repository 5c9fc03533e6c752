package io.crsql.engine.changeset;

import io.crsql.engine.value.Bytes;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;

/** The rows of a changeset that is being written, and the shapes that they are of. */
final class Body {
  /** Its shapes. */
  final ShapeList shapes = new ShapeList();

  private final Bytes out = new Bytes();
  private int number;
  private long rows;
  private int site;
  private long version;

  /** Begins the next changeset. */
  void clear() {
    number++;
    out.clear();
    shapes.clear();
    rows = 0;
    site = 0;
    version = 0;
  }

  /** Another number for each changeset: a shape's number counts for one only. */
  int number() {
    return number;
  }

  /** How many bytes its rows have. */
  int size() {
    return out.size();
  }

  /** How many rows it has. */
  long rows() {
    return rows;
  }

  /** Begins a row. */
  void row(int shape, boolean begins, int ofSite, long life, long ofVersion) {
    long head = (long) shape << Format.HEAD_BITS;
    head |= begins ? Format.BEGINS : 0;
    head |= ofSite != site ? Format.HAS_SITE : 0;
    head |= life != 1 ? Format.HAS_LIFE : 0;
    out.varint(head);
    if (ofSite != site) {
      out.varint(ofSite);
    }
    if (life != 1) {
      out.varint(life);
    }
    out.signed(ofVersion - version);
    site = ofSite;
    version = ofVersion;
    rows++;
  }

  /** The cells that follow, as bits. */
  void columns(long bits) {
    out.varint(bits);
  }

  /** A value of the key or of a cell. */
  void value(Values from, int i) {
    switch (from.type(i)) {
      case ValueType.INTEGER:
        out.add(Format.INTEGER).signed(from.getLong(i));
        break;
      case ValueType.REAL:
        out.add(Format.REAL).fixed(Double.doubleToRawLongBits(from.getDouble(i)));
        break;
      case ValueType.TEXT:
        out.sized(from, i, Format.TEXT);
        break;
      case ValueType.BLOB:
        out.sized(from, i, Format.BLOB);
        break;
      default:
        out.add(Format.NULL);
    }
  }

  /** Writes the shapes and the rows. */
  void write(Bytes to) {
    shapes.write(to);
    to.varint(rows).add(out);
  }
}
