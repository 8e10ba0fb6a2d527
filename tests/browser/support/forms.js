// The forms of the console as data: where each stands, what is typed into it, what it does.
import { KUBECONFIG } from './kubeconfig.js';
import { acceptedBy, linkFor } from './people.js';
import { expect } from './test.js';

const WORKSPACE = '/workspaces/team-a';
const PROVIDER = `${WORKSPACE}/infrastructure-providers/prod`;

/** No key of anybody's: what is refused with it shows what is kept of what was typed. */
export const WRONG_SECRET = 'w'.repeat(40);

/**
 * Each with the page that it stands on, its button, the entry that it leaves in the audit log, and
 * what is typed by the labels of its fields: `typed` comes back to who typed it, `secret` does not.
 * `wrong` is typed in place of some of it, and then refused at the field `at`.
 */
export const FORMS = [
  { name: 'a workspace', on: '/', button: 'Create workspace', audit: 'workspace.create', typed: { Name: 'team-b' }, wrong: { Name: 'Team B' }, at: 'name' },
  {
    name: 'a provider',
    on: `${WORKSPACE}/infrastructure-providers/new`,
    button: 'Save',
    audit: 'provider.add',
    typed: { Name: 'lab', 'Access Key': '{id}', Region: 'eu-west-1' },
    secret: { 'Secret Key': '{secret}' },
    wrong: { 'Secret Key': WRONG_SECRET },
    at: 'secretAccessKey',
  },
  { name: 'a change of a provider', on: `${PROVIDER}/edit`, button: 'Save', audit: 'provider.update', typed: { Region: 'eu-west-1' }, wrong: { Region: 'nowhere' }, at: 'region' },
  { name: 'an invitation', on: '/people', button: 'Invite', audit: 'invitation.create', typed: { 'User name': 'grace', 'Role in team-a': 'operator team-a' }, wrong: { 'User name': 'admin' }, at: 'name' },
  { name: 'a role', on: `${WORKSPACE}/people`, button: 'Give role', audit: 'member.set', typed: { 'User name': 'ada', Role: 'operator' }, wrong: { 'User name': 'nobody' }, at: 'name' },
  { name: 'an invitation to a workspace', on: `${WORKSPACE}/people`, button: 'Invite', audit: 'invitation.create', typed: { 'User name': 'eve', Role: 'admin' }, wrong: { 'User name': 'admin' } },
  { name: 'a token', on: '/account', button: 'Make token', audit: 'token.create', typed: { Name: 'ci', 'May do': 'read', 'Expires after': '30' } },
  {
    name: 'a management cluster',
    on: '/management-clusters/new',
    button: 'Save',
    audit: 'managementCluster.add',
    typed: { Name: 'capi-us', Context: 'nowhere', "CAPA's namespace": 'capa' },
    secret: { Kubeconfig: KUBECONFIG },
    wrong: { Kubeconfig: 'kind: [' },
    at: 'kubeconfig',
    // Nothing listens there: it is saved unasked, which is offered after a refusal alone.
    doneOnce: false,
  },
  { name: 'namespaces', on: `${WORKSPACE}/namespaces`, button: 'Save', audit: 'namespaces.set', typed: { 'In capi-eu': 'team-a staging' }, wrong: { 'In capi-eu': 'No_Namespace' } },
  { name: 'a cluster to delete', on: '/management-clusters/capi-old/delete', button: 'Delete', audit: 'managementCluster.delete', typed: { 'Type its name to delete it': 'capi-old' }, wrong: { 'Type its name to delete it': 'capi' }, at: 'confirm' },
  { name: 'a user to delete', on: '/people/ada', button: 'Delete', audit: 'user.delete', typed: { 'Type the name to delete the user': 'ada' }, wrong: { 'Type the name to delete the user': 'eve' }, at: 'confirm' },
  { name: 'a provider to delete', on: `${PROVIDER}/delete`, button: 'Delete', audit: 'provider.delete', typed: { 'Type its name to delete it': 'prod' }, wrong: { 'Type its name to delete it': 'pro' }, at: 'confirm' },
];

/** What the forms are about. Returns the keys of a user that is nobody's provider yet. */
export async function furnished(server, browser) {
  const run = (...args) => server.commissary(...args);
  await run('workspace', 'create', 'team-a');
  await run('aws', 'bootstrap', '--yes', '--self-check', '--register', 'team-a/prod', '--user-name', 'prod', '--policy-name', 'prod');
  await run('aws', 'bootstrap', '--yes', '--user-name', 'lab', '--policy-name', 'lab');
  const kubeconfig = await server.file('kubeconfig.yaml', KUBECONFIG);
  for (const name of ['capi-eu', 'capi-old']) await run('management-cluster', 'add', name, '--verify-later', '--kubeconfig', kubeconfig);
  const ada = await acceptedBy(browser, await linkFor(server, 'ada'));
  await ada.context().close();
  return server.keysOf('lab');
}

/** The form with that button and what is typed first, and the button. */
export function formOf(page, { button, typed }) {
  const [first] = Object.keys(typed);
  const form = page.locator('form', { has: page.getByRole('button', { name: button, exact: true }) }).filter({ has: page.getByLabel(first, { exact: true }) });
  return { form, button: form.getByRole('button', { name: button, exact: true }) };
}

/** Types into a form. */
export async function typeInto(form, values, keys) {
  for (const [label, value] of Object.entries(values)) {
    const field = form.getByLabel(label, { exact: true });
    const text = value.replace('{id}', keys.id).replace('{secret}', keys.secret);
    if (await field.evaluate((one) => one.tagName === 'SELECT')) await field.selectOption(text);
    else await field.fill(text);
  }
}

/** That a form holds just that. */
export async function holds(form, values, keys) {
  for (const [label, value] of Object.entries(values)) {
    await expect(form.getByLabel(label, { exact: true })).toHaveValue(value.replace('{id}', keys.id));
  }
}

/** That secret fields are empty, and nothing of what was typed into them is on the page. */
export async function holdsNoSecret(page, form, values, keys) {
  for (const [label, value] of Object.entries(values)) {
    await expect(form.getByLabel(label, { exact: true })).toHaveValue('');
    expect(await page.content()).not.toContain(value.replace('{secret}', keys.secret));
  }
}

/** How often something is in the audit log, as whoever is signed in reads it. */
export async function audited(page, server, action) {
  const answer = await page.request.get(`${server.base}/api/v1/audit-events?action=${action}`);
  const { items } = await answer.json();
  return items.length;
}
