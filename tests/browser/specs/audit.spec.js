// The audit log: filtered by its form, shared by its address, taken away as a file.
import { readFile } from 'node:fs/promises';
import { expect, judged, test } from '../support/test.js';

test('the log is filtered and exported as it is shown', async ({ server, signedIn: page }) => {
  for (const name of ['team-a', 'team-b']) await server.commissary('workspace', 'create', name);
  await page.goto(`${server.base}/audit-log`);
  await page.getByLabel('What', { exact: true }).fill('workspace.*');
  await page.getByLabel('On', { exact: true }).fill('team-a');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/action=workspace\.\*|action=workspace\.%2A/);
  const rows = page.locator('tbody').getByRole('row');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('workspace.create');
  await judged(page, 'audit-log-filtered');

  const shared = page.url();
  await page.goto(shared);
  await expect(rows).toHaveCount(1);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'JSON lines' }).click();
  const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line)).map(({ action, target }) => [action, target])).toEqual([['workspace.create', 'team-a']]);

  await page.getByLabel('On', { exact: true }).fill('nowhere');
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible();
  await page.getByRole('link', { name: 'Show all' }).click();
  expect(await rows.count()).toBeGreaterThan(2);
});
