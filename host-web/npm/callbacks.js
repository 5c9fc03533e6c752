/**
 * The functions that SQLite calls, in the order of their numbers in Callback.java, with their types
 * in the notation of sqlite3.wasm.installFunction.
 */
export const CALLBACKS = Object.freeze({
  function: 'v(pip)',
  release: 'v(p)',
  connect: 'i(ppippp)',
  bestIndex: 'i(pp)',
  disconnect: 'i(p)',
  open: 'i(pp)',
  close: 'i(p)',
  filter: 'i(pipip)',
  next: 'i(p)',
  eof: 'i(p)',
  column: 'i(ppi)',
  rowid: 'i(pp)',
  update: 'i(pipp)',
  begin: 'i(p)',
  sync: 'i(p)',
  commit: 'i(p)',
  rollback: 'i(p)',
  savepoint: 'i(pi)',
  rollbackTo: 'i(pi)',
});
