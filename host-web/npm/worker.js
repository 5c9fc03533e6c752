import { crsql, preload } from './index.js';
import { openDatabase } from './storage.js';

/** SQLite's VFSs that need more than a pool does, and warn if they do not get it. */
const NOT_NEEDED = { disable: { vfs: { opfs: true, 'opfs-vfs': true } } };

/** `SQLITE_CONSTRAINT: sqlite3 result code 1299: `, in front of what SQLite says. */
const PREFIX = /^\w+: sqlite3 result code \d+: /;

/**
 * Serves one database to a page. See worker.d.ts. The page sends `{call, method, args}` and gets
 * `{call, result}` or `{call, error}`; without being asked it gets `{changed}` and, of the
 * connections it has numbered, `{connection, status}`.
 */
export function serve(sqlite3InitModule, port = globalThis) {
  const database = new ServedDatabase(sqlite3InitModule, port);
  port.addEventListener('message', async ({ data: { call, method, args } }) => {
    try {
      port.postMessage({ call, result: await database[method](...args) });
    } catch (error) {
      port.postMessage({ call, error: database.describe(error) });
    }
  });
}

class ServedDatabase {
  #init;
  #port;
  #sqlite3;
  #storage;
  #replica;
  #connections = new Map();

  constructor(init, port) {
    this.#init = init;
    this.#port = port;
  }

  async open(file) {
    if (this.#storage) {
      throw new Error('crsql: this worker has a database open; start a worker for each');
    }
    globalThis.sqlite3ApiConfig ??= NOT_NEEDED;
    preload();
    this.#sqlite3 ??= await this.#init();
    this.#storage = await openDatabase(this.#sqlite3, file);
    try {
      this.#replica = await crsql(this.#sqlite3, this.#storage.db);
    } catch (error) {
      this.#storage.close();
      this.#storage = undefined;
      throw error;
    }
    this.#replica.onChange(() => this.#port.postMessage({ changed: true }));
  }

  exec(sql, params) {
    const bind = params === undefined ? {} : { bind: params };
    return this.#db.exec({ sql, ...bind, rowMode: 'object', returnValue: 'resultRows' });
  }

  transaction(statements) {
    this.#db.exec('begin immediate');
    try {
      const results = statements.map(([sql, params]) => this.exec(sql, params));
      this.#db.exec('commit');
      return results;
    } catch (error) {
      // some errors, such as a full disk, have ended it
      if (!this.#sqlite3.capi.sqlite3_get_autocommit(this.#db.pointer)) {
        this.#db.exec('rollback');
      }
      throw error;
    }
  }

  sync(number, url, options) {
    this.#add(number, this.#replica.sync(url, options));
  }

  share(number, name) {
    this.#add(number, this.#replica.share(name));
  }

  pause(number) {
    this.#connections.get(number)?.pause();
  }

  resume(number) {
    this.#connections.get(number)?.resume();
  }

  disconnect(number) {
    this.#connections.get(number)?.close();
    this.#connections.delete(number);
  }

  close() {
    this.#replica?.close();
    this.#storage?.close();
    this.#replica = undefined;
    this.#storage = undefined;
    this.#connections.clear();
  }

  /** An error as what can be sent: its sentence, and SQLite's name of its code. */
  describe(error) {
    const code = this.#sqlite3?.capi.sqlite3_js_rc_str(error.resultCode ?? 0);
    return error.resultCode
      ? { message: error.message.replace(PREFIX, ''), code }
      : { message: error.message };
  }

  get #db() {
    if (!this.#storage) {
      throw new Error('crsql: no database is open here; open one first');
    }
    return this.#storage.db;
  }

  #add(number, connection) {
    const report = () =>
      this.#port.postMessage({ connection: number, status: { ...connection.status } });
    this.#connections.set(number, connection);
    connection.addEventListener('change', report);
    report();
  }
}
