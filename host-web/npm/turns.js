import { soon } from './task.js';

/** SQLite's SQLITE_TXN_WRITE. */
const WRITES = 2;

/** How often to look whether the application has ended its transaction, in milliseconds. */
const BUSY_MILLIS = 10;

/** About how much is applied in a turn, in bytes; it bounds for how long a page does not answer. */
const TURN_BYTES = 256 << 10;

/**
 * The sessions of one database, which is the application's as well. In a turn, a task of its own,
 * all sessions apply what has come; that is committed; and only then they say what they have to, as
 * SyncSession.java demands. There is none while the application has a transaction open.
 */
export class Turns {
  #sqlite3;
  #engine;
  #pointer;
  #announce;
  #sessions = new Set();
  #watchers = new Set();
  #scheduled = false;
  #waiting;
  #news = false;
  #turning = false;
  #stopped = false;

  /** @param announce is called after each turn in which something was committed */
  constructor(sqlite3, engine, pointer, announce) {
    this.#sqlite3 = sqlite3;
    this.#engine = engine;
    this.#pointer = pointer;
    this.#announce = announce;
  }

  get sqlite3() {
    return this.#sqlite3;
  }

  get engine() {
    return this.#engine;
  }

  get pointer() {
    return this.#pointer;
  }

  add(session) {
    this.#sessions.add(session);
    this.wake();
  }

  delete(session) {
    this.#sessions.delete(session);
  }

  /** The same for another function; gives what ends that. */
  watch(watcher) {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** SQLite has committed something, and is still at work. */
  committed() {
    this.#news = true;
    if (!this.#turning) {
      this.wake();
    }
  }

  /** There is something to do. */
  wake() {
    if (!this.#scheduled && !this.#stopped) {
      this.#scheduled = true;
      soon(() => this.#turn());
    }
  }

  /** The connection must not be used any more. */
  stop() {
    this.#stopped = true;
    clearTimeout(this.#waiting);
  }

  #turn() {
    this.#scheduled = false;
    if (this.#stopped) {
      return;
    }
    if (this.#isBusy()) {
      clearTimeout(this.#waiting);
      this.#waiting = setTimeout(() => this.wake(), BUSY_MILLIS);
      return;
    }
    this.#turning = true;
    try {
      this.#converse();
    } finally {
      this.#turning = false;
    }
    if (this.#news) {
      this.#news = false;
      this.#watchers.forEach((watcher) => watcher());
      this.#announce();
    }
  }

  /** Whether the application is in a transaction, or a statement of its writes has rows to give. */
  #isBusy() {
    const { capi, wasm } = this.#sqlite3;
    return (
      capi.sqlite3_get_autocommit(this.#pointer) === 0 ||
      wasm.exports.sqlite3_txn_state(this.#pointer, 0) === WRITES
    );
  }

  #converse() {
    if (this.#sessions.size === 0) {
      return;
    }
    const written = this.#news;
    const { received, more } = this.#receive();
    const failure = this.#commit();
    for (const session of [...this.#sessions]) {
      // What was told of the one before may have ended it.
      if (this.#stopped || !this.#sessions.has(session)) {
        continue;
      }
      const came = received.has(session);
      if (came && failure !== null) {
        session.fail(failure);
        continue;
      }
      // Its own peer's changes are no news to it, unless triggers have added some.
      const merged = received.size > (came ? 1 : 0) || (came && session.hasAll);
      session.speak(written || (this.#news && merged));
    }
    if (more) {
      this.wake();
    }
  }

  #receive() {
    const received = new Set();
    let room = TURN_BYTES;
    let more = false;
    for (const session of this.#sessions) {
      const bytes = session.take(room);
      room -= bytes;
      if (bytes > 0) {
        received.add(session);
      }
      more ||= session.isWaiting;
    }
    return { received, more };
  }

  /** Gives why nothing of what has been applied is kept; null if it is. */
  #commit() {
    const { wasm, capi } = this.#sqlite3;
    const message = this.#engine.sessionCommit(this.#pointer);
    const text = wasm.cstrToJs(message);
    capi.sqlite3_free(message);
    return text;
  }
}
