/** A server of the package's files, under the policy that it promises to work with. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { ELSEWHERE } from './chromium.mjs';

const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

const FOLDERS = {
  crsql: new URL('../../npm/', import.meta.url),
  sqlite: new URL('.', import.meta.resolve('@sqlite.org/sqlite-wasm')),
  test: new URL('.', import.meta.url),
};

const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };

/** Serves `/crsql/`, `/sqlite/` and `/test/`, and an empty page at `/`. */
export async function serve() {
  const server = createServer(async (request, response) => {
    response.setHeader('Content-Security-Policy', POLICY);
    if (request.url === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const [, folder, rest] = /^\/(\w+)\/(.+)$/.exec(request.url) ?? [];
    try {
      const empty = request.url === '/';
      const body = empty ? '<!doctype html>' : await readFile(new URL(rest, FOLDERS[folder]));
      response.setHeader('Content-Type', TYPES[extname(request.url)] ?? 'text/html');
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
