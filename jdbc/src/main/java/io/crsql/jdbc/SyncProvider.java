package io.crsql.jdbc;

import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Keeps databases in sync whose URLs say so, as in {@code
 * jdbc:crsql:app.db?sync=wss://example.org/db/app&sync_token=...}. It is found by {@link
 * java.util.ServiceLoader}: the dependency {@code io.crsql:crsql-sync} brings one.
 */
public interface SyncProvider {
  /**
   * Sees to it that a database is kept in sync from now on. It is called for each connection that
   * is opened, by any thread, and must not wait for the network.
   *
   * @param file the database's file, absolute
   * @param hub with what, as the URL has it
   * @param token what gives access there; empty if there is none
   * @throws SQLException if it cannot be, since the file is being synced with another hub for
   *     instance
   */
  void keep(Path file, URI hub, String token) throws SQLException;
}
