import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { converged, open, reached, sleep, until } from './databases.mjs';

async function opened(context, count) {
  const databases = [];
  for (let i = 0; i < count; i++) {
    databases.push(await open({ build: i % 2 === 0 ? 'wasm' : 'script' }));
  }
  context.after(() => databases.forEach((each) => each.close()));
  return databases;
}

const peers = (connection, count) =>
  until(
    () => connection.status.peers === count,
    () => `not ${count} peers: ${JSON.stringify(connection.status)}`,
  );

test('three share, one of them later; one leaves and comes back', async (context) => {
  const [a, b, c] = await opened(context, 3);
  const name = randomUUID();
  a.exec(`INSERT INTO todo VALUES(1, 'of a', 0)`);
  const shares = [a, b].map((each) => each.replica.share(name));
  await converged([a, b]);
  b.exec(`INSERT INTO todo VALUES(2, 'of b', 0)`);

  c.exec(`INSERT INTO todo VALUES(3, 'of c', 0)`);
  shares.push(c.replica.share(name));
  await converged([a, b, c]);
  assert.deepEqual(a.titles(), ['of a', 'of b', 'of c']);
  await Promise.all(shares.map((share) => peers(share, 2)));
  await Promise.all(shares.map((share) => reached(share, 'synced')));

  shares[1].pause();
  await peers(shares[0], 1);
  a.exec(`UPDATE todo SET title = 'changed by a' WHERE id = 2`);
  await converged([a, c]);
  b.exec(`UPDATE todo SET done = 1 WHERE id = 2`);
  assert.notEqual(a.fingerprint(), b.fingerprint());
  shares[1].resume();
  await converged([a, b, c]);
  assert.equal(a.value(`SELECT title || done FROM todo WHERE id = 2`), 'changed by a1');

  shares[2].close();
  await peers(shares[0], 1);
  await peers(shares[1], 1);
});

test('other names are others', async (context) => {
  const [a, b] = await opened(context, 2);
  const [one, two] = [a.replica.share(randomUUID()), b.replica.share(randomUUID())];
  a.exec(`INSERT INTO todo VALUES(1, 'of a', 0)`);
  await sleep(100);
  assert.deepEqual(b.titles(), []);
  assert.deepEqual([one.status.state, one.status.peers], ['synced', 0]);
  two.close();
});

test('changes of a hub or channel are passed on to those that share', async (context) => {
  const [a, b, c] = await opened(context, 3);
  const name = randomUUID();
  a.replica.share(name);
  b.replica.share(name);
  const { port1, port2 } = new MessageChannel();
  context.after(() => port1.close());
  b.replica.connect(port1, { initiator: true });
  c.replica.connect(port2, { initiator: false });
  c.exec(`INSERT INTO todo VALUES(1, 'of c', 0)`);
  await converged([a, b, c]);
  await sleep(200);
  // sooner than a heartbeat
  a.exec(`INSERT INTO todo VALUES(2, 'of a', 0)`);
  await until(() => c.titles().length === 2, 'it has not come', 4);
  c.exec(`INSERT INTO todo VALUES(3, 'of c', 0)`);
  await until(() => a.titles().length === 3, 'it has not come', 4);
});

test('one that dies without a word is missed', async (context) => {
  const [a] = await opened(context, 1);
  const name = randomUUID();
  const share = a.replica.share(name);
  const worker = new Worker(new URL('sharing-worker.mjs', import.meta.url), { workerData: name });
  await peers(share, 1);
  await until(() => a.titles().length === 1, 'nothing has come of the worker');
  await worker.terminate();
  await peers(share, 0);
});
