import sqlite3InitModule from './vendor/sqlite-wasm/index.mjs';
import { serve } from './vendor/crsql/worker.js';

serve(sqlite3InitModule);
