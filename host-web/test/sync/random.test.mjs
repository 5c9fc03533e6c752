/**
 * Databases on both builds write at random, on links that are cut at random; in the end all must be
 * the same. A failure prints its seed: CRSQL_SYNC_SEED=N repeats it, CRSQL_SYNC_RUNS=N tries more.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { converged, open, sleep } from './databases.mjs';

const FIRST = Number(process.env.CRSQL_SYNC_SEED ?? 1);
const RUNS = Number(process.env.CRSQL_SYNC_RUNS ?? 5);
const STEPS = 120;
const KEYS = 12;

const SCHEMA = `
  CREATE TABLE todo(id INTEGER PRIMARY KEY NOT NULL, title TEXT NOT NULL DEFAULT '', done INTEGER);
  CREATE TABLE tag(todo INTEGER, name TEXT, weight REAL, PRIMARY KEY(todo, name));
  SELECT crsql_as_crr('todo');
  SELECT crsql_as_crr('tag');
`;

/** Mulberry32. */
function generator(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    below: (n) => Math.floor(next() * n),
    of: (list) => list[Math.floor(next() * list.length)],
  };
}

const WRITES = [
  (db, r) =>
    db.exec('INSERT OR REPLACE INTO todo VALUES(?, ?, ?)', [
      r.below(KEYS),
      `t${r.below(99)}`,
      r.below(2),
    ]),
  (db, r) =>
    db.exec('INSERT OR IGNORE INTO tag VALUES(?, ?, ?)', [
      r.below(KEYS),
      `n${r.below(4)}`,
      r.below(100) / 8,
    ]),
  (db, r) => db.exec('UPDATE todo SET title = ? WHERE id = ?', [`u${r.below(99)}`, r.below(KEYS)]),
  (db, r) => db.exec('UPDATE todo SET done = NOT done WHERE id % 3 = ?', [r.below(3)]),
  (db, r) =>
    db.exec('UPDATE OR REPLACE tag SET name = ? WHERE todo = ?', [`n${r.below(4)}`, r.below(KEYS)]),
  (db, r) => db.exec('DELETE FROM todo WHERE id = ?', [r.below(KEYS)]),
  (db, r) => db.exec('DELETE FROM tag WHERE weight > ?', [r.below(20)]),
  (db, r) => {
    db.exec('BEGIN');
    db.exec('UPDATE todo SET title = title || ?', ['!']);
    db.exec('DELETE FROM tag WHERE todo = ?', [r.below(KEYS)]);
    db.exec(r.below(3) === 0 ? 'ROLLBACK' : 'COMMIT');
  },
];

/** Some are linked in a ring of channels, and two or more of them share a name too. */
function link(databases, random) {
  const name = randomUUID();
  const connections = [];
  const ports = [];
  databases.forEach((each, i) => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1);
    connections.push(each.replica.connect(port1, { initiator: true }));
    const next = databases[(i + 1) % databases.length];
    connections.push(next.replica.connect(port2, { initiator: false }));
    if (random.below(2) === 0) {
      connections.push(each.replica.share(name));
    }
  });
  return { connections, ports };
}

async function run(seed) {
  const random = generator(seed);
  const databases = [];
  for (let i = 0; i < 2 + random.below(4); i++) {
    databases.push(await open({ build: i % 2 === 0 ? 'wasm' : 'script', schema: SCHEMA }));
  }
  const { connections, ports } = link(databases, random);
  for (let step = 0; step < STEPS; step++) {
    if (random.below(6) === 0) {
      const connection = random.of(connections);
      connection.status.state === 'paused' ? connection.resume() : connection.pause();
    } else {
      random.of(WRITES)(random.of(databases), random);
    }
    if (random.below(3) === 0) {
      await sleep(random.below(8));
    }
  }
  connections.forEach((connection) => connection.resume());
  try {
    await converged(databases);
    for (const each of databases) {
      assert.equal(each.value('SELECT crsql_verify()'), 'ok');
    }
    connections.forEach(({ status }) => assert.notEqual(status.state, 'closed', status.error));
  } finally {
    databases.forEach((each) => each.close());
    ports.forEach((port) => port.close());
  }
}

for (let seed = FIRST; seed < FIRST + RUNS; seed++) {
  test(`all converge: seed ${seed}`, () => run(seed));
}
