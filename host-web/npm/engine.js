import { load as loadScript } from './script.js';
import { load as loadWasm } from './wasm.js';

/** One engine for each SQLite module: it lives in that module's memory. */
const engines = new WeakMap();

/** The engine linked to a SQLite module, which is loaded once. */
export function engineOf(sqlite3) {
  if (!engines.has(sqlite3)) {
    const loading = load(sqlite3);
    engines.set(sqlite3, loading);
    loading.catch(() => engines.delete(sqlite3));
  }
  return engines.get(sqlite3);
}

async function load(sqlite3) {
  return (await loadWasm(sqlite3)) ?? loadScript(sqlite3);
}
