/** Requests and answers, as Message.java writes and reads them: big-endian, strings in UTF-8. */

const NULL = 0;
const INTEGER = 1;
const REAL = 2;
const TEXT = 3;
const BLOB = 4;

const OK = 0;
const SQL_ERROR = 1;
const CRASH = 2;

/** What SQLite has refused. */
export class SqlError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

export class Reader {
  #view;
  #at = 0;

  constructor(buffer) {
    this.#view = new DataView(buffer);
  }

  octet() {
    return this.#view.getUint8(this.#at++);
  }

  int() {
    this.#at += 4;
    return this.#view.getInt32(this.#at - 4);
  }

  data() {
    const length = this.int();
    this.#at += length;
    return new Uint8Array(this.#view.buffer, this.#at - length, length);
  }

  text() {
    return new TextDecoder().decode(this.data());
  }

  /** [type, value]: of a text its UTF-8. */
  value() {
    const type = this.octet();
    switch (type) {
      case NULL:
        return [type, null];
      case INTEGER:
        this.#at += 8;
        return [type, this.#view.getBigInt64(this.#at - 8)];
      case REAL:
        this.#at += 8;
        return [type, this.#view.getFloat64(this.#at - 8)];
      default:
        return [type, this.data()];
    }
  }
}

export class Writer {
  #bytes = new Uint8Array(1024);
  #length = 1;

  #room(count) {
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return new DataView(this.#bytes.buffer, this.#length - count, count);
  }

  int(value) {
    this.#room(4).setInt32(0, value);
  }

  data(bytes) {
    this.int(bytes.length);
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length - bytes.length);
  }

  null() {
    this.#room(1).setUint8(0, NULL);
  }

  integer(value) {
    const room = this.#room(9);
    room.setUint8(0, INTEGER);
    room.setBigInt64(1, value);
  }

  real(value) {
    const room = this.#room(9);
    room.setUint8(0, REAL);
    room.setFloat64(1, value);
  }

  text(utf8) {
    this.#room(1).setUint8(0, TEXT);
    this.data(utf8);
  }

  blob(bytes) {
    this.#room(1).setUint8(0, BLOB);
    this.data(bytes);
  }

  /** Replaces what was written by an error. */
  failure(error) {
    this.#length = 1;
    const refused = error instanceof SqlError;
    this.#bytes[0] = refused ? SQL_ERROR : CRASH;
    this.int(refused ? error.code : 0);
    this.data(new TextEncoder().encode(refused ? error.message : `${error.stack ?? error}`));
  }

  bytes() {
    return this.#bytes.subarray(0, this.#length);
  }
}

export const TYPE = { INTEGER, REAL, TEXT, BLOB, NULL, OK };
