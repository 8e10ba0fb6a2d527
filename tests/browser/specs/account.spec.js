// One's own account: tokens, sessions, password.
import { PASSWORD, expect, judged, test } from '../support/test.js';

test('a token is shown once, works, and is revoked', async ({ server, signedIn: page, request }) => {
  await page.goto(`${server.base}/account`);
  const form = page.locator('form', { has: page.getByRole('button', { name: 'Make token' }) });
  await form.getByLabel('Name').fill('ci');
  await form.getByLabel('May do').selectOption({ label: 'read only' });
  await form.getByRole('button', { name: 'Make token' }).click();
  const token = (await page.locator('#token').textContent()).trim();
  await judged(page, 'new-token');
  const headers = { authorization: `Bearer ${token}` };
  const api = `${server.base}/api/v1/workspaces`;
  expect((await request.get(api, { headers })).status()).toBe(200);
  expect((await request.post(api, { headers, data: { name: 'team-a' } })).status()).toBe(403);

  await page.getByRole('link', { name: 'Back to your account' }).click();
  expect(await page.content()).not.toContain(token);
  const row = page.getByRole('row', { name: /^ci/ });
  await expect(row).toContainText('reads');
  await judged(page, 'account-with-token');
  await row.getByRole('button', { name: 'Revoke' }).click();
  await expect(row).toHaveCount(0);
  expect((await request.get(api, { headers })).status()).toBe(401);
});

test('another browser is signed out, and a new password ends the others', async ({ server, signedIn: page, browser }) => {
  const signIn = async (password) => {
    const other = await (await browser.newContext()).newPage();
    await other.goto(`${server.base}/sign-in`);
    await other.getByLabel('User name').fill('admin');
    await other.getByLabel('Password', { exact: true }).fill(password);
    await other.getByRole('button', { name: 'Sign in', exact: true }).click();
    return other;
  };
  const first = await signIn(PASSWORD);
  await expect(first.getByRole('heading', { name: 'Workspaces' })).toBeVisible();
  await page.goto(`${server.base}/account`);
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await expect(page.getByRole('button', { name: 'End', exact: true })).toHaveCount(0);
  await first.reload();
  await expect(first).toHaveURL(/\/sign-in/);

  const second = await signIn(PASSWORD);
  await expect(second.getByRole('heading', { name: 'Workspaces' })).toBeVisible();
  await page.getByLabel('Present password').fill('not the password at all');
  await page.getByLabel('New password').fill('four other short words');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.locator('#currentPassword-fault')).toBeVisible();
  await judged(page, 'account-refused');
  await page.getByLabel('Present password').fill(PASSWORD);
  await page.getByLabel('New password').fill('four other short words');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByRole('status')).toBeVisible();
  await second.reload();
  await expect(second).toHaveURL(/\/sign-in/);
  const third = await signIn('four other short words');
  await expect(third.getByRole('heading', { name: 'Workspaces' })).toBeVisible();
});
