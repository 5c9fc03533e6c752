/* The samples of README.md print what it says, in a folder where the package is installed. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Project } from "./project.mjs";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const samples = [...readme.matchAll(/```js\n(.*?)```.*?```text\n(.*?)```/gs)];
const project = new Project("readme");

samples.forEach(([, program, output], index) => {
  test(`sample ${index + 1}`, () => {
    const name = `sample${index + 1}.${/^import /m.test(program) ? "mjs" : "cjs"}`;
    project.write(name, program);
    assert.equal(project.run(name), output);
  });
});

test("every sample is followed by what it prints", () => {
  assert.equal(samples.length, readme.match(/```js\n/g).length);
});
