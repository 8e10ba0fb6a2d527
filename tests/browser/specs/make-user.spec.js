// A user is planned, made and taken back in the console, with scripts and without.
import { expect, judged, test } from '../support/test.js';

async function openForm(page) {
  await page.getByLabel('Name').fill('team-a');
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await page.getByRole('link', { name: 'Make a user' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Make a user' })).toBeVisible();
}

async function lend(page, { id, secret }) {
  await page.getByLabel('Access key', { exact: true }).fill(id);
  await page.getByLabel('Secret key', { exact: true }).fill(secret);
}

const secretField = (page) => page.getByLabel('Secret key', { exact: true });

// Resolves once the page says something, however soon it leads on after that.
const said = (page, text) => page.evaluate((text) => new Promise((resolve) => {
  const look = () => document.body.textContent.includes(text) && resolve();
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
}), text);

test('each release has its own things to choose, and what was ticked is there again', async ({ signedIn: page }) => {
  await openForm(page);
  const release = page.getByLabel('Release', { exact: true });
  const offered = page.locator('fieldset[data-release]');
  for (const address of [page.url(), `${page.url()}/with-another-tool`]) {
    await page.goto(address);
    await page.locator('#features summary').click();
    const first = offered.getByRole('checkbox').first();
    await expect(offered).toHaveAttribute('data-release', 'kommander-2.2');
    await first.uncheck();
    await release.selectOption('capa-2.11');
    await expect(offered).toHaveAttribute('data-release', 'capa-2.11');
    await expect(first).toBeChecked();
    await release.selectOption('kommander-2.2');
    await expect(offered).toHaveAttribute('data-release', 'kommander-2.2');
    await expect(first).not.toBeChecked();
  }
});

test('a user is planned, made and taken back, and nothing is typed twice', async ({ server, signedIn: page }) => {
  const admin = await server.keysOf('sandbox-admin');
  await openForm(page);
  await expect(secretField(page)).toHaveAttribute('autocomplete', 'new-password');
  await lend(page, admin);
  await page.getByText('Make the roles that machines run with').click();
  await page.getByText('Options', { exact: false }).first().click();
  await page.getByLabel('Path').fill('clusters');
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await expect(page.locator('#path-fault')).toContainText('is not a path');
  await expect(secretField(page)).toHaveValue(admin.secret);
  await page.getByLabel('Path').fill('/clusters/');
  await page.getByLabel('Name of the provider').fill('prod');
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await expect(page.getByRole('heading', { name: 'This would be done' })).toBeVisible();
  await expect(page.locator('#path-fault')).toHaveCount(0);
  await expect(page.getByText('user/clusters/Kommander').first()).toBeVisible();
  await expect(page.getByText('“Take a user back” removes what is made here')).toBeVisible();
  await expect(secretField(page)).toHaveValue(admin.secret);
  await judged(page, 'make-user-plan');
  const sealed = said(page, 'is sealed as the infrastructure provider');
  await page.getByRole('button', { name: 'Make it' }).click();
  await sealed;
  await expect(page.getByRole('heading', { level: 1, name: 'prod' })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(':user/clusters/Kommander').first()).toBeVisible();

  await page.getByRole('link', { name: 'Delete' }).click();
  await page.getByRole('link', { name: 'Take it back in AWS as well' }).click();
  await expect(page.getByLabel('User name')).toHaveValue('Kommander');
  await lend(page, admin);
  await page.getByRole('button', { name: 'Show what would go' }).click();
  await expect(page.getByLabel('Type the user’s name to take it back')).toBeVisible();
  await judged(page, 'take-back-plan');
  await page.getByLabel('Type the user’s name to take it back').fill('Kommander');
  await page.getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByText('is taken back')).toBeVisible();
  await expect(page.getByText('No infrastructure provider yet')).toBeVisible();
});

test('wrong keys, and what is in the way, are told at their fields', async ({ server, signedIn: page }) => {
  const admin = await server.keysOf('sandbox-admin');
  await server.commissary('aws', 'bootstrap', '--yes', '--user-name', 'Kommander', '--policy-name', 'kommander-policy');
  await openForm(page);
  await lend(page, { ...admin, secret: 'w'.repeat(40) });
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await expect(page.locator('[id="administrator.secretAccessKey-fault"]')).toContainText('does not belong to it');
  await lend(page, admin);
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await expect(page.locator('#newKey-fault')).toContainText('“Make another key”');
  await expect(page.getByRole('button', { name: 'Make it' })).toHaveCount(0);
  await judged(page, 'make-user-in-the-way');
  await page.getByRole('radio', { name: /Make another key/ }).check();
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await page.getByRole('button', { name: 'Make it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Kommander' })).toBeVisible({ timeout: 30_000 });
});

test('another tool makes it, without any keys', async ({ signedIn: page }) => {
  await openForm(page);
  await page.getByRole('link', { name: 'Let another tool make it' }).click();
  await expect(page.getByLabel('Secret key')).toHaveCount(0);
  await expect(page.locator('#aws-cli')).toContainText('aws iam create-user');
  await page.getByLabel('User name').fill('builder');
  await page.getByRole('button', { name: 'Print it' }).click();
  await expect(page.locator('#terraform')).toContainText('builder');
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the plan is shown, and the secret has to be typed again', async ({ server, signedIn: page }) => {
    const admin = await server.keysOf('sandbox-admin');
    await openForm(page);
    await lend(page, admin);
    await page.getByLabel('User name').fill('builder');
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await expect(page.getByRole('heading', { name: 'This would be done' })).toBeVisible();
    await expect(page.getByText('Type the secret once more')).toBeVisible();
    await expect(page.getByLabel('User name')).toHaveValue('builder');
    await expect(secretField(page)).toHaveValue('');
    expect(await page.content()).not.toContain(admin.secret);
    await lend(page, admin);
    await page.getByRole('button', { name: 'Make it' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'builder' })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('is made, and its key is sealed')).toBeVisible();
    await page.getByRole('link', { name: 'Delete' }).click();
    await page.getByRole('link', { name: 'Take it back in AWS as well' }).click();
    await lend(page, admin);
    await page.getByRole('button', { name: 'Show what would go' }).click();
    await lend(page, admin);
    await page.getByLabel('Type the user’s name to take it back').fill('builder');
    await page.getByRole('button', { name: 'Take it back' }).click();
    await expect(page.getByText('No infrastructure provider yet')).toBeVisible();
  });
});
