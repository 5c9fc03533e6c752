package io.crsql.server;

import io.crsql.sync.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * Who may do what, from a file of lines {@code TOKEN read|write|read,write DATABASE|*}. Only
 * digests of the tokens are kept, and each is compared, so that the time taken tells nothing.
 * Thread-safe.
 */
final class Tokens {
  private static final String ALL = "*";
  private static final int RANDOM_BYTES = 24;

  private final Path file;
  private volatile List<Entry> entries;
  private Object stamp;
  private volatile long version;

  private record Entry(byte[] digest, Access access, String database) {}

  private Tokens(Path file) throws IOException {
    this.file = file;
    this.stamp = stamp();
    this.entries = read();
  }

  /** Reads the file. */
  static Tokens of(Path file) throws IOException {
    return new Tokens(file);
  }

  /** Writes a file, which nobody else may read, with one new token for everything. */
  static String create(Path file) throws IOException {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file,
        "# TOKEN  read, write or read,write  DATABASE or *; read again when it changes\n"
            + token
            + " read,write *\n");
    return token;
  }

  /** What a token gives of a database. */
  Access access(String token, String database) {
    byte[] digest = digest(token);
    boolean read = false;
    boolean write = false;
    for (Entry entry : entries) {
      boolean counts =
          MessageDigest.isEqual(digest, entry.digest)
              & (entry.database.equals(ALL) || entry.database.equals(database));
      read |= counts & entry.access.read();
      write |= counts & entry.access.write();
    }
    return new Access(read, write);
  }

  /** Whether a token may see the state of the server: one that reads every database. */
  boolean mayObserve(String token) {
    // a name that no database can have
    return access(token, ALL).read();
  }

  /**
   * Reads the file again if it has changed.
   *
   * @return whether it has
   * @throws IOException if it cannot be read; what was known before holds on
   */
  synchronized boolean refresh() throws IOException {
    Object now = stamp();
    if (Objects.equals(now, stamp)) {
      return false;
    }
    stamp = now;
    entries = read();
    version++;
    return true;
  }

  /** Grows when the file has been read again. */
  long version() {
    return version;
  }

  private Object stamp() throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return List.of(
        attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
  }

  private List<Entry> read() throws IOException {
    List<Entry> read = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        read.add(entry(line.trim().split("\\s+"), number));
      }
    }
    return List.copyOf(read);
  }

  private Entry entry(String[] words, int number) throws IOException {
    if (words.length == 3) {
      Access access =
          switch (words[1]) {
            case "read" -> Access.READ;
            case "write" -> Access.WRITE;
            case "read,write" -> Access.FULL;
            default -> Access.NONE;
          };
      if (!access.equals(Access.NONE) && (words[2].equals(ALL) || DatabaseName.isValid(words[2]))) {
        return new Entry(digest(words[0]), access, words[2]);
      }
    }
    throw new IOException(
        file
            + ", line "
            + number
            + ": not a token; a line is TOKEN, then read, write or read,write, then a database's name or *");
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
