/** @crsql/web on @sqlite.org/sqlite-wasm, by the routines that SQLite's module exports. */
import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import { crsql, preload } from '@crsql/web';

export { exchange } from './crsql.js';

const [ROW, DONE] = [100, 101];
const [INTEGER, FLOAT, TEXT, BLOB] = [1, 2, 3, 4];
const TRANSIENT = -1;
const SCRATCH = 1 << 21;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
let sqlite3;
let c;
let scratch;

export async function load() {
  preload();
  sqlite3 = await sqlite3InitModule();
  c = sqlite3.wasm.exports;
  scratch = c.sqlite3_malloc(SCRATCH);
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

export function select(db, sql) {
  const rows = [];
  statement(db, sql, (stmt) => {
    const columns = c.sqlite3_column_count(stmt);
    let code;
    while ((code = c.sqlite3_step(stmt)) === ROW) {
      const row = [];
      for (let i = 0; i < columns; i++) {
        row.push(column(stmt, i));
      }
      rows.push(row);
    }
    check(db, code, DONE);
  });
  return rows;
}

function column(stmt, i) {
  switch (c.sqlite3_column_type(stmt, i)) {
    case INTEGER: {
      const value = c.sqlite3_column_int64(stmt, i);
      return BigInt.asIntN(53, value) === value ? Number(value) : value;
    }
    case FLOAT:
      return c.sqlite3_column_double(stmt, i);
    case TEXT: {
      const text = c.sqlite3_column_text(stmt, i);
      return decoder.decode(bytes(text, c.sqlite3_column_bytes(stmt, i)));
    }
    case BLOB: {
      const blob = c.sqlite3_column_blob(stmt, i);
      return bytes(blob, c.sqlite3_column_bytes(stmt, i)).slice();
    }
    default:
      return null;
  }
}

function bytes(at, length) {
  return sqlite3.wasm.heap8u().subarray(at, at + length);
}

export function runAll(db, sql, rows) {
  db.transaction(() => runEach(db, sql, rows));
}

export function runEach(db, sql, rows) {
  statement(db, sql, (stmt) => {
    for (const row of rows) {
      for (let i = 0; i < row.length; i++) {
        check(db, bind(stmt, i + 1, row[i]), 0);
      }
      c.sqlite3_step(stmt);
      check(db, c.sqlite3_reset(stmt), 0);
    }
  });
}

function bind(stmt, i, value) {
  if (typeof value === 'string') {
    const { written } = encoder.encodeInto(value, bytes(scratch, SCRATCH));
    return c.sqlite3_bind_text(stmt, i, scratch, written, TRANSIENT);
  }
  if (typeof value === 'number') {
    return Number.isInteger(value)
      ? c.sqlite3_bind_int64(stmt, i, BigInt(value))
      : c.sqlite3_bind_double(stmt, i, value);
  }
  if (value === null) {
    return c.sqlite3_bind_null(stmt, i);
  }
  bytes(scratch, SCRATCH).set(value);
  return c.sqlite3_bind_blob(stmt, i, scratch, value.length, TRANSIENT);
}

/** Of what `prepare` compiles; binding and reading it is what takes the time. */
function statement(db, sql, use) {
  const prepared = db.prepare(sql);
  use(prepared.pointer);
  prepared.finalize();
}

function check(db, code, wanted) {
  if (code !== wanted) {
    throw new Error(sqlite3.capi.sqlite3_errmsg(db));
  }
}

export function close(db) {
  db.close();
}
