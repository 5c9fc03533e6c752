/** One side in a worker of its own. Its code is loaded as the first part of its first work. */
import { Clock } from './clock.js';
import { run } from './works.js';

onmessage = async ({ data: { side, options } }) => {
  const clock = new Clock();
  try {
    await run(lazily(`./${side}/side.js`), clock, options);
    postMessage({ samples: clock.samples });
  } catch (error) {
    postMessage({ error: `${side}: ${error?.stack ?? error}` });
  }
};

/** The side whose load() imports it. */
function lazily(url) {
  return {
    async load() {
      Object.assign(this, await import(url));
      await this.load();
    },
  };
}
