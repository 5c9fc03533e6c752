import { short, showChanges } from './changes.js';
import { List } from './list.js';
import { connect } from './network.js';
import { keepFiles } from './offline.js';
import { databaseOfThisTab } from './slot.js';
import { Todos } from './todos.js';
import { hubToken } from './token.js';
import { open } from './vendor/crsql/client.js';

const problem = document.getElementById('problem');

function showProblem(error) {
  problem.textContent = error.message;
  problem.hidden = false;
}

async function start() {
  const token = hubToken();
  await keepFiles();
  const worker = new Worker('worker.js', { type: 'module' });
  const file = await databaseOfThisTab();
  const db = await open(worker, file);
  const todos = new Todos(db);
  await todos.create();
  const list = new List(todos);
  const refresh = () => Promise.all([list.refresh(), showChanges(db)]).catch(showProblem);
  todos.onChange(refresh);
  await refresh();
  const [{ site }] = await db.exec('select lower(hex(crsql_site_id())) as site');
  document.getElementById('site').textContent = `${file} · site ${short(site)}`;
  await connect(db, token);
  // for the console: await db.exec('select * from todo')
  globalThis.db = db;
}

globalThis.addEventListener('unhandledrejection', ({ reason }) => showProblem(reason));
start().catch(showProblem);
