// The Add form: the policy of the choice while it is chosen, and the check before saving; by mouse,
// by keyboard alone and without scripts.
import { expect, judged, test } from '../support/test.js';

const FORM = '/workspaces/team-a/infrastructure-providers/new';

/** A workspace, and a user of the sandbox whose policy is for machines alone. */
async function withUser(server, page) {
  await page.getByLabel('Name').fill('team-a');
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await expect(page.getByText('No infrastructure provider yet')).toBeVisible();
  await server.commissary('aws', 'bootstrap', '--yes', '--user-name', 'small', '--policy-name', 'small-policy', '--feature', 'ec2', '--self-check');
  return server.keysOf('small');
}

async function fill(page, keys) {
  await page.getByLabel('Name', { exact: true }).fill('small');
  await page.getByLabel('Access Key', { exact: true }).fill(keys.id);
  await page.getByLabel('Secret Key', { exact: true }).fill(keys.secret);
}

const secret = (page) => page.getByLabel('Secret Key', { exact: true });
const verdict = (page) => page.getByRole('region', { name: 'Verdict' });

test('the policy follows the choice, and the check comes before saving', async ({ server, signedIn: page }) => {
  const keys = await withUser(server, page);
  await page.goto(server.base + FORM);
  await fill(page, keys);
  const size = page.locator('#needed .measure b');
  const before = await size.textContent();
  await page.getByText('The document').click();
  await expect(page.locator('#document')).toContainText('eks:CreateCluster');
  const asked = page.waitForResponse((response) => new URL(response.url()).searchParams.get('part') === 'needs');
  await page.getByText('What clusters need', { exact: false }).first().click();
  const chosen = page.locator('fieldset[data-release="kommander-2.2"]');
  for (const feature of await chosen.getByRole('checkbox').all()) {
    if ((await feature.getAttribute('value')) !== 'ec2') await feature.uncheck();
  }
  // Only what the choice changes is asked for.
  const part = await (await asked).text();
  expect(part).toContain('data-part="needed"');
  expect(part).not.toContain('<main');
  await expect(page.locator('#document')).not.toContainText('eks:CreateCluster');
  await expect(size).not.toHaveText(before);
  await expect(page.locator('#document')).toBeVisible();
  await expect(chosen.getByText('would add').first()).toBeVisible();
  await page.getByLabel('Release').selectOption('capa-2.11');
  await expect(page.locator('fieldset[data-release="capa-2.11"]').getByText('would add').first()).toBeVisible();
  await expect(chosen).toHaveCount(0);
  await page.getByLabel('Release').selectOption('kommander-2.2');
  await expect(chosen.getByRole('checkbox', { checked: true })).toHaveCount(1);
  await page.locator('#by-aws-cli > summary').click();
  await expect(page.locator('#aws-cli')).toContainText("user='small'");
  await expect(secret(page)).toHaveValue(keys.secret);
  await judged(page, 'add-provider-policy');

  await page.getByRole('button', { name: 'Check first' }).click();
  await expect(verdict(page)).toContainText('Ready');
  await expect(verdict(page)).toBeFocused();
  await expect(secret(page)).toHaveValue(keys.secret);
  await judged(page, 'add-provider-checked');

  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'small' })).toBeVisible();
  await expect(verdict(page)).toContainText('Ready');
});

test('what is missing is told before saving and after', async ({ server, signedIn: page }) => {
  const keys = await withUser(server, page);
  await page.goto(server.base + FORM);
  await fill(page, { ...keys, secret: 'w'.repeat(40) });
  await page.getByRole('button', { name: 'Check first' }).click();
  await expect(page.locator('#secretAccessKey-fault')).toContainText('does not belong to it');
  await expect(secret(page)).toBeFocused();
  await secret(page).fill(keys.secret);
  await page.getByRole('button', { name: 'Check first' }).click();
  await expect(verdict(page)).toContainText('Not ready');
  await expect(page.locator('#secretAccessKey-fault')).toHaveCount(0);
  await expect(page.getByText('It can be saved all the same')).toBeVisible();
  await judged(page, 'add-provider-missing');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'small' })).toBeVisible();
  await expect(verdict(page)).toContainText('Not ready');
  await expect(page.getByRole('heading', { name: 'What is missing' })).toBeVisible();
});

test('it is done by keyboard alone', async ({ server, signedIn: page }) => {
  const keys = await withUser(server, page);
  await page.goto(server.base + FORM);
  const to = async (control) => {
    for (let steps = 0; steps < 80; steps += 1) {
      await page.keyboard.press('Tab');
      if (await control.evaluate((one) => one === document.activeElement)) return;
    }
    throw new Error('it cannot be reached by the keyboard');
  };
  await to(page.getByLabel('Name', { exact: true }));
  await page.keyboard.type('small');
  await to(page.getByLabel('Access Key', { exact: true }));
  await page.keyboard.type(keys.id);
  await to(secret(page));
  await page.keyboard.type(keys.secret);
  await to(page.getByRole('button', { name: 'Check first' }));
  await page.keyboard.press('Enter');
  await expect(verdict(page)).toBeFocused();
  await to(page.getByRole('button', { name: 'Save', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'small' })).toBeVisible();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('buttons do the same', async ({ server, signedIn: page }) => {
    const keys = await withUser(server, page);
    await page.goto(server.base + FORM);
    await fill(page, keys);
    await page.getByText('What clusters need', { exact: false }).first().click();
    const chosen = page.locator('fieldset[data-release="kommander-2.2"]');
    for (const feature of await chosen.getByRole('checkbox').all()) {
      if ((await feature.getAttribute('value')) !== 'ec2') await feature.uncheck();
    }
    await page.getByRole('button', { name: 'Show what this choice needs' }).click();
    await expect(page).toHaveURL(/features\.kommander-2\.2=ec2.*#needed$/);
    expect(page.url()).not.toContain('secret');
    await expect(page.locator('#document')).not.toContainText('eks:CreateCluster');
    await expect(page.getByLabel('Access Key', { exact: true })).toHaveValue(keys.id);
    await secret(page).fill(keys.secret);
    await page.getByRole('button', { name: 'Check first' }).click();
    await expect(verdict(page)).toContainText('Ready');
    await expect(secret(page)).toHaveValue('');
    // What judges pages is a script itself.
    await page.screenshot({ path: 'screenshots/add-provider-checked-no-script.png', fullPage: true });
    await secret(page).fill(keys.secret);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'small' })).toBeVisible();
  });
});
