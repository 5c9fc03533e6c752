package io.crsql.sync.client;

import io.crsql.jdbc.SyncProvider;
import io.crsql.sync.CloseCode;
import io.crsql.sync.client.SyncStatus.State;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Syncs the databases whose JDBC URLs say so: {@code
 * jdbc:crsql:app.db?sync=wss://example.org/db/app&sync_token=...}. A file has one {@link
 * SyncClient}, from the first connection on until the program ends: pools close connections, and
 * what was written on them is to be sent still. What keeps it from connecting goes to the {@link
 * Logger} of this class's name.
 */
public final class UrlSync implements SyncProvider {
  private static final Logger LOG = System.getLogger(UrlSync.class.getName());
  private static final Map<Path, Kept> KEPT = new HashMap<>();

  private record Kept(URI hub, String token, SyncClient client) {}

  /** For {@link java.util.ServiceLoader}. */
  public UrlSync() {}

  @Override
  public void keep(Path file, URI hub, String token) throws SQLException {
    Path key = real(file);
    synchronized (KEPT) {
      Kept kept = KEPT.get(key);
      if (kept != null && !kept.hub.equals(hub)) {
        throw new SQLNonTransientConnectionException(
            "crsql: " + file + " is being synced with " + kept.hub + ", and not also with " + hub);
      } else if (kept == null || !kept.token.equals(token)) {
        SyncClient client = start(key, hub, token);
        if (kept != null) {
          kept.client.close();
        }
        KEPT.put(key, new Kept(hub, token, client));
      }
    }
  }

  /** The client of a file that a URL has had synced. */
  public static Optional<SyncClient> client(Path file) {
    synchronized (KEPT) {
      return Optional.ofNullable(KEPT.get(real(file))).map(Kept::client);
    }
  }

  private static SyncClient start(Path file, URI hub, String token) throws SQLException {
    try {
      return SyncClient.of(file, hub).token(token).listener(status -> log(file, status)).start();
    } catch (IllegalArgumentException e) {
      throw new SQLNonTransientConnectionException("crsql: the option sync: " + e.getMessage(), e);
    }
  }

  private static void log(Path file, SyncStatus status) {
    boolean stopped = status.state() == State.STOPPED;
    status
        .last()
        .filter(last -> last.code() != CloseCode.DONE)
        .filter(last -> stopped || status.state() == State.OFFLINE)
        .ifPresent(
            last ->
                LOG.log(
                    stopped ? Level.WARNING : Level.DEBUG,
                    file + " is not synced: " + last.message()));
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }
}
