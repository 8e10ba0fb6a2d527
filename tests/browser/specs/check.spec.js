// A provider's check from its page: with a script it is followed while it runs, without one the
// page comes back when it is done.
import { PASSWORD, expect, judged, test } from '../support/test.js';

const PROVIDER = '/workspaces/team-a/infrastructure-providers/Kommander';

// A user that may not look at itself, so that an administrator's keys tell more.
async function withProvider(server, page) {
  await server.commissary('workspace', 'create', 'team-a');
  await server.commissary('aws', 'bootstrap', '--yes', '--register', 'team-a/Kommander');
  await page.goto(server.base + PROVIDER);
}

async function lend(page, { id, secret }) {
  await page.getByText('How to check').click();
  await page.getByText("Lend an administrator's keys").click();
  await page.getByLabel("Administrator's Access Key").fill(id);
  await page.getByLabel("Administrator's Secret Key").fill(secret);
}

test('a check is followed while it runs and ends with the new report', async ({ server, signedIn: page }) => {
  await withProvider(server, page);
  // The answer is let through when the page has been looked at.
  let letThrough;
  const looked = new Promise((resolve) => (letThrough = resolve));
  await page.route('**/api/v1/**/checks', async (route) => {
    await looked;
    await route.continue();
  });
  const button = page.getByRole('button', { name: 'Check now' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Checking' })).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'EC2 Instances' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Asking AWS…' })).toHaveAttribute('aria-disabled', 'true');
  await judged(page, 'check-begins');

  await page.evaluate(() => {
    window.heard = [];
    const rows = document.querySelector('#progress');
    new MutationObserver(() => {
      const numbers = [...rows.querySelectorAll('output')].map((output) => output.textContent);
      window.heard.push({ step: document.getElementById('progress-step').textContent, numbers });
    }).observe(rows, { subtree: true, childList: true, characterData: true });
  });
  letThrough();
  await expect(page.locator('#check-said')).toContainText('Checked. ');
  const heard = await page.evaluate(() => window.heard);
  expect(heard.some(({ step }) => /^Asking AWS with the keys themselves: \d+ of \d+$/.test(step))).toBe(true);
  expect(heard.at(-1).numbers.some((number) => !number.startsWith('0 '))).toBe(true);
  await expect(page.getByRole('region', { name: 'Checking' })).toBeHidden();
  await expect(button).toBeFocused();
  await expect(button).not.toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByText('just now').first()).toBeVisible();
  await judged(page, 'check-done');
});

test('keys that are lent once are used and leave nothing', async ({ server, signedIn: page }) => {
  await withProvider(server, page);
  await expect(page.getByRole('heading', { name: 'What could not be verified' })).toBeVisible();
  const admin = await server.keysOf('sandbox-admin');
  await lend(page, { id: admin.id, secret: 'w'.repeat(40) });
  await judged(page, 'check-form');
  await page.getByRole('button', { name: 'Check this way' }).click();
  const secret = page.getByLabel("Administrator's Secret Key");
  await expect(secret).toHaveAttribute('aria-invalid', 'true');
  await expect(secret).toBeFocused();
  await expect(secret).toHaveValue('');
  await expect(page.getByLabel("Administrator's Access Key")).toHaveValue(admin.id);
  await judged(page, 'check-refused');

  await secret.fill(admin.secret);
  await page.getByRole('button', { name: 'Check this way' }).click();
  await expect(page.locator('#check-said')).toContainText('Checked. ');
  await expect(page.locator('.verdict')).toContainText('AWS allows 111 of the 114');
  await expect(secret).not.toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel("Administrator's Access Key")).toHaveValue('');
  expect(await page.content()).not.toContain(admin.id);
  expect(await page.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage)])).toEqual([[], []]);
});

test('what cuts a check short is said', async ({ server, signedIn: page, context }) => {
  await withProvider(server, page);
  const button = page.getByRole('button', { name: 'Check now' });
  const begins = '**/api/v1/**/checks';
  const events = '**/api/v1/**/events';
  const step = 'id: 1\nevent: progress\ndata: {"event":"simulating","done":1,"total":9}\n\n';
  const ended = (check) => `${step}id: end\nevent: end\ndata: ${JSON.stringify(check)}\n\n`;
  const stream = (body) => (route) => route.fulfill({ contentType: 'text/event-stream', body });
  const cases = [
    [begins, (route) => route.abort('connectionreset'), 'connection to the server broke'],
    [begins, (route) => route.fulfill({ status: 502, contentType: 'text/html', body: '<p>Bad Gateway</p>' }), 'connection to the server broke'],
    [events, stream(ended({ state: 'failed', failure: { detail: 'AWS at `x` <b>did not answer</b>' } })), 'AWS at x <b>did not answer</b>.'],
    [events, stream(ended({ state: 'cancelled' })), 'The check was cancelled.'],
  ];
  for (const [address, answer, text] of cases) {
    await page.route(address, answer);
    await button.click();
    await expect(page.locator('#check-failed')).toContainText(text);
    await expect(page.getByRole('region', { name: 'Checking' })).toBeHidden();
    await expect(button).not.toHaveAttribute('aria-disabled', 'true');
    await page.unroute(address);
  }
  await judged(page, 'check-broken');
  await context.clearCookies();
  await button.click();
  await expect(page.locator('#check-failed')).toContainText('no longer signed in');
  await page.getByRole('link', { name: 'Sign in again' }).click();
  await page.getByLabel('User name').fill('admin');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(new RegExp(`${PROVIDER}$`));
});

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false });

  test('the page comes back with the report, or with the form', async ({ server, signedIn: page }) => {
    await withProvider(server, page);
    const admin = await server.keysOf('sandbox-admin');
    await lend(page, { id: admin.id, secret: 'w'.repeat(40) });
    await page.getByLabel(/^Probing/).uncheck();
    await page.getByRole('button', { name: 'Check this way' }).click();
    await expect(page.getByText('Not checked: please mend this')).toBeVisible();
    await expect(page.locator('[id="administrator.secretAccessKey-fault"]')).toContainText('does not belong to it');
    await expect(page.getByLabel("Administrator's Access Key")).toHaveValue(admin.id);
    await expect(page.getByLabel(/^Probing/)).not.toBeChecked();
    await page.getByLabel("Administrator's Secret Key").fill(admin.secret);
    await page.getByRole('button', { name: 'Check this way' }).click();
    await expect(page.getByText('Checked just now')).toBeVisible();
    await expect(page.locator('.verdict')).toContainText('AWS allows 111 of the 114');
    await page.getByRole('button', { name: 'Check now' }).click();
    await expect(page.getByText('Checked just now')).toBeVisible();
    await expect(page.locator('.verdict')).toContainText('Nothing is known to be missing');
  });
});
