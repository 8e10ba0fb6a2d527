// Management clusters and the namespaces of workspaces in them. What a real cluster says is in the
// tests of the binary.
import { CERTIFICATE, KUBECONFIG } from '../support/kubeconfig.js';
import { expect, judged, test } from '../support/test.js';

test('a cluster is added, looked at, given namespaces, changed and deleted', async ({ server, signedIn: page }) => {
  await server.commissary('workspace', 'create', 'team-a');
  await server.commissary('workspace', 'create', 'team-b');
  await page.goto(`${server.base}/workspaces/team-a/namespaces`);
  await expect(page.getByRole('heading', { name: 'No management cluster yet' })).toBeVisible();
  await page.getByRole('link', { name: 'Management clusters' }).click();
  await judged(page, 'clusters-none');
  await page.getByRole('link', { name: 'Add management cluster' }).click();
  await page.getByLabel('Name', { exact: true }).fill('capi-eu');
  await page.getByLabel('Kubeconfig', { exact: true }).fill('kind: [');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('#kubeconfig-fault')).toContainText('This is not a kubeconfig');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('capi-eu');
  await expect(page.getByLabel('Kubeconfig', { exact: true })).toHaveValue('');
  await judged(page, 'cluster-refused');

  const file = { name: 'capi-eu.yaml', mimeType: 'application/yaml', buffer: Buffer.from(KUBECONFIG) };
  await page.getByLabel('Kubeconfig from a file').setInputFiles(file);
  await expect(page.getByLabel('Kubeconfig', { exact: true })).toHaveValue(/made-up/);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('#kubeconfig-fault')).toContainText('nothing listens there');
  await page.getByLabel('Kubeconfig', { exact: true }).fill(KUBECONFIG);
  await page.getByLabel('Save without asking the cluster').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'capi-eu' })).toBeVisible();
  await expect(page.getByText('not checked', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(page.locator('#findings')).toContainText('nothing listens there');
  await page.locator('#rights summary').click();
  await expect(page.locator('#manifest')).toContainText('kind: ClusterRoleBinding');
  expect(await page.content()).not.toContain('made-up');

  await page.goto(`${server.base}/workspaces/team-a/namespaces`);
  await page.getByLabel('In capi-eu').fill('team-a, Staging');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText("is not a namespace's name")).toBeVisible();
  await page.getByLabel('In capi-eu').fill('team-a, staging');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('In capi-eu')).toHaveValue('staging team-a');
  await page.goto(`${server.base}/workspaces/team-b/namespaces`);
  await page.getByLabel('In capi-eu').fill('staging');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('is of team-a')).toBeVisible();
  await judged(page, 'namespaces-refused');

  await page.goto(`${server.base}/management-clusters/capi-eu`);
  await expect(page.getByRole('row', { name: /staging/ })).toContainText('team-a');
  await judged(page, 'cluster');
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('Name', { exact: true }).fill('capi-west');
  await page.getByLabel('Sealing certificate', { exact: true }).fill('garbage');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('#sealingCertificate-fault')).toContainText('not a certificate in PEM');
  await judged(page, 'cluster-certificate-refused');
  await page.getByLabel('Sealing certificate from a file').setInputFiles(CERTIFICATE);
  await expect(page.getByLabel('Sealing certificate', { exact: true })).toHaveValue(/BEGIN CERTIFICATE/);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('#sealing')).toContainText('Good until');
  await expect(page.getByRole('heading', { name: 'capi-west' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Management clusters' }).click();
  await page.getByRole('link', { name: 'capi-west' }).click();
  await page.getByRole('link', { name: 'Delete' }).click();
  await page.getByLabel('Type its name to delete it').fill('capi-eu');
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.locator('#confirm-fault')).toBeVisible();
  await page.getByLabel('Type its name to delete it').fill('capi-west');
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('heading', { name: 'No management cluster yet' })).toBeVisible();
});
