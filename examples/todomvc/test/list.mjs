/** The list does what is expected of a TodoMVC, with the keyboard too. */
import assert from 'node:assert/strict';
import { Person } from './person.mjs';

export async function tell({ browser, url }) {
  const ann = new Person(await (await browser.newContext()).newPage());
  const { page } = ann;
  const press = (name) => page.getByRole('button', { name, exact: true }).click();
  const show = (name) => page.getByRole('link', { name }).click();
  const left = (text) => page.locator('#left', { hasText: new RegExp(`^${text}$`) }).waitFor();
  await ann.open(url);
  await ann.add('Buy milk');
  await left('1 item left');
  await ann.add('<b>Water</b> the plants');
  await ann.add('Call Billy');
  await left('3 items left');

  await press('Mark all as done');
  await ann.sees('[x] Buy milk', '[x] <b>Water</b> the plants', '[x] Call Billy');
  await left('0 items left');
  await press('Mark all as done');
  await ann.sees('[ ] Buy milk', '[ ] <b>Water</b> the plants', '[ ] Call Billy');
  assert.equal(await page.getByRole('button', { name: 'Clear completed' }).count(), 0);

  await ann.finish('Call Billy');
  await show('Active');
  await ann.sees('[ ] Buy milk', '[ ] <b>Water</b> the plants');
  await show('Completed');
  await ann.sees('[x] Call Billy');
  await show('All');
  await press('Clear completed');
  await ann.sees('[ ] Buy milk', '[ ] <b>Water</b> the plants');
  await page.getByLabel('Edit: Buy milk').hover();
  await press('Delete: <b>Water</b> the plants');
  await ann.sees('[ ] Buy milk');

  await page.getByLabel('Edit: Buy milk').press('Enter');
  await page.keyboard.type('Buy tea');
  await page.keyboard.press('Escape');
  await ann.sees('[ ] Buy milk');
  await page.keyboard.press('Enter');
  await page.getByLabel('New title of: Buy milk').fill('  Buy bread ');
  await page.keyboard.press('Enter');
  await ann.sees('[ ] Buy bread');
  await page.getByLabel('Edit: Buy bread').press('Enter');
  await page.getByLabel('New title of: Buy bread').fill('');
  await page.keyboard.press('Enter');
  await ann.sees();
  ann.hadNoProblem();
}
