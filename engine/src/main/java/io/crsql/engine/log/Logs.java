package io.crsql.engine.log;

import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Registry;
import io.crsql.engine.schema.Schema;
import io.crsql.sqlite.Stmt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The logs of a connection's CRRs, made when first asked for and made anew when the schema has
 * changed.
 */
public final class Logs {
  private final Schema schema;
  private final Registry registry;
  private final FoldFunction folding;
  private final Map<Long, Log> byId = new HashMap<>();
  private final List<Log> stale = new ArrayList<>();
  private int generation;
  private int readers;

  /** Stands on a row as long as anything is read. */
  private Stmt snapshot;

  /** The logs of the registry's CRRs. */
  public Logs(Schema schema, Registry registry, FoldFunction folding) {
    this.schema = schema;
    this.registry = registry;
    this.folding = folding;
  }

  /** The log of a CRR that the registry has now. */
  public Log of(Crr crr) {
    if (generation != registry.generation()) {
      stale.addAll(byId.values());
      byId.clear();
      generation = registry.generation();
      closeStale();
    }
    Log log = byId.get(crr.id);
    if (log == null) {
      log = new Log(schema, crr, folding);
      byId.put(crr.id, log);
    }
    return log;
  }

  /**
   * A scan begins that holds on to logs: until it has ended, none of them is closed, and all that
   * is read is of one snapshot. Otherwise each statement of a connection that is in no transaction
   * would begin one of its own.
   */
  public void scanBegins() {
    if (readers == 0) {
      if (snapshot == null) {
        snapshot = schema.prepare("SELECT 1 FROM " + schema.of("sqlite_schema"));
      }
      snapshot.step();
    }
    readers++;
  }

  /** A scan has ended. */
  public void scanEnds() {
    readers--;
    if (readers == 0) {
      snapshot.reset();
    }
    closeStale();
  }

  private void closeStale() {
    if (readers == 0) {
      for (Log log : stale) {
        log.close();
      }
      stale.clear();
    }
  }

  /** Finalises all statements. */
  public void close() {
    if (snapshot != null) {
      snapshot.close();
    }
    stale.addAll(byId.values());
    byId.clear();
    for (Log log : stale) {
      log.close();
    }
    stale.clear();
  }
}
