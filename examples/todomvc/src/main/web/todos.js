/** The items, as a table that is replicated. */

/** The same on all peers; done is 0 or 1. */
const SCHEMA = `
  create table if not exists todo(id text primary key not null, title text, done integer, created integer);
  select crsql_as_crr('todo')`;

export class Todos {
  #db;
  #writing = 0;
  #changed = () => {};

  constructor(db) {
    this.#db = db;
  }

  async create() {
    await this.#db.exec(SCHEMA);
  }

  /** Calls a listener after changes, here or elsewhere; but not while more of this tab's are due. */
  onChange(listener) {
    this.#changed = () => this.isWriting || listener();
    this.#db.onChange(this.#changed);
  }

  /** Whether what has been read may be out of date already. */
  get isWriting() {
    return this.#writing > 0;
  }

  all() {
    return this.#db.exec('select id, title, done from todo order by created, id');
  }

  add(title) {
    return this.#write('insert into todo values(lower(hex(randomblob(8))), ?, 0, ?)', [
      title,
      Date.now(),
    ]);
  }

  rename(id, title) {
    return this.#write('update todo set title = ? where id = ?', [title, id]);
  }

  mark(id, done) {
    return this.#write('update todo set done = ? where id = ?', [Number(done), id]);
  }

  /** Writes only where something changes: what is not written cannot win over another's write. */
  markAll(done) {
    return this.#write('update todo set done = ?1 where done is not ?1', [Number(done)]);
  }

  remove(id) {
    return this.#write('delete from todo where id = ?', [id]);
  }

  removeDone() {
    return this.#write('delete from todo where done');
  }

  async #write(sql, params) {
    this.#writing++;
    try {
      await this.#db.exec(sql, params);
    } finally {
      this.#writing--;
      this.#changed();
    }
  }
}
