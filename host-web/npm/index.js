import { engineOf } from './engine.js';
import { Replica } from './replica.js';

export { preload } from './wasm.js';

/** What a connection was given; SQLite takes the functions once. */
const replicas = new WeakMap();

/**
 * Makes crsql's functions and tables available in a connection. See index.d.ts.
 */
export async function crsql(sqlite3, db) {
  const engine = await engineOf(sqlite3);
  if (!replicas.has(db)) {
    install(sqlite3, engine.exports, db.pointer);
    replicas.set(db, new Replica(sqlite3, engine, db.pointer));
  }
  return replicas.get(db);
}

function install({ wasm, capi }, exports, pointer) {
  const out = wasm.allocPtr(1);
  try {
    const code = exports.install(pointer, out);
    if (code !== capi.SQLITE_OK) {
      const message = wasm.peekPtr(out);
      const text = wasm.cstrToJs(message);
      capi.sqlite3_free(message);
      throw new Error(text);
    }
  } finally {
    wasm.dealloc(out);
  }
}
