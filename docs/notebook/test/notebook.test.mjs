/**
 * Runs the assembled page (host-web/target/notebook) in Chromium, from the first cell to the last,
 * on the engine as WebAssembly and as JavaScript.
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch, skip } from '../../../host-web/test/browser/chromium.mjs';
import { serve } from './server.mjs';

const PAGE = fileURLToPath(new URL('../../../host-web/target/notebook', import.meta.url));

/** What cr-sqlite's README prints for this session. */
const CHANGES = `
table  pk   cid  val    version  site_id
-----  ---  ---  -----  -------  -------
foo    1    1    2      1
baz    'a'  1    'woo'  2
baz    'a'  2    'doo'  3
baz    'a'  3    'daa'  4
`;
const FOO = `
a  b
-  -----
1  2
5  thing
`;
const BAZ = `
a  b    c    d
-  ---  ---  ---
a  123  doo  daa
`;

let server;
let browser;

before(async () => {
  if (!skip) {
    server = await serve(PAGE);
    browser = await launch();
  }
});

after(async () => {
  await browser?.close();
  server?.close();
});

for (const engine of ['WebAssembly', 'JavaScript']) {
  describe(`the engine as ${engine}`, { skip }, () => {
    let page;
    let complaints;

    beforeEach(async () => {
      page = await browser.newPage();
      complaints = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`));
      page.on('response', (answer) => answer.ok() || complaints.push(`${answer.url()}: ${answer.status()}`));
      page.on('request', (request) => request.url().startsWith(origin()) || complaints.push(request.url()));
      if (engine === 'JavaScript') {
        await page.addInitScript(() => (WebAssembly.validate = () => false));
      }
      await page.goto(origin());
      await page.locator('#run-all:enabled').waitFor();
      assert.match(await page.locator('#status').innerText(), new RegExp(`as ${engine}`));
    });

    afterEach(async () => {
      await page.close();
      assert.deepEqual(complaints, []);
    });

    test('the session of cr-sqlite’s README gives what it says', async () => {
      const cells = await page.locator('.cell[data-on=db]').all();
      const tables = [];
      for (const cell of cells) {
        await cell.getByRole('button').click();
        tables.push(...(await tablesOf(cell)));
      }
      assert.equal(await page.locator('.error').count(), 0);
      const nothing = [[''], ['']];
      assert.deepEqual(
        tables.map((rows) => (rows[0][0].startsWith('crsql_') ? [[''], rows[1]] : rows)),
        [nothing, nothing, parsed(CHANGES), parsed(FOO), parsed(BAZ), nothing],
      );
    });

    test('two databases converge', async () => {
      for (const step of await page.locator('.pair > .cell, .exchange').all()) {
        const exchange = (await step.getAttribute('class')) === 'exchange';
        await step.getByRole('button', exchange ? { name: 'Both' } : {}).click();
        assert.notEqual(await step.locator('.output').innerText(), '');
        if (exchange) {
          assert.match(await step.locator('.output').innerText(), /crsql_version_vector.*\d+ bytes/s);
          assert.equal(await page.locator('.state').innerText(), 'converged');
        }
      }
      assert.equal(await page.locator('.error').count(), 0);
      const [alice, bob] = [await todo('alice'), await todo('bob')];
      assert.deepEqual(alice, [
        ['id', 'title', 'done'],
        ['milk', 'buy more milk', '1'],
        ['plants', 'buy new plants', '0'],
        ['plumber', 'call the plumber', '0'],
      ]);
      assert.deepEqual(bob, alice);
      const prints = await page.locator('.fingerprint').allInnerTexts();
      assert.match(prints[0], /^[0-9A-F]{32}$/);
      assert.equal(prints[0], prints[1]);
      const explained = await page.locator('.cell').nth(-2).innerText();
      assert.match(explained, /own\s+0/);
      assert.match(explained, /beat\s+\{"version":\d+/);
    });

    test('one way is not both', async () => {
      for (const step of (await page.locator('.pair > .cell').all()).slice(0, 4)) {
        await step.getByRole('button').click();
      }
      const exchange = page.locator('.exchange').first();
      assert.equal(await page.locator('.state').innerText(), 'different');
      await exchange.getByRole('button', { name: 'Bob gets' }).click();
      assert.equal((await todo('bob')).length, 4);
      assert.equal((await todo('alice')).length, 3);
      assert.equal(await page.locator('.state').innerText(), 'different');
      await exchange.getByRole('button', { name: 'Alice gets' }).click();
      assert.deepEqual(await todo('alice'), await todo('bob'));
      assert.equal(await page.locator('.state').innerText(), 'converged');
    });

    test('Run all runs the text as it is, and Start again restores it', async () => {
      const cell = page.locator('.cell').nth(2);
      const text = cell.getByRole('textbox');
      const original = await text.inputValue();
      await text.fill('insert into foo values (7, 8)');
      await page.locator('#run-all').click();
      await page.locator('.exchange .output').last().locator('table').waitFor();
      const changes = await tablesOf(page.locator('.cell').nth(3));
      assert.deepEqual(changes[0].slice(1), [['foo', '7', '1', '8', '1', '']]);
      await page.locator('#run-all').click();
      assert.equal(await page.locator('.error').count(), 0);
      await page.locator('#start-again').click();
      await page.locator('.output:not(:empty)').first().waitFor({ state: 'detached' });
      assert.equal(await text.inputValue(), original);
      assert.deepEqual(await todo('alice'), null);
    });

    test('an error is a sentence that says where; types can be told apart', async () => {
      const cell = page.locator('.cell').first();
      const text = cell.getByRole('textbox');
      await text.fill("select 1, 1.0, '1', x'01ff', null;\ncreate table t (a);\nselect crsql_as_crr('t');");
      await text.press('Control+Enter');
      assert.deepEqual(await cell.locator('td').evaluateAll((cells) => cells.map((td) => [td.className, td.textContent])), [
        ['number', '1'],
        ['number', '1.0'],
        ['text', '1'],
        ['blob', "x'01FF'"],
        ['null', 'NULL'],
      ]);
      assert.match(await cell.locator('.error').innerText(), /^Statement 3: crsql_as_crr: "t" has no PRIMARY KEY, /);
      await text.fill('select 1 where false');
      await text.press('Control+Enter');
      assert.match(await cell.locator('.output').innerText(), /No rows\.$/);
    });

    /** Of a peer's live table, the head and the rows; null if there is none. */
    async function todo(name) {
      return (await tablesOf(page.locator(`[data-peer=${name}]`)))[0] ?? null;
    }
  });
}

function origin() {
  return `http://127.0.0.1:${server.address().port}/`;
}

/** Each table's head and rows, NULL as the sqlite3 shell shows it. */
function tablesOf(within) {
  return within.locator('table').evaluateAll((tables) =>
    tables.map((table) =>
      Array.from(table.rows, (row) =>
        Array.from(row.cells, (cell) => (cell.className === 'null' ? '' : cell.textContent)),
      ),
    ),
  );
}

/** The same of a table in the shell's column mode. */
function parsed(table) {
  const [head, rule, ...rows] = table.trim().split('\n');
  const starts = Array.from(rule.matchAll(/-+/g), ({ index, 0: { length } }) => [index, index + length]);
  return [head, ...rows].map((line) => starts.map(([from, to]) => line.slice(from, to).trim()));
}
