// Each flow of the console, by keyboard alone and with scripts off.
import { readFile } from 'node:fs/promises';
import { WAYS } from '../support/hands.js';
import { KUBECONFIG } from '../support/kubeconfig.js';
import { makeNamespace, makeSecret, makeUser, startCluster } from '../support/kubernetes.js';
import { linkFor } from '../support/people.js';
import { PASSWORD, expect, test as base } from '../support/test.js';

const test = base.extend({
  /** A management cluster, for the flow that asks for one. */
  cluster: async ({}, use) => {
    const cluster = await startCluster();
    await use(cluster);
    await cluster.stop();
  },
});

const LIST = '/workspaces/team-a/infrastructure-providers';

/** What a page shows, by the names that it is read out with. */
const seen = (page) => ({
  button: (name) => page.getByRole('button', { name, exact: true }),
  link: (name) => page.getByRole('link', { name, exact: true }),
  field: (name) => page.getByLabel(name, { exact: true }),
  heading: (name) => expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible(),
});

/** Opens a page until it shows something; with scripts off nothing does that by itself. */
async function opened(page, address, shown) {
  await expect(async () => {
    await page.goto(address);
    await expect(shown).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

const FLOWS = {
  'out and in again': async ({ page, hands }) => {
    const { button, field, heading } = seen(page);
    await hands.press(button('Sign out'));
    await hands.fill(field('User name'), 'admin');
    await hands.fill(field('Password'), 'not the password at all');
    await hands.press(button('Sign in'));
    await expect(page.locator('#password-fault')).toBeVisible();
    await hands.fill(field('Password'), PASSWORD);
    await hands.press(button('Sign in'));
    await heading('Workspaces');
  },

  'a provider, from its workspace to its end': async ({ page, hands, server }) => {
    const { button, link, field, heading } = seen(page);
    await server.commissary('aws', 'bootstrap', '--yes', '--self-check');
    const keys = await server.keysOf('Kommander');
    await hands.fill(field('Name'), 'team-a');
    await hands.press(button('Create workspace'));
    await heading('Infrastructure Providers');
    await hands.press(link('Add Infrastructure Provider'));
    await heading('Add Infrastructure Provider');
    await hands.fill(field('Name'), 'prod');
    await hands.fill(field('Access Key'), keys.id);
    await hands.fill(field('Secret Key'), keys.secret);
    await hands.press(button('Check first'));
    await expect(page.getByRole('region', { name: 'Verdict' })).toBeVisible();
    await hands.fill(field('Secret Key'), keys.secret);
    await hands.press(button('Save'));
    await heading('prod');
    await expect(page.getByRole('heading', { name: 'How this is known' })).toBeVisible();

    await hands.press(button('Check now'));
    await expect(page.getByText('Checked just now').or(page.locator('#check-said', { hasText: 'Checked. ' })).first()).toBeVisible();
    await hands.press(link('Edit'));
    await hands.fill(field('Name'), 'lab');
    await hands.press(button('Save'));
    await heading('lab');
    await hands.press(link('Delete'));
    await hands.fill(field('Type its name to delete it'), 'prod');
    await hands.press(button('Delete'));
    await expect(page.locator('#confirm-fault')).toBeVisible();
    await hands.fill(field('Type its name to delete it'), 'lab');
    await hands.press(button('Delete'));
    await expect(page.getByText('No infrastructure provider yet')).toBeVisible();
  },

  'the list': async ({ page, hands, server }) => {
    const { button, link, field } = seen(page);
    await server.commissary('workspace', 'create', 'team-a');
    for (const name of ['prod', 'lab']) await server.commissary('aws', 'bootstrap', '--yes', '--register', `team-a/${name}`, '--user-name', name, '--policy-name', name);
    await page.goto(server.base + LIST);
    const names = page.locator('tbody td[data-label="Name"]');
    await expect(names).toHaveText(['lab', 'prod']);
    await hands.press(page.getByRole('columnheader', { name: 'Name' }).getByRole('link'));
    await expect(names).toHaveText(['prod', 'lab']);
    await hands.choose(field('Sorted by'), 'Account');
    await hands.press(button('Show'));
    await expect(page).toHaveURL(/sort=account/);
    await hands.press(link('Partly verified 2'));
    await expect(page).toHaveURL(/status=/);
    await hands.fill(page.getByRole('searchbox'), 'pro');
    await hands.press(button('Show'));
    await expect(names).toHaveText(['prod']);
    await hands.press(page.getByLabel('Actions for prod'));
    await hands.press(link('Edit'));
    await expect(field('Name')).toHaveValue('prod');
  },

  'policies': async ({ page, hands, server }) => {
    const { button, field } = seen(page);
    await page.goto(`${server.base}/policies`);
    await hands.choose(field('Compared with'), 'Cluster API Provider AWS 2.11');
    await hands.press(button('Show'));
    await expect(page.getByRole('heading', { name: /^From .* to Cluster API Provider AWS 2\.11$/ })).toBeVisible();
    await hands.fill(field('The policy document'), '{"Statement": [');
    await hands.press(button('Review'));
    await expect(page.locator('#policy-fault')).toContainText('This is no policy');
    await hands.fill(field('The policy document'), '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*"}]}');
    await hands.press(button('Review'));
    await expect(page.getByText('It does not allow all that clusters need')).toBeVisible();
  },

  'people': async ({ page, hands, server }) => {
    const { button, link, field } = seen(page);
    await server.commissary('workspace', 'create', 'team-a');
    await page.goto(`${server.base}/people`);
    await hands.fill(field('User name'), 'eve');
    await hands.press(button('Invite'));
    await expect(page.locator('#link')).toContainText('/invitation?token=');
    await page.goto(`${server.base}/people`);
    await hands.press(button('Take back'));
    await expect(button('Take back')).toHaveCount(0);

    const invitation = await linkFor(server, 'ada');
    await hands.press(button('Sign out'));
    await expect(field('Password')).toBeVisible();
    await page.goto(invitation);
    await hands.fill(field('Password'), PASSWORD);
    await hands.press(button('Sign in'));
    await expect(link('ada')).toBeVisible();
    await hands.press(button('Sign out'));
    await hands.fill(field('User name'), 'admin');
    await hands.fill(field('Password'), PASSWORD);
    await hands.press(button('Sign in'));
    await expect(link('admin')).toBeVisible();

    await page.goto(`${server.base}/workspaces/team-a/people`);
    const give = page.locator('form', { has: button('Give role') });
    await hands.fill(give.getByLabel('User name'), 'ada');
    await hands.choose(give.getByLabel('Role'), 'operator');
    await hands.press(button('Give role'));
    await expect(page.getByRole('row', { name: /ada/ }).getByRole('cell').nth(1)).toHaveText('operator');
    await hands.press(button('Remove'));
    await expect(page.getByText('Nobody has a role here')).toBeVisible();
    await page.goto(`${server.base}/people/ada`);
    await hands.press(button('Disable'));
    await expect(page.getByText('disabled', { exact: true })).toBeVisible();
    await hands.fill(field('Type the name to delete the user'), 'ada');
    await hands.press(button('Delete'));
    await expect(page).toHaveURL(/\/people$/);
    await expect(link('ada')).toHaveCount(0);
  },

  'an account': async ({ page, hands, server }) => {
    const { button, link, field } = seen(page);
    await page.goto(`${server.base}/account`);
    const form = page.locator('form', { has: button('Make token') });
    await hands.fill(form.getByLabel('Name'), 'ci');
    await hands.choose(form.getByLabel('May do'), 'read only');
    await hands.press(button('Make token'));
    await expect(page.locator('#token')).toBeVisible();
    await hands.press(link('Back to your account'));
    await hands.press(button('Revoke'));
    await expect(button('Revoke')).toHaveCount(0);
    await hands.fill(field('Present password'), PASSWORD);
    await hands.fill(field('New password'), 'four other short words');
    await hands.press(button('Change password'));
    await expect(page.getByRole('status')).toBeVisible();
  },

  'the audit log': async ({ page, hands, server }) => {
    const { button, link, field } = seen(page);
    for (const name of ['team-a', 'team-b']) await server.commissary('workspace', 'create', name);
    await page.goto(`${server.base}/audit-log`);
    await hands.fill(field('What'), 'workspace.*');
    await hands.fill(field('On'), 'team-a');
    await hands.press(button('Filter'));
    await expect(page.locator('tbody').getByRole('row')).toHaveCount(1);
    const download = page.waitForEvent('download');
    await hands.press(link('CSV'));
    expect(await readFile(await (await download).path(), 'utf8')).toContain('workspace.create');
    await hands.press(link('Show all'));
    await expect(page).toHaveURL(/\/audit-log$/);
  },

  'a management cluster and its namespaces': async ({ page, hands, server }) => {
    const { button, link, field, heading } = seen(page);
    await server.commissary('workspace', 'create', 'team-a');
    await page.goto(`${server.base}/management-clusters`);
    await hands.press(link('Add management cluster'));
    await hands.fill(field('Name'), 'capi-eu');
    await hands.fill(field('Kubeconfig'), KUBECONFIG);
    await hands.press(button('Save'));
    await expect(page.locator('#kubeconfig-fault')).toContainText('nothing listens there');
    await hands.fill(field('Kubeconfig'), KUBECONFIG);
    await hands.tick(page.getByLabel('Save without asking the cluster'));
    await hands.press(button('Save'));
    await heading('capi-eu');
    await hands.press(link('Edit'));
    await hands.fill(field('Name'), 'capi-west');
    await hands.press(button('Save'));
    await heading('capi-west');
    await page.goto(`${server.base}/workspaces/team-a/namespaces`);
    await hands.fill(field('In capi-west'), 'staging');
    await hands.press(button('Save'));
    await expect(page.getByRole('status')).toBeVisible();
    await page.goto(`${server.base}/management-clusters/capi-west`);
    await hands.press(link('Delete'));
    await hands.fill(field('Type its name to delete it'), 'capi-west');
    await hands.press(button('Delete'));
    await expect(page.getByRole('heading', { name: 'No management cluster yet' })).toBeVisible();
  },
};

/** Those with a management cluster. */
const DELIVERED = {
  'a delivery, taken over, used, cut off and deleted': async ({ page, hands, server, cluster }) => {
    const { button, link, field, heading } = seen(page);
    const provider = `${server.base}${LIST}/prod`;
    const named = (text) => page.getByText(text, { exact: true });
    await makeNamespace(cluster, 'staging');
    await makeSecret(cluster, 'team-a-prod');
    await server.commissary('workspace', 'create', 'team-a');
    await server.commissary('aws', 'bootstrap', '--yes', '--register', 'team-a/prod');
    await page.goto(provider);
    await expect(link('Add that management cluster')).toBeVisible();
    await server.commissary('management-cluster', 'add', 'capi-eu', '--kubeconfig', await server.file('capi-eu.yaml', cluster.kubeconfig));
    await page.goto(provider);
    await hands.press(link('Name its namespaces'));
    await hands.fill(field('In capi-eu'), 'staging');
    await hands.press(button('Save'));
    await expect(page.getByRole('status')).toBeVisible();

    await opened(page, provider, named('conflict'));
    await hands.press(link('Take over'));
    await heading('Take over team-a-prod in capi-eu?');
    await hands.press(button('Take over'));
    await expect(page.getByText('under that name is taken over')).toBeVisible();
    await opened(page, provider, named('delivered'));
    await hands.press(button('Deliver again'));
    await expect(page.getByText('is delivered to capi-eu again')).toBeVisible();
    await opened(page, provider, page.getByText(/, generation 3$/));
    await makeUser(cluster, 'staging', 'blue', 'team-a-prod', []);
    await opened(page, provider, page.getByRole('cell', { name: 'blue' }));

    await page.goto(`${server.base}/workspaces/team-a/namespaces`);
    await hands.fill(field('In capi-eu'), 'other');
    await hands.press(button('Save'));
    await expect(page.getByText('Tick this to go on all the same.')).toBeVisible();
    await hands.tick(page.getByLabel('Save although they lose it'));
    await hands.press(button('Save'));
    await expect(page.getByRole('status')).toBeVisible();
    await page.goto(provider);
    await expect(page.getByText('is outside of the namespaces that may')).toBeVisible();

    await hands.press(link('Delete'));
    await hands.fill(field('Type its name to delete it'), 'prod');
    await hands.press(button('Delete'));
    await expect(page.getByText('Tick this to go on all the same.')).toBeVisible();
    await hands.tick(page.getByLabel('Delete it although they use it'));
    await hands.fill(field('Type its name to delete it'), 'prod');
    await hands.press(button('Delete'));
    await expect(page.getByText('No infrastructure provider yet')).toBeVisible();
  },
};

for (const { way, use, hands } of WAYS) {
  test.describe(way, () => {
    test.use(use);
    for (const [name, flow] of Object.entries(FLOWS)) {
      test(name, async ({ server, signedIn: page }) => flow({ page, server, hands: hands(page) }));
    }
    for (const [name, flow] of Object.entries(DELIVERED)) {
      test(name, async ({ server, cluster, signedIn: page }) => flow({ page, server, cluster, hands: hands(page) }));
    }
  });
}
