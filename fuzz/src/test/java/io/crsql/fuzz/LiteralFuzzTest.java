package io.crsql.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.crsql.conformance.Database;
import io.crsql.conformance.Host;
import io.crsql.engine.value.LiteralParser;
import io.crsql.engine.value.Literals;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;

/** Any text is a literal or refused; a literal is what SQLite takes it for, and can be printed. */
class LiteralFuzzTest {
  private static final int MOST_PARTS = 3;
  private static final Database SQLITE =
      ServiceLoader.load(Host.class).findFirst().orElseThrow().openPlain(":memory:");

  @FuzzTest
  @DictionaryFile(resourcePath = "literal.dict")
  void literal(byte[] text) {
    for (int parts = 1; parts <= MOST_PARTS; parts++) {
      Value[] values = parse(text, parts);
      if (values != null) {
        Holder read = Holder.of(values);
        isPrintedAsWhatItIs(read);
        if (parts == 1) {
          isWhatSqliteTakesItFor(new String(text, StandardCharsets.ISO_8859_1), read);
        }
      }
    }
  }

  private static Value[] parse(byte[] text, int parts) {
    return new LiteralParser(text, Double::parseDouble).parse(parts);
  }

  private static void isPrintedAsWhatItIs(Holder read) {
    Holder printed = new Holder(1);
    new Literals().key(read, 0, read.count(), printed);
    if (printed.type(0) != ValueType.TEXT) {
      assertThat(Value.same(printed, 0, read, 0)).isTrue();
      return;
    }
    Value[] again = parse(printed.getBytes(0), read.count());
    assertThat(again).as(printed.getText(0)).isNotNull();
    for (int i = 0; i < again.length; i++) {
      assertThat(Value.same(Holder.of(again), i, read, i)).as(printed.getText(0)).isTrue();
    }
  }

  private static void isWhatSqliteTakesItFor(String text, Holder read) {
    boolean sayable = text.chars().allMatch(c -> c > 0 && c < 0x80);
    boolean crsqlsOwn = text.contains("0x") || text.contains("0X");
    if (!sayable || crsqlsOwn && read.type(0) == ValueType.REAL) {
      return;
    }
    int type = read.type(0);
    String sql =
        "SELECT "
            + (type == ValueType.TEXT
                ? "typeof(l) = 'text' AND CAST(l AS BLOB)"
                : "typeof(l) = typeof(?1) AND l")
            + " IS ?1, l FROM (SELECT "
            + text
            + " AS l)";
    List<Object> row = SQLITE.query(sql, object(read)).get(0);
    boolean nearly =
        type == ValueType.REAL
            && Math.abs((double) row.get(1) - read.getDouble(0)) <= Math.ulp(read.getDouble(0)) * 2;
    assertThat(row.get(0).equals(1L) || nearly).as(text + " is " + row.get(1)).isTrue();
  }

  private static Object object(Holder read) {
    switch (read.type(0)) {
      case ValueType.NULL:
        return null;
      case ValueType.INTEGER:
        return read.getLong(0);
      case ValueType.REAL:
        return read.getDouble(0);
      default:
        return read.getBytes(0);
    }
  }
}
