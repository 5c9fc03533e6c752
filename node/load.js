"use strict";

const { existsSync } = require("node:fs");
const { join } = require("node:path");

/* What SQLite tries on each platform, see natives.mjs. */
const LIBRARIES = {
  "linux-x64": "crsqlite",
  "linux-arm64": "crsqlite.so",
  "win32-x64": "crsqlite.dll",
};

const path = join(__dirname, "native", "crsqlite");

function load(db) {
  if (typeof db?.loadExtension !== "function") {
    throw new TypeError(
      "@crsql/node: load(db) takes an open database of better-sqlite3 or node:sqlite, which has" +
        " loadExtension(), and was given something else.",
    );
  }
  try {
    db.loadExtension(path);
  } catch (cause) {
    throw new Error(`@crsql/node: ${reason(cause)}`, { cause });
  }
}

/* Asked only after a failure: what is not expected to work may work all the same. */
function reason(cause) {
  const platform = `${process.platform}-${process.arch}`;
  if (!(platform in LIBRARIES)) {
    return (
      `crsql has no library for ${platform} yet, only for ${Object.keys(LIBRARIES).join(", ")};` +
      " run the program on one of them."
    );
  }
  if (isMusl()) {
    return (
      "crsql's library needs glibc, and this system has musl, as Alpine does;" +
      " use an image with glibc, such as node:24-slim."
    );
  }
  if (cause?.code === "ERR_INVALID_STATE" && /extension/.test(cause.message)) {
    return (
      "this database of node:sqlite may not load extensions; open it with" +
      " new DatabaseSync(file, { allowExtension: true })."
    );
  }
  if (!existsSync(join(__dirname, "native", LIBRARIES[platform]))) {
    return (
      `crsql's library for ${platform} is not beside ${__filename}; install the package again,` +
      " and do not bundle it: it is external."
    );
  }
  return `crsql cannot be loaded: ${cause?.message ?? cause}`;
}

function isMusl() {
  if (process.platform !== "linux") return false;
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime === undefined;
}

exports.load = load;
exports.path = path;
