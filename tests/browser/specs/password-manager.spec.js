// A browser's password manager is not invited to keep keys of AWS, or to fill in anything in their
// place. Headless Chromium has none to ask, so that it is the fields that are looked at.
import { furnished } from '../support/forms.js';
import { expect, test } from '../support/test.js';

const WORKSPACE = '/workspaces/team-a';

/** Where keys are typed, and how many secrets are. */
const KEYS = [
  { on: `${WORKSPACE}/infrastructure-providers/new`, secrets: 2 },
  { on: `${WORKSPACE}/infrastructure-providers/prod/edit`, secrets: 2 },
  { on: `${WORKSPACE}/infrastructure-providers/prod`, secrets: 2 },
  { on: `${WORKSPACE}/make-a-user`, secrets: 2 },
  { on: `${WORKSPACE}/take-a-user-back`, secrets: 2 },
];

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('no form with keys looks like a sign-in', async ({ server, signedIn: page, browser }) => {
      await furnished(server, browser);
      for (const { on, secrets } of KEYS) {
        await test.step(on, async () => {
          await page.goto(server.base + on);
          const form = page.locator('form', { has: page.locator('input[type=password]') });
          await expect(form).toHaveAttribute('autocomplete', 'off');
          const fields = await form.locator('input, select, textarea').evaluateAll((all) => all.map((one) => ({ name: one.name, type: one.type, autocomplete: one.getAttribute('autocomplete') })));
          const hidden = fields.filter(({ type }) => type === 'password');
          expect(hidden.length).toBe(secrets);
          // Not `off`, which browsers pass over for passwords; a new one is nothing that they fill in.
          expect(hidden.filter(({ autocomplete }) => autocomplete !== 'new-password')).toEqual([]);
          // What stands before a password is taken for the name that it belongs to.
          const typed = fields.filter(({ type }) => ['text', 'email', 'textarea'].includes(type));
          expect(typed.length).toBeGreaterThan(0);
          expect(typed.filter(({ autocomplete }) => autocomplete !== 'off')).toEqual([]);
          expect(fields.filter(({ name }) => /user-?name$/i.test(name) && name !== 'userName')).toEqual([]);
        });
      }
    });
  });
}
