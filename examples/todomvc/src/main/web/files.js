/**
 * A service worker that keeps the application's files, so that the page opens without a network. It
 * asks the network first: what it has kept is for when there is none.
 */

/** Of the hub's own pages nothing is kept. */
const HUBS_OWN = /^\/(db\/|status|metrics|health)/;

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method === 'GET' && origin === location.origin && !HUBS_OWN.test(pathname)) {
    event.respondWith(fetchOrRecall(event.request));
  }
});

async function fetchOrRecall(request) {
  const kept = await caches.open('files');
  try {
    const response = await fetch(request);
    if (response.ok) {
      await kept.put(request, response.clone());
    }
    return response;
  } catch (error) {
    const response = await kept.match(request);
    if (response) {
      return response;
    }
    throw error;
  }
}
