/* crsql at work in both of Node's SQLites, which meet in one process. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import Database from "better-sqlite3";
import { load } from "../load.js";

const ENGINES = {
  "better-sqlite3": () => new Database(":memory:"),
  "node:sqlite": () => new DatabaseSync(":memory:", { allowExtension: true }),
};

function open(engine) {
  const db = ENGINES[engine]();
  load(db);
  return db;
}

/** Rows as arrays, which both engines can be brought to return. */
function rows(db, sql, ...parameters) {
  return db
    .prepare(sql)
    .all(...parameters)
    .map((row) => Object.values(row));
}

for (const engine of Object.keys(ENGINES)) {
  test(`the session of the first crsql's README, ${engine}`, () => {
    const db = open(engine);
    db.exec("create table foo (a primary key, b)");
    db.exec("create table baz (a primary key, b, c, d)");
    db.exec("select crsql_as_crr('foo')");
    db.exec("select crsql_as_crr('baz')");
    db.exec("insert into foo (a,b) values (1,2)");
    db.exec("insert into baz (a,b,c,d) values ('a', 'woo', 'doo', 'daa')");
    assert.deepEqual(rows(db, "select * from crsql_changes"), [
      ["foo", 1, 1, 2, 1, null],
      ["baz", "'a'", 1, "'woo'", 2, null],
      ["baz", "'a'", 2, "'doo'", 3, null],
      ["baz", "'a'", 3, "'daa'", 4, null],
    ]);

    db.exec(
      'insert into crsql_changes ("table", pk, cid, val, version, site_id)' +
        " values ('foo', 5, 1, '''thing''', 5, X'7096E2D505314699A59C95FABA14ABB5')",
    );
    db.exec(
      'insert into crsql_changes ("table", pk, cid, val, version, site_id)' +
        " values ('baz', '''a''', 1, 123, 101, X'7096E2D505314699A59C95FABA14ABB5')",
    );
    assert.deepEqual(rows(db, "select * from foo"), [
      [1, 2],
      [5, "thing"],
    ]);
    assert.deepEqual(rows(db, "select * from baz"), [["a", 123, "doo", "daa"]]);
    db.exec("select crsql_finalize()");
    db.close();
  });
}

function replica(engine) {
  const db = open(engine);
  db.exec("create table todo(id primary key, title, done)");
  db.exec("select crsql_as_crr('todo')");
  return db;
}

function pull(db, peer) {
  const [[have]] = rows(db, "select crsql_version_vector()");
  for (const [changeset] of rows(peer, "select changeset from crsql_changesets(?, 1000)", have)) {
    rows(db, "select crsql_apply(?)", changeset);
  }
}

test("a database of each converges with the other", () => {
  const one = replica("better-sqlite3");
  const two = replica("node:sqlite");
  one.exec(
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 500)" +
      " insert into todo select i, 'title ' || i, 0 from n",
  );
  pull(two, one);
  one.exec("update todo set title = 'mine' where id % 2 = 0");
  two.exec("update todo set title = 'yours', done = 1 where id % 3 = 0");
  two.exec("delete from todo where id % 5 = 0");
  pull(one, two);
  pull(two, one);

  const all = "select * from todo order by id";
  assert.equal(rows(one, all).length, 400);
  assert.deepEqual(rows(one, all), rows(two, all));
  const fingerprint = "select crsql_fingerprint()";
  assert.deepEqual(rows(one, fingerprint), rows(two, fingerprint));
  one.close();
  two.close();
});

test("rows of crsql_changes keep their types as BigInt", () => {
  const one = replica("better-sqlite3");
  const two = replica("node:sqlite");
  one.exec("insert into todo values(1, 2, 3.0)");
  const changes = one
    .prepare('select "table", pk, cid, val, version, crsql_siteid() from crsql_changes')
    .safeIntegers();
  const merge = two.prepare(
    'insert into crsql_changes("table", pk, cid, val, version, site_id) values(?, ?, ?, ?, ?, ?)',
  );
  for (const change of changes.raw().iterate()) merge.run(...change);
  assert.deepEqual(rows(two, "select typeof(id), typeof(title), typeof(done) from todo"), [
    ["integer", "integer", "real"],
  ]);
  one.close();
  two.close();
});

test("worker threads have databases of their own, and outlive one another", async () => {
  const program = `
    import { parentPort, workerData } from "node:worker_threads";
    const { default: Database } = await import(workerData.sqlite);
    const { load } = await import(workerData.load);
    const db = new Database(":memory:");
    load(db);
    db.exec("create table todo(id primary key, title, done)");
    db.exec("select crsql_as_crr('todo')");
    const insert = db.prepare("insert into todo values(?, ?, 0)");
    for (let i = 0; i < 1000; i++) insert.run(workerData.name + i, "title");
    parentPort.postMessage(db.prepare("select crsql_changeset(NULL)").pluck().get());
  `;
  const sqlite = import.meta.resolve("better-sqlite3");
  const loader = import.meta.resolve("../load.js");
  const changesets = ["a", "b", "c", "d"].map((name) => {
    const source = new URL(`data:text/javascript,${encodeURIComponent(program)}`);
    const worker = new Worker(source, { workerData: { name, sqlite, load: loader } });
    return new Promise((resolve, reject) => worker.on("message", resolve).on("error", reject));
  });
  const db = replica("better-sqlite3");
  for (const changeset of await Promise.all(changesets)) {
    rows(db, "select crsql_apply(?)", changeset);
  }
  assert.deepEqual(rows(db, "select count(*) from todo"), [[4000]]);
  db.close();
});
