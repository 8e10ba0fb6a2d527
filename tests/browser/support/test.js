// Tests with a server, an administrator who is signed in, and pictures.
import { test as base, expect } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { mkdir } from 'node:fs/promises';
import { startServer } from './server.js';

export const PASSWORD = 'three short words';

export const test = base.extend({
  server: async ({}, use) => {
    const server = await startServer();
    await use(server);
    await server.stop();
  },
  /** A page whose person has just set up the installation. */
  signedIn: async ({ page, server }, use) => {
    await page.goto(server.setupLink);
    await page.getByLabel('User name').fill('admin');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Set up and sign in' }).click();
    await expect(page.getByRole('heading', { name: 'Workspaces' })).toBeVisible();
    await use(page);
  },
});

/** Keeps a picture for people to look at, and lets axe judge the page. */
export async function judged(page, name) {
  await mkdir('screenshots', { recursive: true });
  await page.screenshot({ path: `screenshots/${name}.png`, fullPage: true });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((violation) => `${violation.id}: ${violation.help}`)).toEqual([]);
}

export { expect };
