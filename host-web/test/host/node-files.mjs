/** Node's files, synchronously. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

class OpenFile {
  #fd;

  constructor(fd) {
    this.#fd = fd;
  }

  /** How many bytes there were. */
  read(to, offset) {
    return fs.readSync(this.#fd, to, 0, to.length, offset);
  }

  write(from, offset) {
    fs.writeSync(this.#fd, from, 0, from.length, offset);
  }

  truncate(size) {
    fs.ftruncateSync(this.#fd, size);
  }

  size() {
    return fs.fstatSync(this.#fd).size;
  }

  close() {
    fs.closeSync(this.#fd);
  }
}

export const files = {
  open: (name, create) => {
    const flags = fs.constants.O_RDWR | (create ? fs.constants.O_CREAT : 0);
    return new OpenFile(fs.openSync(name, flags, 0o644));
  },
  exists: (name) => fs.existsSync(name),
  remove: (name) => fs.rmSync(name, { force: true }),
  temporary: (number) => path.join(os.tmpdir(), `crsql-${process.pid}-${number}`),
};
