/** The connections of this tab: to the hub, to the other tabs, and the button that cuts them. */

const HUB = {
  connecting: 'connecting to the hub',
  syncing: 'syncing with the hub',
  synced: 'in sync with the hub',
  offline: 'the hub cannot be reached',
  paused: 'offline: network cut',
  closed: 'no hub: open the URL that the program printed',
};

const state = document.getElementById('state');
const peers = document.getElementById('peers');
const button = document.getElementById('network');

export async function connect(db, token) {
  const tabs = await db.share('todo');
  const hub = token && (await db.sync(hubUrl(), { token, agent: 'todomvc' }));
  const all = hub ? [tabs, hub] : [tabs];
  const show = () => showStatus(tabs.status, hub?.status);
  all.forEach((connection) => connection.addEventListener('change', show));
  button.addEventListener('click', () => {
    const cut = tabs.status.state === 'paused';
    all.forEach((connection) => (cut ? connection.resume() : connection.pause()));
  });
  button.disabled = false;
  show();
}

function hubUrl() {
  const url = new URL('/db/todo', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  return url;
}

function showStatus(tabs, hub) {
  const cut = tabs.state === 'paused';
  const name = cut ? 'paused' : (hub?.state ?? 'closed');
  // a refusal is for the user to act on; a network that is away comes back by itself
  state.textContent = (name === 'closed' && hub?.error) || HUB[name];
  state.dataset.state = name;
  peers.textContent = tabs.peers === 1 ? '1 other tab' : `${tabs.peers} other tabs`;
  peers.hidden = cut || tabs.peers === 0;
  button.textContent = cut ? 'Restore the network' : 'Cut the network';
  document.body.classList.toggle('cut', cut);
}
