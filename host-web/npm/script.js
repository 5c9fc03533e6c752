/** The engine as plain JavaScript, for where WebAssembly has no garbage collection. */
import { CALLBACKS } from './callbacks.js';
import { heapFunctions } from './heap.js';

let linked = null;

/** Loads it and tells it where SQLite finds its callbacks. */
export async function load(sqlite3, host) {
  if (linked !== null && linked !== sqlite3) {
    throw new Error(
      'crsql: this browser runs one SQLite module a page or worker; use the same for all databases',
    );
  }
  linked = sqlite3;
  const engine = await import('./engine/crsql.js');
  engine.link({ ...sqlite3.wasm.exports, ...heapFunctions(sqlite3.wasm), ...host });
  Object.entries(CALLBACKS).forEach(([name, type], number) => {
    engine.setCallback(number, sqlite3.wasm.installFunction(type, engine[name]));
  });
  return engine;
}
