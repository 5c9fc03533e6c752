/** Pictures of a story, for the README. */

/** Above the list of changes, and below the item that is the last. */
const FRAME = { x: 0, y: 0, width: 400, height: 530 };

/** What several people see, one above the other, at several moments, side by side. */
export class Film {
  #browser;
  #people;
  #frames = [];

  constructor(browser, people) {
    this.#browser = browser;
    this.#people = people;
  }

  async take(caption) {
    const pictures = [];
    for (const [name, { page }] of Object.entries(this.#people)) {
      await page.mouse.move(0, 0);
      await page.evaluate(() => document.activeElement.blur());
      const png = await page.screenshot({ clip: FRAME, animations: 'disabled' });
      pictures.push(`<b>${name}</b><img src="data:image/png;base64,${png.toString('base64')}">`);
    }
    this.#frames.push(`<section><h1>${caption}</h1>${pictures.join('')}</section>`);
  }

  async save(file) {
    const page = await this.#browser.newPage();
    await page.setContent(`<style>
      body { display: inline-flex; gap: 18px; margin: 0; padding: 18px 22px 22px; background: #fff;
        font-family: system-ui, 'DejaVu Sans', sans-serif; color: #232a27 }
      h1 { font-size: 17px; margin: 0 0 4px } b { display: block; font-size: 13px; margin: 8px 0 4px; color: #66706b }
      img { display: block; width: 270px; border: 1px solid #d5d9d3; border-radius: 10px }</style>
      ${this.#frames.join('')}`);
    await page.locator('body').screenshot({ path: file });
    await page.close();
  }
}

/** A person's page in a wider window. */
export async function screenshot({ page }, file) {
  await page.setViewportSize({ width: 900, height: 850 });
  await page.screenshot({ path: file, animations: 'disabled' });
}
