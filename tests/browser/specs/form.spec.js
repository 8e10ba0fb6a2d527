// The page's last section: from the workspace to a saved provider, and to a refused one.
import { expect, judged, test } from '../support/test.js';

async function createWorkspace(page, name) {
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Create workspace' }).click();
}

async function openForm(page) {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Infrastructure Providers' }).click();
  await page.getByRole('link', { name: 'Add Infrastructure Provider' }).click();
}

async function fillKeys(page, { name, id, secret }) {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Access Key', { exact: true }).fill(id);
  await page.getByLabel('Secret Key', { exact: true }).fill(secret);
}

test('a provider is saved and its report shown', async ({ server, signedIn: page }) => {
  await judged(page, 'workspaces-empty');
  await createWorkspace(page, 'team-a');
  await expect(page.getByText('No infrastructure provider yet')).toBeVisible();
  await judged(page, 'providers-empty');

  await server.commissary('aws', 'bootstrap', '--yes', '--user-name', 'Kommander', '--policy-name', 'kommander-policy', '--self-check');
  const keys = await server.keysOf('Kommander');

  await openForm(page);
  await expect(page.getByRole('radio', { name: /Amazon Web Services \(AWS\)/ })).toBeChecked();
  await expect(page.getByRole('radio', { name: /Static/ })).toBeChecked();
  await expect(page.getByText('Consider a name that matches the AWS user')).toBeVisible();
  await expect(page.getByLabel('Secret Key', { exact: true })).toHaveAttribute('type', 'password');
  await judged(page, 'add-provider');

  await fillKeys(page, { name: 'Kommander', ...keys, secret: ` ${keys.secret} ` });
  await page.getByRole('button', { name: 'Save', exact: true }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Kommander' })).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: /:user\/Kommander$/ })).toBeVisible();
  await expect(page.getByText('white space')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'EC2 Instances', exact: true })).toBeVisible();
  await page.getByRole('heading', { name: 'EC2 Instances', exact: true }).click();
  await expect(page.getByText('ec2:RunInstances').first()).toBeVisible();
  expect(await page.content()).not.toContain(keys.secret);
  await judged(page, 'provider-page');

  await openList(page);
  await expect(page.getByRole('row', { name: /Kommander/ })).toBeVisible();
  await judged(page, 'providers');
});

async function openList(page) {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Infrastructure Providers' }).click();
}

test('wrong keys are refused at the field', async ({ server, signedIn: page }) => {
  await createWorkspace(page, 'team-a');
  await server.commissary('aws', 'bootstrap', '--yes', '--user-name', 'Kommander', '--policy-name', 'kommander-policy');
  const keys = await server.keysOf('Kommander');
  const wrong = 'w'.repeat(40);

  await openForm(page);
  await fillKeys(page, { name: 'Kommander', id: keys.id, secret: wrong });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const secret = page.getByLabel('Secret Key', { exact: true });
  await expect(secret).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('#secretAccessKey-fault')).toContainText('does not belong to it');
  await expect(secret).toHaveValue('');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Kommander');
  await expect(page.getByLabel('Access Key', { exact: true })).toHaveValue(keys.id);
  expect(await page.content()).not.toContain(wrong);
  await judged(page, 'refused-secret');

  await fillKeys(page, { name: 'Kommander', id: 'AKIAIOSFODNN7EXAMPLE', secret: wrong });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.locator('#accessKeyId-fault')).toContainText('does not know this access key');

  await openList(page);
  await expect(page.getByText('No infrastructure provider yet')).toBeVisible();
});

test('without its own rights the report says what would settle it', async ({ server, signedIn: page }) => {
  await createWorkspace(page, 'team-a');
  await server.commissary('aws', 'bootstrap', '--yes', '--register', 'team-a/Kommander');
  await openList(page);
  await page.getByRole('link', { name: 'Kommander' }).click();
  await expect(page.getByRole('heading', { name: 'What could not be verified' })).toBeVisible();
  await expect(page.getByText('iam:SimulatePrincipalPolicy').filter({ visible: true }).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What is missing' })).toBeHidden();
  await judged(page, 'provider-unverifiable');
});

test('missing permissions are shown and never block saving', async ({ server, signedIn: page }) => {
  await createWorkspace(page, 'team-a');
  await server.commissary('aws', 'bootstrap', '--yes', '--user-name', 'small', '--policy-name', 'small-policy', '--feature', 'ec2', '--self-check');
  const keys = await server.keysOf('small');
  await openForm(page);
  await fillKeys(page, { name: 'small', ...keys });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'What is missing' })).toBeVisible();
  await expect(page.getByText('eks:CreateCluster').first()).toBeVisible();
  await page.getByText('The addition', { exact: false }).click();
  const addition = JSON.parse(await page.locator('#addition').textContent());
  expect(addition.Statement.flatMap((one) => one.Action)).toContain('eks:CreateCluster');
  await judged(page, 'provider-missing');
});

test('an administrator is too much', async ({ server, signedIn: page }) => {
  await createWorkspace(page, 'team-a');
  const keys = await server.keysOf('sandbox-admin');
  await openForm(page);
  await fillKeys(page, { name: 'admin', ...keys });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'What is too much' })).toBeVisible();
  await expect(page.locator('.verdict')).toContainText('these keys may do far more than that');
  await expect(page.getByText('whoever has it has the account')).toBeVisible();
  await page.getByText('By service').click();
  await expect(page.getByText('iam:AttachUserPolicy').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What else the account needs' })).toBeVisible();
  await judged(page, 'provider-too-much');
});

test('a provider is deleted by typing its name', async ({ server, signedIn: page }) => {
  await createWorkspace(page, 'team-a');
  await server.commissary('aws', 'bootstrap', '--yes', '--register', 'team-a/Kommander');
  await openList(page);
  await page.getByRole('link', { name: 'Kommander' }).click();
  await page.getByRole('link', { name: 'Delete' }).click();
  await page.getByLabel('Type its name to delete it').fill('other');
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.locator('#confirm-fault')).toBeVisible();
  await judged(page, 'delete-provider');
  await page.getByLabel('Type its name to delete it').fill('Kommander');
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('No infrastructure provider yet')).toBeVisible();
});
