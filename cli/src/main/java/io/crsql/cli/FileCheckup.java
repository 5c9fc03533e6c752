package io.crsql.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Checks a database as a file: whether it can be read and written, and by whom else it is. */
final class FileCheckup {
  private static final long SCARCE_BYTES = 64L << 20;
  private static final long LARGE_WAL_BYTES = 64L << 20;
  private static final int LOCK_MILLIS = 1_000;

  private final Diagnosis diagnosis;
  private final Database database;
  private final Path file;

  private FileCheckup(Diagnosis diagnosis, Database database) {
    this.diagnosis = diagnosis;
    this.database = database;
    this.file = database.file();
  }

  static void check(Diagnosis diagnosis, Database database) {
    FileCheckup checkup = new FileCheckup(diagnosis, database);
    try {
      checkup.disk();
    } catch (IOException e) {
      diagnosis.problem("disk", "its free space cannot be told (" + e + "); look with: df");
    }
    if (Files.isWritable(database.file())) {
      diagnosis.attempt("lock", checkup::lock);
    }
    diagnosis.attempt("journal", checkup::journal);
  }

  /** Checks the permissions of a file that is there; without them it may be impossible to open. */
  static void access(Diagnosis diagnosis, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    boolean writable = Files.isWritable(file);
    if (!writable) {
      diagnosis.warning(
          "file", file + " can be read only; to write to it, change its permissions or owner");
    }
    if (!Files.isWritable(folder)) {
      diagnosis.warning(
          "folder",
          folder
              + " cannot be written, where SQLite puts its journal: the database cannot be written,"
              + " nor read if it is in WAL mode; change the folder's permissions or owner");
    } else if (writable) {
      diagnosis.ok("file", file + " can be read and written");
    }
  }

  private void disk() throws IOException {
    long free = Files.getFileStore(file).getUsableSpace();
    long needed = Math.max(Files.size(file), SCARCE_BYTES);
    if (free < needed) {
      diagnosis.warning(
          "disk",
          Words.bytes(free)
              + " are free, and a large transaction or VACUUM can take "
              + Words.bytes(needed)
              + "; make room");
    } else {
      diagnosis.ok("disk", Words.bytes(free) + " are free");
    }
  }

  private void lock() throws SQLException {
    database.execute("PRAGMA busy_timeout = " + LOCK_MILLIS);
    try {
      database.execute("BEGIN IMMEDIATE");
      database.execute("ROLLBACK");
      diagnosis.ok("lock", "the write lock can be had");
    } catch (SQLiteException e) {
      if ((e.getResultCode().code & 0xff) != SQLiteErrorCode.SQLITE_BUSY.code) {
        throw e;
      }
      diagnosis.problem(
          "lock",
          "another connection has kept the write lock for more than a second; let it commit, or"
              + " find its process with: fuser "
              + file);
    }
  }

  private void journal() throws SQLException {
    String mode = database.text("PRAGMA journal_mode").toUpperCase(Locale.ROOT);
    if (!mode.equals("WAL")) {
      diagnosis.warning(
          "journal",
          "the journal mode is "
              + mode
              + ", in which readers and writers wait for each other; run once: PRAGMA journal_mode"
              + " = WAL");
      return;
    }
    long bytes = Path.of(file + "-wal").toFile().length();
    if (bytes > LARGE_WAL_BYTES) {
      diagnosis.warning(
          "journal",
          "the WAL has grown to "
              + Words.bytes(bytes)
              + ", as it does while a query is never finished; end it and run: PRAGMA"
              + " wal_checkpoint(TRUNCATE)");
    } else {
      diagnosis.ok("journal", "WAL, " + Words.bytes(bytes));
    }
  }
}
