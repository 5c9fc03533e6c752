/**
 * The test process's files in a worker of a browser, where only XMLHttpRequest is synchronous; see
 * FileHandler.java.
 */
const origin = self.location.origin;

function ask(operation, parameters, body = null) {
  const request = new XMLHttpRequest();
  const query = new URLSearchParams({ operation, ...parameters });
  request.open('POST', `${origin}/file?${query}`, false);
  request.responseType = 'arraybuffer';
  request.send(body);
  if (request.status !== 200) {
    throw new Error(`${operation}: ${request.status}`);
  }
  return new Uint8Array(request.response);
}

function number(bytes) {
  return Number(new DataView(bytes.buffer).getBigInt64(0));
}

class OpenFile {
  #path;

  constructor(path) {
    this.#path = path;
  }

  read(to, offset) {
    const bytes = ask('read', { path: this.#path, offset, count: to.length });
    to.set(bytes);
    return bytes.length;
  }

  write(from, offset) {
    ask('write', { path: this.#path, offset }, from);
  }

  truncate(size) {
    ask('truncate', { path: this.#path, offset: size });
  }

  size() {
    return number(ask('size', { path: this.#path }));
  }

  close() {}
}

export const files = {
  open: (path, create) => {
    ask('open', { path, create });
    return new OpenFile(path);
  },
  exists: (path) => number(ask('exists', { path })) !== 0,
  remove: (path) => ask('remove', { path }),
  temporary: (index) => `temporary-${index}`,
};
