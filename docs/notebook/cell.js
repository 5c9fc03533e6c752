/** A cell: SQL that the reader may change, for one of the databases, and what it gave. */
import { element } from './elements.js';

const NAMES = { db: '', alice: 'Alice', bob: 'Bob' };

export class Cell {
  #text;
  #output = element('div', 'output');

  /** @param run takes the name of a database and SQL, and gives the elements to show. */
  constructor(root, number, run) {
    const on = root.dataset.on;
    const place = `cell ${number} ${NAMES[on]}`.trim();
    this.#text = root.querySelector('textarea');
    this.#text.ariaLabel = `SQL of ${place}`;
    this.#text.spellcheck = false;
    this.#text.autocapitalize = 'off';
    this.#text.addEventListener('input', () => this.#fit());
    this.#text.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.run();
      }
    });
    const button = element('button', '', 'Run');
    button.type = 'button';
    button.ariaLabel = `Run ${place}`;
    button.addEventListener('click', () => this.run());
    this.#output.role = 'status';
    this.run = () => this.#output.replaceChildren(...run(on, this.#text.value));
    const label = element('span', '', element('span', 'number', `${number}`), element('span', 'on', NAMES[on]));
    root.prepend(element('div', 'bar', label, button));
    root.append(this.#output);
    this.#fit();
  }

  clear() {
    this.#output.replaceChildren();
  }

  restore() {
    this.#text.value = this.#text.defaultValue;
    this.#fit();
  }

  /** As high as its lines; CSS adds what long lines need where it can. */
  #fit() {
    this.#text.rows = this.#text.value.split('\n').length;
  }
}
