/** Runs what stands in a cell: SQL statements, of which each may have a result with typed values. */

/** Of a result, the rows that are kept to be shown; the others are counted. */
const SHOWN = 100;

/** At the beginning: comments, blank lines and commands of the sqlite3 shell, such as .mode. */
const PREAMBLE = /^(?:[ \t]*(?:--.*|\..*)?\n)*/;

/**
 * Gives { commands, results, error }: the shell's commands, which are left out; a result for each
 * statement that ran, { columns, rows, more }; and why the next one failed, or null.
 */
export function run(sqlite3, db, text) {
  const [preamble] = PREAMBLE.exec(text);
  const commands = preamble.split('\n').map((line) => line.trim()).filter((line) => line.startsWith('.'));
  const results = [];
  let error = null;
  sqlite3.wasm.scopedAllocCall(() => {
    try {
      for (const statement of prepared(sqlite3, db, text.slice(preamble.length))) {
        results.push(resultOf(sqlite3, db, statement));
      }
    } catch (failure) {
      error = failure.message;
    }
  });
  return { commands, results, error };
}

/** One statement after the other, each prepared when those before have run. */
function* prepared({ capi, wasm }, db, text) {
  const [statementAt, tailAt] = wasm.scopedAllocPtr(2);
  let tail = wasm.scopedAllocCString(text);
  while (wasm.peek8(tail) !== 0) {
    const code = capi.sqlite3_prepare_v3(db, tail, -1, 0, statementAt, tailAt);
    check(capi, db, code, capi.SQLITE_OK);
    const statement = wasm.peekPtr(statementAt);
    tail = wasm.peekPtr(tailAt);
    if (statement) {
      try {
        yield statement;
      } finally {
        capi.sqlite3_finalize(statement);
      }
    }
  }
}

function resultOf({ capi }, db, statement) {
  const count = capi.sqlite3_column_count(statement);
  const numbers = Array.from({ length: count }, (_, number) => number);
  const columns = numbers.map((number) => capi.sqlite3_column_name(statement, number));
  const rows = [];
  let more = 0;
  let code;
  while ((code = capi.sqlite3_step(statement)) === capi.SQLITE_ROW) {
    if (rows.length < SHOWN) {
      rows.push(numbers.map((number) => valueOf(capi, statement, number)));
    } else {
      more++;
    }
  }
  check(capi, db, code, capi.SQLITE_DONE);
  return { columns, rows, more };
}

/** A value as SQLite writes it, with its type. */
function valueOf(capi, statement, number) {
  switch (capi.sqlite3_column_type(statement, number)) {
    case capi.SQLITE_NULL:
      return { type: 'null', text: 'NULL' };
    case capi.SQLITE_BLOB:
      return { type: 'blob', text: literal(capi.sqlite3_column_js(statement, number)) };
    case capi.SQLITE_TEXT:
      return { type: 'text', text: capi.sqlite3_column_text(statement, number) };
    default:
      return { type: 'number', text: capi.sqlite3_column_text(statement, number) };
  }
}

function literal(bytes) {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  return `x'${hex.join('').toUpperCase()}'`;
}

function check(capi, db, code, expected) {
  if (code !== expected) {
    throw new Error(capi.sqlite3_errmsg(db));
  }
}
