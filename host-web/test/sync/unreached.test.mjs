/** A hub that is not there; those that are there have tests of their own, in hub/. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { open, reached } from './databases.mjs';

async function opened(context) {
  const database = await open();
  context.after(() => database.close());
  return database;
}

/** A port that nobody listens at. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

test('a hub that is down is said to be, and can be given up', async (context) => {
  const { replica } = await opened(context);
  const port = await freePort();
  const connection = replica.sync(`ws://127.0.0.1:${port}/db/app`);
  await reached(connection, 'offline');
  assert.equal(
    connection.status.error,
    `127.0.0.1:${port} cannot be reached, or serves no database at /db/app`,
  );
  connection.pause();
  assert.deepEqual(connection.status, { state: 'paused', peers: 0, sent: 0, received: 0 });
  connection.resume();
  await reached(connection, 'offline');
  connection.close();
  assert.equal(connection.status.state, 'closed');
});

test('a server that is no hub is said to be none', async (context) => {
  const { replica } = await opened(context);
  const server = createServer((request, response) => response.writeHead(404).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => server.close());
  const connection = replica.sync(`http://127.0.0.1:${server.address().port}/db/other`);
  await reached(connection, 'offline');
  assert.match(connection.status.error, /serves no database at \/db\/other/);
  connection.close();
});

test('a page that may not connect is told so, and does not try again', async (context) => {
  const { replica } = await opened(context);
  const { WebSocket } = globalThis;
  context.after(() => (globalThis.WebSocket = WebSocket));
  globalThis.WebSocket = class {
    constructor() {
      throw new DOMException('an https: page needs wss:', 'SecurityError');
    }
  };
  const connection = replica.sync('ws://example.org/db/app');
  assert.equal(connection.status.state, 'closed');
  assert.equal(
    connection.status.error,
    'this page may not connect to example.org: an https: page needs wss:',
  );
});
