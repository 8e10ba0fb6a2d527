// How people get in.
import { expect } from '@playwright/test';

export const PASSWORD = 'three short words';

/** Sets the installation up as its first administrator, who is signed in then. */
export async function setUp(page, server) {
  await page.goto(server.setupLink);
  await page.getByLabel('User name').fill('admin');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Set up and sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Workspaces' })).toBeVisible();
}

/** Invites somebody by the command line; returns the link. */
export async function linkFor(server, ...args) {
  const { stdout } = await server.commissary('user', 'invite', ...args);
  return stdout.match(/http:\S+/)[0];
}

/** Follows an invitation in a browser of one's own; returns the page that it ends at. */
export async function acceptedBy(browser, link) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Workspaces' })).toBeVisible();
  return page;
}
