package io.crsql.host.web;

import java.util.HashMap;
import java.util.Map;

/** The {@link DbStore} of each connection that syncs, by its {@code sqlite3 *}. */
final class Stores {
  private static final Map<Integer, DbStore> STORES = new HashMap<>();

  private Stores() {}

  static DbStore of(int db) {
    DbStore store = STORES.get(db);
    if (store == null) {
      store = new DbStore(new WebDb(db));
      STORES.put(db, store);
    }
    return store;
  }

  /** Finalises its statements, which would else keep the connection from closing. */
  static void close(int db) {
    DbStore store = STORES.remove(db);
    if (store != null) {
      store.close();
    }
  }
}
