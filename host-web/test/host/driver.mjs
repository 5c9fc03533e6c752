/**
 * Runs SQL for the conformance tests, in Node or in a worker of a browser: fetches a request from
 * the test process, answers it with the fetch of the next, and so on.
 */
import { crsql } from '../../npm/index.js';
import { Connections } from './connections.mjs';
import { Reader, Writer } from './message.mjs';
import { installVfs } from './vfs.mjs';

/**
 * @param {string} url where the test process listens
 * @param {object} files the file system, as in node-files.mjs
 * @param {Function} sqlite3InitModule of @sqlite.org/sqlite-wasm
 */
export async function drive(url, files, sqlite3InitModule) {
  const sqlite3 = await sqlite3InitModule({ print() {}, printErr() {} });
  sqlite3.config.warn = sqlite3.config.error = () => {};
  installVfs(sqlite3, files);
  const connections = new Connections(sqlite3, crsql);
  let answer = new Uint8Array(0);
  for (;;) {
    const response = await fetch(`${url}/next`, { method: 'POST', body: answer });
    if (!response.ok) {
      return;
    }
    const request = new Reader(await response.arrayBuffer());
    const out = new Writer();
    try {
      await connections.handle(request, out);
    } catch (error) {
      out.failure(error);
    }
    answer = out.bytes();
  }
}
