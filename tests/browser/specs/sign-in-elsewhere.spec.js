// Signing in with a certified OpenID Connect provider, in a browser that holds to cookies'
// rules and to the Content Security Policy.
import { startProvider } from '../support/provider.js';
import { startServer } from '../support/server.js';
import { expect, judged, test as base } from '../support/test.js';

const test = base.extend({
  provider: async ({}, use) => {
    const provider = await startProvider({
      ada: { preferred_username: 'ada', groups: ['platform'] },
      bob: { preferred_username: 'bob', groups: ['others'] },
    });
    await use(provider);
    await provider.stop();
  },
  server: async ({ provider }, use) => {
    const server = await startServer([
      ...['--oidc-issuer', provider.issuer, '--oidc-client-id', 'commissary'],
      ...['--oidc-scopes', 'profile,groups', '--oidc-role', 'platform=admin', '--oidc-name', 'Example SSO'],
    ]);
    await use(server);
    await server.stop();
  },
});

/** What somebody does at the provider. */
async function throughProvider(page, login) {
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

test('the sign-in leads to the provider and back to where one wanted to go', async ({ server, page }) => {
  await page.goto(`${server.base}/audit-log`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await judged(page, 'sign-in-elsewhere');
  await page.getByRole('link', { name: 'Sign in with Example SSO' }).click();
  await throughProvider(page, 'ada');
  await expect(page).toHaveURL(`${server.base}/audit-log`);
  await expect(page.getByRole('heading', { level: 1, name: 'Audit log' })).toBeVisible();
  await expect(page.getByText('ada by Example SSO')).toBeVisible();
  await page.goto(`${server.base}/account`);
  await judged(page, 'account-elsewhere');
  await page.goto(`${server.base}/people/ada`);
  await judged(page, 'person-elsewhere');
  const cookies = await page.context().cookies(server.base);
  const session = cookies.find((cookie) => cookie.name === 'commissary-session');
  expect([session.sameSite, session.httpOnly]).toEqual(['Strict', true]);
  expect(cookies.some((cookie) => cookie.name === 'commissary-sign-in')).toBe(false);
});

test('somebody without a role is told so', async ({ server, page }) => {
  await page.goto(`${server.base}/sign-in`);
  await page.getByRole('link', { name: 'Sign in with Example SSO' }).click();
  await throughProvider(page, 'bob');
  await expect(page.getByText('nobody gave you a role here')).toBeVisible();
  await judged(page, 'no-role-elsewhere');
});

test('a provider that is down is told, and the password form is there', async ({ server, provider, page }) => {
  await provider.stop();
  await page.goto(`${server.base}/sign-in`);
  await page.getByRole('link', { name: 'Sign in with Example SSO' }).click();
  await expect(page.getByRole('heading', { name: 'The identity provider cannot be asked' })).toBeVisible();
  await judged(page, 'provider-down');
  await page.getByRole('link', { name: 'Sign in', exact: true }).click();
  await expect(page.getByLabel('User name')).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('it works as well', async ({ server, page }) => {
    await page.goto(`${server.base}/sign-in`);
    await page.getByRole('link', { name: 'Sign in with Example SSO' }).click();
    await throughProvider(page, 'ada');
    await expect(page.getByRole('heading', { level: 1, name: 'Workspaces' })).toBeVisible();
  });
});
