/** @crsql/web on @sqlite.org/sqlite-wasm, by its object-oriented API. */
import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import { crsql, preload } from '@crsql/web';

let sqlite3;

export async function load() {
  preload();
  sqlite3 = await sqlite3InitModule();
}

export async function open(replicated) {
  const db = new sqlite3.oo1.DB(':memory:');
  if (replicated) {
    await crsql(sqlite3, db);
  }
  return db;
}

export function exec(db, sql) {
  db.exec(sql);
}

/** All rows, as arrays. */
export function select(db, sql) {
  return db.selectArrays(sql);
}

/** One statement for all rows of parameters, in one transaction. */
export function runAll(db, sql, rows) {
  db.transaction(() => runEach(db, sql, rows));
}

/** The same, each in a transaction of its own. */
export function runEach(db, sql, rows) {
  const statement = db.prepare(sql);
  for (const row of rows) {
    statement.bind(row).stepReset();
  }
  statement.finalize();
}

export function close(db) {
  db.close();
}

export const exchange = {
  changes: {
    read:
      'SELECT "table", pk, cid, val, version, coalesce(site_id, crsql_siteid()) FROM crsql_changes',
    write:
      'INSERT INTO crsql_changes ("table", pk, cid, val, version, site_id)' +
      ' VALUES (?, ?, ?, ?, ?, ?)',
  },
  changesets: {
    read: 'SELECT changeset FROM crsql_changesets(NULL, 1000000)',
    write: 'SELECT crsql_apply(?)',
  },
};
