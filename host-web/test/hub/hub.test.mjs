import assert from 'node:assert/strict';
import { test } from 'node:test';
import { converged, open, reached, sleep, until } from '../sync/databases.mjs';
import { Hub, READER, TOKEN } from './hub.mjs';

async function opened(context, count) {
  const databases = [];
  for (let i = 0; i < count; i++) {
    databases.push(await open({ build: i % 2 === 0 ? 'wasm' : 'script' }));
  }
  context.after(() => databases.forEach((each) => each.close()));
  return databases;
}

test('two databases meet at a hub', async (context) => {
  const hub = await Hub.start(context);

  await context.test('they get what the other has, and then writes', async (context) => {
    const [a, b] = await opened(context, 2);
    a.exec(`INSERT INTO todo VALUES(1, 'of a', 0)`);
    b.exec(`INSERT INTO todo VALUES(2, 'of b', 0)`);
    const [toA, toB] = [a, b].map(({ replica }) => replica.sync(hub.url(), { token: TOKEN }));
    await converged([a, b]);
    assert.deepEqual(a.titles(), ['of a', 'of b']);
    await reached(toA, 'synced');
    await reached(toB, 'synced');
    assert.equal(toA.status.peers, 1);
    a.exec(`UPDATE todo SET done = 1`);
    await until(() => b.value('SELECT sum(done) FROM todo') === 2, 'it has not come');
  });

  await context.test('pause cuts, resume goes on', async (context) => {
    const [a, b] = await opened(context, 2);
    const url = hub.url('paused').replace('ws:', 'http:');
    const [toA] = [a, b].map(({ replica }) => replica.sync(url, { token: TOKEN }));
    a.exec(`INSERT INTO todo VALUES(1, 'one', 0)`);
    await until(() => b.titles().length === 1, 'it has not come');
    toA.pause();
    a.exec(`UPDATE todo SET title = 'of a'`);
    b.exec(`UPDATE todo SET done = 1`);
    await sleep(300);
    assert.deepEqual([a.value('SELECT done FROM todo'), b.titles()], [0, ['one']]);
    assert.deepEqual([toA.status.state, toA.status.peers], ['paused', 0]);
    toA.resume();
    await converged([a, b]);
    assert.equal(a.value('SELECT title || done FROM todo'), 'of a1');
  });

  await context.test('a token that is refused ends it', async (context) => {
    const [a] = await opened(context, 1);
    const connection = a.replica.sync(hub.url(), { token: 'wrong' });
    await reached(connection, 'closed');
    assert.match(connection.status.error, /the token gives no access/);
  });

  await context.test('who may only read is not listened to', async (context) => {
    const [a, b] = await opened(context, 2);
    a.exec(`INSERT INTO todo VALUES(1, 'of a', 0)`);
    b.exec(`INSERT INTO todo VALUES(2, 'of b', 0)`);
    await reached(a.replica.sync(hub.url('read'), { token: TOKEN }), 'synced');
    const reader = b.replica.sync(hub.url('read'), { token: READER });
    await until(() => b.titles().length === 2, 'it has not come');
    await reached(reader, 'synced');
    await sleep(100);
    assert.deepEqual(a.titles(), ['of a']);
  });

  await context.test(
    'many rows come in a first sync, while the application writes',
    async (context) => {
      const [a, b] = await opened(context, 2);
      a.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
      INSERT INTO todo SELECT i, 'title ' || i, 0 FROM n`);
      a.replica.sync(hub.url('many'), { token: TOKEN });
      const connection = b.replica.sync(hub.url('many'), { token: TOKEN });
      while (connection.status.state !== 'synced') {
        b.exec(`INSERT INTO todo VALUES(hex(randomblob(8)), 'of b', 0)`);
        await sleep(10);
      }
      await converged([a, b]);
      assert.equal(a.value(`SELECT count(*) > 5000 FROM todo`), 1);
    },
  );
});

test('a hub that crashes and comes back loses nothing', async (context) => {
  const hub = await Hub.start(context);
  const [a, b, c] = await opened(context, 3);
  const connections = [a, b].map(({ replica }) => replica.sync(hub.url(), { token: TOKEN }));
  a.exec(`INSERT INTO todo VALUES(1, 'before', 0)`);
  await converged([a, b]);
  await hub.kill();
  await Promise.all(connections.map((connection) => reached(connection, 'offline')));
  assert.match(connections[0].status.error, /has closed the connection|cannot be reached/);
  a.exec(`UPDATE todo SET title = 'of a, offline'`);
  b.exec(`UPDATE todo SET done = 1`);
  b.exec(`INSERT INTO todo VALUES(2, 'of b, offline', 0)`);
  await hub.start();
  await converged([a, b]);
  assert.deepEqual(a.titles(), ['of a, offline', 'of b, offline']);
  assert.equal(b.value('SELECT done FROM todo WHERE id = 1'), 1);
  await Promise.all(connections.map((connection) => reached(connection, 'synced')));
  c.replica.sync(hub.url(), { token: TOKEN });
  await converged([a, b, c]);

  await hub.stop();
  await Promise.all(connections.map((connection) => reached(connection, 'offline')));
  await hub.start();
  await Promise.all(connections.map((connection) => reached(connection, 'synced')));
});

test('a write while the hub is away has it tried again soon', async (context) => {
  const hub = await Hub.start(context);
  const [a] = await opened(context, 1);
  const connection = a.replica.sync(hub.url(), { token: TOKEN });
  await reached(connection, 'synced');
  await hub.kill();
  await reached(connection, 'offline');
  let attempts = 0;
  connection.addEventListener('change', () => {
    attempts += connection.status.state === 'connecting' ? 1 : 0;
  });
  await sleep(12_000);
  const patient = attempts;
  assert.ok(patient >= 2 && patient <= 5, `${patient} attempts in 12 seconds`);
  for (let i = 0; i < 4; i++) {
    a.exec(`INSERT INTO todo VALUES(?, 'x', 0)`, [i]);
    await sleep(1_500);
  }
  assert.ok(attempts - patient >= 3, `${attempts - patient} attempts for 4 writes`);
  connection.close();
});
