/** The databases of the page, all in memory. */
import sqlite3InitModule from './vendor/sqlite-wasm/index.mjs';
import { crsql } from './vendor/crsql/index.js';

const NAMES = ['db', 'alice', 'bob'];

/** Loads SQLite, once a page. */
export function load() {
  return sqlite3InitModule();
}

/** New, empty databases with crsql, by their names. */
export async function create(sqlite3) {
  const databases = {};
  for (const name of NAMES) {
    databases[name] = new sqlite3.oo1.DB(':memory:');
    await crsql(sqlite3, databases[name]);
  }
  return databases;
}

export function close(databases) {
  for (const database of Object.values(databases)) {
    database.close();
  }
}
