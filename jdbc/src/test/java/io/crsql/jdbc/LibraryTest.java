package io.crsql.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryTest {
  private static final byte[] CONTENT = "a library".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  @Test
  void file_propertyNamesNoFile_saysSo() {
    String named = System.getProperty(Crsql.LIBRARY);
    System.setProperty(Crsql.LIBRARY, "/no/such/file");
    try {
      assertThatThrownBy(Library::file)
          .isInstanceOf(SQLException.class)
          .hasMessage("crsql: the system property crsql.library names no file: /no/such/file");
    } finally {
      restore(named);
    }
  }

  private static void restore(String named) {
    if (named == null) {
      System.clearProperty(Crsql.LIBRARY);
    } else {
      System.setProperty(Crsql.LIBRARY, named);
    }
  }

  @Test
  void extract_platformWithoutLibrary_saysWhichAndHowToBuild() {
    assertThatThrownBy(() -> Library.extract("plan9-mips"))
        .isInstanceOf(SQLException.class)
        .hasMessage(
            "crsql: no crsqlite library for plan9-mips on the class path; build it there"
                + " (mvn package -pl host-native -am) and name its file by -Dcrsql.library=...");
  }

  @Test
  void name_commonPlatforms_areThoseOfTheBuild() {
    assertThat(Platform.name("Linux", "amd64")).isEqualTo("linux-x86_64");
    assertThat(Platform.name("Mac OS X", "aarch64")).isEqualTo("macos-aarch64");
    assertThat(Platform.name("Linux", "aarch64")).isEqualTo("linux-aarch64");
    assertThat(Platform.name("Windows 11", "amd64")).isEqualTo("windows-x86_64");
  }

  @Test
  void file_ofEachPlatform_isWhatItsSystemLoads() {
    assertThat(Platform.file("linux-x86_64")).isEqualTo("crsqlite.so");
    assertThat(Platform.file("linux-aarch64")).isEqualTo("crsqlite.so");
    assertThat(Platform.file("windows-x86_64")).isEqualTo("crsqlite.dll");
  }

  @Test
  void into_folder_onlyTheUserCanEnter() throws IOException {
    Path file = Extraction.into(folder, "x.so", CONTENT);
    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void into_fileIsThere_isLeftAlone() throws IOException {
    Path file = Extraction.into(folder, "x.so", CONTENT);
    Object before = Files.readAttributes(file, "unix:ino").get("ino");
    assertThat(Extraction.into(folder, "x.so", CONTENT)).isEqualTo(file);
    assertThat(Files.readAttributes(file, "unix:ino").get("ino")).isEqualTo(before);
  }

  @Test
  void into_fileHasBeenTamperedWith_isReplaced() throws IOException {
    Path file = Extraction.into(folder, "x.so", CONTENT);
    Files.writeString(file, "something else");
    Extraction.into(folder, "x.so", CONTENT);
    assertThat(file).hasBinaryContent(CONTENT);
  }

  @Test
  void into_manyAtOnce_leaveOneFile() throws IOException, InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Path> extraction = () -> Extraction.into(folder, "x.so", CONTENT);
      List<Future<Path>> files =
          threads.invokeAll(IntStream.range(0, 32).mapToObj(i -> extraction).toList());
      for (Future<Path> file : files) {
        assertThat(file.get()).hasBinaryContent(CONTENT);
      }
    } finally {
      threads.shutdown();
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      assertThat(tree.filter(Files::isRegularFile)).hasSize(1);
    }
  }
}
