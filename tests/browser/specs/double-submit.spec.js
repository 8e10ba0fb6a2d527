// A form that is sent twice is done once: each is pressed twice while its answer is on its way.
import { FORMS, audited, formOf, furnished, typeInto } from '../support/forms.js';
import { expect, test } from '../support/test.js';

/** Presses a button twice, and holds the answers back until both are there; how many were sent. */
async function pressedTwice(page, button) {
  let sent = 0;
  const hold = async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    sent += 1;
    const response = await route.fetch({ maxRedirects: 0 });
    await new Promise((resolve) => setTimeout(resolve, 500));
    // The browser has given the first one up by then.
    return route.fulfill({ response }).catch(() => {});
  };
  await page.route('**/*', hold);
  const led = page.waitForResponse((response) => response.request().method() === 'GET' && response.request().isNavigationRequest());
  await button.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await button.boundingBox();
  await page.mouse.click(x + width / 2, y + height / 2);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await page.mouse.click(x + width / 2, y + height / 2);
  await led;
  await page.unroute('**/*', hold);
  return sent;
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('each form is done once', async ({ server, signedIn: page, browser }) => {
      const keys = await furnished(server, browser);
      let twice = 0;
      for (const row of FORMS.filter(({ doneOnce }) => doneOnce !== false)) {
        await test.step(row.name, async () => {
          await page.goto(server.base + row.on);
          const before = await audited(page, server, row.audit);
          const { form, button } = formOf(page, row);
          await typeInto(form, { ...row.typed, ...row.secret }, keys);
          twice += (await pressedTwice(page, button)) > 1 ? 1 : 0;
          await expect(page.locator('.fault-list, .fault'), 'it is refused').toHaveCount(0);
          await expect(page.locator('main h1')).toBeVisible();
          expect(await audited(page, server, row.audit), 'how often it was done').toBe(before + 1);
        });
      }
      // Without scripts nothing but the server holds the second one back.
      if (!javaScriptEnabled) expect(twice).toBeGreaterThan(6);
    });
  });
}
