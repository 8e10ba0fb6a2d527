// Providers in every state that a delivery has.
import { CERTIFICATE, KUBECONFIG } from './kubeconfig.js';
import { makeNamespace, makeSecret, makeUser, until, widen } from './kubernetes.js';

/**
 * Delivers the providers to a management cluster: `prod` is used there, what is called as `lab`
 * would be stands in its way, and `plain` was changed by somebody. There is no way to another one.
 */
export async function deliver(server, cluster) {
  const run = (...args) => server.commissary(...args);
  for (const name of ['staging', 'elsewhere']) await makeNamespace(cluster, name);
  await makeSecret(cluster, 'team-a-lab');
  const file = (name, text) => server.file(`${name}.yaml`, text);
  await run('management-cluster', 'add', 'capi-eu', '--kubeconfig', await file('capi-eu', cluster.kubeconfig), '--sealing-certificate', CERTIFICATE);
  await run('management-cluster', 'add', 'capi-us', '--verify-later', '--kubeconfig', await file('capi-us', KUBECONFIG));
  await run('workspace', 'namespaces', 'set', 'team-a', 'capi-eu', 'team-a', 'staging');
  await run('workspace', 'namespaces', 'set', 'team-a', 'capi-us', 'team-a');
  await makeUser(cluster, 'staging', 'blue', 'team-a-prod', [
    { type: 'PrincipalCredentialRetrieved', status: 'True' },
    { type: 'PrincipalUsageAllowed', status: 'True' },
  ]);
  const refused = { type: 'PrincipalUsageAllowed', status: 'False', reason: 'PrincipalUsageUnauthorized' };
  await makeUser(cluster, 'elsewhere', 'stray', 'team-a-prod', [refused]);
  const eu = deliveriesTo(server, 'capi-eu');
  await until('all is delivered', async () => {
    const [prod, plain, lab] = await eu('prod', 'plain', 'lab');
    return prod.state === 'delivered' && prod.usedBy.length === 2 && plain.state === 'delivered' && lab.state === 'conflict';
  });
  await widen(cluster, 'team-a-plain');
  await until('what was changed is put back', async () => (await eu('plain'))[0].drift?.putBackAt);
  const us = deliveriesTo(server, 'capi-us');
  await until('it fails elsewhere', async () => (await us('prod'))[0].state === 'failed');
}

/** How providers stand in a management cluster. */
function deliveriesTo(server, cluster) {
  const one = async (name) => {
    const { stdout } = await server.commissary('-o', 'json', 'provider', 'show', name, '--workspace', 'team-a');
    return JSON.parse(stdout).deliveries.find(({ managementCluster }) => managementCluster === cluster);
  };
  return async (...names) => Promise.all(names.map(one));
}
