/** What `npm pack` gives can be installed, and brings its types. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('../../npm', import.meta.url));
const MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/** A program that has the package as npm installs it, with nothing of the source tree about. */
let program;
let files;

before(() => {
  program = mkdtempSync(join(tmpdir(), 'crsql-web-'));
  const packed = run('npm', ['pack', '--json', '--pack-destination', program], PACKAGE);
  const [{ filename, files: listed }] = Object.values(JSON.parse(packed));
  files = listed.map(({ path }) => path);
  const installed = join(program, 'node_modules', '@crsql', 'web');
  mkdirSync(installed, { recursive: true });
  run('tar', ['-xzf', join(program, filename), '--strip-components=1', '-C', installed], program);
  symlinkSync(join(MODULES, '@sqlite.org'), join(program, 'node_modules', '@sqlite.org'));
});

after(() => rmSync(program, { recursive: true }));

function run(command, parameters, folder) {
  return execFileSync(command, parameters, { cwd: folder, encoding: 'utf8' });
}

test('it has the engine in both builds', () => {
  for (const file of ['engine/crsql.wasm', 'engine/crsql.js', 'index.d.ts', 'README.md', 'LICENSE']) {
    assert.ok(files.includes(file), file);
  }
});

test('a program can use it', () => {
  writeFileSync(
    join(program, 'program.mjs'),
    `import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
     import { crsql } from '@crsql/web';
     const sqlite3 = await sqlite3InitModule();
     const db = new sqlite3.oo1.DB();
     await crsql(sqlite3, db);
     console.log(db.selectValue('select crsql_version()'));`,
  );
  assert.equal(run(process.execPath, ['program.mjs'], program), '0.1.0\n');
});

test('its types fit what it does', () => {
  writeFileSync(
    join(program, 'program.ts'),
    `import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
     import { crsql, type Connection, type Replica } from '@crsql/web';
     import { open, type RemoteDatabase } from '@crsql/web/client';
     import { serve } from '@crsql/web/worker';
     const sqlite3 = await sqlite3InitModule();
     const replica: Replica = await crsql(sqlite3, new sqlite3.oo1.DB());
     const connection: Connection = replica.sync('wss://example.org/db/app', { token: 'x' });
     const stop: () => void = replica.onChange(() => console.log(connection.status.state));
     replica.connect(new MessageChannel().port1, { initiator: true }).pause();
     const remote: RemoteDatabase = await open(new Worker('database.js'), 'app.db');
     const rows = await remote.exec('select * from todo where id = ?', ['a1']);
     console.log(rows[0].title, stop, serve);
     // @ts-expect-error there is no such option
     replica.sync('wss://example.org/db/app', { tokn: 'x' });`,
  );
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022'];
  const modules = ['--module', 'nodenext', '--lib', 'es2022,dom'];
  writeFileSync(join(program, 'package.json'), '{"type": "module"}');
  const tsc = join(MODULES, '.bin', 'tsc');
  assert.equal(run(process.execPath, [tsc, ...options, ...modules, 'program.ts'], program), '');
});
