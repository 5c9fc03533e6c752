/**
 * Starts the service worker of files.js. The first time this waits until it is in charge, and shows
 * it what the page has loaded before; what comes later it sees by itself.
 */
export async function keepFiles() {
  const container = navigator.serviceWorker;
  if (!container || container.controller) {
    return;
  }
  const inCharge = new Promise((resolve) => {
    container.addEventListener('controllerchange', resolve, { once: true });
  });
  await container.register('files.js');
  await inCharge;
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  await Promise.all([location.pathname, ...loaded].map((url) => fetch(url)));
}
