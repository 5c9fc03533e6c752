/** One item of the list, which can be edited in place. */
export class Item {
  element = document.createElement('li');
  #todos;
  #id;
  #toggle = document.createElement('input');
  #title = document.createElement('button');
  #remove = document.createElement('button');

  constructor(todos, id) {
    this.#todos = todos;
    this.#id = id;
    this.element.dataset.id = id;
    this.#toggle.type = 'checkbox';
    this.#toggle.addEventListener('change', () => todos.mark(id, this.#toggle.checked));
    this.#title.type = 'button';
    this.#title.className = 'title';
    this.#title.addEventListener('dblclick', () => this.#edit());
    // by keyboard or screen reader, where there is no double click
    this.#title.addEventListener('click', ({ detail }) => detail === 0 && this.#edit());
    this.#remove.type = 'button';
    this.#remove.className = 'remove';
    this.#remove.addEventListener('click', () => todos.remove(id));
    this.element.append(this.#toggle, this.#title, this.#remove);
  }

  show({ title, done }) {
    this.element.classList.toggle('done', Boolean(done));
    this.#toggle.checked = Boolean(done);
    this.#title.textContent = title;
    this.#toggle.setAttribute('aria-label', `Done: ${title}`);
    this.#title.setAttribute('aria-label', `Edit: ${title}`);
    this.#remove.setAttribute('aria-label', `Delete: ${title}`);
  }

  #edit() {
    const before = this.#title.textContent;
    const input = document.createElement('input');
    input.className = 'edit';
    input.value = before;
    input.setAttribute('aria-label', `New title of: ${before}`);
    let ended = false;
    const end = (save) => {
      // to take the input away is a blur, too
      if (ended) {
        return;
      }
      ended = true;
      const title = input.value.trim();
      this.element.classList.remove('editing');
      input.remove();
      if (save && title !== before) {
        this.#save(title);
      }
    };
    input.addEventListener('blur', () => end(true));
    input.addEventListener('keydown', ({ key, isComposing }) => {
      if (key === 'Escape' || (key === 'Enter' && !isComposing)) {
        end(key === 'Enter');
        this.#title.focus();
      }
    });
    this.element.classList.add('editing');
    this.element.append(input);
    input.focus();
  }

  #save(title) {
    if (title === '') {
      this.#todos.remove(this.#id);
    } else {
      this.#todos.rename(this.#id, title);
    }
  }
}
