// The first check after Save is shown while it runs, and a check whose connection is cut is followed
// again where that was.
import { startRelay } from '../support/relay.js';
import { expect, judged, test as base } from '../support/test.js';

const FORM = '/workspaces/team-a/infrastructure-providers/new';

const test = base.extend({
  relay: async ({ server }, use) => {
    const relay = await startRelay(server);
    await use(relay);
    await relay.stop();
  },
});

/** Fills in the form for a user that is nobody's provider yet. */
async function filledIn(page, server, base) {
  await server.commissary('workspace', 'create', 'team-a');
  await server.commissary('aws', 'bootstrap', '--yes', '--self-check', '--user-name', 'lab', '--policy-name', 'lab');
  const keys = await server.keysOf('lab');
  await page.goto(base + FORM);
  await page.getByLabel('Name', { exact: true }).fill('lab');
  await page.getByLabel('Access Key', { exact: true }).fill(keys.id);
  await page.getByLabel('Secret Key', { exact: true }).fill(keys.secret);
}

const verdict = (page) => page.getByRole('region', { name: 'Verdict' });
const progress = (page) => page.getByRole('region', { name: 'Checking' });

test('the first check is shown while it runs', async ({ server, relay, signedIn: page }) => {
  await filledIn(page, server, relay.base);
  relay.let('hold');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'lab' })).toBeVisible();
  await expect(progress(page)).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'EC2 Instances' })).toBeVisible();
  await judged(page, 'first-check');
  await page.evaluate(() => {
    window.heard = [];
    const rows = document.getElementById('progress');
    const note = () => window.heard.push([...rows.querySelectorAll('output')].map((output) => output.textContent));
    new MutationObserver(note).observe(rows, { subtree: true, childList: true, characterData: true });
  });
  relay.release();
  await expect(verdict(page)).toContainText('Nothing is known to be missing');
  await expect(progress(page)).toBeHidden();
  const heard = await page.evaluate(() => window.heard);
  expect(heard.some((numbers) => numbers.some((number) => !number.startsWith('0 ')))).toBe(true);
  await expect(page.getByRole('heading', { name: 'Permissions by resource' })).toBeVisible();
});

test('a check whose connection is cut is followed again where that was', async ({ server, relay, signedIn: page }) => {
  await filledIn(page, server, relay.base);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(verdict(page)).toContainText('Nothing is known to be missing');
  relay.streams.length = 0;
  relay.let('cut');
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(page.locator('#check-failed')).toContainText('The connection to the server is gone');
  await expect(progress(page)).toBeVisible();
  relay.let('pass');
  await expect(page.locator('#check-said')).toContainText('Checked. ');
  await expect(page.locator('#check-failed')).toBeHidden();
  expect(relay.streams.length).toBeGreaterThan(1);
  const [first, ...others] = relay.streams;
  expect(first).toBe('');
  // It goes on after what was heard.
  expect(others.every((id) => Number(id) > 0 || id === 'end')).toBe(true);
});

test('a server that was away for a while is heard again', async ({ server, relay, signedIn: page }) => {
  await filledIn(page, server, relay.base);
  relay.let('hold');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(progress(page)).toBeVisible();
  relay.away(true);
  await expect(page.locator('#check-failed')).toContainText('is followed again as soon as the server is heard');
  await expect(progress(page)).toBeVisible();
  relay.away(false);
  await expect(verdict(page)).toContainText('Nothing is known to be missing');
  await expect(page.locator('#check-failed')).toBeHidden();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the page comes back by itself until the check is done', async ({ server, signedIn: page }) => {
    await filledIn(page, server, server.base);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'lab' })).toBeVisible();
    await expect(verdict(page)).toContainText('Nothing is known to be missing');
    await expect(page.locator('#running')).toHaveCount(0);
  });
});
