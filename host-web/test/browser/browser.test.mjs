import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../sync/databases.mjs';
import { launch, skip } from './chromium.mjs';
import { serve } from './pages.mjs';

let server;
let browser;

before(async () => {
  server = await serve();
  browser = skip ? undefined : await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
});

/** Tabs of one browser, whose calls are those of page.mjs. */
async function tabs(context, count) {
  const profile = await browser.newContext();
  context.after(() => profile.close());
  return Promise.all(Array.from({ length: count }, () => tab(profile)));
}

async function tab(profile) {
  const page = await profile.newPage();
  page.on('pageerror', (error) => console.error(error));
  await page.goto(server.url);
  await page.evaluate(() => import('/test/page.mjs'));
  const call = (name, ...args) =>
    page.evaluate(([name, args]) => globalThis.test[name](...args), [name, args]);
  return {
    page,
    call,
    exec: (sql) => call('exec', sql),
    status: () => call('status'),
    fingerprint: async () => (await call('exec', 'SELECT crsql_fingerprint()'))[0],
  };
}

async function converged(pages) {
  await until(
    async () => new Set(await Promise.all(pages.map((page) => page.fingerprint()))).size === 1,
    'the pages differ',
  );
}

function reached(page, state, peers) {
  let status;
  return until(
    async () => {
      status = await page.status();
      return status.state === state && status.peers === peers;
    },
    () => `${state} with ${peers} peers is not reached: ${JSON.stringify(status)}`,
  );
}

test('two pages over a data channel', { skip }, async (context) => {
  const [a, b] = await tabs(context, 2);
  await a.exec(`INSERT INTO todo VALUES(1, 'of a', 0)`);
  await b.exec(`INSERT INTO todo VALUES(2, 'of b', 0)`);
  const answer = await b.call('answer', await a.call('offer'));
  await a.call('accept', answer);
  await converged([a, b]);
  assert.deepEqual(await a.exec('SELECT title FROM todo ORDER BY id'), ['of a', 'of b']);
  await reached(a, 'synced', 1);
  await reached(b, 'synced', 1);

  await a.call('pause');
  await reached(b, 'offline', 0);
  await a.exec(`UPDATE todo SET title = 'a was here' WHERE id = 1`);
  await b.exec(`UPDATE todo SET done = 1 WHERE id = 1`);
  await a.call('resume');
  await converged([a, b]);
  assert.deepEqual(await b.exec('SELECT title || done FROM todo WHERE id = 1'), ['a was here1']);

  // more than a message and more than a channel holds at once, in both directions
  await a.exec(`INSERT INTO todo VALUES(3, hex(randomblob(1000000)), 0)`);
  await b.exec(`WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
    INSERT INTO todo SELECT i, 'title ' || i, 0 FROM n`);
  await converged([a, b]);

  await a.call('hangUp');
  await reached(b, 'closed', 0);
  assert.match((await b.status()).error, /the other side has closed the connection/);
});

test('tabs that share a name', { skip }, async (context) => {
  const [a, b, other] = await tabs(context, 3);
  await a.exec(`INSERT INTO todo VALUES(1, 'of a', 0)`);
  await a.call('share', 'app');
  await b.call('share', 'app');
  await other.call('share', 'another');
  await converged([a, b]);
  await b.exec(`INSERT INTO todo VALUES(2, 'of b', 0)`);
  await converged([a, b]);
  await reached(a, 'synced', 1);
  await reached(other, 'synced', 0);
  assert.deepEqual(await other.exec('SELECT title FROM todo'), []);

  await b.page.close();
  await reached(a, 'synced', 0);
});
