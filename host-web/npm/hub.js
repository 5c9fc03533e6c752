import { Backoff } from './backoff.js';
import { Session, sessionOptions } from './session.js';

const CONNECT_MILLIS = 10_000;

const BEAT_MILLIS = 15_000;

/** Servers refuse large messages, and frames may be cut anywhere. */
const PIECE_BYTES = 32 << 10;

/** A retry that is due sooner than this, in milliseconds, is not hurried. */
const HURRY_MILLIS = 1_000;

/**
 * A hub over WebSocket, connected to again and again. What the browser tells of a failed attempt is
 * that it has failed, whether the host is not there or answers with an HTTP error.
 */
export class HubPeer {
  #turns;
  #url;
  #options;
  #report;
  #backoff = new Backoff();

  /** The attempt that counts; what others tell comes too late. */
  #socket = null;
  #session = null;
  #timer;
  #retryAt = 0;
  #unwatch = () => {};
  #hurry = () => this.#tryEarlier();

  constructor(turns, url, options, report) {
    this.#turns = turns;
    this.#url = hubUrl(url);
    this.#options = { ...sessionOptions(options), connecting: true };
    this.#report = report;
  }

  start() {
    this.#unwatch = this.#turns.watch(this.#hurry);
    globalThis.addEventListener?.('online', this.#hurry);
    this.#backoff.reset();
    this.#connect();
  }

  stop() {
    this.#disconnect((session) => session.drop());
  }

  leave() {
    this.#disconnect((session) => session.leave());
  }

  #disconnect(end) {
    this.#unwatch();
    globalThis.removeEventListener?.('online', this.#hurry);
    clearTimeout(this.#timer);
    if (this.#session !== null) {
      end(this.#session);
    }
    this.#hangUp();
  }

  #hangUp() {
    const socket = this.#socket;
    this.#socket = null;
    this.#session = null;
    socket?.close();
  }

  #connect() {
    this.#report({ state: 'connecting' });
    let socket;
    try {
      socket = new WebSocket(this.#url);
    } catch (error) {
      // such as for ws: in a page of https:
      this.#ended(`this page may not connect to ${this.#place}: ${error.message}`, false);
      return;
    }
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#timer = setTimeout(
      () => this.#lost(`${this.#place} did not answer in time`),
      CONNECT_MILLIS,
    );
    const on = (type, listener) =>
      socket.addEventListener(type, (event) => this.#socket === socket && listener(event));
    on('open', () => this.#opened(socket));
    on('message', ({ data }) => this.#received(data));
    on('close', ({ reason }) => this.#closed(reason));
  }

  #opened(socket) {
    clearTimeout(this.#timer);
    const link = {
      pieceBytes: PIECE_BYTES,
      beatMillis: BEAT_MILLIS,
      isWritable: () => socket.readyState === WebSocket.OPEN,
      send: (bytes) => socket.send(bytes),
      progressed: (counts) => this.#progressed(counts),
      ended: (error, retry) => this.#ended(error, retry),
    };
    this.#session = new Session(this.#turns, link, this.#options);
  }

  #received(data) {
    if (typeof data === 'string') {
      this.#session.lose(`${this.#place} sends text, so it is no hub of crsql`);
    } else {
      this.#session.receive(new Uint8Array(data));
    }
  }

  #closed(reason) {
    if (this.#session === null) {
      this.#lost(
        `${this.#place} cannot be reached, or serves no database at ${this.#url.pathname}`,
      );
    } else {
      this.#session.lose(`${this.#place} has closed the connection${reason ? `: ${reason}` : ''}`);
    }
  }

  #progressed(counts) {
    if (!this.#session.isOpen) {
      return;
    }
    const synced = this.#session.isUpToDate;
    if (synced) {
      this.#backoff.reset();
    }
    this.#report({ ...counts, state: synced ? 'synced' : 'syncing', peers: 1, error: undefined });
  }

  #ended(error, retry) {
    if (retry) {
      this.#lost(error);
    } else {
      this.#disconnect(() => {});
      this.#report({ state: 'closed', error });
    }
  }

  #lost(error) {
    this.#hangUp();
    this.#report({ state: 'offline', error, peers: 0 });
    this.#retryIn(this.#backoff.next());
  }

  #retryIn(millis) {
    clearTimeout(this.#timer);
    this.#retryAt = Date.now() + millis;
    this.#timer = setTimeout(() => this.#connect(), millis);
  }

  /** There is something to send, or a network again. */
  #tryEarlier() {
    if (this.#socket === null && this.#retryAt - Date.now() > HURRY_MILLIS) {
      this.#retryIn(Backoff.soon());
    }
  }

  get #place() {
    return this.#url.host;
  }
}

/** The URL with ws or wss for http or https; refused if it names no WebSocket. */
function hubUrl(given) {
  let url;
  try {
    url = new URL(given, globalThis.location?.href);
  } catch {
    throw new TypeError(`crsql: the URL ${given} is malformed`);
  }
  url.protocol = url.protocol.replace(/^http/, 'ws');
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') {
    throw new TypeError(
      `crsql: the URL ${given} does not begin with ws://, wss://, http:// or https://`,
    );
  } else if (url.username || url.password) {
    throw new TypeError(
      'crsql: the URL has a user or password in front of its host; give the token by itself',
    );
  } else if (url.hash) {
    throw new TypeError(`crsql: the URL ${given} has a # in it, which no server would see`);
  }
  return url;
}
