package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.crsql.conformance.changeset.ChangesetBuilder;
import io.crsql.conformance.changeset.ChangesetBuilder.Column;
import io.crsql.conformance.changeset.Encoding;
import io.crsql.conformance.changeset.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changesets made to do harm: each field with each wrong value. Refused whole, without a trace. */
class HostileChangesetTest extends ChangesetScenario {
  private static final long MAX = (1L << 53) - 1;
  private static final long LEAP = 1L << 44;
  private static final long[] HUGE = {
    Integer.MAX_VALUE, 1L << 31, 1L << 32, 1L << 53, Long.MAX_VALUE, Long.MIN_VALUE, -1L
  };

  private final Database db =
      open(
          T,
          CRR,
          "CREATE TABLE w(i INTEGER, k TEXT, v, PRIMARY KEY(i, k))",
          "SELECT crsql_as_crr('w')",
          "CREATE TABLE plain(x)",
          "INSERT INTO t VALUES('k', 'kept', 0)");

  /** Every kind of field. */
  private static ChangesetBuilder sound() {
    return new ChangesetBuilder(SITE)
        .last()
        .arrivals(0, 90)
        .site(SITE, 0, 90)
        .site(OTHER, 0, 70)
        .shape("t", 1, B, C)
        .shape("w", 2, new Column(0, 2, "v"), new Column(1, ChangesetBuilder.UNNUMBERED, "later"))
        .shape("u", 1, new Column(0, ChangesetBuilder.EXISTENCE, ""), new Column(1, 3, ""))
        .row(40, "k", "text", new Blob("00FF"))
        .write(1, 1, 3, 50, 3, key(-5, "x"), 1.5, null)
        .write(0, 1, 2, 60, 0, key(7))
        .write(2, 0, 1, 65, 3, key("u"), "numbered");
  }

  private List<String> everything() {
    List<String> all =
        lines(db, "SELECT crsql_fingerprint(), crsql_dbversion(), crsql_version_vector()");
    all.addAll(lines(db, "SELECT * FROM crsql_sites"));
    all.addAll(lines(db, "SELECT * FROM crsql_parked"));
    all.addAll(lines(db, "SELECT * FROM t"));
    return all;
  }

  /** The changeset is refused, in a transaction and outside, and does nothing. */
  private String refused(Blob changeset) {
    List<String> before = everything();
    db.run("BEGIN");
    db.run("INSERT INTO plain VALUES('caller')");
    String error = refusal(db, changeset);
    assertThat(everything()).isEqualTo(before);
    db.run("COMMIT");
    assertThat(refusal(db, changeset)).isEqualTo(error);
    assertThat(everything()).isEqualTo(before);
    assertThat(lines(db, "SELECT count(*) FROM plain")).containsExactly("1");
    db.run("DELETE FROM plain");
    return error;
  }

  private void refused(Blob changeset, String sentence) {
    assertThat(refused(changeset)).isEqualTo("crsql_apply: " + sentence);
  }

  private static String malformed(int byteNumber, String problem) {
    return "the changeset is malformed before byte "
        + byteNumber
        + ": "
        + problem
        + "; whoever made it does not keep to the format";
  }

  /** A field with other bytes is refused once it has been read. */
  private void refused(String field, byte[] bytes, String problem) {
    refused(field, bytes, field, problem);
  }

  /** A field with other bytes is refused once another one has been read. */
  private void refused(String field, byte[] bytes, String at, String problem) {
    Fields wrong = sound().fields().with(field, bytes);
    refused(wrong.blob(), malformed(wrong.endOf(at), problem));
  }

  private static byte[] varint(long value) {
    return Encoding.varint(value);
  }

  @AfterEach
  void databaseIsAsUsableAsBefore() {
    db.run("INSERT INTO t VALUES('own', 1, 1)");
    assertThat(apply(db, sound())).isEqualTo(4L);
    assertThat(lines(db, "SELECT a FROM t ORDER BY a")).containsExactly("k", "own");
    assertSound(db);
  }

  @Test
  void magicAndFormat() {
    String magic = "the blob is no changeset, for it does not begin with CRSQ";
    refused(new Blob(""), magic);
    refused(new Blob("435253"), magic);
    refused(vector(db), magic);
    refused(sound().fields().with("magic", new byte[] {'C', 'R', 'S', 'q'}).blob(), magic);
    for (int format : new int[] {0, 2, 127, 128, 255}) {
      refused(
          sound().fields().with("format", new byte[] {(byte) format}).blob(),
          "the changeset is of format " + format + ", and this crsql knows format 1; update crsql");
    }
  }

  @Test
  void truncatedAtEveryByte() {
    byte[] all = sound().blob().bytes();
    for (int length = 0; length < all.length; length++) {
      refused(
          Blob.of(Arrays.copyOf(all, length)),
          length < 4
              ? "the blob is no changeset, for it does not begin with CRSQ"
              : "the changeset is damaged or cut off, for its check fails; get it again");
    }
  }

  @Test
  void truncatedAtEveryByteWithACheckThatFits() {
    byte[] all = sound().fields().bytes();
    for (int length = 5; length < all.length; length++) {
      assertThat(refused(Encoding.checked(Arrays.copyOf(all, length))))
          .startsWith("crsql_apply: the changeset is malformed before byte ")
          .endsWith("; whoever made it does not keep to the format");
    }
  }

  @Test
  void everyBitFlipped() {
    byte[] all = sound().blob().bytes();
    for (int bit = 0; bit < 8 * all.length; bit++) {
      byte[] flipped = all.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      String error = refusal(db, Blob.of(flipped));
      if (bit >= 8 * 5) {
        assertThat(error)
            .isEqualTo(
                "crsql_apply: the changeset is damaged or cut off, for its check fails;"
                    + " get it again");
      }
    }
  }

  @Test
  void everyBitFlippedWithACheckThatFits() {
    byte[] all = sound().fields().bytes();
    int taken = 0;
    for (int bit = 0; bit < 8 * all.length; bit++) {
      byte[] flipped = all.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      db.run("BEGIN");
      List<String> before = everything();
      try {
        apply(db, Encoding.checked(flipped));
        taken++;
        assertSound(db);
      } catch (SqlError e) {
        assertThat(e.getMessage()).startsWith("crsql_apply: ");
        assertThat(everything()).isEqualTo(before);
      }
      db.run("ROLLBACK");
    }
    assertThat(taken).isGreaterThan(100);
    db.run("INSERT INTO t VALUES('x', 1, 1)");
    db.run("DELETE FROM t WHERE a = 'x'");
  }

  @Test
  void everyVarintTooLongOrBeyondTheBytes() {
    byte[] padded = {(byte) 0x80, 0};
    byte[] endless = new byte[11];
    Arrays.fill(endless, (byte) 0x80);
    byte[] above = new byte[10];
    Arrays.fill(above, (byte) 0x80);
    above[9] = 2;
    for (byte[] wrong : List.of(padded, endless, above)) {
      for (String field : List.of("after", "until", "sites", "from 0", "shapes", "rows")) {
        int start = sound().fields().with(field, new byte[0]).endOf(field);
        int read = wrong == padded ? 2 : 10;
        refused(
            sound().fields().with(field, wrong).blob(),
            malformed(start + read, "a varint is longer than it must be"));
      }
    }
  }

  @Test
  void flags() {
    for (int flags : new int[] {4, 8, 128, 255}) {
      refused("flags", new byte[] {(byte) flags}, "the flags are " + flags);
    }
  }

  @Test
  void arrivals() {
    for (long huge : new long[] {MAX + 1, Long.MAX_VALUE, -1L}) {
      refused("after", varint(huge), "after is more than " + MAX);
      refused("until", varint(huge), "until is more than " + MAX);
    }
    refused("after", varint(91), "until", "until is less than after");
  }

  @Test
  void arrivalBeyondTheClock_isRefused() {
    long limit = LEAP + (long) db.value("SELECT crsql_dbversion()");
    refused(
        sound().arrivals(0, limit + 1).blob(),
        "version "
            + (limit + 1)
            + " of site "
            + SITE
            + " is above "
            + limit
            + ", which is as far ahead of this database's clock as any peer can be; do not sync"
            + " with that site");
  }

  @Test
  void numbersOfThings_areNoMoreThanTheBytes() {
    Fields fields = sound().fields();
    for (long huge : HUGE) {
      for (String[] count :
          new String[][] {
            {"sites", "18", "the number of sites"},
            {"shapes", "4", "the number of shapes"},
            {"rows", "3", "the number of rows"},
            {"table 0", "1", "a text's length"},
            {"name 1.0", "1", "a text's length"}
          }) {
        Fields wrong = fields.with(count[0], varint(huge));
        int left = wrong.bytes().length - wrong.with(count[0], new byte[0]).endOf(count[0]);
        refused(
            wrong.blob(),
            malformed(
                wrong.endOf(count[0]),
                count[2] + " is more than " + left / Integer.parseInt(count[1])));
      }
    }
  }

  @Test
  void oneMoreOrLessThanThereAre() {
    Fields fields = sound().fields();
    for (String count : List.of("sites", "shapes", "rows", "columns 0", "key 1")) {
      for (int by : new int[] {-1, 1}) {
        long there =
            count.startsWith("sites") || count.startsWith("c") || count.equals("key 1") ? 2 : 0;
        there = count.equals("shapes") ? 3 : count.equals("rows") ? 4 : there;
        assertThat(refused(fields.with(count, varint(there + by)).blob()))
            .startsWith("crsql_apply: the changeset is malformed before byte ");
      }
    }
    refused(
        Encoding.checked(Encoding.join(fields.bytes(), new byte[1])),
        malformed(fields.bytes().length, "bytes follow the last field"));
  }

  @Test
  void sites() {
    refused("from 1", varint(MAX + 1), "a site's from is more than " + MAX);
    refused("to 1", varint(MAX + 1), "a site's to is more than " + MAX);
    refused("from 1", varint(71), "to 1", "a site's to is 70 with from 71");
    refused("flags", new byte[] {0}, "to 0", "a site's to is 90 with from 0");
    refused("site 1", SITE.bytes(), "to 1", "a site is there twice");
  }

  @Test
  void versionBeyondTheClock_isRefused() {
    long limit = LEAP + (long) db.value("SELECT crsql_dbversion()");
    String why =
        " is above "
            + limit
            + ", which is as far ahead of this database's clock as any peer can be; do not sync"
            + " with that site";
    for (long version : new long[] {limit + 1, MAX - 1, MAX}) {
      refused(
          sound().fields().with("to 1", varint(version)).blob(),
          "version " + version + " of site " + OTHER + why);
      refused(
          sound().fields().with("row 3 version", Encoding.signed(version - 61)).blob(),
          "version " + version + " of site " + SITE + why);
    }
  }

  @Test
  void keysAndColumnsOfAShape() {
    for (long huge : new long[] {32_767, 1L << 31, -1L}) {
      refused("key 0", varint(huge), "the number of a key's columns is more than 32766");
    }
    refused("key 0", varint(0), "name 0.1", "a table has no key");
    for (long huge : new long[] {64, 1L << 31, -1L}) {
      refused("columns 0", varint(huge), "the number of columns is more than 63");
    }
    for (long huge : new long[] {63, 1L << 31, -1L}) {
      refused("skip 0.1", varint(huge), "an offset is more than 62");
    }
    refused("skip 0.1", varint(62), "name 0.1", "a column has offset 63 and number 2");
    for (long number : new long[] {-3, 32_767, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE}) {
      refused(
          "number 0.1",
          Encoding.signed(number),
          "name 0.1",
          "a column has offset 1 and number " + number);
    }
    refused("number 0.1", Encoding.signed(-2), "name 0.1", "a column of number -2 has a name");
    refused("name 1.1", varint(0), "a column of number -1 has no name");
  }

  @Test
  void namesThatAreNoText() {
    for (String name : List.of("table 0", "name 0.1")) {
      for (byte[] wrong :
          List.of(
              new byte[] {2, 'a', (byte) 0xff},
              new byte[] {2, (byte) 0xc3, '('},
              new byte[] {3, (byte) 0xed, (byte) 0xa0, (byte) 0x80},
              new byte[] {2, 'a', 0})) {
        refused(name, wrong, "a name is not UTF-8");
      }
    }
  }

  @Test
  void shapeAndSiteOfARow() {
    for (long shape : new long[] {3, 1L << 31, (1L << 61) - 1}) {
      refused("row 0 head", varint(shape << 3 | 1), "a row is of a shape that is not in the list");
    }
    refused("row 1 site", varint(2), "a row is of a site that is not in the list");
    for (long site : new long[] {1L << 31, -1L}) {
      refused("row 1 site", varint(site), "a row's site is more than 2147483647");
    }
  }

  @Test
  void cellsOfARow() {
    String problem = "a row has no cells, or more than its shape has columns";
    for (long columns : new long[] {0, 4, 7, 1L << 62, 1L << 63, -1L}) {
      refused("row 0 columns", varint(columns), problem);
    }
  }

  @Test
  void versionOfARow() {
    for (long version : new long[] {-64, MAX + 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
      refused(
          "row 0 version",
          Encoding.signed(version),
          "row 0 columns",
          "a row's version is " + version);
    }
    refused("row 0 version", Encoding.signed(0), "row 0 columns", "a row's version is 0");
    refused("row 0 version", Encoding.signed(MAX), "row 0 columns", "a row's version is " + MAX);
    refused("row 2 version", Encoding.signed(-50), "a row's version is 0");
  }

  @Test
  void lifeOfARow() {
    for (long life : new long[] {0, 62, Long.MAX_VALUE - 1}) {
      refused(
          "row 2 life",
          varint(life),
          "row 2 version",
          "a row's life is " + life + " with version 60");
    }
    for (long life : new long[] {51, 1L << 53 | 1, Long.MAX_VALUE, -1L}) {
      refused(
          "row 1 life",
          varint(life),
          "row 1 columns",
          "a row's life is " + life + " with version 50");
    }
  }

  @Test
  void values() {
    refused("row 0 key 0", varint(0), "a key is NULL");
    refused("row 1 key 1", varint(0), "a key is NULL");
    refused("row 0 cell 0", varint(3), "a value has more bytes than there are");
    for (long length : HUGE) {
      for (long tag : new long[] {length | 8, length | 9}) {
        refused("row 0 cell 0", varint(tag), "a value has more bytes than there are");
      }
    }
    for (long bits : new long[] {0x7ff0000000000001L, -1L, Double.doubleToLongBits(Double.NaN)}) {
      byte[] real = Encoding.value(0.0);
      for (int i = 0; i < 8; i++) {
        real[8 - i] = (byte) (bits >>> 8 * i);
      }
      refused("row 1 cell 0", real, "a real is not a number");
    }
    Fields cut = sound().fields().with("row 3 cell 0", new byte[] {2, 0, 0});
    refused(
        cut.blob(), malformed(cut.endOf("row 3 cell 0") - 2, "it ends in the middle of a field"));
  }

  @Test
  void lastRowThatIsWrong_takesBackAllBeforeIt() {
    ChangesetBuilder many = ofT();
    for (int i = 0; i < 1_000; i++) {
      many.row(1, "row " + i, i, i);
    }
    many.row(-70, "row", 1, 1);
    assertThat(refused(many.blob())).contains("a row's version is -70");
  }

  @Test
  void wideKeyThatIsNotThere_needsNoMemoryOfItsOwn() {
    ChangesetBuilder wide = changeset();
    for (int i = 0; i < 1_000; i++) {
      wide.shape("u" + i, 32_766, B);
    }
    wide.row(1, 1, 1);
    assertThat(refused(wide.blob())).contains("it ends in the middle of a field");
  }

  @Test
  void databaseWithoutReplicatedTables_staysOne() {
    Database empty = open();
    Blob wrong = sound().fields().with("row 3 head", varint(24)).blob();
    empty.run("BEGIN");
    empty.run("CREATE TABLE mine(x)");
    assertThat(refusal(empty, wrong)).contains("a shape that is not in the list");
    empty.run("COMMIT");
    assertThat(refusal(empty, wrong)).contains("a shape that is not in the list");
    assertThat(lines(empty, "SELECT name FROM sqlite_schema")).containsExactly("mine");
    assertThat(apply(empty, sound())).isEqualTo(4L);
    assertThat(empty.value("SELECT count(*) FROM crsql_parked")).isEqualTo(7L);
  }

  @Test
  void textInTheSameNames_isNeverExecuted() {
    List<String> names =
        new ArrayList<>(List.of("", "x'; DROP TABLE t; --", "\"t\"", "sqlite_schema", "plain"));
    names.add("x".repeat(100_000));
    db.run("BEGIN");
    long arrival = 90;
    for (String name : names) {
      String column = name.isEmpty() ? "c" : name;
      ChangesetBuilder changeset =
          new ChangesetBuilder(SITE)
              .arrivals(0, ++arrival)
              .shape(name, 1, new Column(0, 1, column))
              .shape("t", 1, new Column(0, 1, column))
              .site(SITE, 0, 0)
              .row(1, 1, name)
              .write(1, 0, 1, 2, 1, key(2), name);
      assertThat(apply(db, changeset)).isEqualTo(2L);
    }
    assertThat(lines(db, "SELECT * FROM plain")).isEmpty();
    assertThat(db.value("SELECT count(*) FROM t")).isEqualTo(2L);
    assertSound(db);
    db.run("ROLLBACK");
  }
}
