// People: invited by a link, given and taken a role, disabled, deleted.
import { PASSWORD, expect, judged, test } from '../support/test.js';

// The invited person's own browser, signed in by the link that the invitation gave.
async function accept(browser, link) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Welcome, ada' })).toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('link', { name: /ada/ })).toBeVisible();
  return page;
}

test('somebody is invited, sees one workspace only, and is shut out at once', async ({ server, signedIn: page, browser }) => {
  await server.commissary('workspace', 'create', 'team-a');
  await server.commissary('workspace', 'create', 'team-b');
  await page.goto(`${server.base}/people`);
  await page.getByLabel('User name').fill('admin');
  await page.getByRole('button', { name: 'Invite' }).click();
  await expect(page.locator('#name-fault')).toBeVisible();
  await expect(page.getByLabel('User name')).toHaveValue('admin');
  await judged(page, 'people-refused');

  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('Role in team-a').selectOption({ label: 'viewer' });
  await page.getByRole('button', { name: 'Invite' }).click();
  await expect(page.getByRole('heading', { name: 'Invitation for ada' })).toBeVisible();
  const link = (await page.locator('#link').textContent()).trim();
  await judged(page, 'invited');
  await page.goto(`${server.base}/people`);
  await expect(page.getByRole('heading', { name: 'Open invitations' })).toBeVisible();

  const ada = await accept(browser, link);
  await expect(ada.getByRole('link', { name: /^team-a/ }).first()).toBeVisible();
  await expect(ada.getByText('team-b')).toHaveCount(0);
  expect((await ada.goto(`${server.base}/workspaces/team-b/infrastructure-providers`)).status()).toBe(404);
  await ada.goto(`${server.base}/workspaces/team-a/infrastructure-providers`);
  await expect(ada.getByRole('link', { name: 'Add Infrastructure Provider' })).toHaveCount(0);
  expect((await ada.goto(`${server.base}/people`)).status()).toBe(403);

  await page.goto(`${server.base}/people`);
  await page.getByRole('link', { name: 'ada' }).click();
  await page.getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByText('disabled', { exact: true })).toBeVisible();
  await ada.goto(`${server.base}/workspaces/team-a/infrastructure-providers`);
  await expect(ada).toHaveURL(/\/sign-in/);

  await page.getByLabel('Type the name to delete the user').fill('eve');
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.locator('#confirm-fault')).toBeVisible();
  await page.getByLabel('Type the name to delete the user').fill('ada');
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('link', { name: 'ada' })).toHaveCount(0);
});

test('a role is given, changed and taken by keyboard alone', async ({ server, signedIn: page, browser }) => {
  await server.commissary('workspace', 'create', 'team-a');
  await page.goto(`${server.base}/people`);
  await page.getByLabel('User name').fill('ada');
  await page.getByRole('button', { name: 'Invite' }).click();
  await accept(browser, (await page.locator('#link').textContent()).trim());

  await page.goto(`${server.base}/workspaces/team-a/people`);
  await expect(page.getByText('Nobody has a role here')).toBeVisible();
  const give = page.locator('form', { has: page.getByRole('button', { name: 'Give role' }) });
  await give.getByLabel('User name').focus();
  await page.keyboard.type('ada');
  await page.keyboard.press('Tab');
  await page.keyboard.type('operator');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const row = page.getByRole('row', { name: /ada/ });
  await expect(row.getByRole('cell').nth(1)).toHaveText('operator');
  await page.getByLabel('Role of ada').focus();
  await page.keyboard.type('viewer');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(row.getByRole('cell').nth(1)).toHaveText('viewer');
  await row.getByRole('button', { name: 'Remove' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nobody has a role here')).toBeVisible();
});
