/** The conformance tests' guest in Node: node node.mjs URL wasm|script */
import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import { drive } from './driver.mjs';
import { files } from './node-files.mjs';

const [url, engine] = process.argv.slice(2);
if (engine === 'script') {
  WebAssembly.validate = () => false;
}
await drive(url, files, sqlite3InitModule);
