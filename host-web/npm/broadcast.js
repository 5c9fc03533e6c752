import { Backoff } from './backoff.js';
import { Pair } from './pair.js';

const ID_BYTES = 16;

/** A tab that is closed may have said nothing: it is missed after three of these. */
const BEAT_MILLIS = 5_000;

/**
 * All tabs and workers of an origin that share a name, over a BroadcastChannel. Each has a random
 * id and says hello to all; of two, the one with the lower id opens a session. A message is
 * `{ from, to, data }`, without `to` if it is for all, and with data as in Pair.
 */
export class BroadcastPeers {
  #turns;
  #name;
  #report;
  #id = randomId();
  #channel = null;
  #pairs = new Map();

  /** The ids of those that no session is possible with, and why. */
  #refused = new Map();

  #backoff = new Backoff();
  #timers = new Set();
  #hide = () => this.#close();
  #show = ({ persisted }) => persisted && this.#open();

  constructor(turns, name, report) {
    if (typeof name !== 'string' || name === '') {
      throw new TypeError('crsql: what is shared needs a name, the same in all tabs');
    }
    this.#turns = turns;
    this.#name = name;
    this.#report = report;
  }

  start() {
    globalThis.addEventListener?.('pagehide', this.#hide);
    globalThis.addEventListener?.('pageshow', this.#show);
    this.#open();
  }

  stop() {
    this.leave();
  }

  leave() {
    globalThis.removeEventListener?.('pagehide', this.#hide);
    globalThis.removeEventListener?.('pageshow', this.#show);
    this.#close();
  }

  #open() {
    this.#channel = new BroadcastChannel(`crsql:${this.#name}`);
    this.#channel.onmessage = ({ data: { from, to, data } }) => {
      if (to === undefined || to === this.#id) {
        this.#pair(from).heard(data);
      }
    };
    this.#post(undefined, 'hello');
    this.#tell();
  }

  #close() {
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
    this.#pairs.forEach((pair) => pair.leave());
    this.#pairs.clear();
    this.#refused.clear();
    this.#channel?.close();
    this.#channel = null;
  }

  #post(to, data) {
    this.#channel?.postMessage({ from: this.#id, to, data });
  }

  #pair(id) {
    if (!this.#pairs.has(id)) {
      const owner = {
        pieceBytes: Infinity,
        beatMillis: BEAT_MILLIS,
        isWritable: () => true,
        progressed: (counts) => this.#progressed(id, counts),
        ended: (error, retry) => this.#ended(id, error, retry),
        gone: () => this.#gone(id),
      };
      const post = (data) => this.#post(id, data);
      this.#pairs.set(id, new Pair(this.#turns, this.#id < id, post, owner));
    }
    return this.#pairs.get(id);
  }

  #progressed(id, counts) {
    if (this.#pairs.get(id).isOpen) {
      this.#refused.delete(id);
    }
    this.#tell(counts);
  }

  /** Who is not there any more does not answer the hello, and is forgotten. */
  #ended(id, error, retry) {
    if (retry) {
      this.#pairs.delete(id);
      this.#helloLater(id);
    } else {
      this.#refused.set(id, error);
    }
    this.#tell();
  }

  #helloLater(id) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#pairs.has(id)) {
        this.#post(id, 'hello');
      }
    }, this.#backoff.next());
    this.#timers.add(timer);
  }

  #gone(id) {
    this.#pairs.delete(id);
    this.#refused.delete(id);
    this.#tell();
  }

  /** Who is alone has nothing to wait for. */
  #tell(counts = {}) {
    const open = [...this.#pairs.values()].filter((pair) => pair.isOpen);
    const synced = open.every((pair) => pair.isUpToDate);
    if (synced && open.length > 0) {
      this.#backoff.reset();
    }
    const [error] = this.#refused.values();
    this.#report({ ...counts, state: synced ? 'synced' : 'syncing', peers: open.length, error });
  }
}

function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
