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
  private final WrittenRow row = new WrittenRow();
  private long rows;

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

  /** The next row, valid until the next call; null at the end. */
  WrittenRow next() {
    if (rows == 0) {
      in.done();
      return null;
    }
    rows--;
    long head = in.varint();
    long shape = head >>> Format.HEAD_BITS;
    if (shape >= shapes.length) {
      throw in.malformed("a row is of a shape that is not in the list");
    }
    row.shapeNumber = (int) shape;
    row.shape = shapes[row.shapeNumber];
    if ((head & Format.HAS_SITE) != 0) {
      row.site = (int) in.upTo(Integer.MAX_VALUE, "a row's site");
    }
    if (row.site >= sites.length) {
      throw in.malformed("a row is of a site that is not in the list");
    }
    row.life = (head & Format.HAS_LIFE) != 0 ? in.varint() : 1;
    row.version += in.signed();
    row.columns = row.isDeletion() ? 0 : in.varint();
    checkColumns();
    readValues();
    return row;
  }

  private void checkColumns() {
    if (!row.isDeletion()) {
      if (row.columns == 0 || row.columns >>> row.shape.columns() != 0) {
        throw in.malformed("a row has no cells, or more than its shape has columns");
      }
    }
    if (row.version < -Crr.GROUP
        || row.version > Clock.MAX
        || row.firstVersion() < 1
        || row.lastVersion() > Clock.MAX) {
      throw in.malformed("a row's version is " + row.version);
    }
    if (row.life < 1 || row.life > row.firstVersion()) {
      throw in.malformed("a row's life is " + row.life + " with version " + row.firstVersion());
    }
  }

  private void readValues() {
    row.key = new Value[row.shape.keyColumns()];
    for (int i = 0; i < row.key.length; i++) {
      row.key[i] = in.value();
      if (row.key[i].isNull()) {
        throw in.malformed("a key is NULL");
      }
    }
    for (long rest = row.columns; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      row.cells[i] = row.shape.numbers()[i] == Shape.EXISTENCE ? Value.NULL : in.value();
    }
  }
}
