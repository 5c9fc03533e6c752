import sqlite3InitModule from '../sqlite/index.mjs';
import { serve } from '../crsql/worker.js';

serve(sqlite3InitModule);
