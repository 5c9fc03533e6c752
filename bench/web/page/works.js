/** The works: the same rows, SQL and transactions for every side, each on a fresh database. */

const TABLE = 'CREATE TABLE todo (id PRIMARY KEY NOT NULL, title, done)';
const REPLICATE = "SELECT crsql_as_crr('todo')";
const INSERT = 'INSERT INTO todo (id, title, done) VALUES (?, ?, ?)';
const UPDATE = 'UPDATE todo SET done = 1';
const SELECT = 'SELECT id, title, done FROM todo';
const CONTENT = 'SELECT count(*), total(done), sum(length(title)), min(id), max(id) FROM todo';

function insertStatement(count) {
  return `INSERT INTO todo (id, title, done)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    SELECT 'item-' || i, 'title ' || i, 0 FROM n`;
}

function rowsOf(count) {
  return Array.from({ length: count }, (_, i) => [`item-${i + 1}`, `title ${i + 1}`, 0]);
}

/** Does all of them, each as clock's time(name, units, work). */
export async function run(side, clock, { rows: count, transactions }) {
  await clock.time('load', 1, async () => {
    await side.load();
    await side.close(await fresh(side, true));
  });
  const rows = rowsOf(count);
  await writes({ side, clock, rows, transactions, replicated: false });
  await writes({ side, clock, rows, transactions, replicated: true });
  await exchange(side, clock, rows);
}

async function fresh(side, replicated) {
  const db = await side.open(replicated);
  await side.exec(db, TABLE);
  if (replicated) {
    await side.exec(db, REPLICATE);
  }
  return db;
}

/** On a table that is replicated or, to show what is SQLite's part, is not. */
async function writes({ side, clock, rows, transactions, replicated }) {
  const time = (name, units, work) => clock.time(replicated ? name : `plain_${name}`, units, work);
  const onFresh = (use) => onDatabase(side, replicated, use);

  await onFresh(async (db) => {
    await time('insert', rows.length, () => side.runAll(db, INSERT, rows));
    if (!replicated) {
      await time('select', rows.length, () => side.select(db, SELECT));
    }
    await time('update', rows.length, () => side.exec(db, UPDATE));
  });
  await onFresh((db) =>
    time('insert_statement', rows.length, () => side.exec(db, insertStatement(rows.length))),
  );
  const few = rows.slice(0, transactions);
  await onFresh((db) =>
    time('insert_transactions', few.length, () => side.runEach(db, INSERT, few)),
  );
}

async function exchange(side, clock, rows) {
  await onDatabase(side, true, async (db) => {
    await side.runAll(db, INSERT, rows);
    const content = JSON.stringify(await side.select(db, CONTENT));
    for (const [form, { read, write }] of Object.entries(side.exchange)) {
      const cells = 2 * rows.length;
      const changes = await clock.time(`read_${form}`, cells, () => side.select(db, read));
      await onDatabase(side, true, async (copy) => {
        await clock.time(`merge_${form}`, cells, () => side.runAll(copy, write, changes));
        await clock.time(`merge_${form}_again`, cells, () => side.runAll(copy, write, changes));
        const merged = JSON.stringify(await side.select(copy, CONTENT));
        if (merged !== content) {
          throw new Error(`merged ${merged} instead of ${content}`);
        }
      });
    }
  });
}

async function onDatabase(side, replicated, use) {
  const db = await fresh(side, replicated);
  await use(db);
  await side.close(db);
}
