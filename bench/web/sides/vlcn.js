/** @vlcn.io/crsqlite-wasm by its own API. */
import initWasm from '@vlcn.io/crsqlite-wasm';

let sqlite;

export async function load() {
  sqlite = await initWasm();
}

export function open() {
  return sqlite.open();
}

export function exec(db, sql) {
  return db.exec(sql);
}

export function select(db, sql) {
  return db.execA(sql);
}

export function runAll(db, sql, rows) {
  return db.tx((tx) => run(db, tx, sql, rows));
}

export function runEach(db, sql, rows) {
  return run(db, null, sql, rows);
}

async function run(db, tx, sql, rows) {
  const statement = await (tx ?? db).prepare(sql);
  for (const row of rows) {
    await statement.run(tx, ...row);
  }
  await statement.finalize(tx);
}

export function close(db) {
  return db.close();
}

export const exchange = {
  changes: {
    read:
      'SELECT "table", pk, cid, val, col_version, db_version, site_id, cl, seq FROM crsql_changes',
    write:
      'INSERT INTO crsql_changes' +
      ' ("table", pk, cid, val, col_version, db_version, site_id, cl, seq)' +
      ' VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  },
};
