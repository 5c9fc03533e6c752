/** The page: loads the engine, makes the cells work, and runs them all or starts again. */
import { Cell } from './cell.js';
import { close, create, load } from './databases.js';
import { Exchange } from './exchange.js';
import { Panel } from './panel.js';
import { show } from './results.js';
import { run } from './sql.js';

const status = document.querySelector('#status');

try {
  await start();
} catch (error) {
  status.textContent = `This page cannot run SQL here, since the engine did not load: ${error.message}`;
  status.className = 'error';
}

async function start() {
  const sqlite3 = await load();
  let databases = await create(sqlite3);
  const panel = new Panel(document.querySelector('#peers'), sqlite3);
  const refresh = () => panel.refresh(databases);
  const steps = stepsOf(
    (on, sql) => {
      const shown = show(run(sqlite3, databases[on], sql));
      refresh();
      return shown;
    },
    () => databases,
    refresh,
  );

  async function restart() {
    const old = databases;
    databases = await create(sqlite3);
    close(old);
    steps.forEach((step) => step.clear());
    refresh();
  }

  const runAll = document.querySelector('#run-all');
  const startAgain = document.querySelector('#start-again');
  runAll.addEventListener('click', async () => {
    await restart();
    steps.forEach((step) => step.run());
  });
  startAgain.addEventListener('click', async () => {
    steps.forEach((step) => step.restore());
    await restart();
  });
  refresh();
  status.textContent = loaded(databases.db);
  document.querySelectorAll('button').forEach((button) => (button.disabled = false));
}

/** Cells and exchanges in the order of the page. */
function stepsOf(runOn, databases, refresh) {
  let number = 0;
  return Array.from(document.querySelectorAll('.cell, .exchange'), (root) =>
    root.matches('.cell') ? new Cell(root, ++number, runOn) : new Exchange(root, databases, refresh),
  );
}

/** What runs, what it weighs and when it was ready, as the browser measured it. */
function loaded(db) {
  const files = performance.getEntriesByType('resource');
  const script = files.some(({ name }) => name.endsWith('/crsql/engine/crsql.js'));
  const megabytes = files.reduce((sum, file) => sum + file.encodedBodySize, 0) / 1e6;
  const [sqlite, crsql] = db.selectArray('select sqlite_version(), crsql_version()');
  return (
    `SQLite ${sqlite} and crsql ${crsql} (as ${script ? 'JavaScript' : 'WebAssembly'}): ` +
    `${megabytes.toFixed(1)} MB, ready after ${(performance.now() / 1000).toFixed(1)} s.`
  );
}
