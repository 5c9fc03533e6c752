package io.crsql.conformance.random;

import io.crsql.conformance.Blob;
import io.crsql.conformance.Database;
import io.crsql.conformance.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A replica's database: in memory, or a file with up to two connections used by turns. */
final class Connections implements AutoCloseable {
  private static final String MEMORY = ":memory:";

  private final Host host;
  private final Path directory;
  private final String path;
  private final List<Database> open = new ArrayList<>();
  private boolean recursiveTriggers;

  private Connections(Host host, Path directory) {
    this.host = host;
    this.directory = directory;
    this.path = directory == null ? MEMORY : directory.resolve("peer.db").toString();
    connect();
  }

  static Connections inMemory(Host host) {
    return new Connections(host, null);
  }

  static Connections onFile(Host host) {
    try {
      return new Connections(host, Files.createTempDirectory("crsql"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void connect() {
    Database database = host.open(path);
    open.add(database);
    if (directory != null) {
      // No run loses power.
      database.run("PRAGMA synchronous = OFF");
      database.query("PRAGMA journal_mode = MEMORY");
    }
    if (recursiveTriggers) {
      database.run("PRAGMA recursive_triggers = ON");
    }
  }

  /** The connection in use. */
  Database current() {
    return open.get(open.size() - 1);
  }

  void recursiveTriggers() {
    open.forEach(database -> database.run("PRAGMA recursive_triggers = ON"));
    recursiveTriggers = true;
  }

  /** Uses another connection from now on. */
  void next(boolean close) {
    if (directory == null) {
      return;
    }
    if (close) {
      open.remove(open.size() - 1).close();
    }
    if (open.size() < 2) {
      connect();
    } else {
      open.add(open.remove(0));
    }
  }

  /** Copies the file, which no transaction has open. */
  void backUp() {
    copy(Path.of(path), directory.resolve("backup.db"));
  }

  /** Puts the copy in the file's place, with all connections closed. */
  void restore() {
    open.forEach(Database::close);
    open.clear();
    copy(directory.resolve("backup.db"), Path.of(path));
    connect();
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The database's site id, which this makes if there is none. */
  String site() {
    return ((Blob) current().value("SELECT crsql_siteid()")).hex();
  }

  @Override
  public void close() {
    open.forEach(Database::close);
    if (directory != null) {
      try {
        Files.delete(Path.of(path));
        Files.deleteIfExists(directory.resolve("backup.db"));
        Files.delete(directory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
