import { Item } from './item.js';

/** The list with what is above and below it. It shows what the database says, whoever wrote it. */

const FILTERS = {
  '#/active': (todo) => !todo.done,
  '#/completed': (todo) => todo.done,
};

export class List {
  #todos;
  #items = new Map();
  #new = document.getElementById('new');
  #title = document.getElementById('title');
  #all = document.getElementById('all');
  #list = document.getElementById('list');
  #footer = document.getElementById('footer');
  #left = document.getElementById('left');
  #clear = document.getElementById('clear');

  constructor(todos) {
    this.#todos = todos;
    this.#new.addEventListener('submit', (event) => {
      event.preventDefault();
      const title = this.#title.value.trim();
      this.#title.value = '';
      if (title !== '') {
        todos.add(title);
      }
    });
    this.#all.addEventListener('click', () =>
      todos.markAll(this.#all.getAttribute('aria-pressed') !== 'true'),
    );
    this.#clear.addEventListener('click', () => todos.removeDone());
    globalThis.addEventListener('hashchange', () => this.refresh());
  }

  async refresh() {
    const all = await this.#todos.all();
    if (this.#todos.isWriting) {
      return;
    }
    const left = all.filter((todo) => !todo.done).length;
    this.#show(all.filter(FILTERS[location.hash] ?? (() => true)));
    this.#all.hidden = all.length === 0;
    this.#all.setAttribute('aria-pressed', String(left === 0));
    this.#footer.hidden = all.length === 0;
    this.#left.textContent = left === 1 ? '1 item left' : `${left} items left`;
    this.#clear.hidden = left === all.length;
    const here = FILTERS[location.hash] ? location.hash : '#/';
    for (const link of this.#footer.querySelectorAll('a')) {
      link.ariaCurrent = link.getAttribute('href') === here ? 'page' : null;
    }
  }

  /** Keeps the elements of items that stay, and with them the focus and what is being edited. */
  #show(todos) {
    const before = this.#items;
    this.#items = new Map(
      todos.map((todo) => [todo.id, before.get(todo.id) ?? new Item(this.#todos, todo.id)]),
    );
    for (const [id, item] of before) {
      if (!this.#items.has(id)) {
        item.element.remove();
      }
    }
    let place = this.#list.firstElementChild;
    for (const todo of todos) {
      const item = this.#items.get(todo.id);
      item.show(todo);
      if (item.element === place) {
        place = place.nextElementSibling;
      } else {
        this.#list.insertBefore(item.element, place);
      }
    }
  }
}
