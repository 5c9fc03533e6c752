/** A browser, and a server of the package's files under the policy that it promises to work with. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { chromium } from 'playwright-core';

const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
const PACKAGE = new URL('../../npm/', import.meta.url);
const SQLITE = new URL('.', import.meta.resolve('@sqlite.org/sqlite-wasm'));
const HERE = new URL('./', import.meta.url);

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** A name that browsers do not trust as they do this machine's. */
const ELSEWHERE = 'elsewhere.test';

function fileOf(path) {
  const [, folder, rest] = /^\/(\w+)\/(.*)$/.exec(path) ?? [];
  const base = { crsql: PACKAGE, sqlite: SQLITE, test: HERE }[folder];
  return base && new URL(rest, base);
}

/** Serves `/crsql/`, `/sqlite/`, `/test/`, and an empty page at `/`. */
export async function servePages() {
  const server = createServer(async (request, response) => {
    response.setHeader('Content-Security-Policy', POLICY);
    const path = new URL(request.url, 'http://localhost').pathname;
    try {
      if (path === '/favicon.ico') {
        response.writeHead(204).end();
        return;
      }
      const body =
        path === '/' ? '<!doctype html><title>test</title>' : await readFile(fileOf(path));
      response.setHeader('Content-Type', TYPES[extname(path)] ?? 'text/html');
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  return {
    url: `http://127.0.0.1:${port}/`,
    insecureUrl: `http://${ELSEWHERE}:${port}/`,
    close: () => server.close(),
  };
}

export const CHROMIUM = process.env.CRSQL_CHROMIUM ?? '/usr/bin/chromium';

export function startChromium() {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      `--host-resolver-rules=MAP ${ELSEWHERE} 127.0.0.1`,
    ],
  });
}
