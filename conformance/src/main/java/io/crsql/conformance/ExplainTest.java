package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** crsql_explain: what a cell is, who wrote it and what it won against. */
class ExplainTest extends Scenario {
  private static final String T = "CREATE TABLE t(a PRIMARY KEY, b, c DEFAULT 7)";
  private static final String CRR = "SELECT crsql_as_crr('t')";
  private static final Blob LOW = new Blob("00".repeat(16));
  private static final Blob HIGH = new Blob("FF".repeat(16));

  private static String explain(Database db, String arguments) {
    return ((String) db.value("SELECT crsql_explain(" + arguments + ")"))
        .replace((String) db.value("SELECT hex(crsql_siteid())"), "OWN")
        .replace(LOW.hex(), "LOW")
        .replace(HIGH.hex(), "HIGH");
  }

  private static String beat(Database db, String column) {
    return (String)
        db.value(
            "SELECT json_extract(crsql_explain('t', 1, ?1), '$.beat.version') || ' ' ||"
                + " json_extract(crsql_explain('t', 1, ?1), '$.beat.site')",
            column);
  }

  @Test
  void cellWrittenHere_isToldWithItsStamp() {
    Database db = open(T, CRR, "INSERT INTO t VALUES('x', 10, X'00')");
    String expected =
        "{\"table\":\"t\",\"row\":\"'x'\",\"column\":\"c\",\"value\":\"X'00'\",\"life\":1,"
            + "\"state\":\"alive\",\"version\":2,\"site\":\"OWN\",\"own\":true,\"arrival\":1,"
            + "\"beat\":null}";
    assertThat(explain(db, "'T', 'x', 'C'")).isEqualTo(expected);
    db.run("SELECT crsql_optimize()");
    assertThat(explain(db, "'t', 'x', 'c'")).isEqualTo(expected);
  }

  @Test
  void mergedCell_isToldWithItsSiteAndArrival() {
    Database db = open(T, CRR);
    db.run(MERGE, "t", 1, 1, 1.5, 20, HIGH);
    assertThat(explain(db, "'t', 1, 'b'"))
        .isEqualTo(
            "{\"table\":\"t\",\"row\":1,\"column\":\"b\",\"value\":1.5,\"life\":1,"
                + "\"state\":\"alive\",\"version\":20,\"site\":\"HIGH\",\"own\":false,"
                + "\"arrival\":21,\"beat\":null}");
  }

  @Test
  void cellThatNobodyWrote_hasItsDefaultAndNoStamp() {
    Database db = open(T, CRR);
    db.run(MERGE, "t", 1, 1, 5, 20, HIGH);
    assertThat(explain(db, "'t', 1, 'c'"))
        .isEqualTo(
            "{\"table\":\"t\",\"row\":1,\"column\":\"c\",\"value\":7,\"life\":1,"
                + "\"state\":\"alive\",\"version\":null,\"site\":null,\"own\":null,"
                + "\"arrival\":null,\"beat\":null}");
  }

  @Test
  void deletedRow_tellsWhoDeletedIt() {
    Database db = open(T, CRR);
    db.run(MERGE, "t", 1, 1, 5, 20, LOW);
    db.run(MERGE, "t", 1, -1, 2, 30, HIGH);
    assertThat(explain(db, "'t', 1, 'b'"))
        .isEqualTo(
            "{\"table\":\"t\",\"row\":1,\"column\":\"b\",\"value\":null,\"life\":2,"
                + "\"state\":\"deleted\",\"version\":30,\"site\":\"HIGH\",\"own\":false,"
                + "\"arrival\":31,\"beat\":null}");
    db.run("INSERT INTO t VALUES(1, 6, 6)");
    db.run("DELETE FROM t");
    assertThat(explain(db, "'t', 1, 'b'"))
        .contains("\"life\":4,\"state\":\"deleted\",\"version\":34,\"site\":\"OWN\",\"own\":true");
  }

  @Test
  void rowWrittenAgain_isOfItsNextLife() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)", "DELETE FROM t");
    db.run("INSERT INTO t VALUES(1, 2, 2)");
    db.run("UPDATE t SET c = 3");
    assertThat(explain(db, "'t', 1, 'b'"))
        .contains("\"value\":2,\"life\":3,\"state\":\"alive\",\"version\":4,");
    assertThat(explain(db, "'t', 1, 'c'")).contains("\"value\":3,\"life\":3,", "\"version\":7,");
  }

  @Test
  void heldRow_saysSo() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b NOT NULL, c)", CRR);
    db.run(MERGE, "t", 1, 2, "'kept'", 20, HIGH);
    assertThat(explain(db, "'t', 1, 'c'"))
        .contains("\"value\":\"'kept'\",\"life\":1,\"state\":\"held aside\",\"version\":20,");
    assertThat(explain(db, "'t', 1, 'b'")).contains("\"value\":null", "\"version\":null");
  }

  @Test
  void rowDeletedPastTheCapture_isMissing() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)", "DROP TRIGGER t__crsql_delete");
    db.run("DELETE FROM t");
    assertThat(explain(db, "'t', 1, 'b'"))
        .contains("\"value\":null,\"life\":1,\"state\":\"missing\"");
  }

  @Test
  void compositeAndKeyOnlyRows_areNamedByTheirWholeKey() {
    Database db = open("CREATE TABLE t(a COLLATE NOCASE, b, PRIMARY KEY(a, b))", CRR);
    db.run("INSERT INTO t VALUES('X', 1.0)");
    assertThat(explain(db, "'t', 'x', 1, NULL"))
        .isEqualTo(
            "{\"table\":\"t\",\"row\":\"'X'|1.0\",\"column\":null,\"value\":null,\"life\":1,"
                + "\"state\":\"alive\",\"version\":1,\"site\":\"OWN\",\"own\":true,\"arrival\":1,"
                + "\"beat\":null}");
  }

  @Test
  void infinities_areText() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 9e999, -9e999)");
    assertThat(explain(db, "'t', 1, 'b'")).contains("\"value\":\"9e999\"");
    assertThat(explain(db, "'t', 1, 'c'")).contains("\"value\":\"-9e999\"");
  }

  @Test
  void beat_isTheGreatestThatLostAgainstThePresentWrite() {
    Database db = open(T, CRR);
    db.run(MERGE, "t", 1, 1, 10, 20, LOW);
    assertThat(beat(db, "b")).isNull();
    db.run(MERGE, "t", 1, 1, 11, 20, HIGH);
    assertThat(beat(db, "b")).isEqualTo("20 " + LOW.hex());
    db.run(MERGE, "t", 1, 1, 12, 5, new Blob("33".repeat(16)));
    assertThat(beat(db, "b")).isEqualTo("20 " + LOW.hex());
    db.run(MERGE, "t", 1, 1, 13, 20, new Blob("44".repeat(16)));
    assertThat(beat(db, "b")).isEqualTo("20 " + "44".repeat(16));
    db.run(MERGE, "t", 1, 1, 14, 21, HIGH);
    assertThat(beat(db, "b")).isNull();
    db.run(MERGE, "t", 1, 1, 15, 7, LOW);
    assertThat(beat(db, "b")).isEqualTo("7 " + LOW.hex());
    db.run(MERGE, "t", 1, 1, 11, 20, HIGH);
    assertThat(beat(db, "b")).isEqualTo("7 " + LOW.hex());
    db.run("UPDATE t SET b = 16");
    assertThat(beat(db, "b")).isNull();
    db.run(MERGE, "t", 1, 1, 15, 7, LOW);
    assertThat(beat(db, "b")).isEqualTo("7 " + LOW.hex());
    db.run("DELETE FROM t");
    db.run("INSERT INTO t VALUES(1, 1, 1)");
    assertThat(beat(db, "b")).isNull();
    assertThat(db.value("SELECT crsql_verify()")).isEqualTo("ok");
  }

  @Test
  void beat_isKeptForEachCellOfAMergedWrite() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 10, 20)");
    db.run("BEGIN");
    db.run(MERGE, "t", 1, 1, 11, 50, HIGH);
    db.run(MERGE, "t", 1, 2, 21, 51, HIGH);
    db.run("COMMIT");
    assertThat(lines(db, "SELECT count(*) FROM t__crsql_log")).containsExactly("1");
    Object own = db.value("SELECT hex(crsql_siteid())");
    assertThat(beat(db, "b")).isEqualTo("1 " + own);
    assertThat(beat(db, "c")).isEqualTo("2 " + own);
    db.run("UPDATE t SET b = 0");
    db.run("SELECT crsql_optimize()");
    assertThat(beat(db, "b")).isNull();
    assertThat(beat(db, "c")).isEqualTo("2 " + own);
    assertThat(db.value("SELECT crsql_verify()")).isEqualTo("ok");
  }

  @Test
  void beat_isNeitherSentNorPartOfTheFingerprint() {
    Database a = open(T, CRR);
    Database b = open(T, CRR);
    a.run(MERGE, "t", 1, 1, 10, 20, LOW);
    a.run(MERGE, "t", 1, 1, 11, 21, HIGH);
    b.run(MERGE, "t", 1, 1, 11, 21, HIGH);
    assertThat(beat(a, "b")).isEqualTo("20 " + LOW.hex());
    assertThat(beat(b, "b")).isNull();
    assertThat(a.value("SELECT crsql_fingerprint()"))
        .isEqualTo(b.value("SELECT crsql_fingerprint()"));
    assertThat(state(a)).isEqualTo(state(b));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'t', 2, 'b' | \"t\" has never had the row 2; name another",
        "'t', NULL, 'b' | \"t\" has never had the row NULL; name another",
        "'u', 1, 'b' | \"u\" is not a replicated table; name one",
        "'t', 1 | it takes a table's name, the values of a row's key, and a column's name",
        "1, 1, 'b' | it takes a table's name, the values of a row's key, and a column's name",
        "'t', 1, 2, 'b' | the key of \"t\" has 1 column(s); give a value for each, and then the"
            + " name of another column",
        "'t', 1, 'd' | \"t\" has no replicated column 'd' besides its key; name one",
        "'t', 1, 'a' | \"t\" has no replicated column 'a' besides its key; name one",
        "'t', 1, NULL | \"t\" has no replicated column NULL besides its key; name one"
      })
  void cellThatIsNone_isAnError(String arguments, String message) {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
    assertThat(error(db, "SELECT crsql_explain(" + arguments + ")"))
        .isEqualTo("crsql_explain: " + message);
  }
}
