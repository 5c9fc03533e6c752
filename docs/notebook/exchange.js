/** Lets Alice's and Bob's databases exchange changesets, and shows the SQL that does it. */
import { element } from './elements.js';
import { failure, tableOf } from './results.js';

const VECTOR = 'select crsql_version_vector()';
const CHANGESETS = 'select changeset from crsql_changesets(:vector, 1000000)';
const APPLY = 'select crsql_apply(:changeset)';

const NAMES = { alice: 'Alice', bob: 'Bob' };
const TO_BOB = ['alice', 'bob'];
const TO_ALICE = ['bob', 'alice'];

/** Three buttons, one for either direction and one for both, with the log of the last exchange. */
export class Exchange {
  #databases;
  #output = element('div', 'output');
  #done;

  /** @param databases gives the present databases; @param done is called after each exchange. */
  constructor(root, databases, done) {
    this.#databases = databases;
    this.#done = done;
    this.#output.role = 'status';
    root.append(
      element(
        'div',
        'bar',
        this.#button('Bob gets Alice’s changes', TO_BOB),
        this.#button('Alice gets Bob’s', TO_ALICE),
        this.#button('Both', TO_BOB, TO_ALICE),
      ),
      this.#output,
    );
  }

  run() {
    this.#exchange(TO_BOB, TO_ALICE);
  }

  clear() {
    this.#output.replaceChildren();
  }

  restore() {}

  #button(text, ...ways) {
    const button = element('button', '', text);
    button.type = 'button';
    button.addEventListener('click', () => this.#exchange(...ways));
    return button;
  }

  #exchange(...ways) {
    const databases = this.#databases();
    const log = [];
    try {
      for (const [from, to] of ways) {
        pull(databases, from, to, (on, sql, gave) => log.push([NAMES[on], sql, gave]));
      }
      this.#output.replaceChildren(shownLog(log));
    } catch (error) {
      this.#output.replaceChildren(shownLog(log), failure(error.message));
    }
    this.#done();
  }
}

/** What from has and to lacks is sent, as a network would. */
function pull(databases, from, to, log) {
  const vector = databases[to].selectValue(VECTOR);
  log(to, VECTOR, bytes(vector));
  const changesets = databases[from].selectValues(CHANGESETS, { ':vector': vector });
  for (const changeset of changesets) {
    log(from, CHANGESETS, bytes(changeset));
    const rows = databases[to].selectValue(APPLY, { ':changeset': changeset });
    log(to, APPLY, rows === 1 ? '1 new row' : `${rows} new rows`);
  }
}

function bytes(blob) {
  return `${blob.length} bytes`;
}

function shownLog(entries) {
  const rows = entries.map(([on, sql, gave]) => [
    { type: sql === VECTOR ? 'on start' : 'on', text: on },
    { type: 'sql', text: sql },
    { type: 'gave', text: gave },
  ]);
  return element('div', 'log', tableOf(['on', 'SQL', 'gives'], rows));
}
