package io.crsql.server;

import java.time.Duration;

/**
 * What a server takes at most, and how long it waits.
 *
 * @param connections connections in all
 * @param perDatabase connections to one database
 * @param perAddress connections from one IP address
 * @param databases databases open at once; one without connections is closed for another
 * @param maxFrame the largest frame of the sync protocol, in bytes; no larger change can be synced
 * @param window how many bytes of changesets may be under way in a direction of a connection
 * @param chunkBytes the size, in bytes, at which changesets are cut
 * @param unsent how many bytes for all peers together may wait in memory to be read by them
 * @param headerBytes an HTTP request's line and headers, in bytes
 * @param handshake how long a connection may take to greet
 * @param heartbeat how often a silent peer is asked for a sign of life
 * @param drain how long a peer may take to read one message
 * @param idle how long a database without connections stays open
 */
public record Limits(
    int connections,
    int perDatabase,
    int perAddress,
    int databases,
    int maxFrame,
    int window,
    int chunkBytes,
    long unsent,
    int headerBytes,
    Duration handshake,
    Duration heartbeat,
    Duration drain,
    Duration idle) {
  /** The limits of a server that was told none. */
  public static final Limits DEFAULT =
      new Limits(
          10_000,
          5_000,
          2_000,
          500,
          16 << 20,
          2 << 20,
          256 << 10,
          Math.max(64 << 20, Runtime.getRuntime().maxMemory() / 4),
          8 << 10,
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60));

  /** Checks that none is zero or less. */
  public Limits {
    if (Math.min(Math.min(connections, perDatabase), Math.min(perAddress, databases)) < 1
        || headerBytes < 1024) {
      throw new IllegalArgumentException(
          "a limit must be at least 1, and headers may have at least 1024 bytes");
    }
  }

  /** The same with other numbers of connections. */
  public Limits withConnections(int connections, int perDatabase, int perAddress) {
    return new Limits(
        connections,
        perDatabase,
        perAddress,
        databases,
        maxFrame,
        window,
        chunkBytes,
        unsent,
        headerBytes,
        handshake,
        heartbeat,
        drain,
        idle);
  }

  /** The same with another number of open databases. */
  public Limits withDatabases(int databases) {
    return new Limits(
        connections,
        perDatabase,
        perAddress,
        databases,
        maxFrame,
        window,
        chunkBytes,
        unsent,
        headerBytes,
        handshake,
        heartbeat,
        drain,
        idle);
  }

  /** The same with other sizes of frames, windows and changesets. */
  public Limits withSizes(int maxFrame, int window, int chunkBytes) {
    return new Limits(
        connections,
        perDatabase,
        perAddress,
        databases,
        maxFrame,
        window,
        chunkBytes,
        unsent,
        headerBytes,
        handshake,
        heartbeat,
        drain,
        idle);
  }

  /** The same with another bound of what waits in memory. */
  public Limits withUnsent(long unsent) {
    return new Limits(
        connections,
        perDatabase,
        perAddress,
        databases,
        maxFrame,
        window,
        chunkBytes,
        unsent,
        headerBytes,
        handshake,
        heartbeat,
        drain,
        idle);
  }

  /** The same with other times. */
  public Limits withTimes(Duration handshake, Duration heartbeat, Duration drain, Duration idle) {
    return new Limits(
        connections,
        perDatabase,
        perAddress,
        databases,
        maxFrame,
        window,
        chunkBytes,
        unsent,
        headerBytes,
        handshake,
        heartbeat,
        drain,
        idle);
  }
}
