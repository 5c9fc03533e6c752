/** An open database of better-sqlite3, node:sqlite, or another with the same method. */
export interface Loadable {
  loadExtension(path: string): unknown;
}

/**
 * Loads crsql into a connection.
 *
 * @throws an Error whose message is one sentence: why it cannot be loaded, and what to do
 */
export function load(db: Loadable): void;

/**
 * The extension's path, the same as `require.resolve("@crsql/node")`: for what takes a path to a
 * loadable extension. It is without a suffix, which SQLite adds where it has to.
 */
export const path: string;
