/**
 * Measures crsql beside cr-sqlite in Chromium and prints lines of JSON: what was measured, sizes,
 * times.
 *
 *     node bench/web/main.js --peers FOLDER [--rows N] [--transactions N] [--repeat N]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Browser } from './browser.js';
import { bundle, bytes, SIDES } from './bundle.js';
import { sizes, times } from './summary.js';

const { values } = parseArgs({
  options: {
    peers: { type: 'string' },
    rows: { type: 'string', default: '100000' },
    transactions: { type: 'string', default: '1000' },
    repeat: { type: 'string', default: '5' },
  },
});
const options = { rows: Number(values.rows), transactions: Number(values.transactions) };

const folder = await mkdtemp(path.join(os.tmpdir(), 'crsql-bench-'));
try {
  const versions = await bundle(folder, values.peers);
  const browser = await Browser.start(folder);
  try {
    const done = await rounds(browser);
    print({ chromium: browser.version, ...versions, ...options, repeat: done.length });
    for (const compression of ['gzip', 'brotli']) {
      print(sizes(`size_${compression}`, await bytes(folder, compression)));
    }
    times(done).forEach(print);
  } finally {
    await browser.close();
  }
} finally {
  await rm(folder, { recursive: true });
}

/** The sides in turn, every second time the other way round. */
async function rounds(browser) {
  const done = [];
  for (let i = 0; i < Number(values.repeat); i++) {
    const round = {};
    const sides = Object.keys(SIDES);
    for (const side of i % 2 === 0 ? sides : sides.reverse()) {
      process.stderr.write(`${i + 1} of ${values.repeat}: ${side}\n`);
      const { samples, error } = await browser.run(side, options);
      if (error) {
        throw new Error(error);
      }
      round[side] = samples;
    }
    done.push(round);
  }
  return done;
}

function print(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
