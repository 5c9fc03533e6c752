/** A hub as a child process, for tests: `crsql serve` on a folder that goes when the test does. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const JAR = fileURLToPath(new URL('../../../cli/target/crsql.jar', import.meta.url));

export const TOKEN = 'a-token-for-everything';
export const READER = 'a-token-to-read';

const TOKENS = `${TOKEN} read,write *\n${READER} read *\n`;

export class Hub {
  #folder;
  #process = null;
  #port = 0;

  static async start(context) {
    if (!existsSync(JAR)) {
      throw new Error(`${JAR} is missing; run ./crsql --version, which builds it`);
    }
    const hub = new Hub();
    hub.#folder = await mkdtemp(join(tmpdir(), 'crsql-hub-'));
    await writeFile(join(hub.#folder, 'tokens'), TOKENS);
    context.after(async () => {
      await hub.kill();
      await rm(hub.#folder, { recursive: true });
    });
    await hub.start();
    return hub;
  }

  /** Starts it; again on the same port. */
  async start() {
    const args = ['-XX:+UseSerialGC', '-jar', JAR, 'serve', this.#folder, '--port', this.#port];
    const stdio = ['ignore', 'pipe', 'inherit'];
    this.#process = spawn('java', args.map(String), { stdio });
    for await (const line of createInterface(this.#process.stdout)) {
      const [, port] = / at http:\/\/127\.0\.0\.1:(\d+)\//.exec(line) ?? [];
      if (port !== undefined) {
        this.#port = Number(port);
        this.#process.stdout.resume();
        return;
      }
    }
    throw new Error('the hub has stopped before it served');
  }

  /** Kills it as a power cut would. */
  async kill() {
    if (this.#process?.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill('SIGKILL');
      await once(this.#process, 'exit');
    }
  }

  /** Stops it in order. */
  async stop() {
    this.#process.kill('SIGTERM');
    await once(this.#process, 'exit');
  }

  url(database = 'app') {
    return `ws://127.0.0.1:${this.#port}/db/${database}`;
  }
}
