// Back, forward and reload send nothing again: not after a form was done, nor after it was refused.
import { FORMS, audited, formOf, furnished, holds, holdsNoSecret, typeInto } from '../support/forms.js';
import { expect, test } from '../support/test.js';

/** Counts the forms that a page sends. */
function sending(page) {
  const counted = { forms: 0 };
  page.on('request', (request) => {
    if (request.method() === 'POST') counted.forms += 1;
  });
  return counted;
}

/** Goes back, forward and reloads; each shows a page of the console. */
async function toAndFro(page, server) {
  for (const go of ['goBack', 'goForward', 'reload']) {
    const answer = await page[go]();
    expect(answer?.request().method() ?? 'GET', go).toBe('GET');
    expect(page.url().startsWith(server.base), `${go} leads to ${page.url()}`).toBe(true);
    await expect(page.locator('main h1')).toBeVisible();
  }
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('after a refusal', async ({ server, signedIn: page, browser }) => {
      const keys = await furnished(server, browser);
      const counted = sending(page);
      for (const row of FORMS.filter(({ wrong }) => wrong)) {
        await test.step(row.name, async () => {
          await page.goto(server.base + row.on);
          const before = await audited(page, server, row.audit);
          const { form, button } = formOf(page, row);
          const typed = { ...row.typed, ...row.secret, ...row.wrong };
          await typeInto(form, typed, keys);
          counted.forms = 0;
          await button.click();
          await expect(page).toHaveURL(/\?kept=[0-9a-f]{32}$/);
          const shown = async () => {
            const fault = row.at ? page.locator(`#${row.at}-fault`) : form.locator('.fault');
            await expect(fault.first()).toBeVisible();
            const secret = row.secret ?? {};
            const again = Object.entries(typed).filter(([label]) => !(label in secret));
            await holds(form, Object.fromEntries(again), keys);
            await holdsNoSecret(page, form, { ...secret, ...(row.secret ? row.wrong : {}) }, keys);
          };
          await shown();
          await toAndFro(page, server);
          await shown();
          expect(counted.forms, 'how often it was sent').toBe(1);
          expect(await audited(page, server, row.audit)).toBe(before);
        });
      }
    });

    test('after it was done', async ({ server, signedIn: page, browser }) => {
      const keys = await furnished(server, browser);
      const counted = sending(page);
      // What is deleted is not there to go back to.
      for (const row of FORMS.filter(({ doneOnce, button }) => doneOnce !== false && button !== 'Delete')) {
        await test.step(row.name, async () => {
          await page.goto(server.base + row.on);
          const before = await audited(page, server, row.audit);
          const { form, button } = formOf(page, row);
          await typeInto(form, { ...row.typed, ...row.secret }, keys);
          counted.forms = 0;
          await button.click();
          await expect.poll(() => audited(page, server, row.audit)).toBe(before + 1);
          await page.waitForLoadState();
          await toAndFro(page, server);
          expect(counted.forms, 'how often it was sent').toBe(1);
          expect(await audited(page, server, row.audit)).toBe(before + 1);
        });
      }
    });
  });
}

test('a secret that is handed over is shown once', async ({ server, signedIn: page }) => {
  await page.goto(`${server.base}/account`);
  await page.getByLabel('Name').fill('ci');
  await page.getByRole('button', { name: 'Make token' }).click();
  await expect(page.locator('#token')).toContainText('cmsa_');
  await page.goBack();
  await page.goForward();
  await expect(page).toHaveURL(/\/account$/);
  await expect(page.getByRole('status')).toContainText('revoke it below and make another');
  expect(await page.content()).not.toContain('cmsa_');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Revoke' })).toHaveCount(1);
  expect(await audited(page, server, 'token.create')).toBe(1);
});

test('a check before saving that was shown without scripts is shown again', async ({ server, browser, signedIn: page }) => {
  await server.commissary('workspace', 'create', 'team-a');
  await server.commissary('aws', 'bootstrap', '--yes', '--self-check', '--user-name', 'lab', '--policy-name', 'lab');
  const keys = await server.keysOf('lab');
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() });
  const plain = await context.newPage();
  const counted = sending(plain);
  await plain.goto(`${server.base}/workspaces/team-a/infrastructure-providers/new`);
  await plain.getByLabel('Name', { exact: true }).fill('lab');
  await plain.getByLabel('Access Key', { exact: true }).fill(keys.id);
  await plain.getByLabel('Secret Key', { exact: true }).fill(keys.secret);
  await plain.getByRole('button', { name: 'Check first' }).click();
  const verdict = plain.getByRole('region', { name: 'Verdict' });
  await expect(verdict).toContainText('Nothing is known to be missing');
  await toAndFro(plain, server);
  await expect(verdict).toContainText('Nothing is known to be missing');
  await expect(plain.getByLabel('Name', { exact: true })).toHaveValue('lab');
  expect(counted.forms).toBe(1);
  await context.close();
});
