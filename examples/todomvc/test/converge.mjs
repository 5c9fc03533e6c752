/** Two people and a Java program edit the same items, the people without a network, and converge. */
import assert from 'node:assert/strict';
import { java } from './java.mjs';
import { Person, until } from './person.mjs';
import { Film, screenshot } from './pictures.mjs';

const WINDOW = { viewport: { width: 400, height: 720 } };

export async function tell({ browser, url, folder }) {
  const ann = new Person(await (await browser.newContext(WINDOW)).newPage());
  const ben = new Person(await (await browser.newContext(WINDOW)).newPage());
  const film = new Film(browser, { Ann: ann, Ben: ben });
  await ann.open(url);
  await ben.open(url);
  await ann.add('Buy milk');
  await ann.add('Water the plants');
  await ben.sees('[ ] Buy milk', '[ ] Water the plants');
  await ben.add('Call Billy');
  const together = ['[ ] Buy milk', '[ ] Water the plants', '[ ] Call Billy'];
  await ann.sees(...together);
  await javaSees(together);
  await film.take('1  In sync');

  await ann.cutNetwork();
  await ben.cutNetwork();
  await film.take('2  Both networks cut');

  await ann.rename('Buy milk', 'Buy oat milk');
  await ann.rename('Water the plants', 'Water the ferns');
  await ben.finish('Call Billy');
  await ben.finish('Buy milk');
  // Ben has written more, so that his version of this title is the larger one
  await ben.rename('Water the plants', 'Water the cactus');
  await java('add', 'Feed the cat');
  await film.take('3  Both edit');
  await ann.sees('[ ] Buy oat milk', '[ ] Water the ferns', '[ ] Call Billy');
  await ben.sees('[x] Buy milk', '[ ] Water the cactus', '[x] Call Billy');
  assert.notEqual(await ann.fingerprint(), await ben.fingerprint());

  await ann.restoreNetwork();
  await ann.sees('[ ] Buy oat milk', '[ ] Water the ferns', '[ ] Call Billy', '[ ] Feed the cat');
  await film.take('4  Ann is back');

  await ben.restoreNetwork();
  const converged = [
    '[x] Buy oat milk',
    '[ ] Water the cactus',
    '[x] Call Billy',
    '[ ] Feed the cat',
  ];
  await ben.sees(...converged);
  await ann.sees(...converged);
  await javaSees(converged);
  await until(async () => {
    const fingerprint = await java('fingerprint');
    assert.equal(await ann.fingerprint(), fingerprint);
    assert.equal(await ben.fingerprint(), fingerprint);
  });
  await film.take('5  Converged');
  ann.hadNoProblem();
  ben.hadNoProblem();
  if (folder) {
    await film.save(`${folder}/filmstrip.png`);
    await screenshot(ann, `${folder}/screenshot.png`);
  }
}

async function javaSees(items) {
  await until(async () => assert.equal(await java('items'), items.join('; ')));
}
