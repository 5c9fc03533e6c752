const COUNTED = new Set(['sent', 'received']);

/**
 * What the application sees of its peers on one transport. See index.d.ts. The transport is an
 * object with `start()`, `stop()`, which cuts it off, and `leave()`, which says goodbye first; it
 * reports changes of the status.
 */
export class Connection extends EventTarget {
  #transport;
  #ended;
  #status = Object.freeze({ state: 'connecting', peers: 0, sent: 0, received: 0 });

  /**
   * @param make makes the transport, given what it reports to
   * @param ended is called with the connection once it is closed
   */
  constructor(make, ended) {
    super();
    this.#ended = ended;
    this.#transport = make((changes) => this.#report(changes));
    this.#transport.start();
  }

  get status() {
    return this.#status;
  }

  pause() {
    if (this.#isRunning()) {
      this.#set({ state: 'paused', error: undefined, peers: 0 });
      this.#transport.stop();
    }
  }

  resume() {
    if (this.#status.state === 'paused') {
      this.#set({ state: 'connecting' });
      this.#transport.start();
    }
  }

  close() {
    if (this.#isRunning()) {
      this.#transport.leave();
    }
    this.#close(undefined);
  }

  #isRunning() {
    return this.#status.state !== 'paused' && this.#status.state !== 'closed';
  }

  #report(changes) {
    if (changes.state === 'closed') {
      this.#close(changes.error);
    } else if (this.#isRunning()) {
      this.#set(changes);
    }
  }

  #close(error) {
    if (this.#status.state !== 'closed') {
      this.#set({ state: 'closed', error, peers: 0 });
      this.#ended(this);
    }
  }

  /** What is counted is added to what was there. */
  #set(changes) {
    const next = { ...this.#status };
    for (const [name, value] of Object.entries(changes)) {
      next[name] = COUNTED.has(name) ? next[name] + value : value;
    }
    if (next.error === undefined) {
      delete next.error;
    }
    const names = new Set([...Object.keys(next), ...Object.keys(this.#status)]);
    if ([...names].some((name) => next[name] !== this.#status[name])) {
      this.#status = Object.freeze(next);
      this.dispatchEvent(new Event('change'));
    }
  }
}
