package io.crsql.engine.value;

import io.crsql.sqlite.Result;
import io.crsql.sqlite.Utf8;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;
import java.util.Arrays;

/**
 * Writes values as crsql_changes shows them in {@code pk} and {@code val}; {@link LiteralParser}
 * reads them back.
 *
 * <p>A single integer, real or NULL stands for itself. Text is an SQL string literal, or {@code
 * CAST(X'..' AS TEXT)} where it holds a NUL or is not well-formed; a blob is {@code X'..'}. The
 * values of a composite key are literals joined by {@code |}, in which a real may have the
 * hexadecimal form of {@link Real}.
 */
public final class Literals {
  /** How many bytes of a value messages show. */
  private static final int SHOWN = 100;

  private final Bytes out = new Bytes();

  /** Gives one value. */
  public void value(Values from, int i, Result result) {
    int type = from.type(i);
    if (type == ValueType.TEXT || type == ValueType.BLOB) {
      out.clear();
      append(from, i);
      out.give(result);
    } else {
      result.setValue(from, i);
    }
  }

  /** Gives again what was given last, if that was text. */
  public void again(Result result) {
    out.give(result);
  }

  /** Gives the {@code count} values from {@code first} on as a key. */
  public void key(Values from, int first, int count, Result result) {
    if (count == 1) {
      value(from, first, result);
      return;
    }
    out.clear();
    join(from, first, count);
    out.give(result);
  }

  private void join(Values from, int first, int count) {
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        out.add('|');
      }
      append(from, first + i);
    }
  }

  /** What {@link #key} gives of these values. */
  public Value literal(Value... values) {
    return literal(new ValueRow(values), 0, values.length);
  }

  /** What {@link #key} gives. */
  public Value literal(Values from, int first, int count) {
    int type = from.type(first);
    if (count == 1 && type != ValueType.TEXT && type != ValueType.BLOB) {
      return Value.of(from, first);
    }
    out.clear();
    join(from, first, count);
    return Value.text(out.toArray());
  }

  /** The key as {@link #key} gives it, for messages: its long values are cut short. */
  public String shown(Values from, int first, int count) {
    out.clear();
    for (int i = first; i < first + count; i++) {
      if (i > first) {
        out.add('|');
      }
      int type = from.type(i);
      byte[] bytes = type == ValueType.TEXT || type == ValueType.BLOB ? from.getBytes(i) : null;
      if (bytes == null || bytes.length <= SHOWN) {
        append(from, i);
        continue;
      }
      byte[] start = Arrays.copyOf(bytes, SHOWN);
      if (type == ValueType.TEXT) {
        text(start);
      } else {
        blob(start);
      }
      out.add("...");
    }
    return Utf8.decode(out.toArray());
  }

  private void append(Values from, int i) {
    switch (from.type(i)) {
      case ValueType.INTEGER:
        out.add(Long.toString(from.getLong(i)));
        break;
      case ValueType.REAL:
        out.add(Real.text(from.getDouble(i)));
        break;
      case ValueType.TEXT:
        if (!out.plainLiteral(from, i)) {
          text(from.getBytes(i));
        }
        break;
      case ValueType.BLOB:
        blob(from.getBytes(i));
        break;
      default:
        out.add("NULL");
    }
  }

  private void text(byte[] utf8) {
    if (!fitsLiteral(utf8)) {
      out.add("CAST(");
      blob(utf8);
      out.add(" AS TEXT)");
      return;
    }
    out.add('\'');
    for (byte b : utf8) {
      if (b == '\'') {
        out.add('\'');
      }
      out.add(b);
    }
    out.add('\'');
  }

  private void blob(byte[] bytes) {
    out.add("X'");
    Hex.append(out, bytes);
    out.add('\'');
  }

  /**
   * Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7) without a NUL: what a plain SQL
   * string literal can hold.
   */
  public static boolean fitsLiteral(byte[] b) {
    int i = 0;
    while (i < b.length) {
      int c = b[i] & 0xff;
      int more;
      if (c == 0) {
        return false;
      } else if (c < 0x80) {
        i++;
        continue;
      } else if (c >= 0xc2 && c <= 0xdf) {
        more = 1;
      } else if (c >= 0xe0 && c <= 0xef) {
        more = 2;
      } else if (c >= 0xf0 && c <= 0xf4) {
        more = 3;
      } else {
        return false;
      }
      if (more >= b.length - i) {
        return false;
      }
      int second = b[i + 1] & 0xff;
      boolean bad =
          (c == 0xe0 && second < 0xa0)
              || (c == 0xed && second > 0x9f)
              || (c == 0xf0 && second < 0x90)
              || (c == 0xf4 && second > 0x8f);
      for (int k = 1; k <= more; k++) {
        bad |= (b[i + k] & 0xc0) != 0x80;
      }
      if (bad) {
        return false;
      }
      i += more + 1;
    }
    return true;
  }
}
