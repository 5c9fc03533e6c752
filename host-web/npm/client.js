/**
 * Opens a database in a worker that serves it. See client.d.ts.
 */
export async function open(worker, file) {
  const calls = new Calls(worker);
  const database = new RemoteDatabase(calls);
  await calls.send('open', file);
  return database;
}

/** What SQLite or crsql refused. */
export class DatabaseError extends Error {
  constructor({ message, code }) {
    super(message);
    this.name = 'DatabaseError';
    this.code = code;
  }
}

/** Numbers what is asked of a worker, and matches its answers. */
class Calls {
  #worker;
  #waiting = new Map();
  #last = 0;
  #end;
  onEvent = () => {};

  constructor(worker) {
    this.#worker = worker;
    worker.addEventListener('message', ({ data }) => this.#receive(data));
    worker.addEventListener('error', (event) => {
      const reason = event.message ?? 'its script cannot be loaded';
      this.end(`crsql: the worker of the database failed: ${reason}`);
    });
  }

  send(method, ...args) {
    return new Promise((resolve, reject) => {
      if (this.#end) {
        throw new DatabaseError({ message: this.#end });
      }
      const call = ++this.#last;
      // what cannot be cloned throws here
      this.#worker.postMessage({ call, method, args });
      this.#waiting.set(call, { resolve, reject });
    });
  }

  end(message) {
    this.#end = message;
    this.#waiting.forEach(({ reject }) => reject(new DatabaseError({ message })));
    this.#waiting.clear();
  }

  #receive(data) {
    if (data.call === undefined) {
      this.onEvent(data);
      return;
    }
    const waiting = this.#waiting.get(data.call);
    this.#waiting.delete(data.call);
    if (data.error) {
      waiting?.reject(new DatabaseError(data.error));
    } else {
      waiting?.resolve(data.result);
    }
  }
}

class RemoteDatabase {
  #calls;
  #listeners = new Set();
  #connections = new Map();
  #last = 0;

  constructor(calls) {
    this.#calls = calls;
    calls.onEvent = ({ connection, status }) => {
      if (connection === undefined) {
        this.#listeners.forEach((listener) => listener());
      } else {
        this.#connections.get(connection)?.report(status);
      }
    };
  }

  exec(sql, params) {
    return this.#calls.send('exec', sql, params);
  }

  transaction(statements) {
    return this.#calls.send('transaction', statements);
  }

  onChange(listener) {
    const entry = () => listener();
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  sync(url, options) {
    return this.#connect('sync', String(url), options);
  }

  share(name) {
    return this.#connect('share', name);
  }

  async close() {
    await this.#calls.send('close');
    this.#calls.end('crsql: this database has been closed');
    this.#connections.forEach((connection) => connection.ended());
    this.#connections.clear();
  }

  /** The connection is known here before there is one, so that it misses nothing of its status. */
  async #connect(method, ...args) {
    const number = ++this.#last;
    const connection = new RemoteConnection(this.#calls, number);
    this.#connections.set(number, connection);
    try {
      await this.#calls.send(method, number, ...args);
      return connection;
    } catch (error) {
      this.#connections.delete(number);
      throw error;
    }
  }
}

class RemoteConnection extends EventTarget {
  #calls;
  #number;
  #status = { state: 'connecting', peers: 0, sent: 0, received: 0 };

  constructor(calls, number) {
    super();
    this.#calls = calls;
    this.#number = number;
  }

  get status() {
    return this.#status;
  }

  pause() {
    this.#send('pause');
  }

  resume() {
    this.#send('resume');
  }

  close() {
    this.#send('disconnect');
    this.ended();
  }

  report(status) {
    this.#status = status;
    this.dispatchEvent(new Event('change'));
  }

  ended() {
    this.report({ ...this.#status, state: 'closed', peers: 0 });
  }

  /** Of a database that has been closed there is nothing more to want. */
  #send(method) {
    this.#calls.send(method, this.#number).catch(() => {});
  }
}
