/** Databases for the tests of syncing, in memory, on both builds of the engine. */
import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import { setTimeout as sleep } from 'node:timers/promises';
import { crsql } from '@crsql/web';

const SCHEMA = `
  CREATE TABLE todo(id PRIMARY KEY, title, done);
  SELECT crsql_as_crr('todo');
`;

const modules = new Map();

/** SQLite's module with the engine as 'wasm' or 'script', loaded once. */
async function module(build) {
  if (!modules.has(build)) {
    const sqlite3 = await sqlite3InitModule();
    await onBuild(build, () => crsql(sqlite3, new sqlite3.oo1.DB(':memory:')));
    modules.set(build, sqlite3);
  }
  return modules.get(build);
}

/** The package takes the script where WebAssembly has no garbage collection. */
async function onBuild(build, work) {
  const validate = WebAssembly.validate;
  if (build === 'script') {
    WebAssembly.validate = () => false;
  }
  try {
    return await work();
  } finally {
    WebAssembly.validate = validate;
  }
}

/**
 * A database with a replicated table, its replica, and what tests ask it.
 *
 * @param copied the bytes of a database that it begins with, instead of the schema
 */
export async function open({ build = 'wasm', file = ':memory:', schema = SCHEMA, copied } = {}) {
  const sqlite3 = await module(build);
  const db = new sqlite3.oo1.DB(file);
  if (copied) {
    fill(sqlite3, db, copied);
  }
  const replica = await crsql(sqlite3, db);
  if (!copied) {
    db.exec(schema);
  }
  return {
    sqlite3,
    db,
    replica,
    exec: (sql, bind) => db.exec({ sql, bind }),
    bytes: () => sqlite3.capi.sqlite3_js_db_export(db),
    value: (sql) => db.selectValue(sql),
    titles: () => db.selectValues('SELECT title FROM todo ORDER BY id'),
    fingerprint: () => db.selectValue('SELECT crsql_fingerprint()'),
    close: () => db.close(),
  };
}

function fill({ capi, wasm }, db, bytes) {
  const copy = wasm.allocFromTypedArray(bytes);
  const flags = capi.SQLITE_DESERIALIZE_FREEONCLOSE | capi.SQLITE_DESERIALIZE_RESIZEABLE;
  db.checkRc(capi.sqlite3_deserialize(db, 'main', copy, bytes.length, bytes.length, flags));
}

/** Waits until a condition holds; fails, and says what was seen, if it takes too long. */
export async function until(condition, what, seconds = 20) {
  const end = Date.now() + 1000 * seconds;
  while (!(await condition())) {
    if (Date.now() > end) {
      throw new Error(`after ${seconds} seconds: ${typeof what === 'function' ? what() : what}`);
    }
    await sleep(20);
  }
}

/** Waits until all databases have the same content. */
export function converged(databases, seconds) {
  const prints = () => databases.map((each) => each.fingerprint());
  return until(
    () => new Set(prints()).size === 1,
    () => `not equal: ${prints()}`,
    seconds,
  );
}

/** Waits until a connection has a state. */
export function reached(connection, state, seconds) {
  const seen = () => `${state} is not reached: ${JSON.stringify(connection.status)}`;
  return until(() => connection.status.state === state, seen, seconds);
}

export { sleep };
