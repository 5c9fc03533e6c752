/** Databases and statements by number, on SQLite's C API itself: no wrapper changes a value. */
import { SqlError, TYPE } from './message.mjs';

const ROW = 100;
const DONE = 101;
const TRANSIENT = -1;

/** SQLITE_OPEN_READWRITE, _CREATE and _URI. */
const OPEN = 0x2 | 0x4 | 0x40;

export class Connections {
  #wasm;
  #sqlite;
  #capi;
  #load;
  #out;
  #operations;

  constructor(sqlite3, crsql) {
    this.#wasm = sqlite3.wasm;
    this.#sqlite = sqlite3.wasm.exports;
    this.#capi = sqlite3.capi;
    this.#load = (pointer) => crsql(sqlite3, { pointer });
    this.#out = sqlite3.wasm.alloc(8);
    this.#operations = [
      (request, out) => this.#open(request, out),
      (request, out) => this.#run(request, out),
      (request, out) => this.#prepare(request, out),
      (request, out) => this.#step(request, out),
      (request) => this.#finish(request),
      (request) => this.#close(request),
    ];
  }

  handle(request, out) {
    return this.#operations[request.octet()](request, out);
  }

  async #open(request, out) {
    const path = this.#wasm.allocCString(request.text());
    const code = this.#sqlite.sqlite3_open_v2(path, this.#out, OPEN, 0);
    const db = this.#wasm.peekPtr(this.#out);
    this.#wasm.dealloc(path);
    if (code !== 0) {
      const error = this.#error(db);
      this.#sqlite.sqlite3_close_v2(db);
      throw error;
    }
    if (request.octet() !== 0) {
      await this.#load(db);
    }
    out.int(db);
  }

  #run(request, out) {
    const stmt = this.#bound(request);
    try {
      while (this.#row(stmt, out)) {
        continue;
      }
    } finally {
      this.#sqlite.sqlite3_finalize(stmt);
    }
  }

  #prepare(request, out) {
    out.int(this.#bound(request));
  }

  #step(request, out) {
    this.#row(request.int(), out);
  }

  #finish(request) {
    this.#sqlite.sqlite3_finalize(request.int());
  }

  #close(request) {
    this.#sqlite.sqlite3_close_v2(request.int());
  }

  #bound(request) {
    const db = request.int();
    const sql = request.data();
    const text = this.#copy(sql);
    const code = this.#sqlite.sqlite3_prepare_v2(db, text, sql.length, this.#out, 0);
    const stmt = this.#wasm.peekPtr(this.#out);
    this.#wasm.dealloc(text);
    if (code !== 0) {
      throw this.#error(db);
    }
    const count = request.int();
    for (let i = 1; i <= count; i++) {
      const bound = this.#bind(stmt, i, ...request.value());
      if (bound !== 0) {
        const error = this.#error(db);
        this.#sqlite.sqlite3_finalize(stmt);
        throw error;
      }
    }
    return stmt;
  }

  #bind(stmt, i, type, value) {
    switch (type) {
      case TYPE.NULL:
        return this.#sqlite.sqlite3_bind_null(stmt, i);
      case TYPE.INTEGER:
        return this.#sqlite.sqlite3_bind_int64(stmt, i, value);
      case TYPE.REAL:
        return this.#sqlite.sqlite3_bind_double(stmt, i, value);
      default: {
        const copy = this.#copy(value);
        const bind =
          type === TYPE.TEXT ? this.#sqlite.sqlite3_bind_text : this.#sqlite.sqlite3_bind_blob;
        const code = bind(stmt, i, copy, value.length, TRANSIENT);
        this.#wasm.dealloc(copy);
        return code;
      }
    }
  }

  #copy(bytes) {
    const copy = this.#wasm.alloc(bytes.length + 1);
    this.#wasm.heap8u().set(bytes, copy);
    this.#wasm.heap8u()[copy + bytes.length] = 0;
    return copy;
  }

  /** Steps, and writes the row as its width and values; nothing at the end. */
  #row(stmt, out) {
    const code = this.#sqlite.sqlite3_step(stmt);
    if (code === DONE || stmt === 0) {
      return false;
    } else if (code !== ROW) {
      throw this.#error(this.#sqlite.sqlite3_db_handle(stmt));
    }
    const columns = this.#sqlite.sqlite3_column_count(stmt);
    out.int(columns);
    for (let i = 0; i < columns; i++) {
      this.#column(stmt, i, out);
    }
    return true;
  }

  #column(stmt, i, out) {
    switch (this.#sqlite.sqlite3_column_type(stmt, i)) {
      case this.#capi.SQLITE_INTEGER:
        out.integer(this.#sqlite.sqlite3_column_int64(stmt, i));
        break;
      case this.#capi.SQLITE_FLOAT:
        out.real(this.#sqlite.sqlite3_column_double(stmt, i));
        break;
      case this.#capi.SQLITE_TEXT:
        out.text(this.#bytes(stmt, i, this.#sqlite.sqlite3_column_text(stmt, i)));
        break;
      case this.#capi.SQLITE_BLOB:
        out.blob(this.#bytes(stmt, i, this.#sqlite.sqlite3_column_blob(stmt, i)));
        break;
      default:
        out.null();
    }
  }

  #bytes(stmt, i, at) {
    return this.#wasm.heap8u().subarray(at, at + this.#sqlite.sqlite3_column_bytes(stmt, i));
  }

  #error(db) {
    return new SqlError(
      this.#sqlite.sqlite3_errcode(db) & 0xff,
      this.#wasm.cstrToJs(this.#sqlite.sqlite3_errmsg(db)),
    );
  }
}
