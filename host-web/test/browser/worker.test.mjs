/** A database in a worker, used from a page in Chromium. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { launch, skip } from './chromium.mjs';
import { serve } from './pages.mjs';

const TODO = `create table if not exists todo(id text primary key not null, title text, done integer);
  select crsql_as_crr('todo')`;

let browser;
let pages;
let context;
let problems;

/** A page with `db` open on a file, and a table `todo`. */
async function pageWith(file) {
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(pages.url);
  await page.evaluate(openHere, [file, TODO]);
  return page;
}

async function openHere([file, schema]) {
  const { open } = await import('/crsql/client.js');
  globalThis.worker = new Worker('/test/served.mjs', { type: 'module' });
  globalThis.db = await open(globalThis.worker, file);
  await globalThis.db.exec(schema);
}

function exec(page, sql, params) {
  return page.evaluate(([sql, params]) => globalThis.db.exec(sql, params), [sql, params]);
}

async function shareHere() {
  globalThis.told = 0;
  globalThis.db.onChange(() => globalThis.told++);
  globalThis.connection = await globalThis.db.share('todo');
}

/** Waits until the page's connection has a status. */
async function reaches(page, { state, peers }) {
  await page.evaluate(
    ([state, peers]) =>
      new Promise((resolve) => {
        const { connection } = globalThis;
        const look = () => {
          if (connection.status.state === state && connection.status.peers === peers) {
            connection.removeEventListener('change', look);
            resolve();
          }
        };
        connection.addEventListener('change', look);
        look();
      }),
    [state, peers],
  );
}

/** What a promise in the page was refused with. */
function refusal(page, work, argument) {
  return page.evaluate(
    async ([work, argument]) => {
      try {
        // a function cannot be sent; its parts can
        await globalThis.db[work](...argument);
        return null;
      } catch ({ name, message, code }) {
        return { name, message, code };
      }
    },
    [work, argument],
  );
}

describe('a database in a worker', { skip }, () => {
  before(async () => {
    browser = await launch();
    pages = await serve();
  });

  after(async () => {
    await browser?.close();
    pages?.close();
  });

  beforeEach(async () => {
    context = await browser.newContext();
    problems = [];
  });

  afterEach(async () => {
    await context.close();
    assert.deepEqual(problems, []);
  });

  test('rows come as objects, with values of all types', async () => {
    const page = await pageWith(':memory:');
    const sql = 'select ? as i, ? as r, ? as t, ? as n, 9007199254740993 as big, hex(?) as b';
    const [row] = await page.evaluate(async (sql) => {
      const [row] = await globalThis.db.exec(sql, [1, 1.5, 'é', null, new Uint8Array([1, 255])]);
      return [{ ...row, big: String(row.big) }];
    }, sql);
    assert.deepEqual(row, { i: 1, r: 1.5, t: 'é', n: null, big: '9007199254740993', b: '01FF' });
    assert.deepEqual(await exec(page, 'select :a as a', { ':a': 7 }), [{ a: 7 }]);
    assert.deepEqual(await exec(page, "insert into todo values('a', 'milk', 0)"), []);
    assert.deepEqual(await exec(page, 'create table other(x); select 1 as one; select 2'), [
      { one: 1 },
    ]);
  });

  test('an error is what SQLite says, with its code', async () => {
    const page = await pageWith(':memory:');
    await exec(page, "insert into todo values('a', 'milk', 0)");
    assert.deepEqual(await refusal(page, 'exec', ["insert into todo values('a', 'tea', 0)"]), {
      name: 'DatabaseError',
      message: 'UNIQUE constraint failed: todo.id',
      code: 'SQLITE_CONSTRAINT_PRIMARYKEY',
    });
    const { message, code } = await refusal(page, 'exec', ['select title']);
    assert.deepEqual([message, code], ['no such column: title', 'SQLITE_ERROR']);
  });

  test('a transaction is all or nothing', async () => {
    const page = await pageWith(':memory:');
    const results = await page.evaluate(() =>
      globalThis.db.transaction([
        ['insert into todo values(?, ?, 0)', ['a', 'milk']],
        ['select count(*) as n from todo'],
      ]),
    );
    assert.deepEqual(results, [[], [{ n: 1 }]]);
    const statements = [
      ["insert into todo values('b', 'tea', 0)"],
      ["insert into todo values('a')"],
    ];
    const { message } = await refusal(page, 'transaction', [statements]);
    assert.match(message, /4 values|3 columns/);
    assert.deepEqual(await exec(page, 'select id from todo'), [{ id: 'a' }]);
    await exec(page, "insert into todo values('c', 'bread', 0)");
  });

  test('listeners hear of commits, and not of what was rolled back', async () => {
    const page = await pageWith(':memory:');
    const heard = await page.evaluate(async () => {
      const { db } = globalThis;
      let count = 0;
      const settled = () => db.exec('select 1');
      const end = db.onChange(() => count++);
      await db.exec("insert into todo values('a', 'milk', 0)");
      await settled();
      const afterOne = count;
      await db.exec("begin; insert into todo values('b', 'tea', 0); rollback");
      await settled();
      const afterRollback = count;
      end();
      await db.exec("insert into todo values('c', 'bread', 0)");
      await settled();
      return [afterOne, afterRollback, count];
    });
    assert.deepEqual(heard, [1, 1, 1]);
  });

  test('a file is there when the page is loaded again', async () => {
    const page = await pageWith('todo.db');
    await exec(page, "insert into todo values('a', 'milk', 0)");
    const [{ site }] = await exec(page, 'select hex(crsql_site_id()) as site');
    for (let i = 0; i < 2; i++) {
      await page.reload();
      await page.evaluate(openHere, ['todo.db', TODO]);
      assert.deepEqual(await exec(page, 'select title, hex(crsql_site_id()) as site from todo'), [
        { title: 'milk', site },
      ]);
    }
  });

  test('a file has one worker at a time, and the next one once that has closed it', async () => {
    const page = await pageWith('one');
    await exec(page, "insert into todo values('a', 'milk', 0)");
    const other = await context.newPage();
    await other.goto(pages.url);
    const error = await other.evaluate(openHere, ['one', TODO]).catch(({ message }) => message);
    assert.match(
      error,
      /crsql: one is open in another tab or worker; close that one, or open a file of another name/,
    );
    await page.evaluate(() => globalThis.db.close());
    await other.evaluate(openHere, ['one', TODO]);
    assert.deepEqual(await exec(other, 'select title from todo'), [{ title: 'milk' }]);
    const { message } = await refusal(page, 'exec', ['select 1']);
    assert.equal(message, 'crsql: this database has been closed');
  });

  test('a page of plain http: has no files', async () => {
    const page = await context.newPage();
    await page.goto(pages.insecureUrl);
    const error = await page.evaluate(openHere, ['one', TODO]).catch(({ message }) => message);
    assert.match(error, /crsql: one cannot be kept for a page of plain http:; serve it over https:/);
    await page.evaluate(openHere, [':memory:', TODO]);
    assert.deepEqual(await exec(page, 'select title from todo'), []);
  });

  test('two files of one page are two sites', async () => {
    const one = await pageWith('one');
    const two = await pageWith('two');
    const site = 'select hex(crsql_site_id()) as site';
    assert.notDeepEqual(await exec(one, site), await exec(two, site));
  });

  test('connections tell their status, and can be cut', async () => {
    const [one, two] = [await pageWith('one'), await pageWith('two')];
    await Promise.all([one, two].map((page) => page.evaluate(shareHere)));
    await reaches(one, { state: 'synced', peers: 1 });
    await exec(one, "insert into todo values('a', 'milk', 0)");
    await two.waitForFunction(async () => {
      const [row] = await globalThis.db.exec('select title from todo');
      return row?.title === 'milk';
    });
    assert.ok((await two.evaluate(() => globalThis.told)) > 0);
    await one.evaluate(() => globalThis.connection.pause());
    await reaches(one, { state: 'paused', peers: 0 });
    await reaches(two, { state: 'synced', peers: 0 });
    await one.evaluate(() => globalThis.connection.resume());
    await reaches(two, { state: 'synced', peers: 1 });
    await one.evaluate(() => globalThis.connection.close());
    await reaches(one, { state: 'closed', peers: 0 });
    await reaches(two, { state: 'synced', peers: 0 });
    await two.evaluate(() => globalThis.db.close());
    await reaches(two, { state: 'closed', peers: 0 });
  });

  test('what cannot be connected to is an error', async () => {
    const page = await pageWith(':memory:');
    const { message } = await refusal(page, 'sync', ['ftp://localhost/']);
    assert.match(message, /ftp:\/\/localhost\/ does not begin with ws:/);
  });

  test('a name that leads elsewhere, and a second database, are refused', async () => {
    const page = await pageWith(':memory:');
    const open = (file) =>
      page.evaluate(async (file) => {
        const { open } = await import('/crsql/client.js');
        const worker = new Worker('/test/served.mjs', { type: 'module' });
        return open(worker, file).catch(({ message }) => message);
      }, file);
    for (const name of ['', '.', '..', 'a/b', '../todo', 'a'.repeat(65)]) {
      assert.match(await open(name), /cannot be a file here; take 1 to 64 of A-Z/);
    }
    const second = await page.evaluate(async () => {
      const { open } = await import('/crsql/client.js');
      return open(globalThis.worker, ':memory:').catch(({ message }) => message);
    });
    assert.equal(second, 'crsql: this worker has a database open; start a worker for each');
  });

  test('a worker that cannot be loaded is an error', async () => {
    const page = await pageWith(':memory:');
    const message = await page.evaluate(async () => {
      const { open } = await import('/crsql/client.js');
      const worker = new Worker('/test/missing.mjs', { type: 'module' });
      return open(worker, ':memory:').catch((error) => error.message);
    });
    assert.equal(message, 'crsql: the worker of the database failed: its script cannot be loaded');
    problems = problems.filter((problem) => !problem.includes('404'));
  });
});
