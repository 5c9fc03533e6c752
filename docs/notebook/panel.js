/** Alice's and Bob's todo tables as they are now, and whether the two have converged. */
import { element } from './elements.js';
import { failure, tableOf } from './results.js';
import { run } from './sql.js';

const TODO = 'select * from todo order by id';
const STATE = 'select crsql_fingerprint(), hex(crsql_siteid()), crsql_dbversion()';

export class Panel {
  #sqlite3;
  #peers;
  #state;

  constructor(root, sqlite3) {
    this.#sqlite3 = sqlite3;
    this.#state = root.querySelector('.state');
    this.#peers = root.querySelectorAll('[data-peer]');
  }

  refresh(databases) {
    const prints = Array.from(this.#peers, (peer) => this.#show(peer, databases[peer.dataset.peer]));
    const equal = new Set(prints).size === 1;
    this.#state.textContent = equal ? 'converged' : 'different';
    this.#state.classList.toggle('equal', equal);
  }

  /** Gives the fingerprint. */
  #show(peer, database) {
    const [print, site, clock] = database.selectArray(STATE);
    const { results, error } = run(this.#sqlite3, database, TODO);
    peer.querySelector('.facts').textContent = site ? `site ${site.slice(0, 8)}, clock ${clock}` : '';
    peer.querySelector('.fingerprint').textContent = print;
    peer.querySelector('.todo').replaceChildren(
      error === null ? tableOf(results[0].columns, results[0].rows) : this.#without(error),
    );
    return print;
  }

  #without(error) {
    return error.startsWith('no such table') ? element('p', 'note', 'No table todo yet.') : failure(error);
  }
}
