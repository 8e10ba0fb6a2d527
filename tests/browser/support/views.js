// The widths and colours that every page is looked at in, and what has to hold in each.
import { expect } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { mkdir } from 'node:fs/promises';

export const WIDTHS = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } };
const COLOURS = ['light', 'dark'];

/**
 * Judges the page as it stands in every width and colour, and keeps a picture of each for people
 * to look at. The page is left as wide as it was.
 */
export async function judged(page, name) {
  const before = page.viewportSize();
  for (const width of Object.keys(WIDTHS)) {
    await page.setViewportSize(WIDTHS[width]);
    await judgedAsWideAsItIs(page, `${name}-${width}`);
  }
  await page.setViewportSize(before);
}

/** Judges the page in every colour. */
export async function judgedAsWideAsItIs(page, name) {
  await mkdir('screenshots', { recursive: true });
  for (const colorScheme of COLOURS) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: `screenshots/${name}-${colorScheme}.png`, fullPage: true });
    // Nothing of another origin is framed, which is what the other mode opens a page of its own for.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const told = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
    expect(told, `${name}, ${colorScheme}`).toEqual([]);
  }
  const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
  expect(overflow, `${name} is wider than its window`).toBeLessThanOrEqual(0);
}
