// A real API server with CAPA's kinds, for what only a management cluster has to show. Nothing runs
// in it: what CAPA would do is done by the tests.
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DEFINITIONS = new URL('../../../crates/kubernetes/tests/kubernetes/support/crds/', import.meta.url);
const KINDS = ['awsclusters', 'awsclusterstaticidentities', 'awsmanagedcontrolplanes'];
const INFRASTRUCTURE = '/apis/infrastructure.cluster.x-k8s.io/v1beta2';
const TOKEN = 'administrator-token';
/** How long anything may take on a loaded machine. */
const PATIENCE = 120_000;

function program(name) {
  const path = join(process.env.KUBEBUILDER_ASSETS ?? '', name);
  if (!process.env.KUBEBUILDER_ASSETS || !existsSync(path)) {
    throw new Error(`KUBEBUILDER_ASSETS names no folder with ${name}; run the tests with \`cargo xtask browser\``);
  }
  return path;
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a program, and waits until it writes that it is ready. */
function started(name, args, ready) {
  const child = spawn(program(name), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let log = '';
    const heard = (chunk) => {
      log += chunk;
      if (log.includes(ready)) resolve(child);
      // It goes on writing, which is read and dropped.
      if (log.length > 1_000_000) log = '';
    };
    child.stdout.on('data', heard);
    child.stderr.on('data', heard);
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}: ${log.slice(-2000)}`)));
    child.once('error', reject);
  });
}

async function stopped(child) {
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exited;
}

/** Waits until something holds. */
export async function until(what, holds) {
  const end = Date.now() + PATIENCE;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`in vain it was waited until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function startApiServer(folder, etcd) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const [key, tokens, certificates] = ['sa.key', 'tokens.csv', 'certificates'].map((name) => join(folder, name));
  await writeFile(key, privateKey.export({ type: 'pkcs1', format: 'pem' }));
  await writeFile(tokens, `${TOKEN},administrator,1,"system:masters"\n`);
  const port = await freePort();
  const child = await started('kube-apiserver', [
    `--etcd-servers=${etcd}`,
    `--secure-port=${port}`,
    `--cert-dir=${certificates}`,
    `--token-auth-file=${tokens}`,
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    '--authorization-mode=RBAC',
    '--api-audiences=https://kubernetes.default.svc',
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-cluster-ip-range=10.0.0.0/24',
    '--endpoint-reconciler-type=none',
    // No controller makes the service accounts that it would wait for.
    '--disable-admission-plugins=ServiceAccount',
  ], 'Serving securely on');
  return { child, server: `https://127.0.0.1:${port}`, authority: await readFile(join(certificates, 'apiserver.crt')) };
}

/** Starts a management cluster that is gone with `stop`. */
export async function startCluster() {
  const folder = await mkdtemp(join(tmpdir(), 'commissary-cluster-'));
  const client = `http://127.0.0.1:${await freePort()}`;
  const etcd = await started('etcd', [
    '--listen-client-urls', client, '--advertise-client-urls', client,
    '--listen-peer-urls', 'http://127.0.0.1:0', '--data-dir', join(folder, 'etcd'),
  ], 'ready to serve client requests');
  const api = await startApiServer(folder, client);
  const cluster = {
    kubeconfig: kubeconfig(api),
    /** Asks the API server; the answer's status and body. */
    ask: (method, path, body, type = 'application/json') => asked(api, method, path, body, type),
    /** Makes or changes something; that must go well. */
    async must(method, path, body, type) {
      const { status, text } = await cluster.ask(method, path, body, type);
      if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    },
    async stop() {
      await stopped(api.child);
      await stopped(etcd);
      await rm(folder, { recursive: true, force: true });
    },
  };
  await installCapa(cluster);
  return cluster;
}

function kubeconfig({ server, authority }) {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    clusters: [{ name: 'test', cluster: { server, 'certificate-authority-data': authority.toString('base64') } }],
    users: [{ name: 'test', user: { token: TOKEN } }],
  });
}

function asked({ server, authority }, method, path, body, type) {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': type };
  return new Promise((resolve, reject) => {
    const sent = request(server + path, { method, headers, ca: authority }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
    });
    sent.once('error', reject);
    sent.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
}

async function installCapa(cluster) {
  await until('the API server is ready', async () => (await cluster.ask('GET', '/readyz')).status === 200);
  await until('there is a namespace', async () => (await cluster.ask('GET', '/api/v1/namespaces/default')).status === 200);
  await makeNamespace(cluster, 'capa-system');
  for (const kind of KINDS) {
    const text = await readFile(new URL(`${kind}.yaml`, DEFINITIONS), 'utf8');
    await cluster.must('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', text, 'application/yaml');
  }
  const served = ['infrastructure', 'controlplane'].map((group) => `/apis/${group}.cluster.x-k8s.io/v1beta2`);
  await until('the kinds are served', async () => {
    const answers = await Promise.all(served.map((path) => cluster.ask('GET', path)));
    const text = answers.map((answer) => answer.text).join('');
    return KINDS.every((kind) => text.includes(`"name":"${kind}"`));
  });
}

/** Makes a namespace. */
export async function makeNamespace(cluster, name) {
  await cluster.must('POST', '/api/v1/namespaces', { metadata: { name } });
}

/** Makes a Secret that is somebody else's, where CAPA looks for those of identities. */
export async function makeSecret(cluster, name) {
  await cluster.must('POST', '/api/v1/namespaces/capa-system/secrets', { metadata: { name } });
}

/** Lets everybody use an identity, as nobody should. */
export async function widen(cluster, identity) {
  const spec = { allowedNamespaces: { selector: {} } };
  await cluster.must('PATCH', `${INFRASTRUCTURE}/awsclusterstaticidentities/${identity}`, { spec }, 'application/merge-patch+json');
}

/** Makes an AWSCluster that uses an identity, and says of it what CAPA would. */
export async function makeUser(cluster, namespace, name, identity, conditions) {
  const path = `${INFRASTRUCTURE}/namespaces/${namespace}/awsclusters`;
  const identityRef = { kind: 'AWSClusterStaticIdentity', name: identity };
  const kind = { apiVersion: 'infrastructure.cluster.x-k8s.io/v1beta2', kind: 'AWSCluster' };
  await cluster.must('POST', path, { ...kind, metadata: { name }, spec: { region: 'eu-west-1', identityRef } });
  const lastTransitionTime = '2026-01-01T00:00:00Z';
  const status = { ready: true, conditions: conditions.map((condition) => ({ lastTransitionTime, ...condition })) };
  await cluster.must('PATCH', `${path}/${name}/status`, { status }, 'application/merge-patch+json');
}
