/** The conformance tests' guest in a worker of a browser. */
import sqlite3InitModule from '/node_modules/@sqlite.org/sqlite-wasm/dist/index.mjs';
import { drive } from './driver.mjs';
import { files } from './xhr-files.mjs';

if (new URLSearchParams(self.location.search).get('engine') === 'script') {
  WebAssembly.validate = () => false;
}
await drive(self.location.origin, files, sqlite3InitModule);
