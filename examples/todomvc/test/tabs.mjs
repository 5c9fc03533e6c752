/**
 * Two tabs of a browser share what they have while the hub is down, where one is even loaded again,
 * and then with the hub.
 */
import assert from 'node:assert/strict';
import { java } from './java.mjs';
import { Person, until } from './person.mjs';

export async function tell({ browser, url }) {
  const context = await browser.newContext();
  const one = new Person(await context.newPage());
  const two = new Person(await context.newPage());
  await one.open(url);
  await two.open(url);
  await one.seesStatus('in sync with the hub');
  assert.notEqual(await one.site(), await two.site());

  await java('stop');
  await one.seesStatus('the hub cannot be reached');
  await one.add('Buy milk');
  await two.sees('[ ] Buy milk');
  await two.finish('Buy milk');
  await two.add('Water the plants');
  await one.sees('[x] Buy milk', '[ ] Water the plants');
  await until(async () => assert.equal(await one.fingerprint(), await two.fingerprint()));
  await two.reload();
  await two.sees('[x] Buy milk', '[ ] Water the plants');

  await one.cutNetwork();
  await one.rename('Buy milk', 'Buy oat milk');
  await two.sees('[x] Buy milk', '[ ] Water the plants');

  await java('start');
  await one.restoreNetwork();
  await two.sees('[x] Buy oat milk', '[ ] Water the plants');
  await until(async () =>
    assert.equal(await java('items'), '[x] Buy oat milk; [ ] Water the plants'),
  );
  one.hadNoProblem();
  two.hadNoProblem();
}
