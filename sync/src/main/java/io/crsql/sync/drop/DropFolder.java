package io.crsql.sync.drop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/** The files of a drop: listed, read, written whole or not at all, and deleted. */
final class DropFolder {
  private static final Pattern UNFINISHED = Pattern.compile("\\.[0-9a-f-]{36}\\.crsq-tmp");
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Path folder;
  private final int maxBytes;

  DropFolder(Path folder, int maxBytes) {
    this.folder = folder;
    this.maxBytes = maxBytes;
  }

  Path path() {
    return folder;
  }

  /** The segments that are there, whole or not, in their order. */
  SortedSet<SegmentName> list() throws IOException {
    SortedSet<SegmentName> names = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        SegmentName.of(file.getFileName().toString()).ifPresent(names::add);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (NoSuchFileException e) {
      throw new IOException(folder + ": no such folder; make it, or mount what it is on", e);
    } catch (NotDirectoryException e) {
      throw new IOException(folder + ": is no folder", e);
    }
    return names;
  }

  /**
   * A segment's bytes, which are those that its name tells; empty if it is not there any more.
   *
   * @throws DamagedException if they are not those, or are not to be had
   */
  Optional<byte[]> read(SegmentName name) throws IOException, DamagedException {
    Path file = folder.resolve(name.file());
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile()) {
        throw new DamagedException("is not a plain file, and links are not followed");
      } else if (attributes.size() > maxBytes) {
        throw new DamagedException(
            "has " + attributes.size() + " bytes, of at most " + maxBytes + " here");
      }
      byte[] bytes = bytes(file);
      if (bytes.length < Segment.LEAST_BYTES || !Segment.name(name.counter(), bytes).equals(name)) {
        throw new DamagedException("is damaged or not yet wholly copied");
      }
      return Optional.of(bytes);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw new DamagedException("cannot be read: " + e.getMessage());
    }
  }

  private byte[] bytes(Path file) throws IOException {
    Set<OpenOption> options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try (InputStream in = Channels.newInputStream(Files.newByteChannel(file, options))) {
      return in.readNBytes(maxBytes);
    }
  }

  /** Writes a segment, which is there for good when this returns. */
  SegmentName write(long counter, byte[] changeset) throws IOException {
    SegmentName name = Segment.name(counter, changeset);
    Path unfinished = folder.resolve("." + UUID.randomUUID() + ".crsq-tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(changeset);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(unfinished, folder.resolve(name.file()), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
    force();
    return name;
  }

  /** Makes what was renamed outlast a power cut, where folders can be opened for that. */
  private void force() throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      return;
    }
    try (channel) {
      channel.force(true);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      // Some network mounts have no such thing; they are as safe as they are.
    }
  }

  void delete(SegmentName name) throws IOException {
    Files.deleteIfExists(folder.resolve(name.file()));
  }

  /** Deletes what writers that were killed have left. */
  void deleteUnfinished() throws IOException {
    Instant before = Instant.now().minus(ABANDONED);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.crsq-tmp")) {
      for (Path file : files) {
        if (UNFINISHED.matcher(file.getFileName().toString()).matches()
            && Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                .toInstant()
                .isBefore(before)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
