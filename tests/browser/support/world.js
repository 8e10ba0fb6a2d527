// An installation with something on every page, made once for each worker; its tests only look.
import { deliver } from './delivered.js';
import { startCluster } from './kubernetes.js';
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
  const cluster = await startCluster();
  await deliver(server, cluster);
  await run('token', 'create', 'ci', '--read-only');
  const viewer = await acceptedBy(browser, await linkFor(server, 'ada', '--role', 'team-a=viewer'));
  const open = new URL(await linkFor(server, 'grace', '--administrator'));
  const states = { admin: await admin.context().storageState(), viewer: await viewer.context().storageState() };
  await Promise.all([admin, viewer].map((page) => page.context().close()));
  const invitation = open.searchParams.get('token');
  const stop = async () => {
    await server.stop();
    await cluster.stop();
  };
  return { server, stop, states, places: { workspace: 'team-a', name: 'prod', cluster: 'capi-eu', user: 'ada', invitation } };
}
