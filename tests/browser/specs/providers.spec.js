// The list of providers: found, narrowed, sorted, and acted on from their rows.
import { expect, judged, test } from '../support/test.js';

const LIST = '/workspaces/team-a/infrastructure-providers';

async function withProviders(server, page) {
  await server.commissary('workspace', 'create', 'team-a');
  await server.commissary('aws', 'bootstrap', '--yes', '--self-check', '--register', 'team-a/prod', '--user-name', 'prod', '--policy-name', 'prod');
  await server.commissary('aws', 'bootstrap', '--yes', '--self-check', '--register', 'team-a/lab', '--user-name', 'lab', '--policy-name', 'lab', '--feature', 'ec2');
  await server.commissary('provider', 'update', 'lab', '--workspace', 'team-a', '--feature', 'ec2', '--feature', 'eks');
  await page.goto(server.base + LIST);
}

const names = (page) => page.locator('tbody td[data-label="Name"]').allTextContents();

test('a list is searched, narrowed and sorted, and its address can be shared', async ({ server, signedIn: page }) => {
  await withProviders(server, page);
  await expect.poll(() => names(page)).toEqual(['lab', 'prod']);
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('link').click();
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending');
  expect(await names(page)).toEqual(['prod', 'lab']);
  await page.getByRole('link', { name: /^Permissions missing/ }).click();
  expect(await names(page)).toEqual(['lab']);
  await page.goto(page.url());
  expect(await names(page)).toEqual(['lab']);
  await page.getByRole('searchbox').fill('prod');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'No provider is like that' })).toBeVisible();
  await judged(page, 'providers-none-like-that');
  await page.getByRole('link', { name: 'Show all' }).click();
  expect(await names(page)).toEqual(['lab', 'prod']);
});

test('a row has its menu, for mouse and keyboard', async ({ server, signedIn: page }) => {
  await withProviders(server, page);
  const menu = page.getByLabel('Actions for prod');
  await menu.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Edit' })).toBeVisible();
  await judged(page, 'providers-menu');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('link', { name: 'Edit' })).toBeHidden();
  await menu.click();
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'prod' })).toBeVisible();
  await expect(page.getByRole('status').getByText('Checked just now')).toBeVisible();
});
