/** The package's first example does what its page says. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const README = readFileSync(new URL('../../npm/README.md', import.meta.url), 'utf8');

function block(language) {
  return README.split(`\`\`\`${language}\n`)[1].split('```')[0];
}

test('the first example prints what is printed below it', (context) => {
  const file = fileURLToPath(new URL(`example-${process.pid}.mjs`, import.meta.url));
  context.after(() => rmSync(file));
  writeFileSync(file, block('js'));
  assert.equal(execFileSync(process.execPath, [file], { encoding: 'utf8' }), block('text'));
});
