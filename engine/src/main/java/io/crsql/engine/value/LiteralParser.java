package io.crsql.engine.value;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Reads the literals that {@link Literals} writes, and SQL's usual ones. Text is parsed, never
 * executed, and refused as a whole unless every byte of it is understood.
 */
public final class LiteralParser {
  /** As many literals as there are, but at least one. */
  public static final int ANY = 0;

  private final byte[] in;
  private final ToDoubleFunction<String> decimals;
  private int at;

  /**
   * A parser of {@code utf8}.
   *
   * @param decimals reads a decimal too long to be read exactly here, as SQLite does
   */
  public LiteralParser(byte[] utf8, ToDoubleFunction<String> decimals) {
    this.in = utf8;
    this.decimals = decimals;
  }

  /**
   * Reads {@code count} literals joined by {@code |}, or {@link #ANY} number of them, and nothing
   * else.
   *
   * @return the values, or null if the text is not that
   */
  public Value[] parse(int count) {
    Value[] values = new Value[count == ANY ? 1 : count];
    int read = 0;
    do {
      Value value = literal();
      if (value == null) {
        return null;
      }
      values = read == values.length ? Arrays.copyOf(values, 2 * read) : values;
      values[read++] = value;
    } while (read != count && take('|'));
    boolean all = at == in.length && (count == ANY || read == count);
    return !all ? null : read == values.length ? values : Arrays.copyOf(values, read);
  }

  private Value literal() {
    int c = peek();
    if (c == '\'') {
      return string();
    }
    if (c == '-' || c == '+' || c == '.' || isDigit(c)) {
      return number();
    }
    switch (c | 0x20) {
      case 'x':
        at++;
        byte[] bytes = hexString();
        return bytes == null ? null : Value.blob(bytes);
      case 'n':
        return takeWord("null") ? Value.NULL : null;
      case 'c':
        return cast();
      default:
        return null;
    }
  }

  private Value string() {
    at++;
    int start = at;
    while (at < in.length && in[at] != '\'') {
      at++;
    }
    if (at < in.length && (at + 1 == in.length || in[at + 1] != '\'')) {
      at++;
      return Value.text(Arrays.copyOfRange(in, start, at - 1));
    }
    at = start;
    Bytes out = new Bytes();
    while (at < in.length) {
      byte b = in[at++];
      if (b != '\'') {
        out.add(b);
      } else if (!take('\'')) {
        return Value.text(out.toArray());
      } else {
        out.add('\'');
      }
    }
    return null;
  }

  private byte[] hexString() {
    if (!take('\'')) {
      return null;
    }
    Bytes out = new Bytes();
    while (!take('\'')) {
      int high = Hex.value(next());
      int low = high < 0 ? -1 : Hex.value(next());
      if (low < 0) {
        return null;
      }
      out.add(high << 4 | low);
    }
    return out.toArray();
  }

  private Value cast() {
    if (!takeWord("cast") || !take('(') || !takeWord("x")) {
      return null;
    }
    byte[] bytes = hexString();
    if (bytes == null || !takeWord(" as text)")) {
      return null;
    }
    return Value.text(bytes);
  }

  private Value number() {
    boolean negative = take('-');
    if (!negative) {
      take('+');
    }
    if (peek() == '0' && (at + 1 < in.length) && (in[at + 1] | 0x20) == 'x') {
      at += 2;
      return hexadecimal(negative);
    }
    int start = at;
    long digits = 0;
    int point = -1;
    int count = 0;
    boolean exact = true;
    for (int c = peek(); isDigit(c) || (c == '.' && point < 0); c = peek()) {
      at++;
      if (c == '.') {
        point = count;
        continue;
      }
      count++;
      exact &= digits <= (Long.MAX_VALUE - 9) / 10;
      digits = exact ? digits * 10 + (c - '0') : digits;
    }
    if (count == 0) {
      return null;
    }
    boolean integer = point < 0;
    int exponent = integer ? 0 : point - count;
    if ((peek() | 0x20) == 'e') {
      integer = false;
      at++;
      int power = exponent();
      if (power == Integer.MIN_VALUE) {
        return null;
      }
      exponent += power;
    }
    if (integer && exact) {
      return Value.integer(negative ? -digits : digits);
    }
    String text = ascii(start);
    if (integer) {
      Value value = wholeNumber(negative, text);
      if (value != null) {
        return value;
      }
    }
    double d = exact ? Real.exactDecimal(digits, exponent) : Double.NaN;
    if (Double.isNaN(d)) {
      d = decimals.applyAsDouble(text);
    }
    return Value.real(negative ? Real.negated(d) : d);
  }

  private static Value wholeNumber(boolean negative, String digits) {
    int leading = 0;
    while (leading < digits.length() - 1 && digits.charAt(leading) == '0') {
      leading++;
    }
    String s = digits.substring(leading);
    String limit = negative ? "9223372036854775808" : "9223372036854775807";
    if (s.length() > limit.length() || (s.length() == limit.length() && s.compareTo(limit) > 0)) {
      return null;
    }
    return Value.integer(Long.parseLong(negative ? "-" + s : s));
  }

  /**
   * The power after an e, clamped far outside of what a double can hold; Integer.MIN_VALUE if there
   * is none.
   */
  private int exponent() {
    boolean negative = take('-');
    if (!negative) {
      take('+');
    }
    if (!isDigit(peek())) {
      return Integer.MIN_VALUE;
    }
    int power = 0;
    while (isDigit(peek())) {
      power = Math.min(power * 10 + (next() - '0'), 1_000_000);
    }
    return negative ? -power : power;
  }

  private Value hexadecimal(boolean negative) {
    int lead = next();
    if ((lead != '0' && lead != '1') || !take('.')) {
      return null;
    }
    long fraction = 0;
    for (int i = 0; i < 13; i++) {
      int digit = Hex.value(next());
      if (digit < 0) {
        return null;
      }
      fraction = fraction << 4 | digit;
    }
    if (!take('p')) {
      return null;
    }
    double d = Real.ofHexadecimal(lead == '1', fraction, exponent());
    return Double.isNaN(d) ? null : Value.real(negative ? Real.negated(d) : d);
  }

  private String ascii(int start) {
    StringBuilder out = new StringBuilder(at - start);
    for (int i = start; i < at; i++) {
      out.append((char) in[i]);
    }
    return out.toString();
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private int peek() {
    return at < in.length ? in[at] : -1;
  }

  private int next() {
    return at < in.length ? in[at++] : -1;
  }

  private boolean take(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  /** Takes a word in any case; {@code word} is in lower case, a space matches itself. */
  private boolean takeWord(String word) {
    for (int i = 0; i < word.length(); i++) {
      int c = next();
      char w = word.charAt(i);
      if (c != w && !(w >= 'a' && w <= 'z' && (c | 0x20) == w)) {
        return false;
      }
    }
    return true;
  }
}
