/** Opens databases in memory and in the browser's origin-private file system (OPFS). */

const NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/;

/** A page that is loaded again comes before the worker of the one that it replaces has ended. */
const PATIENCE = 3000;
const PAUSE = 50;

/**
 * A database and the way to close it. Each file has a pool of its own, since a pool belongs to one
 * worker at a time: so the tabs of a browser can each have a database.
 */
export async function openDatabase(sqlite3, file) {
  if (file === ':memory:') {
    const db = new sqlite3.oo1.DB(file);
    return { db, close: () => db.close() };
  }
  if (!NAME.test(file)) {
    throw new Error(
      `crsql: '${file}' cannot be a file here; take 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-', and no '.' in front`,
    );
  }
  if (!globalThis.isSecureContext) {
    throw new Error(
      `crsql: ${file} cannot be kept for a page of plain http:; serve it over https:, or open ':memory:'`,
    );
  }
  const unlock = await lock(file);
  try {
    const pool = await openPool(sqlite3, file);
    const db = new pool.OpfsSAHPoolDb(`/${file}`);
    const close = () => {
      db.close();
      pool.pauseVfs();
      unlock();
    };
    return { db, close };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Without it, two workers that both find an empty folder would each make a pool in it. */
function lock(file) {
  return new Promise((resolve, reject) => {
    const held = () => new Promise((unlock) => resolve(unlock));
    navigator.locks
      .request(`crsql:${file}`, { signal: AbortSignal.timeout(PATIENCE) }, held)
      .catch(() => reject(inUse(file)));
  });
}

async function openPool(sqlite3, file) {
  const options = {
    name: `crsql-${file}`,
    directory: `/crsql/${file}`,
    initialCapacity: 3,
    verbosity: 0,
    // else a pool that cannot be opened is deleted
    preserveOnInitFailure: true,
    forceReinitIfPreviouslyFailed: true,
  };
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await sqlite3.installOpfsSAHPoolVfs(options);
    } catch (error) {
      if (error.name !== 'NoModificationAllowedError') {
        throw new Error(
          `crsql: ${file} cannot be kept in this browser: ${error.message}; free some storage, or open ':memory:'`,
          { cause: error },
        );
      }
      if (Date.now() > end) {
        throw inUse(file);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

function inUse(file) {
  return new Error(
    `crsql: ${file} is open in another tab or worker; close that one, or open a file of another name here and share() both`,
  );
}
