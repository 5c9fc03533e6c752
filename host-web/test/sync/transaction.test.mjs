/** The application's connection is the sessions' too: neither harms the other. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { converged, open, reached, sleep, until } from './databases.mjs';

async function pair(context) {
  const [a, b] = [await open(), await open({ build: 'script' })];
  const { port1, port2 } = new MessageChannel();
  const toB = a.replica.connect(port1, { initiator: true });
  const toA = b.replica.connect(port2, { initiator: false });
  context.after(() => {
    a.close();
    b.close();
    port1.close();
  });
  await reached(toB, 'synced');
  await reached(toA, 'synced');
  return { a, b, toA, toB };
}

test('an open transaction is not read early, and what comes meanwhile waits', async (context) => {
  const { a, b } = await pair(context);
  a.exec('BEGIN');
  a.exec(`INSERT INTO todo VALUES(1, 'not yet', 0)`);
  b.exec(`INSERT INTO todo VALUES(2, 'of b', 0)`);
  await sleep(150);
  assert.deepEqual(a.titles(), ['not yet']);
  assert.deepEqual(b.titles(), ['of b']);
  a.exec('COMMIT');
  await converged([a, b]);
  assert.deepEqual(a.titles(), ['not yet', 'of b']);
});

test('what is rolled back is never sent, and what waited comes', async (context) => {
  const { a, b } = await pair(context);
  a.exec('BEGIN');
  a.exec(`INSERT INTO todo VALUES(1, 'never', 0)`);
  b.exec(`INSERT INTO todo VALUES(2, 'of b', 0)`);
  await sleep(50);
  a.exec('ROLLBACK');
  await converged([a, b]);
  assert.deepEqual(b.titles(), ['of b']);
});

test('a transaction that only reads keeps its snapshot', async (context) => {
  const { a, b } = await pair(context);
  a.exec('BEGIN');
  assert.deepEqual(a.titles(), []);
  b.exec(`INSERT INTO todo VALUES(1, 'of b', 0)`);
  await sleep(100);
  assert.deepEqual(a.titles(), []);
  a.exec('COMMIT');
  await converged([a, b]);
});

test('a statement that has written and still gives rows is waited for', async (context) => {
  const { a, b } = await pair(context);
  const stmt = a.db.prepare(`INSERT INTO todo VALUES(1, 'x', 0), (2, 'y', 0) RETURNING id`);
  assert.ok(stmt.step());
  b.exec(`INSERT INTO todo VALUES(3, 'of b', 0)`);
  await sleep(100);
  assert.deepEqual(b.titles(), ['of b']);
  assert.ok(stmt.step());
  stmt.finalize();
  await converged([a, b]);
  assert.deepEqual(b.titles(), ['x', 'y', 'of b']);
});

test('a query that is read slowly goes on while rows come', async (context) => {
  const { a, b } = await pair(context);
  a.exec(`INSERT INTO todo VALUES(1, 'one', 0), (2, 'two', 0)`);
  await converged([a, b]);
  const stmt = a.db.prepare('SELECT title FROM todo ORDER BY id');
  assert.ok(stmt.step());
  b.exec(`INSERT INTO todo VALUES(3, 'three', 0)`);
  await converged([a, b]);
  assert.ok(stmt.step());
  assert.equal(stmt.get(0), 'two');
  stmt.finalize();
});

test('what cannot be written is not acknowledged, and comes once it can', async (context) => {
  const { a, b, toB } = await pair(context);
  const pages = a.value('PRAGMA page_count');
  a.exec(`PRAGMA max_page_count = ${pages + 2}`);
  b.exec(`INSERT INTO todo VALUES(1, ?, 0)`, ['x'.repeat(100_000)]);
  await reached(toB, 'offline');
  assert.match(toB.status.error, /the database cannot be used now: database or disk is full/);
  assert.deepEqual(a.titles(), []);
  assert.equal(a.sqlite3.capi.sqlite3_get_autocommit(a.db), 1);
  a.exec('PRAGMA max_page_count = 1000000');
  await converged([a, b]);
  assert.equal(a.titles().length, 1);
});

test('what cannot be committed is not acknowledged, and comes once it can', async (context) => {
  const { a, b, toA, toB } = await pair(context);
  const { capi } = a.sqlite3;
  let refused = 0;
  capi.sqlite3_commit_hook(a.db, () => ++refused, 0);
  const acknowledged = toA.status.sent;
  b.exec(`INSERT INTO todo VALUES(1, 'of b', 0)`);
  await reached(toB, 'offline');
  assert.match(toB.status.error, /the database cannot be used now: constraint failed/);
  assert.equal(refused, 1);
  assert.deepEqual(a.titles(), []);
  capi.sqlite3_commit_hook(a.db, 0, 0);
  assert.equal(toA.status.sent, acknowledged);
  await converged([a, b]);
});

test('listeners are called once for all of a task, and for merges', async (context) => {
  const { a, b } = await pair(context);
  const calls = { a: 0, b: 0 };
  const end = a.replica.onChange(() => calls.a++);
  b.replica.onChange(() => calls.b++);
  for (let i = 0; i < 10; i++) {
    a.exec('INSERT INTO todo VALUES(?, ?, 0)', [i, i]);
  }
  assert.equal(calls.a, 0);
  await converged([a, b]);
  await sleep(20);
  assert.deepEqual(calls, { a: 1, b: 1 });

  a.exec('CREATE TABLE plain(x); INSERT INTO plain VALUES(1)');
  a.exec(`BEGIN; INSERT INTO todo VALUES('x', 'never', 0); ROLLBACK`);
  await sleep(50);
  assert.equal(calls.a, 1);
  end();
  a.exec('DELETE FROM todo');
  await converged([a, b]);
  await sleep(20);
  assert.deepEqual(calls, { a: 1, b: 2 });
});

test('a listener may write, and that is sent', async (context) => {
  const { a, b } = await pair(context);
  a.replica.onChange(() => a.exec('UPDATE todo SET done = 1 WHERE done = 0'));
  b.exec(`INSERT INTO todo VALUES(1, 'of b', 0)`);
  await until(() => b.value('SELECT done FROM todo') === 1, 'the mark has not come');
});

test('a closed database ends its connections and leaves no statement', async (context) => {
  const { b, toA } = await pair(context);
  const file = 'file:/closed?vfs=memdb'; // which is empty again once nobody has it open
  const c = await open({ file });
  const { port1, port2 } = new MessageChannel();
  const connection = c.replica.connect(port1, { initiator: true });
  b.replica.connect(port2, { initiator: false });
  await reached(connection, 'synced');
  c.replica.onChange(() => assert.fail('it is closed'));
  c.exec(`INSERT INTO todo VALUES(9, 'c', 0)`);
  c.close();
  const again = new c.sqlite3.oo1.DB(file);
  assert.equal(again.selectValue('SELECT count(*) FROM sqlite_schema'), 0);
  again.close();
  await until(() => connection.status.state === 'closed', 'it is not closed');
  assert.throws(() => c.replica.share('x'), /the database is closed/);
  assert.equal(toA.status.state, 'synced');
  port1.close();
});

test('a listener may pause, close, and close the database', async (context) => {
  const { a, b, toB, toA } = await pair(context);
  toB.addEventListener('change', () => toB.pause(), { once: true });
  b.exec(`INSERT INTO todo VALUES(1, 'of b', 0)`);
  await reached(toB, 'paused');
  toB.resume();
  await converged([a, b]);
  await reached(toB, 'synced');

  const c = await open();
  const { port1, port2 } = new MessageChannel();
  const toD = c.replica.connect(port1, { initiator: true });
  const toC = b.replica.connect(port2, { initiator: false });
  toD.addEventListener('change', () => toD.status.received > 0 && c.db.isOpen() && c.close());
  await reached(toD, 'closed');
  await reached(toC, 'offline');
  b.exec(`INSERT INTO todo VALUES(2, 'of b', 0)`);
  await converged([a, b]);
  assert.equal(toA.status.state, 'synced');
  port1.close();
});

test('what another connection to the file writes goes with a heartbeat', async (context) => {
  const file = 'file:/two?vfs=memdb';
  const [a, b] = [await open({ file }), await open()];
  const other = await open({ file, schema: 'SELECT 1' });
  context.after(() => [a, b, other].forEach((each) => each.close()));
  a.replica.share('two connections');
  const toA = b.replica.share('two connections');
  await until(() => toA.status.peers === 1, 'they do not meet');
  await sleep(500);
  other.exec(`INSERT INTO todo VALUES(1, 'of the other', 0)`);
  await converged([other, b]);
});
