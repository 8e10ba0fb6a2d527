// A session that ends while one types loses nothing but the secret: after the sign-in the same form
// is there with what was typed.
import { FORMS, audited, formOf, furnished, holds, holdsNoSecret, typeInto } from '../support/forms.js';
import { PASSWORD } from '../support/people.js';
import { expect, judged, test } from '../support/test.js';

/** Signs in on the page that asks for it. */
async function signIn(page) {
  await page.getByLabel('User name').fill('admin');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Ends every session of somebody but the one that is asked from. */
async function endOthers(page, server) {
  const { items } = await (await page.request.get(`${server.base}/api/v1/sessions`)).json();
  for (const { id, current } of items) {
    if (current) continue;
    const ended = await page.request.delete(`${server.base}/api/v1/sessions/${id}`, { headers: { origin: server.base } });
    expect(ended.ok(), await ended.text()).toBe(true);
  }
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('what was typed is there again', async ({ server, signedIn: page, browser }) => {
      const keys = await furnished(server, browser);
      const elsewhere = await (await browser.newContext()).newPage();
      await elsewhere.goto(`${server.base}/sign-in`);
      await signIn(elsewhere);
      await expect(elsewhere.getByRole('heading', { name: 'Workspaces' })).toBeVisible();
      for (const row of FORMS) {
        await test.step(row.name, async () => {
          await page.goto(server.base + row.on);
          const before = await audited(page, server, row.audit);
          const { form, button } = formOf(page, row);
          await typeInto(form, { ...row.typed, ...row.secret }, keys);
          await endOthers(elsewhere, server);
          await button.click();
          await expect(page).toHaveURL(/\/sign-in\?next=/);
          expect(decodeURIComponent(decodeURIComponent(page.url()))).not.toContain(keys.secret);
          await signIn(page);
          await expect(page).toHaveURL((url) => url.pathname === row.on);
          await expect(page.getByRole('status').filter({ hasText: 'Your session had ended' })).toBeVisible();
          await holds(form, row.typed, keys);
          await holdsNoSecret(page, form, row.secret ?? {}, keys);
          expect(await audited(page, server, row.audit), 'nothing was done').toBe(before);
          if (javaScriptEnabled && row.secret) await judged(page, `session-ended-${row.at}`);
        });
      }
      await elsewhere.context().close();
    });
  });
}

test('keys that are lent for making a user are not there again', async ({ server, signedIn: page, context }) => {
  await server.commissary('workspace', 'create', 'team-a');
  const admin = await server.keysOf('sandbox-admin');
  await page.goto(`${server.base}/workspaces/team-a/make-a-user`);
  await page.getByLabel('Access key', { exact: true }).fill(admin.id);
  await page.getByLabel('Secret key', { exact: true }).fill(admin.secret);
  await page.getByLabel('User name').fill('machines');
  // A script shows the plan in the page, and says there that the session is over.
  await context.clearCookies();
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await expect(page.locator('#steps-failed')).toContainText('no longer signed in');
  await expect(page.getByLabel('User name')).toHaveValue('machines');
});
