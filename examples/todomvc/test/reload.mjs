/** A tab that is loaded again has what it had, and is the same site. */
import assert from 'node:assert/strict';
import { Person } from './person.mjs';

export async function tell({ browser, url }) {
  const ann = new Person(await (await browser.newContext()).newPage());
  await ann.open(url);
  await ann.add('Buy milk');
  const site = await ann.site();
  await ann.cutNetwork();
  await ann.add('Water the plants');
  await ann.finish('Buy milk');
  await ann.sees('[x] Buy milk', '[ ] Water the plants');
  const fingerprint = await ann.fingerprint();
  await ann.reload();
  await ann.sees('[x] Buy milk', '[ ] Water the plants');
  assert.equal(await ann.site(), site);
  assert.equal(await ann.fingerprint(), fingerprint);
  ann.hadNoProblem();
}
