/* What npm packs: complete, found by both import styles, typed, installed without a script. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Project } from "./project.mjs";

const project = new Project("package");
const installed = project.path("node_modules", "@crsql", "node");

test("it has the libraries, the loader and nothing of the build", () => {
  const files = project.packed.files.map((file) => file.path);
  const libraries = files.filter((file) => /^native\/crsqlite(\.so|\.dll)?$/.test(file));
  assert.ok(libraries.includes("native/crsqlite"), files.join());
  assert.deepEqual(files.filter((file) => !libraries.includes(file)).sort(), [
    "LICENSE",
    "README.md",
    "load.d.ts",
    "load.js",
    "package.json",
  ]);
});

test("npm has no script to run when it installs it", () => {
  const { scripts } = JSON.parse(readFileSync(`${installed}/package.json`, "utf8"));
  const run = ["preinstall", "install", "postinstall", "prepare"].filter((name) => name in scripts);
  assert.deepEqual(run, []);
});

test("require.resolve, import.meta.resolve and path are the same file", () => {
  project.write("required.cjs", 'console.log(require.resolve("@crsql/node"))');
  project.write(
    "imported.mjs",
    'import { fileURLToPath } from "node:url";' +
      'console.log(fileURLToPath(import.meta.resolve("@crsql/node")))',
  );
  project.write("path.cjs", 'console.log(require("@crsql/node/load").path)');
  for (const program of ["required.cjs", "imported.mjs", "path.cjs"]) {
    assert.equal(project.run(program), `${installed}/native/crsqlite\n`, program);
  }
});

test("TypeScript knows load and path, in ES modules and CommonJS", () => {
  const program = `
    import { load, path } from "@crsql/node/load";
    const file: string = path;
    load({ loadExtension: (path: string, entryPoint?: string) => {} });
    // @ts-expect-error: not a database
    load(file);
  `;
  project.write("types.mts", program);
  project.write("types.cts", program);
  const tsc = fileURLToPath(new URL("bin/tsc", import.meta.resolve("typescript/package.json")));
  const options = ["--noEmit", "--strict", "--module", "node20", "--types", ""];
  assert.equal(project.run(tsc, ...options, "types.mts", "types.cts"), "");
});
