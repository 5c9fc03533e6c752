/* load(db): what it takes, and what it says when it cannot do it. */
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, test } from "node:test";
import Database from "better-sqlite3";
import { load, path } from "../load.js";

const refused = new Error("invalid ELF header");
const refusing = {
  loadExtension() {
    throw refused;
  },
};
const { platform, arch } = process;

function on(platform, arch) {
  Object.defineProperties(process, { platform: { value: platform }, arch: { value: arch } });
}

afterEach(() => on(platform, arch));

test("it takes better-sqlite3 and node:sqlite, a second time too", () => {
  const databases = [
    new Database(":memory:"),
    new DatabaseSync(":memory:", { allowExtension: true }),
  ];
  for (const db of databases) {
    load(db);
    load(db);
    assert.equal(db.prepare("select crsql_version() as version").get().version, "0.1.0");
    db.close();
  }
});

test("it is the same for require", () => {
  const required = createRequire(import.meta.url)("../load.js");
  assert.equal(required.load, load);
  assert.equal(required.path, path);
});

test("something else is no database", () => {
  for (const other of [undefined, null, "app.db", {}]) {
    assert.throws(() => load(other), {
      name: "TypeError",
      message: /^@crsql\/node: load\(db\) takes an open/,
    });
  }
});

test("a database of node:sqlite must be opened for extensions", () => {
  assert.throws(() => load(new DatabaseSync(":memory:")), {
    message:
      "@crsql/node: this database of node:sqlite may not load extensions;" +
      " open it with new DatabaseSync(file, { allowExtension: true }).",
  });
});

test("a closed database is called that", () => {
  const db = new DatabaseSync(":memory:", { allowExtension: true });
  db.close();
  assert.throws(() => load(db), {
    message: "@crsql/node: crsql cannot be loaded: database is not open",
  });
});

test("a platform without a library is named", () => {
  on("darwin", "arm64");
  assert.throws(() => load(refusing), {
    message:
      "@crsql/node: crsql has no library for darwin-arm64 yet, only for linux-x64, linux-arm64," +
      " win32-x64; run the program on one of them.",
    cause: refused,
  });
});

test("so is a system with musl", (t) => {
  on("linux", "x64");
  t.mock.method(process.report, "getReport", () => ({ header: {} }));
  assert.throws(() => load(refusing), {
    message: /^@crsql\/node: crsql's library needs glibc, .* has musl/,
  });
});

test("otherwise the system's own reason is passed on", () => {
  assert.throws(() => load(refusing), {
    message: "@crsql/node: crsql cannot be loaded: invalid ELF header",
  });
});

test("a copy without the libraries, as in a bundle, says so", () => {
  const copy = join(mkdtempSync(join(tmpdir(), "crsql-")), "bundle.js");
  copyFileSync(new URL("../load.js", import.meta.url), copy);
  const bundled = createRequire(copy)(copy);
  assert.throws(() => bundled.load(new Database(":memory:")), {
    message: /^@crsql\/node: crsql's library for .* is not beside .*bundle\.js; install/,
  });
  rmSync(dirname(copy), { recursive: true });
});
