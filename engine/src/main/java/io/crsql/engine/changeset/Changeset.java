package io.crsql.engine.changeset;

import io.crsql.engine.clock.Clock;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.value.Hex;
import io.crsql.engine.value.Value;
import java.util.HashSet;
import java.util.Set;

/** A changeset that has been received: its head, and then its rows one by one. */
final class Changeset {
  private static final long MOST_KEY_COLUMNS = 32_766;

  /** Whether it is the last of its stream. */
  final boolean last;

  /** The 16 bytes of the site that has made it. */
  final byte[] sender;

  /** The arrival that the receiver must have for the sender. */
  final long after;

  /** The arrival that it has then. */
  final long until;

  /** The sites that it speaks of. */
  final byte[][] sites;

  /** By site: the version that the receiver must have. */
  final long[] from;

  /** By site: the version that it has then. */
  final long[] to;

  /** The tables and columns that it speaks of. */
  final Shape[] shapes;

  private final Input in;
  private long rows;

  /** The site and version of the row before. */
  private int site;

  private long version;

  /**
   * Reads the head.
   *
   * @param caller the SQL function that was given it, for error messages
   */
  Changeset(byte[] blob, String caller) {
    in = new Input(blob, Format.CHANGESET, caller, "changeset");
    int flags = in.octet();
    if (flags > (Format.LAST | Format.CUT)) {
      throw in.malformed("the flags are " + flags);
    }
    last = (flags & Format.LAST) != 0;
    sender = in.bytes(Format.SITE_BYTES);
    after = in.upTo(Clock.MAX, "after");
    until = in.upTo(Clock.MAX, "until");
    if (until < after) {
      throw in.malformed("until is less than after");
    }
    sites = new byte[in.count(Format.SITE_BYTES + 2, "the number of sites")][];
    from = new long[sites.length];
    to = new long[sites.length];
    readSites();
    shapes = new Shape[in.count(4, "the number of shapes")];
    for (int i = 0; i < shapes.length; i++) {
      shapes[i] = shape();
    }
    rows = in.count(3, "the number of rows");
  }

  private void readSites() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < sites.length; i++) {
      sites[i] = in.bytes(Format.SITE_BYTES);
      from[i] = in.upTo(Clock.MAX, "a site's from");
      to[i] = in.upTo(Clock.MAX, "a site's to");
      if (last ? to[i] < from[i] : to[i] != from[i]) {
        throw in.malformed("a site's to is " + to[i] + " with from " + from[i]);
      } else if (!seen.add(Hex.of(sites[i]))) {
        throw in.malformed("a site is there twice");
      }
    }
  }

  private Shape shape() {
    String table = in.text();
    int key = (int) in.upTo(MOST_KEY_COLUMNS, "the number of a key's columns");
    int count = (int) in.upTo(Crr.GROUP, "the number of columns");
    int[] offsets = new int[count];
    int[] numbers = new int[count];
    String[] names = new String[count];
    int next = 0;
    for (int i = 0; i < count; i++) {
      offsets[i] = next + (int) in.upTo(Crr.GROUP - 1, "an offset");
      next = offsets[i] + 1;
      long number = in.signed();
      names[i] = in.text();
      boolean named = !names[i].isEmpty();
      if (next > Crr.GROUP || number < Shape.EXISTENCE || number > MOST_KEY_COLUMNS) {
        throw in.malformed("a column has offset " + offsets[i] + " and number " + number);
      } else if (number == Shape.EXISTENCE ? named : number == Shape.UNNUMBERED && !named) {
        throw in.malformed(
            "a column of number " + number + (named ? " has a" : " has no") + " name");
      }
      numbers[i] = (int) number;
    }
    if (key == 0) {
      throw in.malformed("a table has no key");
    }
    return new Shape(table, key, offsets, numbers, names);
  }

  /** The next row; null at the end. */
  WrittenRow next() {
    if (rows == 0) {
      in.done();
      return null;
    }
    rows--;
    long head = in.varint();
    long number = head >>> Format.HEAD_BITS;
    if (number >= shapes.length) {
      throw in.malformed("a row is of a shape that is not in the list");
    }
    Shape shape = shapes[(int) number];
    if ((head & Format.HAS_SITE) != 0) {
      site = (int) in.upTo(Integer.MAX_VALUE, "a row's site");
    }
    if (site >= sites.length) {
      throw in.malformed("a row is of a site that is not in the list");
    }
    long life = (head & Format.HAS_LIFE) != 0 ? in.varint() : 1;
    version += in.signed();
    long columns = (life & 1) == 0 ? 0 : columns(shape);
    checkStamps(life, version + shape.firstOffset(columns), version + shape.lastOffset(columns));
    Value[] key = key(shape);
    Value[] cells = cells(shape, columns);
    return new WrittenRow((int) number, shape, site, life, version, columns, key, cells);
  }

  private long columns(Shape shape) {
    long columns = in.varint();
    if (columns == 0 || columns >>> shape.columns() != 0) {
      throw in.malformed("a row has no cells, or more than its shape has columns");
    }
    return columns;
  }

  private void checkStamps(long life, long first, long last) {
    if (version < -Crr.GROUP || version > Clock.MAX || first < 1 || last > Clock.MAX) {
      throw in.malformed("a row's version is " + version);
    } else if (life < 1 || life > first) {
      throw in.malformed("a row's life is " + life + " with version " + first);
    }
  }

  private Value[] key(Shape shape) {
    Value[] key = new Value[shape.keyColumns()];
    for (int i = 0; i < key.length; i++) {
      key[i] = in.value();
      if (key[i].isNull()) {
        throw in.malformed("a key is NULL");
      }
    }
    return key;
  }

  private Value[] cells(Shape shape, long columns) {
    Value[] cells = new Value[Long.bitCount(columns)];
    int i = 0;
    for (long rest = columns; rest != 0; rest &= rest - 1) {
      boolean mark = shape.numbers()[Long.numberOfTrailingZeros(rest)] == Shape.EXISTENCE;
      cells[i++] = mark ? Value.NULL : in.value();
    }
    return cells;
  }
}
