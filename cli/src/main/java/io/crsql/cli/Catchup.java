package io.crsql.cli;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Brings one database up to what another has, by changesets: only what it lacks is read. */
final class Catchup {
  private Catchup() {}

  /** Merges what {@code to} lacks of {@code from}. */
  static void run(Database from, Database to) throws SQLException {
    from.read(() -> to.write(() -> stream(from, to)));
  }

  private static void stream(Database from, Database to) throws SQLException {
    try (PreparedStatement vector = to.prepare("SELECT crsql_version_vector()");
        PreparedStatement read = from.prepare("SELECT changeset FROM crsql_changesets(?)");
        PreparedStatement apply = to.prepare("SELECT crsql_apply(?)")) {
      try (ResultSet held = vector.executeQuery()) {
        held.next();
        read.setBytes(1, held.getBytes(1));
      }
      try (ResultSet chunks = read.executeQuery()) {
        while (chunks.next()) {
          apply.setBytes(1, chunks.getBytes(1));
          apply.executeQuery().close();
        }
      }
    }
  }
}
