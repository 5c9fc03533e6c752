package io.crsql.engine.changeset;

import io.crsql.engine.value.Literals;
import io.crsql.engine.value.SipHash;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Utf8;
import java.util.Arrays;

/** Reads the fields of a blob that may have been made by anyone, trusting nothing in it. */
final class Input {
  private static final int CHECK_BYTES = 16;

  private final String caller;
  private final String what;
  private final byte[] data;
  private final int end;
  private int at;

  /**
   * Begins behind the magic and format.
   *
   * @param caller the SQL function, for error messages
   * @param what what the blob should be, for error messages
   * @throws SqliteException if it is no such thing, of another format, or damaged
   */
  Input(byte[] data, String magic, String caller, String what) {
    this.data = data;
    this.caller = caller;
    this.what = what;
    this.end = data.length - CHECK_BYTES;
    for (int i = 0; i < magic.length(); i++) {
      if (i >= data.length || data[i] != magic.charAt(i)) {
        throw refusal("the blob is no " + what + ", for it does not begin with " + magic);
      }
    }
    at = magic.length();
    if (at < data.length && data[at] != Format.NUMBER) {
      throw refusal(
          "the "
              + what
              + " is of format "
              + (data[at] & 0xff)
              + ", and this crsql knows format "
              + Format.NUMBER
              + "; update crsql");
    }
    at++;
    if (end < at || !isIntact()) {
      throw refusal("the " + what + " is damaged or cut off, for its check fails; get it again");
    }
  }

  private boolean isIntact() {
    SipHash hash = new SipHash(0, 0);
    hash.add(data, end);
    hash.finish();
    return hash.low() == word(end) && hash.high() == word(end + 8);
  }

  private long word(int from) {
    long word = 0;
    for (int i = 7; i >= 0; i--) {
      word = word << 8 | data[from + i] & 0xff;
    }
    return word;
  }

  /** A refusal of the whole blob. */
  SqliteException refusal(String sentence) {
    return new SqliteException(SqliteException.ERROR, caller + ": " + sentence);
  }

  /** A refusal of what stands at the field that was read last. */
  SqliteException malformed(String problem) {
    return refusal(
        "the "
            + what
            + " is malformed before byte "
            + at
            + ": "
            + problem
            + "; whoever made it does not keep to the format");
  }

  /** Whether nothing follows. */
  boolean isDone() {
    return at == end;
  }

  /** Refuses what follows the last field. */
  void done() {
    if (at != end) {
      throw malformed("bytes follow the last field");
    }
  }

  int octet() {
    need(1);
    return data[at++] & 0xff;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      need(1);
      byte b = data[at++];
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        if ((b == 0 && shift > 0) || (shift == 63 && b > 1)) {
          break;
        }
        return value;
      }
    }
    throw malformed("a varint is longer than it must be");
  }

  long signed() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  /** A varint from 0 to {@code most}. */
  long upTo(long most, String field) {
    long value = varint();
    if (value < 0 || value > most) {
      throw malformed(field + " is more than " + most);
    }
    return value;
  }

  /** How many things follow, each of them of {@code least} bytes or more. */
  int count(int least, String field) {
    return (int) upTo((end - at) / least, field);
  }

  byte[] bytes(int count) {
    need(count);
    byte[] bytes = Arrays.copyOfRange(data, at, at + count);
    at += count;
    return bytes;
  }

  /** A name. */
  String text() {
    byte[] bytes = bytes(count(1, "a text's length"));
    if (!Literals.fitsLiteral(bytes)) {
      throw malformed("a name is not UTF-8");
    }
    return Utf8.decode(bytes);
  }

  Value value() {
    long tag = varint();
    if (tag == Format.NULL) {
      return Value.NULL;
    } else if (tag == Format.INTEGER) {
      return Value.integer(signed());
    } else if (tag == Format.REAL) {
      return real();
    }
    long length = (tag >>> 1) - 2;
    if (tag == 3 || length > end - at) {
      throw malformed("a value has more bytes than there are");
    }
    byte[] bytes = bytes((int) length);
    return (tag & 1) == 0 ? Value.text(bytes) : Value.blob(bytes);
  }

  private Value real() {
    need(8);
    long bits = 0;
    for (int i = 0; i < 8; i++) {
      bits = bits << 8 | data[at++] & 0xff;
    }
    double value = Double.longBitsToDouble(bits);
    if (value != value) {
      throw malformed("a real is not a number");
    }
    return Value.real(value);
  }

  private void need(int count) {
    if (count > end - at) {
      throw malformed("it ends in the middle of a field");
    }
  }
}
