// An installation with something on every page, made once for each worker; its tests only look.
import { CERTIFICATE, KUBECONFIG } from './kubeconfig.js';
import { acceptedBy, linkFor, setUp } from './people.js';
import { startServer } from './server.js';

/** Where a row of pages.json is, with its braces filled in. */
export function filledIn({ route, query = '', with: own = {} }, places) {
  const all = { ...places, ...own };
  return (route + query).replace(/\{(\w+)\}/g, (_, place) => encodeURIComponent(all[place]));
}

/** Waits for a command that is to find permissions missing. */
async function missing(command) {
  const code = await command.then(() => 0, (error) => error.code);
  if (code !== 3) throw new Error(`permissions should be missing, and the command ended with ${code}`);
}

/** Starts a server and fills it. `places` are what the routes of pages.json are filled in with. */
export async function startWorld(browser) {
  const server = await startServer();
  const admin = await (await browser.newContext()).newPage();
  await setUp(admin, server);
  const run = (...args) => server.commissary(...args);
  for (const name of ['team-a', 'team-b']) await run('workspace', 'create', name);
  const make = (name, ...more) =>
    run('aws', 'bootstrap', '--yes', '--register', `team-a/${name}`, '--user-name', name, '--policy-name', name, ...more);
  await make('prod', '--self-check');
  await make('plain');
  await make('lab', '--self-check', '--feature', 'ec2');
  await run('provider', 'update', 'lab', '--workspace', 'team-a', '--feature', 'ec2', '--feature', 'eks');
  // Each check of this one finds something else: its policy is cut, mended, and then more than it needs.
  const told = ['--feature', 'ec2', '--feature', 'eks'];
  await make('changed', '--self-check', ...told);
  await missing(make('changed', '--self-check', '--feature', 'ec2'));
  await make('changed', '--self-check', ...told);
  await run('provider', 'update', 'changed', '--workspace', 'team-a', '--feature', 'ec2');
  await run('provider', 'add', 'aws', 'too-wide', '--workspace', 'team-a', '--from-profile', 'sandbox-admin');
  const kubeconfig = await server.file('capi-eu.yaml', KUBECONFIG);
  const way = ['--verify-later', '--kubeconfig', kubeconfig, '--sealing-certificate', CERTIFICATE];
  await run('management-cluster', 'add', 'capi-eu', ...way);
  await run('workspace', 'namespaces', 'set', 'team-a', 'capi-eu', 'team-a', 'staging');
  await run('token', 'create', 'ci', '--read-only');
  const viewer = await acceptedBy(browser, await linkFor(server, 'ada', '--role', 'team-a=viewer'));
  const open = new URL(await linkFor(server, 'grace', '--administrator'));
  const states = { admin: await admin.context().storageState(), viewer: await viewer.context().storageState() };
  await Promise.all([admin, viewer].map((page) => page.context().close()));
  const invitation = open.searchParams.get('token');
  return { server, states, places: { workspace: 'team-a', name: 'prod', cluster: 'capi-eu', user: 'ada', invitation } };
}
