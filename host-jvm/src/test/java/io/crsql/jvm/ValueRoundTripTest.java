package io.crsql.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.crsql.conformance.Blob;
import io.crsql.sqlite.Db;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value goes through every path of the port unchanged, to the byte. */
class ValueRoundTripTest {
  private Db db;
  private JvmDatabase database;

  @BeforeEach
  void open() {
    database = JvmDatabase.open(":memory:", this::install);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void install(Db connection) {
    db = connection;
    db.scalar("copied", 1, Db.DETERMINISTIC, (args, result) -> result.setValue(args, 0));
    db.scalar("remade", 1, Db.DETERMINISTIC, ValueRoundTripTest::remake);
    db.scalar(
        "through_statement",
        1,
        0,
        (args, result) -> {
          try (Stmt stmt = db.prepare("SELECT ?1")) {
            stmt.bindValue(1, args, 0);
            stmt.step();
            result.setValue(stmt, 0);
          }
        });
  }

  private static void remake(Values args, Result result) {
    switch (args.type(0)) {
      case ValueType.INTEGER -> result.setLong(args.getLong(0));
      case ValueType.REAL -> result.setDouble(args.getDouble(0));
      case ValueType.TEXT -> result.setTextBytes(args.getBytes(0));
      case ValueType.BLOB -> result.setBlob(args.getBytes(0));
      default -> result.setNull();
    }
  }

  static Stream<Object> values() {
    return Stream.of(
        0L,
        -1L,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        1L << 53,
        0.0,
        -0.0,
        0.1,
        Double.MIN_VALUE,
        -Double.MIN_NORMAL / 3,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        "",
        "plain",
        "a\0b\0",
        "\0",
        "\u00e9\u20ac",
        "\ud83d\ude00\udbff\udfff",
        Blob.of(),
        Blob.of((byte) 0),
        Blob.of((byte) 0xff, (byte) 0, (byte) 0x80));
  }

  @ParameterizedTest
  @MethodSource("values")
  void comesBackFromAStatement(Object value) {
    assertSame(database.value("SELECT ?1", value), value);
  }

  @ParameterizedTest
  @MethodSource("values")
  void comesBackFromAFunction(Object value) {
    assertSame(database.value("SELECT copied(?1)", value), value);
    assertSame(database.value("SELECT remade(?1)", value), value);
    assertSame(database.value("SELECT through_statement(?1)", value), value);
  }

  @ParameterizedTest
  @MethodSource("values")
  void comesBackFromATable(Object value) {
    database.run("CREATE TABLE t(v)");
    database.run("INSERT INTO t VALUES (?1)", value);
    database.run("INSERT INTO t SELECT remade(v) FROM t");
    for (var row : database.query("SELECT v, typeof(v) FROM t")) {
      assertSame(row.get(0), value);
    }
  }

  /** Bits, not numbers: 0.0 equals -0.0 for some comparisons. */
  private static void assertSame(Object actual, Object expected) {
    if (expected instanceof Double number) {
      assertThat(actual).isInstanceOf(Double.class);
      assertThat(Double.doubleToRawLongBits((Double) actual))
          .isEqualTo(Double.doubleToRawLongBits(number));
    } else {
      assertThat(actual).isEqualTo(expected);
    }
  }

  @Test
  void nullComesBack() {
    assertThat(database.value("SELECT ?1", (Object) null)).isNull();
    assertThat(database.value("SELECT typeof(remade(?1))", (Object) null)).isEqualTo("null");
    assertThat(database.value("SELECT typeof(copied(?1))", (Object) null)).isEqualTo("null");
    try (Stmt stmt = db.prepare("SELECT NULL")) {
      assertThat(stmt.step()).isTrue();
      assertThat(stmt.getText(0)).isNull();
      assertThat(stmt.getBytes(0)).isNull();
    }
  }

  @Test
  void notANumberBecomesNull() {
    db.scalar("nan", 0, 0, (args, result) -> result.setDouble(Double.NaN));
    assertThat(database.value("SELECT typeof(nan())")).isEqualTo("null");
    assertThat(database.value("SELECT typeof(?1)", Double.NaN)).isEqualTo("null");
  }

  @Test
  void aFunctionThatSetsNothingGivesNull() {
    db.scalar("silent", 0, 0, (args, result) -> {});
    assertThat(database.value("SELECT typeof(silent())")).isEqualTo("null");
  }

  @ParameterizedTest
  @CsvSource({"61ff62", "c328", "eda080", "f4908080", "80", "6100ff"})
  void invalidTextKeepsItsBytes(String hex) {
    byte[] bytes = new Blob(hex).bytes();
    String sql = "SELECT typeof(v), hex(v) FROM (SELECT remade(copied(?1)) AS v)";
    try (Stmt stmt = db.prepare(sql)) {
      stmt.bindTextBytes(1, bytes);
      assertThat(stmt.step()).isTrue();
      assertThat(stmt.getText(0)).isEqualTo("text");
      assertThat(stmt.getText(1)).isEqualToIgnoringCase(hex);
    }
    try (Stmt stmt = db.prepare("SELECT ?1")) {
      stmt.bindTextBytes(1, bytes);
      assertThat(stmt.step()).isTrue();
      assertThat(stmt.getBytes(0)).isEqualTo(bytes);
      assertThat(stmt.getText(0)).contains("\ufffd");
    }
  }

  @Test
  void theBytesOfTextAreUtf8WhateverTheEncodingOfTheDatabase() {
    database.run("PRAGMA encoding = 'UTF-16'");
    database.run("CREATE TABLE t(v TEXT)");
    database.run("INSERT INTO t VALUES (remade(?1))", "\u00e9\ud83d\ude00");
    try (Stmt stmt = db.prepare("SELECT v, copied(v) FROM t")) {
      assertThat(stmt.step()).isTrue();
      byte[] utf8 = "\u00e9\ud83d\ude00".getBytes(StandardCharsets.UTF_8);
      assertThat(stmt.getBytes(0)).isEqualTo(utf8);
      assertThat(stmt.getBytes(1)).isEqualTo(utf8);
    }
  }

  @Test
  void gettersConvertAsCastDoes() {
    try (Stmt stmt = db.prepare("SELECT '12.7abc', 1.5, X'3132', 7")) {
      assertThat(stmt.step()).isTrue();
      assertThat(stmt.getLong(0)).isEqualTo(12);
      assertThat(stmt.getDouble(0)).isEqualTo(12.7);
      assertThat(stmt.getText(1)).isEqualTo("1.5");
      assertThat(stmt.getLong(2)).isEqualTo(12);
      assertThat(stmt.getText(2)).isEqualTo("12");
      assertThat(stmt.getBytes(3)).isEqualTo(new byte[] {'7'});
    }
  }
}
