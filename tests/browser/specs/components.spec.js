// Every component of the console in every state, judged in both widths and both colours.
import { expect, judged, test } from '../support/test.js';

const WIDTHS = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } };

test('every component is in order in each width and colour', async ({ server, signedIn: page }) => {
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  for (const [width, size] of Object.entries(WIDTHS)) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await page.goto(`${server.base}/components`);
      await expect(page.getByRole('heading', { level: 1, name: 'Components' })).toBeVisible();
      for (const fold of await page.locator('main details:not(.menu)').all()) {
        await fold.evaluate((details) => (details.open = true));
      }
      await judged(page, `components-${width}-${colorScheme}`);
      const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
      expect(overflow, `${width}, ${colorScheme}`).toBeLessThanOrEqual(0);
    }
  }
  expect(complaints).toEqual([]);
});
