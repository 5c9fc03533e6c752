package io.crsql.sync.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crsql.sync.Access;
import io.crsql.sync.jdbc.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDropTest {
  private static final DropOptions SMALL = DropOptions.DEFAULT.withSizes(2_000, 1 << 20);

  @TempDir Path dir;

  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(dir.resolve("drop"));
  }

  private Database todo(String name) throws SQLException {
    return Database.todo(dir.resolve(name));
  }

  private FileDrop drop(Database database, DropOptions options) throws SQLException {
    return FileDrop.open(database.file(), folder, options);
  }

  private DropResult exchange(Database database) throws SQLException, IOException {
    try (FileDrop drop = drop(database, SMALL)) {
      return drop.exchange();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void twoDatabases_convergeThroughTheFolder() throws Exception {
    try (Database a = todo("a.db");
        Database b = todo("b.db")) {
      a.insert(1, 5);
      b.insert(6, 8);
      assertThat(exchange(a)).isEqualTo(new DropResult(0, 0, 1, 0, 0, List.of()));
      DropResult second = exchange(b);
      assertThat(second.rows()).isEqualTo(5);
      assertThat(second.sent()).isEqualTo(1);
      assertThat(exchange(a).rows()).isEqualTo(3);
      assertThat(a.fingerprint()).isEqualTo(b.fingerprint());
      assertThat(files())
          .extracting(file -> file.getFileName().toString())
          .satisfiesExactly(
              name ->
                  assertThat(name)
                      .startsWith(
                          "0000000000000001-" + a.text("SELECT lower(hex(crsql_site_id()))"))
                      .endsWith(".crsq"),
              name -> assertThat(name).startsWith("0000000000000002-"));
    }
  }

  @Test
  void nothingNew_writesNothing() throws Exception {
    try (Database a = todo("a.db");
        Database b = todo("b.db");
        FileDrop dropA = drop(a, SMALL)) {
      a.insert(1, 500);
      dropA.exchange();
      exchange(b);
      List<Path> before = files();
      for (int i = 0; i < 3; i++) {
        assertThat(dropA.exchange().moved()).isFalse();
        assertThat(exchange(b).moved()).isFalse();
        assertThat(exchange(a).moved()).isFalse();
      }
      assertThat(files()).isEqualTo(before).hasSizeGreaterThan(10);
    }
  }

  @Test
  void databaseWithoutTables_receivesAndPassesOn() throws Exception {
    try (Database a = todo("a.db");
        Database none = new Database(dir.resolve("none.db"))) {
      assertThat(exchange(none).moved()).isFalse();
      a.insert(1, 5);
      exchange(a);
      exchange(none);
      none.run("CREATE TABLE todo(id PRIMARY KEY, title, done)");
      none.run("SELECT crsql_as_crr('todo')");
      exchange(none);
      assertThat(none.count()).isEqualTo(5);
    }
  }

  @Test
  void damagedFile_isLeftUntilItIsWhole() throws Exception {
    try (Database a = todo("a.db");
        Database b = todo("b.db")) {
      a.insert(1, 500);
      exchange(a);
      Path file = files().get(3);
      byte[] whole = Files.readAllBytes(file);
      byte[] half = Arrays.copyOf(whole, whole.length / 2);
      byte[] flipped = whole.clone();
      flipped[whole.length / 2] ^= 1;
      try (FileDrop drop = drop(b, SMALL)) {
        for (byte[] bytes : List.of(half, flipped, new byte[0])) {
          Files.write(file, bytes);
          DropResult result = drop.exchange();
          assertThat(result.problems())
              .extracting(DropResult.Problem::file)
              .containsExactly(file.getFileName().toString());
          assertThat(result.waiting()).isPositive();
          assertThat(result.isUpToDate()).isFalse();
          assertThat(b.count()).isLessThan(500);
        }
        Files.write(file, whole);
        assertThat(drop.exchange().isUpToDate()).isTrue();
      }
      assertThat(b.fingerprint()).isEqualTo(a.fingerprint());
    }
  }

  @Test
  void whatIsNoSegment_isLeftAlone() throws Exception {
    try (Database a = todo("a.db");
        Database b = todo("b.db")) {
      a.insert(1, 1);
      exchange(a);
      Path segment = files().get(0);
      String name = segment.getFileName().toString();
      Path elsewhere = Files.move(segment, dir.resolve("elsewhere"));
      Files.createSymbolicLink(segment, elsewhere);
      Files.write(folder.resolve("notes.txt"), new byte[] {1});
      Files.write(folder.resolve("." + name + ".tmp"), new byte[] {1});
      Files.write(folder.resolve(name.toUpperCase(Locale.ROOT)), new byte[] {1});
      Files.write(folder.resolve(name.replace(".crsq", " (1).crsq")), new byte[] {1});
      Files.createDirectory(folder.resolve(name.replaceFirst("^.", "1")));
      DropResult result = exchange(b);
      assertThat(result.problems())
          .extracting(DropResult.Problem::message)
          .containsOnly("is not a plain file, and links are not followed")
          .hasSize(2);
      assertThat(b.count()).isZero();
      Files.write(segment.resolveSibling(name.replaceFirst("^.", "2")), new byte[2 << 20]);
      assertThat(exchange(b).problems())
          .extracting(DropResult.Problem::message)
          .contains("has 2097152 bytes, of at most 1048576 here");
      Files.delete(segment);
      Files.move(elsewhere, segment);
      exchange(b);
      assertThat(b.count()).isEqualTo(1);
    }
  }

  @Test
  void access_isKept() throws Exception {
    try (Database a = todo("a.db");
        Database b = todo("b.db")) {
      a.insert(1, 1);
      b.insert(2, 2);
      try (FileDrop send = drop(a, SMALL.withAccess(Access.WRITE));
          FileDrop receive = drop(b, SMALL.withAccess(Access.READ))) {
        assertThat(send.exchange().sent()).isEqualTo(1);
        assertThat(receive.exchange().sent()).isZero();
        assertThat(send.exchange().moved()).isFalse();
        assertThatThrownBy(receive::compact).isInstanceOf(IllegalStateException.class);
      }
      assertThat(a.count()).isEqualTo(1);
      assertThat(b.count()).isEqualTo(2);
    }
  }

  @Test
  void compact_leavesOneStream_fromWhichOthersGoOn() throws Exception {
    try (Database a = todo("a.db");
        Database b = todo("b.db");
        Database late = todo("late.db")) {
      for (int i = 0; i < 20; i++) {
        a.insert(10 * i, 10 * i + 4);
        exchange(a);
        b.run("UPDATE todo SET done = " + i);
        b.insert(10 * i + 5, 10 * i + 9);
        exchange(b);
      }
      exchange(a);
      int before = files().size();
      try (FileDrop drop = drop(a, DropOptions.DEFAULT)) {
        DropResult result = drop.compact();
        assertThat(result.deleted()).isEqualTo(before);
        assertThat(files()).hasSize(1);
        assertThat(drop.exchange().moved()).isFalse();
      }
      b.insert(1001, 1003);
      assertThat(exchange(b).sent()).isEqualTo(1);
      assertThat(files()).hasSize(2);
      exchange(late);
      exchange(a);
      assertThat(late.fingerprint()).isEqualTo(a.fingerprint()).isEqualTo(b.fingerprint());
    }
  }

  @Test
  void compact_keepsWhatItCouldNotApply() throws Exception {
    try (Database a = todo("a.db");
        Database b = todo("b.db")) {
      a.insert(1, 500);
      exchange(a);
      List<Path> all = files();
      Path missing = all.get(2);
      byte[] bytes = Files.readAllBytes(missing);
      Files.delete(missing);
      b.insert(501, 501);
      try (FileDrop drop = drop(b, SMALL)) {
        drop.compact();
      }
      assertThat(files()).containsAll(all.subList(3, all.size()));
      Files.write(missing, bytes);
      exchange(b);
      assertThat(b.count()).isEqualTo(501);
    }
  }

  @Test
  void compact_ofADatabaseThatHasDroppedATable_deletesNothing() throws Exception {
    try (Database a = todo("a.db");
        Database b = todo("b.db")) {
      a.insert(1, 5);
      exchange(a);
      exchange(b);
      b.run("DROP TABLE todo");
      b.run("CREATE TABLE other(id PRIMARY KEY)");
      b.run("SELECT crsql_as_crr('other')");
      List<Path> before = files();
      try (FileDrop drop = drop(b, SMALL)) {
        assertThat(drop.compact().deleted()).isZero();
      }
      assertThat(files()).containsAll(before);
    }
  }

  @Test
  void streamThatWasCut_isEnded() throws Exception {
    try (Database a = todo("a.db");
        Database b = todo("b.db")) {
      a.insert(1, 500);
      exchange(a);
      Path last = files().get(files().size() - 1);
      Files.delete(last);
      assertThat(exchange(a).sent()).isEqualTo(1);
      exchange(b);
      assertThat(b.fingerprint()).isEqualTo(a.fingerprint());
      assertThat(exchange(b).moved()).isFalse();
    }
  }

  @Test
  void aChangeLargerThanAFile_isRefused() throws Exception {
    try (Database a = todo("a.db")) {
      a.run("INSERT INTO todo VALUES(1, randomblob(2000000), 0)");
      assertThatThrownBy(() -> exchange(a))
          .isInstanceOf(IOException.class)
          .hasMessageMatching("a change has 20\\d+ bytes, and files have at most 1048576; .*");
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void folderThatIsNotThere_isSaid() throws Exception {
    try (Database a = todo("a.db");
        FileDrop drop = FileDrop.open(a.file(), dir.resolve("none"), SMALL)) {
      assertThatThrownBy(drop::exchange)
          .hasMessage(dir.resolve("none") + ": no such folder; make it, or mount what it is on");
    }
  }

  @Test
  void watch_exchangesWhatIsNew() throws Exception {
    LinkedBlockingQueue<DropResult> results = new LinkedBlockingQueue<>();
    try (Database a = todo("a.db");
        Database b = todo("b.db");
        FileDrop drop = drop(b, SMALL)) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  drop.watch(results::add);
                } catch (InterruptedException e) {
                  results.add(new DropResult(-1, 0, 0, 0, 0, List.of()));
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      thread.start();
      assertThat(results.poll(60, TimeUnit.SECONDS).moved()).isFalse();
      a.insert(1, 1);
      exchange(a);
      assertThat(results.poll(60, TimeUnit.SECONDS).rows()).isEqualTo(1);
      b.insert(2, 2);
      DropResult own = results.poll(60, TimeUnit.SECONDS);
      while (own.sent() == 0) {
        own = results.poll(60, TimeUnit.SECONDS);
      }
      thread.interrupt();
      thread.join();
      assertThat(results).last().extracting(DropResult::received).isEqualTo(-1);
    }
  }
}
