import assert from 'node:assert/strict';
import { test } from 'node:test';
import { converged, open, reached, sleep, until } from './databases.mjs';

/** Two databases at the ends of a channel. */
async function pair(context, builds = ['wasm', 'wasm']) {
  const [a, b] = [await open({ build: builds[0] }), await open({ build: builds[1] })];
  const { port1, port2 } = new MessageChannel();
  const connect = () => [
    a.replica.connect(port1, { initiator: true }),
    b.replica.connect(port2, { initiator: false }),
  ];
  context.after(() => {
    a.close();
    b.close();
    port1.close();
  });
  return { a, b, port1, port2, connect };
}

for (const builds of [
  ['wasm', 'wasm'],
  ['script', 'wasm'],
  ['script', 'script'],
]) {
  test(`both get what the other has and then writes: ${builds}`, async (context) => {
    const { a, b, connect } = await pair(context, builds);
    a.exec(`INSERT INTO todo VALUES(1, 'of a', 0)`);
    b.exec(`INSERT INTO todo VALUES(2, 'of b', 0)`);
    const [toB, toA] = connect();
    await converged([a, b]);
    await Promise.all([reached(toA, 'synced'), reached(toB, 'synced')]);
    assert.deepEqual(a.titles(), ['of a', 'of b']);

    a.exec(`UPDATE todo SET title = 'changed' WHERE id = 2`);
    await until(() => b.titles()[1] === 'changed', 'the change has not come');
    b.exec(`DELETE FROM todo WHERE id = 1`);
    await until(() => a.titles().length === 1, 'the deletion has not come');
    assert.equal(toB.status.peers, 1);
    assert.equal(a.value('SELECT crsql_verify()'), 'ok');
  });
}

test('a row larger than any window goes through, cut off in its middle', async (context) => {
  const { a, b, connect } = await pair(context);
  a.exec('INSERT INTO todo VALUES(1, ?, 0)', ['x'.repeat(5_000_000)]);
  const [toB] = connect();
  await sleep(20);
  toB.pause();
  await sleep(20);
  toB.resume();
  await converged([a, b]);
  assert.equal(b.value('SELECT length(title) FROM todo'), 5_000_000);
});

test('pause cuts, resume goes on', async (context) => {
  const { a, b, connect } = await pair(context);
  const [toB, toA] = connect();
  await reached(toA, 'synced');
  toB.pause();
  assert.equal(toB.status.state, 'paused');
  await reached(toA, 'offline');
  assert.match(toA.status.error, /the other side has closed/);
  a.exec(`INSERT INTO todo VALUES(1, 'of a', 0)`);
  b.exec(`INSERT INTO todo VALUES(1, 'of b', 1)`);
  await sleep(100);
  assert.notEqual(a.fingerprint(), b.fingerprint());
  toB.resume();
  await converged([a, b]);
  await reached(toB, 'synced');
  await reached(toA, 'synced');
  assert.equal(toA.status.error, undefined);
});

test('status tells what has come and gone, once for each change', async (context) => {
  const { a, b, connect } = await pair(context);
  const [toB, toA] = connect();
  const seen = [];
  toA.addEventListener('change', () => seen.push(toA.status));
  await reached(toA, 'synced');
  await reached(toB, 'synced');
  const before = toA.status.received;
  a.exec(`INSERT INTO todo VALUES(1, 'one', 0)`);
  await until(() => toA.status.received === before + 1, 'it is not counted');
  await until(() => toB.status.sent > 0, 'it is not counted');
  seen.forEach((status, i) => assert.notDeepEqual(status, seen[i - 1]));
  assert.ok(Object.isFrozen(toA.status));
});

test('close says goodbye, and the channel can be used again', async (context) => {
  const { a, b, port1, connect } = await pair(context);
  const [toB, toA] = connect();
  await reached(toA, 'synced');
  toB.close();
  assert.deepEqual(toB.status.state, 'closed');
  await reached(toA, 'offline');
  a.exec(`INSERT INTO todo VALUES(1, 'one', 0)`);
  a.replica.connect(port1, { initiator: true });
  await converged([a, b]);
  assert.equal(b.titles().length, 1);
});

test('copies of one database are refused, and told what to do', async (context) => {
  const { a, port1, port2 } = await pair(context);
  const b = await open({ copied: a.bytes() });
  const toB = a.replica.connect(port1, { initiator: true });
  const toA = b.replica.connect(port2, { initiator: false });
  await reached(toA, 'closed');
  await reached(toB, 'closed');
  assert.match(toA.status.error, /crsql_new_site/);
  assert.match(toB.status.error, /crsql_new_site/);
  b.close();
});

test('options are checked', async (context) => {
  const { a } = await pair(context);
  const { port1 } = new MessageChannel();
  assert.throws(() => a.replica.connect(port1, {}), /initiator must be true on one side/);
  assert.throws(() => a.replica.share(''), /needs a name/);
  assert.throws(() => a.replica.sync('ftp://x/y'), /does not begin with ws/);
  assert.throws(() => a.replica.sync('ws://u:p@x/y'), /give the token by itself/);
  assert.throws(() => a.replica.sync('ws://x/y#z'), /no server would see/);
  assert.throws(() => a.replica.sync('::'), /malformed/);
  assert.throws(() => a.replica.sync('ws://x/y', { access: 'none' }), /full, read or write/);
  assert.throws(
    () => a.replica.sync('ws://x/y', { token: 'ä'.repeat(513) }),
    /1026 bytes, of at most 1024/,
  );
  port1.close();
});
