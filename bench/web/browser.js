/** Runs a side in a worker of a fresh page of headless Chromium. */
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { cpuSeconds } from './cpu.js';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const ARGUMENTS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];
const TYPES = { '.js': 'text/javascript', '.html': 'text/html', '.wasm': 'application/wasm' };

export class Browser {
  #browser;
  #session;
  #server;

  /** Of what is in the folder. */
  static async start(folder) {
    const started = new Browser();
    started.#browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
    started.#session = await started.#browser.newBrowserCDPSession();
    started.#server = http.createServer((request, response) =>
      started.#answer(folder, request, response).catch((error) => response.destroy(error)),
    );
    await new Promise((listening) => started.#server.listen(0, '127.0.0.1', listening));
    return started;
  }

  get version() {
    return this.#browser.version();
  }

  async close() {
    await this.#browser.close();
    this.#server.close();
  }

  /** What the worker answers: { samples } or { error }. */
  async run(side, options) {
    const context = await this.#browser.newContext();
    try {
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${this.#server.address().port}/index.html`);
      return await page.evaluate(inWorker, { side, options });
    } finally {
      await context.close();
    }
  }

  async #answer(folder, { url }, response) {
    if (url === '/cpu') {
      response.end(String(await cpuSeconds(await this.#renderers())));
      return;
    }
    const content = await readFile(path.join(folder, path.normalize(url)));
    // nothing is cached, nor compiled code with it: each load is a first one
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Content-Type', TYPES[path.extname(url)]);
    response.end(content);
  }

  async #renderers() {
    const { processInfo } = await this.#session.send('SystemInfo.getProcessInfo');
    return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  }
}

/** In the page. */
function inWorker(message) {
  return new Promise((answered) => {
    const worker = new Worker('/worker.js', { type: 'module' });
    worker.onmessage = ({ data }) => answered(data);
    worker.onerror = ({ message: error }) => answered({ error });
    worker.postMessage(message);
  });
}
