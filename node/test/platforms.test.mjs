/*
 * The one path loads the right library on other platforms too: in SQLite's shell on an emulator,
 * which host-native's tests have built.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { path } from "../load.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOREIGN = `${ROOT}host-native/target/foreign/`;

const EMULATORS = {
  "linux-aarch64": ["crsqlite.so", "qemu-aarch64", "-L", "/usr/aarch64-linux-gnu"],
  "windows-x86_64": ["crsqlite.dll", "wine"],
};

for (const [platform, [library, emulator, ...options]] of Object.entries(EMULATORS)) {
  const shell = `${FOREIGN}${platform}/sqlite3.exe`;
  const missing = [shell, `${ROOT}dist/${platform}/${library}`].find((file) => !existsSync(file));
  test(platform, { skip: missing && `${missing} has not been built` }, () => {
    const { stdout, stderr } = spawnSync(emulator, [...options, shell], {
      encoding: "utf8",
      env: { ...process.env, WINEPREFIX: `${FOREIGN}wine`, WINEDEBUG: "-all" },
      input: `.load '${path}'\nselect crsql_version();\n`,
    });
    assert.equal(stdout.trim(), "0.1.0", stderr);
  });
}
