import type { Sqlite3Static } from '@sqlite.org/sqlite-wasm';

/**
 * Makes the worker that calls it serve one database to its page, which opens it by
 * `@crsql/web/client`:
 *
 * ```js
 * import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
 * import { serve } from '@crsql/web/worker';
 *
 * serve(sqlite3InitModule);
 * ```
 */
export function serve(sqlite3InitModule: () => Promise<Sqlite3Static>): void;
