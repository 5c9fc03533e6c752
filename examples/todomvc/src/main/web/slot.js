/** Which database is this tab's: each tab has one of its own, and is a peer like any other. */

/** A tab that is loaded again comes before its former page has let go. */
const PATIENCE = 1000;

/**
 * The name of the database that this tab had before, else the first that no other tab has. It is
 * this tab's for as long as it is open. Without the browser's storage it is in memory.
 */
export async function databaseOfThisTab() {
  if (!globalThis.isSecureContext) {
    return ':memory:';
  }
  const before = sessionStorage.getItem('database');
  if (before && (await take(before, { signal: AbortSignal.timeout(PATIENCE) }))) {
    return before;
  }
  for (let n = 1; ; n++) {
    const name = `todo-${n}`;
    if (await take(name, { ifAvailable: true })) {
      sessionStorage.setItem('database', name);
      return name;
    }
  }
}

function take(name, options) {
  return new Promise((resolve) => {
    const hold = (lock) => {
      resolve(lock !== null);
      return lock && new Promise(() => {});
    };
    navigator.locks.request(`tab of ${name}`, options, hold).catch(() => resolve(false));
  });
}
