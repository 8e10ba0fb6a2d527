// An installation with a thousand workspaces: each is found, and no page carries them all.
import { expect, judged, test } from '../support/test.js';

const MANY = 1000;
/** How many are made at once. */
const LANES = 8;

async function makeMany(server) {
  const token = (await server.commissary('token', 'create', 'filling')).stdout.trim().split(/\s+/).at(-1);
  let next = 0;
  const lane = async () => {
    for (let number = next++; number < MANY; number = next++) {
      const answer = await fetch(`${server.base}/api/v1/workspaces`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: `team-${String(number).padStart(3, '0')}` }),
      });
      expect(answer.status).toBe(201);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

test('of a thousand workspaces each is found', async ({ server, signedIn: page }) => {
  await makeMany(server);
  await page.goto(`${server.base}/workspaces/team-777/infrastructure-providers`);
  const switcher = page.locator('header details');
  await switcher.locator('summary').click();
  await expect(switcher.getByRole('link')).toHaveCount(21);
  await judged(page, 'switcher-of-many');
  await switcher.getByRole('searchbox').fill('-99');
  await page.keyboard.press('Enter');
  const listed = page.getByRole('region', { name: 'Workspaces' }).getByRole('link');
  await expect(listed).toHaveCount(10);
  await judged(page, 'workspaces-searched');
  await listed.filter({ hasText: 'team-995' }).click();
  await expect(switcher.locator('strong')).toHaveText('team-995');

  await page.goto(`${server.base}/`);
  await expect(listed).toHaveCount(100);
  await page.getByRole('link', { name: 'More workspaces' }).click();
  await expect(listed.first()).toContainText('team-100');
  await page.goto(`${server.base}/people`);
  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('Roles in other workspaces').fill('team-900');
  await page.getByRole('button', { name: 'Invite' }).click();
  await expect(page.locator('#otherRoles')).toHaveValue('team-900');
  await expect(page.getByText('Write a role and a workspace')).toBeVisible();
  await judged(page, 'people-of-many');
  await page.getByLabel('Roles in other workspaces').fill('viewer team-900, admin team-901');
  await page.getByRole('button', { name: 'Invite' }).click();
  await expect(page.getByRole('heading', { name: 'Invitation' })).toBeVisible();
  await page.goto(`${server.base}/account`);
  await judged(page, 'account-of-many');
});
