import { Backoff } from './backoff.js';
import { Pair } from './pair.js';

/** Every browser takes messages of this size, by RFC 8831. */
const PIECE_BYTES = 16 << 10;

/** How much may wait in a data channel, in bytes: it fails when that is too much for it. */
const MOST_WAITING_BYTES = 256 << 10;

const BEAT_MILLIS = 15_000;

const LEFT = 'the other side has closed the connection';

/** The one at the other end of an RTCDataChannel or a MessagePort. */
export class ChannelPeer {
  #turns;
  #channel;
  #isPort;
  #report;
  #pair;
  #backoff = new Backoff();
  #timer;
  #running = false;

  constructor(turns, channel, { initiator }, report) {
    if (typeof initiator !== 'boolean') {
      throw new TypeError(
        'crsql: the option initiator must be true on one side, false on the other',
      );
    } else if (!isReliable(channel)) {
      throw new TypeError(
        'crsql: the data channel must be ordered and reliable, as it is by default',
      );
    }
    this.#turns = turns;
    this.#channel = channel;
    this.#isPort = channel instanceof MessagePort;
    this.#report = report;
    this.#pair = new Pair(turns, initiator, (message) => this.#post(message), this);
    this.#listen();
  }

  start() {
    this.#running = true;
    this.#backoff.reset();
    if (this.#channel.readyState === 'closed') {
      this.#closed();
    } else {
      this.#pair.greet();
    }
  }

  #listen() {
    const on = (type, listener) =>
      this.#channel.addEventListener(type, (event) => this.#running && listener(event));
    on('message', ({ data }) => this.#pair.heard(data));
    on('close', () => this.#closed());
    if (this.#isPort) {
      this.#channel.start();
    } else {
      this.#channel.binaryType = 'arraybuffer';
      this.#channel.bufferedAmountLowThreshold = MOST_WAITING_BYTES / 2;
      on('open', () => this.#pair.greet());
      on('bufferedamountlow', () => this.#turns.wake());
    }
  }

  stop() {
    this.leave();
  }

  leave() {
    this.#running = false;
    clearTimeout(this.#timer);
    this.#pair.leave();
  }

  get beatMillis() {
    return BEAT_MILLIS;
  }

  get pieceBytes() {
    return this.#isPort ? Infinity : PIECE_BYTES;
  }

  isWritable() {
    return this.#isOpen && (this.#isPort || this.#channel.bufferedAmount < MOST_WAITING_BYTES);
  }

  progressed(counts) {
    if (this.#pair.isOpen) {
      const synced = this.#pair.isUpToDate;
      if (synced) {
        this.#backoff.reset();
      }
      this.#report({ ...counts, state: synced ? 'synced' : 'syncing', peers: 1, error: undefined });
    }
  }

  ended(error, retry) {
    if (retry) {
      this.#report({ state: 'offline', error, peers: 0 });
      this.#timer = setTimeout(() => this.#pair.greet(), this.#backoff.next());
    } else {
      this.#running = false;
      this.#report({ state: 'closed', error });
    }
  }

  /** It may come back on the same channel. */
  gone() {
    this.#report({ state: 'offline', error: LEFT, peers: 0 });
  }

  get #isOpen() {
    return this.#isPort || this.#channel.readyState === 'open';
  }

  #post(message) {
    if (this.#isOpen) {
      this.#isPort ? this.#channel.postMessage(message) : this.#channel.send(message);
    }
  }

  /** The channel is gone for good. */
  #closed() {
    this.leave();
    this.#report({ state: 'closed', error: LEFT });
  }
}

/** A MessagePort is, and has none of these. */
function isReliable({ ordered = true, maxRetransmits = null, maxPacketLifeTime = null }) {
  return ordered && maxRetransmits === null && maxPacketLifeTime === null;
}
