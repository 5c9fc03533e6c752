import { load as loadScript } from './script.js';
import { load as loadWasm } from './wasm.js';

/** One engine for each SQLite module: it lives in that module's memory. */
const engines = new WeakMap();

/**
 * The engine linked to a SQLite module, which is loaded once: what it exports, and the replicas, by
 * their `sqlite3 *`, that it tells of commits.
 */
export function engineOf(sqlite3) {
  if (!engines.has(sqlite3)) {
    const loading = load(sqlite3);
    engines.set(sqlite3, loading);
    loading.catch(() => engines.delete(sqlite3));
  }
  return engines.get(sqlite3);
}

async function load(sqlite3) {
  const replicas = new Map();
  const host = {
    committed: (db) => replicas.get(db)?.committed(),
    closed: (db) => replicas.get(db)?.closed(),
  };
  const exports = (await loadWasm(sqlite3, host)) ?? (await loadScript(sqlite3, host));
  return { exports, replicas };
}
