import { engineOf } from './engine.js';

/**
 * Makes crsql's functions and tables available in a connection. See index.d.ts.
 */
export async function crsql(sqlite3, db) {
  const engine = await engineOf(sqlite3);
  install(sqlite3, engine, db.pointer);
}

function install({ wasm, capi }, engine, pointer) {
  const out = wasm.allocPtr(1);
  try {
    const code = engine.install(pointer, out);
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
