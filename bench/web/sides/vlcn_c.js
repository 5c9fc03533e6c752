/**
 * The library below @vlcn.io/crsqlite-wasm, in its build without Asyncify and without its queue of
 * promises: what is fastest of theirs, in memory only.
 */
import SQLiteModule from '@vlcn.io/wa-sqlite/dist/crsqlite-sync.mjs';
import { Factory, SQLITE_ROW } from '@vlcn.io/wa-sqlite';

export { exchange } from './vlcn.js';

let api;

export async function load() {
  api = Factory(await SQLiteModule());
}

export function open() {
  return api.open_v2(':memory:');
}

export function exec(db, sql) {
  return api.exec(db, sql);
}

async function statement(db, sql, use) {
  const text = api.str_new(db, sql);
  const { stmt } = await api.prepare_v2(db, api.str_value(text));
  try {
    return await use(stmt);
  } finally {
    await api.finalize(stmt);
    api.str_finish(text);
  }
}

export function select(db, sql) {
  return statement(db, sql, async (stmt) => {
    const rows = [];
    while ((await api.step(stmt)) === SQLITE_ROW) {
      rows.push(api.row(stmt));
    }
    return rows;
  });
}

export async function runAll(db, sql, rows) {
  await api.exec(db, 'BEGIN');
  await runEach(db, sql, rows);
  await api.exec(db, 'COMMIT');
}

export function runEach(db, sql, rows) {
  return statement(db, sql, async (stmt) => {
    for (const row of rows) {
      api.bind_collection(stmt, row);
      await api.step(stmt);
      await api.reset(stmt);
    }
  });
}

export async function close(db) {
  await api.exec(db, 'SELECT crsql_finalize()');
  await api.close(db);
}
