// Every page of pages.json, at once as it is opened: in each width and colour, for each reader.
import { readFileSync } from 'node:fs';
import { test as base, expect } from '@playwright/test';
import { walked } from '../support/keyboard.js';
import { complaints, everythingIsNamed, shifted } from '../support/loaded.js';
import { WIDTHS, judgedAsWideAsItIs } from '../support/views.js';
import { filledIn, startWorld } from '../support/world.js';

const PAGES = JSON.parse(readFileSync(new URL('../pages.json', import.meta.url), 'utf8'));

const test = base.extend({
  world: [
    async ({ browser }, use) => {
      const world = await startWorld(browser);
      await use(world);
      await world.stop();
    },
    { scope: 'worker' },
  ],
});

for (const row of PAGES) {
  const { name, as = 'admin', status = 200, unfold = false } = row;
  test(name, async ({ world, browser }) => {
    const path = filledIn(row, world.places);
    for (const [width, viewport] of Object.entries(WIDTHS)) {
      const context = await browser.newContext({ viewport, storageState: world.states[as] });
      const page = await context.newPage();
      const heard = complaints(page);
      expect((await page.goto(world.server.base + path)).status()).toBe(status);
      expect(await shifted(page), 'the page moves while it is read').toEqual([]);
      if (unfold) await page.locator('main details:not(.menu)').evaluateAll((folds) => folds.forEach((fold) => (fold.open = true)));
      await everythingIsNamed(page);
      await judgedAsWideAsItIs(page, `page-${name}-${width}`);
      if (width === 'desktop') await walked(page);
      // What the browser says of the answer itself is what was asked for.
      const unasked = heard.filter((text) => status === 200 || !text.includes(`status of ${status}`));
      expect(unasked).toEqual([]);
      await context.close();
    }
  });
}
