/** The default VFS of the conformance tests: real files, with SQLite's five locks between connections. */

const NONE = 0;
const SHARED = 1;
const RESERVED = 2;
const PENDING = 3;
const EXCLUSIVE = 4;

const OPEN_CREATE = 0x4;
const OPEN_DELETE_ON_CLOSE = 0x8;

export function installVfs(sqlite3, files) {
  const { capi, wasm } = sqlite3;
  const open = new Map();
  const locked = new Map();
  let temporary = 0;

  /** Runs a method of SQLite's; what fails is an I/O error. */
  const guarded = (code, work) => {
    try {
      return work() ?? capi.SQLITE_OK;
    } catch (error) {
      return code;
    }
  };
  const others = (file, least) =>
    [...locked.get(file.path)].some((other) => other !== file && other.lock >= least);

  const io = new capi.sqlite3_io_methods();
  const ioMethods = {
    xClose: (pointer) =>
      guarded(capi.SQLITE_IOERR_CLOSE, () => {
        const file = open.get(pointer);
        open.delete(pointer);
        locked.get(file.path).delete(file);
        file.handle.close();
        if (file.deleteOnClose) {
          files.remove(file.path);
        }
      }),
    xRead: (pointer, to, count, offset) =>
      guarded(capi.SQLITE_IOERR_READ, () => {
        const target = wasm.heap8u().subarray(to, to + count);
        const read = open.get(pointer).handle.read(target, Number(offset));
        target.fill(0, read);
        return read < count ? capi.SQLITE_IOERR_SHORT_READ : capi.SQLITE_OK;
      }),
    xWrite: (pointer, from, count, offset) =>
      guarded(capi.SQLITE_IOERR_WRITE, () => {
        open.get(pointer).handle.write(wasm.heap8u().slice(from, from + count), Number(offset));
      }),
    xTruncate: (pointer, size) =>
      guarded(capi.SQLITE_IOERR_TRUNCATE, () => open.get(pointer).handle.truncate(Number(size))),
    xSync: () => capi.SQLITE_OK,
    xFileSize: (pointer, out) =>
      guarded(capi.SQLITE_IOERR_FSTAT, () => {
        wasm.poke64(out, BigInt(open.get(pointer).handle.size()));
      }),
    xLock: (pointer, lock) => {
      const file = open.get(pointer);
      if (file.lock >= lock) {
        return capi.SQLITE_OK;
      }
      const taken =
        lock === SHARED ? others(file, PENDING) : others(file, RESERVED);
      if (taken) {
        return capi.SQLITE_BUSY;
      }
      if (lock === EXCLUSIVE && others(file, SHARED)) {
        file.lock = PENDING;
        return capi.SQLITE_BUSY;
      }
      file.lock = lock;
      return capi.SQLITE_OK;
    },
    xUnlock: (pointer, lock) => {
      open.get(pointer).lock = lock;
      return capi.SQLITE_OK;
    },
    xCheckReservedLock: (pointer, out) => {
      const file = open.get(pointer);
      wasm.poke32(out, file.lock >= RESERVED || others(file, RESERVED) ? 1 : 0);
      return capi.SQLITE_OK;
    },
    xFileControl: () => capi.SQLITE_NOTFOUND,
    xSectorSize: () => 4096,
    xDeviceCharacteristics: () => 0,
  };

  const usual = new capi.sqlite3_vfs(capi.sqlite3_vfs_find(null));
  const vfs = new capi.sqlite3_vfs();
  vfs.$iVersion = 2;
  vfs.$szOsFile = capi.sqlite3_file.structInfo.sizeof;
  vfs.$mxPathname = 1024;
  vfs.$xRandomness = usual.$xRandomness;
  vfs.$xSleep = usual.$xSleep;
  const vfsMethods = {
    xOpen: (_, name, pointer, flags, flagsOut) =>
      guarded(capi.SQLITE_CANTOPEN, () => {
        const path = name ? wasm.cstrToJs(name) : files.temporary(temporary++);
        const handle = files.open(path, (flags & OPEN_CREATE) !== 0);
        const deleteOnClose = (flags & OPEN_DELETE_ON_CLOSE) !== 0;
        const file = { path, handle, lock: NONE, deleteOnClose };
        open.set(pointer, file);
        if (!locked.has(path)) {
          locked.set(path, new Set());
        }
        locked.get(path).add(file);
        const struct = new capi.sqlite3_file(pointer);
        struct.$pMethods = io.pointer;
        struct.dispose();
        if (flagsOut) {
          wasm.poke32(flagsOut, flags);
        }
      }),
    xDelete: (_, name) =>
      guarded(capi.SQLITE_IOERR_DELETE, () => files.remove(wasm.cstrToJs(name))),
    xAccess: (_, name, flags, out) =>
      guarded(capi.SQLITE_IOERR_ACCESS, () => {
        wasm.poke32(out, files.exists(wasm.cstrToJs(name)) ? 1 : 0);
      }),
    xFullPathname: (_, name, count, out) =>
      wasm.cstrncpy(out, name, count) < count ? capi.SQLITE_OK : capi.SQLITE_CANTOPEN,
    xGetLastError: () => 0,
    xCurrentTime: (_, out) => {
      wasm.poke(out, 2440587.5 + Date.now() / 86400000, 'double');
      return capi.SQLITE_OK;
    },
    xCurrentTimeInt64: (_, out) => {
      wasm.poke64(out, BigInt(Math.round(2440587.5 * 86400000 + Date.now())));
      return capi.SQLITE_OK;
    },
  };
  sqlite3.vfs.installVfs({
    io: { struct: io, methods: ioMethods },
    vfs: { struct: vfs, methods: vfsMethods, name: 'files', asDefault: true },
  });
}
