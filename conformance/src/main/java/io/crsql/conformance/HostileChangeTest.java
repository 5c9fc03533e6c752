package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Text, keys, tables and columns made to do harm: parsed and never executed. */
class HostileChangeTest extends HostileScenario {
  private static final String MILLION = "x".repeat(1_000_000);

  @Test
  void sql_isParsedAsALiteralAndNeverExecuted() {
    String[] hostile = {
      "",
      " ",
      "b",
      "\"b\"",
      "?1",
      "TRUE",
      "CURRENT_TIMESTAMP",
      "abs(-5)",
      "load_extension('x')",
      "(SELECT b FROM t)",
      "1; DROP TABLE t",
      "'x'); DROP TABLE t; --",
      "'a' || 'b'",
      "'a' 'b'",
      "'open",
      "'open''",
      "(1)",
      "1 ",
      " 1",
      "+-1",
      "--1",
      "1.0.0",
      "1e",
      "1e+",
      ".",
      "0x10",
      "0x2.0000000000000p0",
      "0x1.0000000000000p1024",
      "0x0.0000000000001p-1",
      "NaN",
      "Infinity",
      "-inf",
      "X'0'",
      "X'0G'",
      "X'00",
      "NULL NULL",
      "CAST('1' AS INTEGER)",
      "CAST(X'61' AS BLOB)",
      "CAST(X'61' AS TEXT",
      "1|2",
      "[1]",
    };
    for (String sql : hostile) {
      String what = " must be a literal, text in quotes; it is ";
      refused("table \"t\", row 1: val" + what + sql, "t", 1, 1, sql, 9, SITE);
      refused("table \"t\": pk" + what + sql, "t", sql, 1, 1, 9, SITE);
    }
    db.run(MERGE, "t", "'x''); DROP TABLE t; --'", 1, "'''; DROP TABLE t; --'", 9, SITE);
    assertThat(lines(db, "SELECT * FROM t WHERE a <> 1"))
        .containsExactly("x'); DROP TABLE t; -- '; DROP TABLE t; --");
  }

  @Test
  void depthAndLength_areNoProblem() {
    String what = " must be a literal, text in quotes; it is ";
    String deep = "(".repeat(100_000) + "1" + ")".repeat(100_000);
    refused(
        "table \"t\", row 1: val" + what + deep.substring(0, 100) + "...",
        "t",
        1,
        1,
        deep,
        9,
        SITE);
    String open = "'" + MILLION;
    refused("table \"t\": pk" + what + open.substring(0, 100) + "...", "t", open, 1, 1, 9, SITE);
    String many = "1" + "|1".repeat(500_000);
    refused(
        "table \"c\": pk must be 2 literals joined by |; it is " + many.substring(0, 100) + "...",
        "c",
        many,
        -2,
        1,
        9,
        SITE);
    String digits = "9".repeat(1_000_000);
    db.run(MERGE, "t", "'" + MILLION + "'", 1, digits + "." + digits, 9, SITE);
    db.run(MERGE, "t", 2, 1, "0." + digits + "e" + digits, 10, SITE);
    db.run(MERGE, "t", 3, 1, "0.0e-" + digits, 11, SITE);
    db.run(MERGE, "t", 4, 1, "X'" + "00".repeat(1_000_000) + "'", 12, SITE);
    assertThat(lines(db, "SELECT length(a), typeof(b), length(b) FROM t WHERE a <> 1 ORDER BY a"))
        .containsExactly("1 real 3", "1 real 3", "1 blob 1000000", "1000000 real 3");
  }

  @Test
  void messages_holdNoControlCharacters() {
    refused(
        "table \"t\", row 'a␀␊␛[2J␡�b': the causal length 2 must be odd and not above the version 9",
        "t",
        "'a\0\n\33[2J\177\u0085b'",
        "1@2",
        1,
        9,
        SITE);
    String astral = "'" + "x".repeat(98) + "\ud83d\ude00'";
    refused(
        "table \"t\", row '"
            + "x".repeat(98)
            + "...: cid must be a column's number or name, -1 or -2",
        "t",
        astral,
        null,
        1,
        9,
        SITE);
  }

  @Test
  void keyParts_mustBeAsManyAsTheKeyHas() {
    for (String pk : new String[] {"", "|", "1", "1|", "|1", "1||2", "1|2|", "1|2|3", "'1|2'"}) {
      refused(
          "table \"c\": pk must be 2 literals joined by |; it is " + pk, "c", pk, -2, 1, 9, SITE);
    }
    refused("table \"c\": pk must not be NULL", "c", "1|NULL", -2, 1, 9, SITE);
    refused("table \"c\": pk must not be NULL", "c", "null|1", -1, 2, 9, SITE);
  }

  @Test
  void keyThatTheTableCannotHold_isRefusedAlsoInADeletion() {
    Object[] unfit = {
      "'x'",
      "''",
      "' '",
      "'1x'",
      "'0x10'",
      1.5,
      "-9223372036854775808.0",
      "9223372036854775808",
      "9e999",
      new Blob("31"),
      "X'31'"
    };
    for (Object pk : unfit) {
      String reason = ": pk must give the column \"id\" a value of its type INTEGER";
      refused("table \"n\", row " + text(pk) + reason, "n", pk, 1, 1, 9, SITE);
      refused("table \"n\", row " + text(pk) + reason, "n", pk, -1, 2, 9, SITE);
    }
    String[][] parts = {
      {"i", "INTEGER", "1.5", "'x'", "X'31'", "9e999", "'1.5'"},
      {"r", "REAL", "'x'", "X'31'", "'1.5x'"},
      {"x", "TEXT", "X'31'"},
      {"b", "BLOB", "1", "1.5", "'1'"},
    };
    for (int column = 0; column < parts.length; column++) {
      for (int i = 2; i < parts[column].length; i++) {
        String[] key = {"1", "1.5", "'1'", "X'31'", "X'31'"};
        key[column] = parts[column][i];
        String pk = String.join("|", key);
        refused(
            "table \"st\", row "
                + pk
                + ": pk must give the column \""
                + parts[column][0]
                + "\" a value of its type "
                + parts[column][1],
            "st",
            pk,
            -1,
            2,
            9,
            SITE);
      }
    }
  }

  private static String text(Object pk) {
    return pk instanceof Blob blob ? new String(blob.bytes()) : pk.toString();
  }

  @Test
  void keyThatTheTableConverts_isTheRowThatItConvertsTo() {
    long version = 10;
    for (Object pk : new Object[] {"'7'", "' 7 '", "'7.0'", "'70e-1'", 7.0, "7.0", 7}) {
      db.run(MERGE, "n", pk, 1, version, version++, SITE);
    }
    assertThat(lines(db, "SELECT * FROM n")).containsExactly("7 16");
    db.run(MERGE, "st", "'1'|'1'|1|X'31'|1", -2, 1, 20, SITE);
    db.run(MERGE, "st", "1.0|1|'1'|X'31'|1", -2, 1, 21, SITE);
    assertThat(lines(db, "SELECT pk, version FROM crsql_changes WHERE \"table\" = 'st'"))
        .containsExactly("1|1.0|'1'|X'31'|1 21");
    db.run(MERGE, "n", "'7'", -1, 2, 30, SITE);
    assertThat(lines(db, "SELECT * FROM n")).isEmpty();
  }

  @Test
  void tablesThatAreNotReplicated_areNotTouched() {
    String[] tables = {
      "plain",
      "seen",
      "words",
      "crsql_changes",
      "crsql_meta",
      "crsql_sites",
      "crsql_tables",
      "crsql_columns",
      "crsql_transaction",
      "t__crsql_log",
      "t__crsql_rows",
      "sqlite_schema",
      "sqlite_master",
      "sqlite_sequence",
      "sqlite_temp_schema",
      "pragma_user_version",
      "main.t",
      "\"t\"",
      "[t]",
      "t ",
      "t; DROP TABLE t",
      "t\"; DROP TABLE t; --",
      "t\0",
      "\u0442",
      "",
      "%",
      MILLION
    };
    List<String> before = own();
    for (String table : tables) {
      offer(table, 1, 1, 2, 9, SITE);
      offer(table, 1, "q", 2, 9, SITE);
      offer(table, 1, "value", 2, 9, SITE);
      offer(table, 1, -1, 2, 9, SITE);
      offer(table, "1|1", -2, 1, 9, SITE);
    }
    assertThat(own()).isEqualTo(before);
  }

  private List<String> own() {
    List<String> own = lines(db, "SELECT name, sql FROM sqlite_schema ORDER BY name");
    for (String table : List.of("t", "n", "plain", "words", "t__crsql_log", "t__crsql_rows")) {
      own.addAll(lines(db, "SELECT '" + table + "', * FROM " + table));
    }
    own.addAll(lines(db, "SELECT * FROM crsql_columns ORDER BY tbl, slot"));
    own.addAll(lines(db, "SELECT id, name, slots FROM crsql_tables ORDER BY id"));
    own.addAll(lines(db, "SELECT * FROM crsql_meta WHERE key = 'format'"));
    own.addAll(lines(db, "SELECT * FROM crsql_sites WHERE id = 0"));
    return own;
  }

  @Test
  void keysThatATableCannotHoldOnceItIsThere_stayParkedAndAreNotPassedOn() {
    String what = "table \"later\": pk must be literals joined by |; it is ";
    for (String pk : new String[] {"", "1|", "x", "1;", "'a", "|1"}) {
      refused(what + pk, "later", pk, 1, 1, 9, SITE);
    }
    refused("table \"later\": pk must not be NULL", "later", "1|NULL", 1, 1, 9, SITE);
    db.run(MERGE, "later", "'x'", 1, 1, 10, SITE);
    db.run(MERGE, "later", "'y'", -1, 2, 11, SITE);
    db.run(MERGE, "later", "1|2", 1, 1, 12, SITE);
    db.run(MERGE, "later", 1.5, 1, 1, 13, SITE);
    db.run(MERGE, "later", 3, 1, "'fine'", 14, SITE);
    String[] upgrade = {
      "CREATE TABLE later(id INTEGER PRIMARY KEY, v)", "SELECT crsql_as_crr('later')"
    };
    Database peer = open(SCHEMA);
    for (String statement : upgrade) {
      db.run(statement);
      peer.run(statement);
    }
    assertThat(lines(db, "SELECT * FROM later")).containsExactly("3 fine");
    assertThat(lines(db, "SELECT pk FROM crsql_parked ORDER BY version"))
        .containsExactly("'x'", "'y'", "1|2", "1.5");
    pull(peer, db);
    assertThat(lines(peer, "SELECT * FROM later")).containsExactly("3 fine");
  }

  @Test
  void columnsThatAreNotThere_areNotTouched() {
    List<String> before = own();
    Object[] cids = {
      0,
      2,
      Long.MAX_VALUE,
      "a",
      "rowid",
      "_rowid_",
      "z",
      "0",
      "2",
      "-3",
      "+1",
      "01",
      "1.0",
      "@",
      "@1",
      "1@",
      "1@@1",
      "b@-1",
      "b@+1",
      "b@1.0",
      "b@9999999999999999999",
      "\"b\" = 1; --",
      "\"\"",
      "\"b",
      "b\0",
      "b; DROP TABLE t",
      MILLION,
      "b@" + "9".repeat(100_000)
    };
    for (Object cid : cids) {
      if (!"01".equals(cid)) {
        offer("t", 7, cid, 1, 9, SITE);
      }
    }
    List<String> after = own();
    after.removeIf(line -> line.startsWith("t 7"));
    after.removeIf(line -> line.startsWith("t__crsql_"));
    before.removeIf(line -> line.startsWith("t__crsql_"));
    assertThat(after).isEqualTo(before);
    assertThat(lines(db, "SELECT b FROM t WHERE a = 7 AND b IS NOT NULL")).isEmpty();
  }
}
