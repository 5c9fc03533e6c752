/** A person with the page open in a tab: what they do, and what they see. */
import assert from 'node:assert/strict';

const PATIENCE = 60_000;

export class Person {
  #page;
  #problems = [];

  constructor(page) {
    this.#page = page;
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', (error) => this.#problems.push(error.message));
  }

  get page() {
    return this.#page;
  }

  async open(url) {
    await this.#page.goto(url);
    await this.#ready();
  }

  async reload() {
    await this.#page.reload();
    await this.#ready();
  }

  async #ready() {
    await this.#page.locator('#network:enabled').waitFor();
  }

  async add(title) {
    await this.#page.getByLabel('New item').fill(title);
    await this.#page.keyboard.press('Enter');
    await this.#page.getByLabel(`Edit: ${title}`, { exact: true }).waitFor();
  }

  async rename(before, after) {
    await this.#page.getByLabel(`Edit: ${before}`, { exact: true }).dblclick();
    await this.#page.getByLabel(`New title of: ${before}`).fill(after);
    await this.#page.keyboard.press('Enter');
    await this.#page.getByLabel(`Edit: ${after}`, { exact: true }).waitFor();
  }

  async finish(title) {
    await this.#page.getByLabel(`Done: ${title}`, { exact: true }).check();
  }

  async cutNetwork() {
    await this.#page.getByRole('button', { name: 'Cut the network' }).click();
    await this.seesStatus('offline: network cut');
  }

  async restoreNetwork() {
    await this.#page.getByRole('button', { name: 'Restore the network' }).click();
    await this.seesStatus('in sync with the hub');
  }

  async seesStatus(text) {
    await this.#page.locator('#state', { hasText: text }).waitFor();
  }

  /** The items as `[ ] title` or `[x] title`. */
  items() {
    return this.#page.locator('#list li').evaluateAll((items) =>
      items.map((item) => {
        const done = item.querySelector('input').checked ? 'x' : ' ';
        return `[${done}] ${item.querySelector('.title').textContent}`;
      }),
    );
  }

  async sees(...items) {
    await until(async () => assert.deepEqual(await this.items(), items));
  }

  /** The first value that a statement gives. */
  value(sql) {
    return this.#page.evaluate(async (sql) => {
      const [row] = await globalThis.db.exec(sql);
      return Object.values(row)[0];
    }, sql);
  }

  fingerprint() {
    return this.value('select crsql_fingerprint()');
  }

  site() {
    return this.value('select hex(crsql_site_id())');
  }

  hadNoProblem() {
    assert.deepEqual(this.#problems, []);
  }
}

/** Waits until a check no longer throws. */
export async function until(check) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) {
        throw error;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
