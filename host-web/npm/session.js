/** The bits of Sessions.state in Java. */
const OPEN = 1;
const UP_TO_DATE = 2;
const CLOSED = 4;
const RETRY = 8;
const HAS_ALL = 16;

const ACCESS = Object.freeze({ read: 1, write: 2, full: 3 });
const MOST_TOKEN_BYTES = 1024;
const MOST_AGENT_BYTES = 64;

/** What a session is told, checked: who this is, and what it wants to do. */
export function sessionOptions({ token = '', agent = 'crsql-web', access = 'full' } = {}) {
  checkText('token', token, MOST_TOKEN_BYTES);
  checkText('agent', agent, MOST_AGENT_BYTES);
  if (!Object.hasOwn(ACCESS, access)) {
    throw new TypeError(`crsql: the option access is '${access}', and may be full, read or write`);
  }
  return { token, agent, access };
}

function checkText(name, text, most) {
  if (typeof text !== 'string' || text.includes('\0')) {
    throw new TypeError(`crsql: the option ${name} must be text without NUL`);
  }
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > most) {
    throw new RangeError(`crsql: the option ${name} has ${bytes} bytes, of at most ${most}`);
  }
}

/**
 * A conversation with one peer: the engine's state machine, the bytes that have come for it, and
 * those that go out over a link. That is an object with
 *
 * - `pieceBytes`, the most that `send(bytes)` takes at once; `isWritable()`, whether it does now
 * - `beatMillis`, after how many of silence a sign of life is asked for; after three times as many
 *   the peer is given up
 * - `progressed({ sent, received })`, called after each turn with what it has added
 * - `ended(error, retry)`, called once: the session is over, and has sent its last words
 */
export class Session {
  #turns;
  #link;
  #options;

  /** The engine's; null before the first turn, and after the end. */
  #handle = null;

  #inbox = [];
  #frame = null;
  #frameSent = 0;
  #sent = 0;
  #received = 0;
  #lost = null;
  #heart;

  /** @param options sessionOptions, and `connecting`, whether this side speaks first */
  constructor(turns, link, options) {
    this.#turns = turns;
    this.#link = link;
    this.#options = options;
    this.#heart = setInterval(() => this.#beat(), link.beatMillis);
    turns.add(this);
  }

  /** Whether both sides have greeted each other, and it has not ended. */
  get isOpen() {
    return (this.#state & OPEN) !== 0;
  }

  /** Whether each side has what the other has, as far as is known. */
  get isUpToDate() {
    return (this.#state & UP_TO_DATE) !== 0;
  }

  /** Whether all has come that the peer is known to have. */
  get hasAll() {
    return (this.#state & HAS_ALL) !== 0;
  }

  /** Whether something has come that is not yet taken. */
  get isWaiting() {
    return this.#inbox.length > 0;
  }

  get #state() {
    return this.#handle === null ? 0 : this.#turns.engine.sessionState(this.#handle);
  }

  /** Bytes have come; they are the session's. */
  receive(bytes) {
    this.#inbox.push(bytes);
    this.#turns.wake();
  }

  /** The link has broken: what has come is taken still. */
  lose(why) {
    this.#lost = why;
    this.#turns.wake();
  }

  /** Ends it without a word, and without telling the link. */
  drop() {
    clearInterval(this.#heart);
    this.#turns.delete(this);
    if (this.#handle !== null) {
      this.#turns.engine.sessionRelease(this.#handle);
      this.#handle = null;
    }
  }

  /** Ends it with a goodbye. */
  leave() {
    if (this.#handle !== null) {
      this.#turns.engine.sessionClose(this.#handle);
      this.#send();
    }
    this.drop();
  }

  /** In a turn: lets the engine have up to about so many bytes, and gives how many it was. */
  take(most) {
    if (this.#handle === null && !this.#begin()) {
      return 0;
    }
    let bytes = 0;
    while (this.#inbox.length > 0 && bytes < most) {
      bytes += this.#give(this.#inbox.shift());
    }
    return bytes;
  }

  #begin() {
    try {
      this.#handle = open(this.#turns, this.#options);
      return true;
    } catch (error) {
      this.#end(error.message, true);
      return false;
    }
  }

  #give(piece) {
    const { wasm } = this.#turns.sqlite3;
    const copy = wasm.alloc(piece.length);
    wasm.heap8u().set(piece, copy);
    this.#turns.engine.sessionReceive(this.#handle, copy, piece.length);
    wasm.dealloc(copy);
    return piece.length;
  }

  /** In a turn, after the commit: says what there is to say. */
  speak(changed) {
    const { engine } = this.#turns;
    if (changed) {
      engine.sessionChanged(this.#handle);
    }
    engine.sessionPump(this.#handle);
    this.#send();
    this.#count();
    if (this.#handle === null) {
      return; // who was told has ended it
    } else if (this.#state & CLOSED) {
      this.#end(this.#closing(), (this.#state & RETRY) !== 0);
    } else if (this.#lost !== null && !this.isWaiting) {
      this.#end(this.#lost, true);
    }
  }

  /** In a turn: what it has applied could not be committed, so that nothing may be said. */
  fail(why) {
    this.#end(why, true);
  }

  #end(error, retry) {
    this.drop();
    this.#link.ended(error, retry);
  }

  /** Sends as much as the link takes now. */
  #send() {
    while (this.#lost === null && this.#link.isWritable() && this.#hasFrame()) {
      const end = Math.min(this.#frameSent + this.#link.pieceBytes, this.#frame.length);
      this.#link.send(this.#frame.subarray(this.#frameSent, end));
      this.#frameSent = end;
    }
  }

  #hasFrame() {
    if (this.#frame === null || this.#frameSent === this.#frame.length) {
      this.#frame = this.#poll();
      this.#frameSent = 0;
    }
    return this.#frame !== null;
  }

  #poll() {
    const { wasm } = this.#turns.sqlite3;
    const out = wasm.allocPtr(1);
    const at = this.#turns.engine.sessionPoll(this.#handle, out);
    const length = wasm.peek32(out);
    wasm.dealloc(out);
    return at === 0 ? null : wasm.heap8u().slice(at, at + length);
  }

  #count() {
    const { engine } = this.#turns;
    const sent = engine.sessionSent(this.#handle);
    const received = engine.sessionReceived(this.#handle);
    this.#link.progressed({ sent: sent - this.#sent, received: received - this.#received });
    this.#sent = sent;
    this.#received = received;
  }

  #closing() {
    const { wasm, capi } = this.#turns.sqlite3;
    const message = this.#turns.engine.sessionClosing(this.#handle);
    const text = wasm.cstrToJs(message);
    capi.sqlite3_free(message);
    return text;
  }

  /**
   * What has come and waits for the application's transaction is a sign of life too. Other
   * connections to the same file commit without being noticed, so their changes are looked for now.
   */
  #beat() {
    if (this.#handle === null) {
      return;
    } else if (!this.isWaiting) {
      this.#turns.engine.sessionHeartbeat(this.#handle);
    }
    this.#turns.engine.sessionChanged(this.#handle);
    this.#turns.wake();
  }
}

/** Reads the database, so it must be in a turn. */
function open({ sqlite3: { wasm }, engine, pointer }, { connecting, access, token, agent }) {
  const scope = wasm.scopedAllocPush();
  try {
    const handle = engine.sessionOpen(
      pointer,
      connecting ? 1 : 0,
      ACCESS[access],
      wasm.scopedAllocCString(token),
      wasm.scopedAllocCString(agent),
    );
    if (handle < 0) {
      throw new Error('crsql: a session could not begin, for memory is short; close other pages');
    }
    return handle;
  } finally {
    wasm.scopedAllocPop(scope);
  }
}
