import type { Database, Sqlite3Static } from '@sqlite.org/sqlite-wasm';

/**
 * Makes crsql's functions and tables available in a connection: `crsql_as_crr`, `crsql_changes` and
 * the others of crsql's documentation. It writes nothing.
 *
 * @param sqlite3 what `sqlite3InitModule()` of `@sqlite.org/sqlite-wasm` gives
 * @param db an `oo1.DB` of that module, or a class derived from it. When called again for the same,
 *     the result is the same
 * @throws {Error} if this SQLite is too old, or the engine cannot be loaded
 */
export function crsql(sqlite3: Sqlite3Static, db: Database): Promise<Replica>;

/**
 * Begins to load the engine, which {@link crsql} needs: called before `sqlite3InitModule()`, both
 * are loaded at the same time.
 */
export function preload(): void;

/**
 * A database that replicates. Syncing uses the application's own connection, in tasks of its own
 * and only while the application has no transaction open; what has come waits meanwhile. After the
 * database has been closed, everything here has ended.
 */
export interface Replica {
  /**
   * Calls a listener after transactions that wrote replicated tables, the application's or merged
   * ones, have committed: in a task of its own, once for all that the tasks before have committed,
   * and outside of the application's transactions.
   *
   * @returns what ends that
   */
  onChange(listener: () => void): () => void;

  /**
   * Keeps the database in sync with a hub (`crsql serve`) over WebSocket. A lost connection is made
   * again, after a second at first and a minute at most; soon, when the application has written
   * something or the browser is online again.
   *
   * @param url where the hub serves the database, as `wss://example.org/db/app`; http and https are
   *     taken for ws and wss, and a relative URL for one of the page's origin
   * @throws {TypeError | RangeError} if the URL or an option is none; the message says why
   */
  sync(url: string | URL, options?: SyncOptions): Connection;

  /**
   * Keeps all databases of this origin that share the name in sync, in any tab or worker, over
   * BroadcastChannel. Each is another database with the same tables; each pair of them has a
   * session, so it is meant for a few. One that is closed without a word is missed after 15 seconds.
   */
  share(name: string): Connection;

  /**
   * Keeps the database in sync with the one at the other end of a channel, which is used for
   * nothing else. The other side connects its end too. Who has the other end may read and write everything.
   *
   * @param channel an `RTCDataChannel`, ordered and reliable as by default, or a `MessagePort`
   * @throws {TypeError} if it is not reliable, or `initiator` is missing
   */
  connect(channel: RTCDataChannel | MessagePort, options: ChannelOptions): Connection;

  /** Closes all connections. The database stays open, and can be connected again. */
  close(): void;
}

export interface SyncOptions {
  /** What the hub asks for, at most 1,024 bytes of UTF-8. None by default. */
  token?: string;
  /** The program's name for the hub's status page, at most 64 bytes of UTF-8. */
  agent?: string;
  /** Whether to receive and send changes (`'full'`, by default), only receive, or only send. */
  access?: 'full' | 'read' | 'write';
}

export interface ChannelOptions {
  /** True on one of the two sides, and false on the other. */
  initiator: boolean;
}

/** One connection of a database to others. It dispatches `change` when its status has changed. */
export interface Connection extends EventTarget {
  /** What it is doing now. Each change is another object. */
  readonly status: ConnectionStatus;

  /** Cuts the connection, as if there were no network. */
  pause(): void;

  /** Connects again after `pause()`. */
  resume(): void;

  /** Says goodbye, and ends it for good. */
  close(): void;
}

export interface ConnectionStatus {
  /**
   * - `connecting`: looking for the other side, or waiting to be let in
   * - `syncing`: changes are under way
   * - `synced`: each side has what the other has, as far as is known; news goes out as it comes. A
   *   shared database with no other tab is synced too
   * - `offline`: there is no connection now, and will be tried again; `error` says why
   * - `paused`: by `pause()`
   * - `closed`: by `close()`, or because trying again is of no use, and `error` says why
   */
  readonly state: 'connecting' | 'syncing' | 'synced' | 'offline' | 'paused' | 'closed';

  /** A sentence for the user about what keeps it from syncing; missing if nothing does. */
  readonly error?: string;

  /** How many databases it is connected to now. */
  readonly peers: number;

  /** How many changesets others have acknowledged, since the connection was made. */
  readonly sent: number;

  /** How many changesets of others have been merged. */
  readonly received: number;
}
