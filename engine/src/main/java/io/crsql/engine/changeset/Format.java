package io.crsql.engine.changeset;

/** What docs/changeset-format.md fixes. */
final class Format {
  /** The format's number. */
  static final int NUMBER = 1;

  /** What a version vector begins with. */
  static final String VECTOR = "CRSV";

  /** What a changeset begins with. */
  static final String CHANGESET = "CRSQ";

  /** A changeset's flag: it is the last chunk. */
  static final int LAST = 1;

  /** A changeset's flag: a transaction is cut, and the next chunk goes on with it. */
  static final int CUT = 2;

  /** A row begins a transaction of the sender's. */
  static final int BEGINS = 1;

  /** A row's site is not that of the row before. */
  static final int HAS_SITE = 2;

  /** A row's life is not the first. */
  static final int HAS_LIFE = 4;

  /** How many bits of a row's head are flags. */
  static final int HEAD_BITS = 3;

  /** The value NULL. */
  static final int NULL = 0;

  /** An integer follows. */
  static final int INTEGER = 1;

  /** A real follows. */
  static final int REAL = 2;

  /** Text of no bytes; two more for each byte. */
  static final int TEXT = 4;

  /** A blob of no bytes; two more for each byte. */
  static final int BLOB = 5;

  /** How many bytes a site has. */
  static final int SITE_BYTES = 16;

  private Format() {}
}
