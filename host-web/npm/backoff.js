const LEAST_MILLIS = 1_000;
const MOST_MILLIS = 60_000;

/**
 * How long to wait before the next attempt: twice as long each time, and a random share of it, so
 * that a hub that comes back is not met by all at once.
 */
export class Backoff {
  #due = LEAST_MILLIS;

  /** Something has worked. */
  reset() {
    this.#due = LEAST_MILLIS;
  }

  /** The milliseconds to wait now: at least half of what is due. */
  next() {
    const due = this.#due;
    this.#due = Math.min(2 * due, MOST_MILLIS);
    return Backoff.#share(due);
  }

  /** The same if there is a reason to try at once. */
  static soon() {
    return Backoff.#share(LEAST_MILLIS);
  }

  static #share(due) {
    return (due * (1 + Math.random())) / 2;
  }
}
