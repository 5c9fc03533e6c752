/* A program's folder in which the package is installed as npm would pack and publish it. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));

export class Project {
  /** What is in the package: npm's description. */
  packed;

  /** Below node/target, so that Node finds better-sqlite3 further up. */
  constructor(name) {
    this.folder = join(PACKAGE, "target", name);
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
    this.write("package.json", '{ "private": true }');
    [this.packed] = JSON.parse(npm(PACKAGE, "pack", "--json", "--pack-destination", this.folder));
    npm(this.folder, "install", "--offline", "--no-package-lock", `./${this.packed.filename}`);
  }

  path(...names) {
    return join(this.folder, ...names);
  }

  write(name, text) {
    writeFileSync(this.path(name), text);
  }

  /** What a program of this folder prints; with its errors, if it fails. */
  run(...command) {
    const options = { cwd: this.folder, encoding: "utf8" };
    const { stdout, stderr, status } = spawnSync(process.execPath, command, options);
    return status === 0 ? stdout : `${stdout}${stderr}`;
  }
}

function npm(cwd, ...command) {
  return execFileSync("npm", command, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}
