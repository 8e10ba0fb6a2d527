// A provider is changed: its keys are replaced and never shown, and nobody's change is lost.
import { expect, judged, test } from '../support/test.js';

const PROVIDER = '/workspaces/team-a/infrastructure-providers/Kommander';

async function withProvider(server) {
  await server.commissary('workspace', 'create', 'team-a');
  await server.commissary('aws', 'bootstrap', '--yes', '--self-check', '--register', 'team-a/Kommander');
}

test('the name is changed and the keys stay', async ({ server, signedIn: page }) => {
  await withProvider(server);
  const keys = await server.keysOf('Kommander').catch(() => null);
  await page.goto(server.base + PROVIDER);
  await page.getByRole('link', { name: 'Edit' }).click();
  await expect(page.getByLabel('Secret Key', { exact: true })).toHaveValue('');
  if (keys) expect(await page.content()).not.toContain(keys.secret);
  await page.getByLabel('Name', { exact: true }).fill('prod');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'prod' })).toBeVisible();
  await server.commissary('provider', 'check', 'prod', '--workspace', 'team-a');
});

test('a change that somebody else made meanwhile is shown, not overwritten', async ({ server, signedIn: page }) => {
  await withProvider(server);
  await page.goto(`${server.base}${PROVIDER}/edit`);
  await server.commissary('provider', 'update', 'Kommander', '--workspace', 'team-a', '--region', 'eu-west-1');
  await page.getByLabel('Name', { exact: true }).fill('prod');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Changed by somebody else meanwhile')).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('prod');
  await expect(page.getByLabel('Region', { exact: true })).toHaveValue('eu-west-1');
  await judged(page, 'edit-overtaken');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'prod' })).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: /^eu-west-1$/ })).toBeVisible();
});
