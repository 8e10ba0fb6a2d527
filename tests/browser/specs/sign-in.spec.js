// Nobody gets in without signing in, and what JavaScript adds is not needed.
import { PASSWORD, expect, judged, test } from '../support/test.js';

test('the setup link works once', async ({ server, page, browser }) => {
  await page.goto(server.setupLink);
  await judged(page, 'setup');
  await page.getByLabel('User name').fill('admin');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Set up and sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Workspaces' })).toBeVisible();
  const stranger = await (await browser.newContext()).newPage();
  const again = await stranger.goto(server.setupLink);
  expect(again.status()).toBeGreaterThanOrEqual(400);
});

test('signing out and in again', async ({ server, signedIn: page }) => {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto(`${server.base}/audit-log`);
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel('User name').fill('admin');
  await page.getByLabel('Password', { exact: true }).fill('not the password at all');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.locator('#password-fault')).toBeVisible();
  await judged(page, 'sign-in-refused');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/audit-log/);
});

test.describe('without JavaScript, on a phone, in the dark', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 800 }, colorScheme: 'dark' });

  test('the whole way to a provider', async ({ server, signedIn: page }) => {
    await page.getByLabel('Name').fill('team-a');
    await page.getByRole('button', { name: 'Create workspace' }).click();
    await server.commissary('aws', 'bootstrap', '--yes', '--user-name', 'Kommander');
    const keys = await server.keysOf('Kommander');
    await page.getByRole('link', { name: 'Add Infrastructure Provider' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Kommander');
    await page.getByLabel('Access Key', { exact: true }).fill(keys.id);
    await page.getByLabel('Secret Key', { exact: true }).fill(keys.secret);
    await page.screenshot({ path: 'screenshots/phone-add-provider.png', fullPage: true });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Kommander' })).toBeVisible();
    await page.screenshot({ path: 'screenshots/phone-provider.png', fullPage: true });
    const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
