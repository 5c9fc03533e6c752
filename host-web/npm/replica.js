import { BroadcastPeers } from './broadcast.js';
import { ChannelPeer } from './channel.js';
import { Connection } from './connection.js';
import { HubPeer } from './hub.js';
import { soon } from './task.js';
import { Turns } from './turns.js';

/** A database that replicates. See index.d.ts. */
export class Replica {
  #exports;
  #pointer;
  #turns;
  #commits = new EventTarget();
  #connections = new Set();
  #isOpen = true;

  constructor(sqlite3, { exports, replicas }, pointer) {
    this.#exports = exports;
    this.#pointer = pointer;
    this.#turns = new Turns(sqlite3, exports, pointer, () => {
      this.#commits.dispatchEvent(new Event('commit'));
    });
    replicas.set(pointer, {
      committed: () => this.#turns.committed(),
      closed: () => {
        replicas.delete(pointer);
        this.#closed();
      },
    });
  }

  /** SQLite is closing the connection, and must return first. */
  #closed() {
    this.#isOpen = false;
    this.#turns.stop();
    soon(() => this.#disconnect());
  }

  onChange(listener) {
    const call = () => listener();
    this.#commits.addEventListener('commit', call);
    return () => this.#commits.removeEventListener('commit', call);
  }

  sync(url, options = {}) {
    return this.#connect((report) => new HubPeer(this.#turns, url, options, report));
  }

  share(name) {
    return this.#connect((report) => new BroadcastPeers(this.#turns, name, report));
  }

  connect(channel, options) {
    return this.#connect((report) => new ChannelPeer(this.#turns, channel, options, report));
  }

  close() {
    this.#disconnect();
    if (this.#isOpen) {
      this.#exports.storeClose(this.#pointer);
    }
  }

  #disconnect() {
    for (const connection of this.#connections) {
      connection.close();
    }
  }

  #connect(peer) {
    if (!this.#isOpen) {
      throw new Error('crsql: the database is closed, so it cannot be synced; open it again');
    }
    const connection = new Connection(peer, (ended) => this.#connections.delete(ended));
    this.#connections.add(connection);
    return connection;
  }
}
