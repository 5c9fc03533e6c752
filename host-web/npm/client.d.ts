import type { Connection, SyncOptions } from './index.js';

/**
 * Opens a database in a worker that serves it.
 *
 * @param file `':memory:'`, or a name in the browser's storage (OPFS). One worker at a time can have
 *     a file open: give each tab its own, and let them `share()`
 */
export function open(worker: Worker, file: string): Promise<RemoteDatabase>;

export type SqlValue = string | number | bigint | boolean | null | Uint8Array | ArrayBuffer;

/** A row by the names of its columns; integers beyond 2^53 are bigints. */
export type Row = Record<string, string | number | bigint | null | Uint8Array>;

/** A database in a worker. */
export interface RemoteDatabase {
  /**
   * Runs SQL and gives the rows of the first statement that has any.
   *
   * @param params for `?`, in order, or by name with its sign, such as `{ ':id': 1 }`
   * @throws {DatabaseError} what SQLite says
   */
  exec(sql: string, params?: SqlValue[] | Record<string, SqlValue>): Promise<Row[]>;

  /** Runs statements in a transaction: all of them or, if one fails, none. Gives the rows of each. */
  transaction(
    statements: [sql: string, params?: SqlValue[] | Record<string, SqlValue>][],
  ): Promise<Row[][]>;

  /**
   * Calls a listener after replicated tables have changed, here or by a merge.
   *
   * @returns what ends that
   */
  onChange(listener: () => void): () => void;

  /** Keeps the database in sync with a hub, `ws://` or `wss://`, for as long as it is open. */
  sync(url: string | URL, options?: SyncOptions): Promise<Connection>;

  /** Keeps it in sync with all databases of this origin that share the name: other tabs, workers. */
  share(name: string): Promise<Connection>;

  /** Ends its connections and closes it. The worker goes on, and can open another. */
  close(): Promise<void>;
}

/** A refusal, in a sentence. */
export class DatabaseError extends Error {
  /** SQLite's name for it, such as `SQLITE_CONSTRAINT_PRIMARYKEY`; undefined if it is not SQLite's. */
  readonly code: string | undefined;
}
