/**
 * Runs a story in Chromium for BrowserTest:
 *
 *     node run.mjs STORY URL [FOLDER]
 *
 * STORY is a file beside this one; a FOLDER gets pictures of it.
 */
import { launch } from '../../../host-web/test/browser/chromium.mjs';

const [story, url, folder] = process.argv.slice(2);
const { tell } = await import(`./${story}.mjs`);
const browser = await launch();
try {
  await tell({ browser, url, folder });
} finally {
  await browser.close();
}
// standard input is still open
process.exit(0);
