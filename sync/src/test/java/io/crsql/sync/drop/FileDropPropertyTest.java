package io.crsql.sync.drop;

import static org.assertj.core.api.Assertions.assertThat;

import io.crsql.sync.jdbc.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several databases, each with its own copy of the folder, between which files and deletions are
 * carried one by one, in any order, and cut at times. When all has been carried, all are equal.
 */
class FileDropPropertyTest {
  private static final int STEPS = 120;

  @TempDir Path dir;

  static Stream<Long> seeds() {
    long first = Long.getLong("crsql.seed", 1);
    return Stream.iterate(first, seed -> seed + 1).limit(Integer.getInteger("crsql.sequences", 25));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void allConverge(long seed) throws Exception {
    Random random = new Random(seed);
    List<Device> devices = new ArrayList<>();
    for (int i = 0; i < 2 + random.nextInt(3); i++) {
      devices.add(new Device(i, random));
    }
    try {
      for (int i = 0; i < STEPS; i++) {
        Device device = devices.get(random.nextInt(devices.size()));
        device.act(devices.get(random.nextInt(devices.size())));
      }
      assertConverge(devices);
    } finally {
      for (Device device : devices) {
        device.database.close();
      }
    }
  }

  /** Carries everything until nothing moves; then a newcomer must find all in the folder. */
  private void assertConverge(List<Device> devices) throws Exception {
    boolean moved = true;
    for (int round = 0; moved; round++) {
      assertThat(round).as("rounds").isLessThan(20);
      moved = false;
      for (Device from : devices) {
        for (Device to : devices) {
          to.carryAll(from);
        }
      }
      for (Device device : devices) {
        device.deleteCut();
        device.reopen();
        DropResult result = device.drop.exchange();
        assertThat(result.isUpToDate()).as("%s", result).isTrue();
        moved |= result.moved();
      }
    }
    Device newcomer = new Device(devices.size(), new Random(0));
    devices.add(newcomer);
    newcomer.carryAll(devices.get(0));
    assertThat(newcomer.drop.exchange().isUpToDate()).isTrue();
    String fingerprint = devices.get(0).database.fingerprint();
    for (Device device : devices) {
      assertThat(device.database.fingerprint()).isEqualTo(fingerprint);
      assertThat(device.database.text("SELECT crsql_verify()")).isEqualTo("ok");
    }
  }

  /** A database with its copy of the folder. */
  private final class Device {
    private final Random random;
    private final Path folder;
    private final Database database;
    private FileDrop drop;

    Device(int number, Random random) throws Exception {
      this.random = random;
      folder = Files.createDirectory(dir.resolve("folder" + number));
      database = Database.todo(dir.resolve(number + ".db"));
      reopen();
    }

    void reopen() throws Exception {
      if (drop != null) {
        drop.close();
      }
      drop =
          FileDrop.open(
              database.file(),
              folder,
              DropOptions.DEFAULT.withSizes(1 + random.nextInt(3_000), 1 << 20));
    }

    void act(Device other) throws Exception {
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> write();
        case 3, 4, 5 -> drop.exchange();
        case 6, 7, 8 -> carrySome(other);
        case 9 -> compactAtTimes();
        case 10 -> reopen();
        default -> loseATail();
      }
    }

    private void write() throws Exception {
      int at = random.nextInt(60);
      switch (random.nextInt(4)) {
        case 0 -> database.run("UPDATE todo SET done = random() WHERE id % 5 = " + at % 5);
        case 1 -> database.run("DELETE FROM todo WHERE id % 7 = " + at % 7);
        default ->
            database.run(
                "INSERT OR REPLACE INTO todo WITH RECURSIVE n(i) AS (SELECT "
                    + at
                    + " UNION ALL SELECT i + 1 FROM n WHERE i < "
                    + (at + random.nextInt(40))
                    + ") SELECT i, hex(randomblob(20)), 0 FROM n");
      }
    }

    private void compactAtTimes() throws IOException {
      if (random.nextInt(3) == 0) {
        drop.compact();
      }
    }

    /** Some files come from another copy, whole or in part, and some deletions. */
    private void carrySome(Device other) throws IOException {
      for (Path file : files(other.folder)) {
        Path to = folder.resolve(file.getFileName());
        if (random.nextBoolean() && !isWhole(to)) {
          byte[] bytes = Files.readAllBytes(file);
          boolean cut = random.nextInt(4) == 0;
          Files.write(to, cut ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes);
        }
      }
      for (Path gone : files(folder)) {
        if (random.nextBoolean() && other.deleted.contains(gone.getFileName().toString())) {
          delete(gone);
        }
      }
      other.noteDeletions();
    }

    private final List<String> deleted = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();

    /**
     * What was once there and is no more has been deleted, as a program that syncs files sees it.
     */
    private void noteDeletions() throws IOException {
      List<String> now = names(folder);
      seen.stream().filter(name -> !now.contains(name)).forEach(deleted::add);
      seen.clear();
      seen.addAll(now);
    }

    private void delete(Path file) throws IOException {
      Files.deleteIfExists(file);
      deleted.add(file.getFileName().toString());
    }

    /** A file that was being copied is cut again: its copy has not ended. */
    private void loseATail() throws IOException {
      List<Path> files = files(folder);
      if (!files.isEmpty()) {
        Path file = files.get(random.nextInt(files.size()));
        byte[] bytes = Files.readAllBytes(file);
        if (isWhole(file)) {
          Files.write(Files.createDirectories(safe()).resolve(file.getFileName()), bytes);
        }
        Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
      }
    }

    /** Everything comes. What is whole nowhere has been deleted by who had applied it. */
    void carryAll(Device other) throws IOException {
      for (Path file : files(other.folder)) {
        Path to = folder.resolve(file.getFileName());
        Path before = safe().resolve(file.getFileName());
        if (!isWhole(to) && (isWhole(file) || Files.exists(before))) {
          Files.write(to, Files.readAllBytes(isWhole(file) ? file : before));
        }
      }
    }

    void deleteCut() throws IOException {
      for (Path file : files(folder)) {
        if (!isWhole(file)) {
          Files.delete(file);
        }
      }
    }

    private Path safe() {
      return dir.resolve("safe");
    }

    private static boolean isWhole(Path file) throws IOException {
      if (!Files.exists(file) || Files.size(file) < Segment.LEAST_BYTES) {
        return false;
      }
      SegmentName name = SegmentName.of(file.getFileName().toString()).orElseThrow();
      return Segment.name(name.counter(), Files.readAllBytes(file)).equals(name);
    }

    private static List<String> names(Path folder) throws IOException {
      return files(folder).stream().map(file -> file.getFileName().toString()).toList();
    }

    private static List<Path> files(Path folder) throws IOException {
      try (Stream<Path> files = Files.list(folder)) {
        return files.sorted().toList();
      }
    }
  }
}
