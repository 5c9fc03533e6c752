import { Session, sessionOptions } from './session.js';

/**
 * This side and one other, over something that carries messages in order. Bytes are the session's;
 * text says when one begins and ends, since the same two may have several after each other:
 *
 * | text       | says |
 * |------------|------|
 * | `hello`    | I am here and have no session with you |
 * | `here`     | so am I; it is you who opens |
 * | `open N`   | my N-th session with you begins; what follows is of it |
 * | `opened N` | likewise, from the other side |
 * | `end`      | my session has ended |
 * | `bye`      | I am gone |
 *
 * The one that is `initiator` opens, and the other must not be.
 */
export class Pair {
  #turns;
  #initiator;
  #post;
  #owner;
  #session = null;
  #number = 0;

  /** Whether what comes is of the session that there is. */
  #agreed = false;

  /**
   * @param post sends text or bytes
   * @param owner is as a session's link is, but for `send`; and is told by `gone()` that the other
   *     side has left
   */
  constructor(turns, initiator, post, owner) {
    this.#turns = turns;
    this.#initiator = initiator;
    this.#post = post;
    this.#owner = owner;
  }

  get isOpen() {
    return this.#session?.isOpen ?? false;
  }

  get isUpToDate() {
    return this.#session?.isUpToDate ?? false;
  }

  /** Looks for the other side, unless there is a session with it. */
  greet() {
    if (this.#session === null) {
      this.#post('hello');
    }
  }

  /** Ends the session, if there is one, and says that it may begin again. */
  leave() {
    this.#drop();
    this.#post('bye');
  }

  heard(message) {
    if (typeof message !== 'string') {
      this.#bytes(message);
      return;
    }
    const [word, number] = message.split(' ');
    switch (word) {
      case 'hello':
        this.#drop();
        this.#answer();
        break;
      case 'here':
        this.#answer();
        break;
      case 'open':
        this.#drop();
        this.#post(`opened ${number}`);
        this.#begin(true);
        break;
      case 'opened':
        this.#agreed = Number(number) === this.#number;
        break;
      case 'end':
        this.#session?.lose('the other side has ended the session');
        break;
      case 'bye':
        this.#drop();
        this.#owner.gone();
        break;
      default: // of a later version
    }
  }

  #bytes(message) {
    if (this.#agreed) {
      this.#session?.receive(new Uint8Array(message));
    }
  }

  #answer() {
    if (!this.#initiator) {
      this.#post('here');
    } else if (this.#session === null) {
      this.#number++;
      this.#post(`open ${this.#number}`);
      this.#begin(false);
    }
  }

  #begin(agreed) {
    this.#agreed = agreed;
    const owner = this.#owner;
    const link = {
      pieceBytes: owner.pieceBytes,
      beatMillis: owner.beatMillis,
      isWritable: () => owner.isWritable(),
      send: (bytes) => this.#post(bytes),
      progressed: (counts) => owner.progressed(counts),
      ended: (error, retry) => this.#ended(error, retry),
    };
    const options = { ...sessionOptions(), connecting: this.#initiator };
    this.#session = new Session(this.#turns, link, options);
  }

  #ended(error, retry) {
    this.#session = null;
    this.#post('end');
    this.#owner.ended(error, retry);
  }

  #drop() {
    this.#session?.drop();
    this.#session = null;
  }
}
