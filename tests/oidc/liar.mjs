// A provider that says whatever it is told to, for the lies that a real one never tells.
//
//   node liar.mjs
//
// Prints `ready ISSUER` once it answers. The code that is traded is the base64url of what it
// is to do, as JSON:
//   claims   that replace those of an honest identity; null leaves one out
//   sign     `RS256` (the default), `none`, `unsigned`, `public-key-as-secret`, `other-key`
//   header   more of the header
//   error    instead of an identity
//   status   the HTTP status of the answer
// `/rotate` makes a new key; `/asked` tells how often the keys were asked for; `/mode/NAME`
// says how it describes itself from then on.
import { createHmac, createPublicKey, generateKeyPairSync, sign as signed } from 'node:crypto';
import { createServer } from 'node:http';

const newKey = (kid) => ({ kid, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) });
const jwk = ({ kid, publicKey }) => ({ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' });
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

let key = newKey('first');
let asked = 0;
let mode = 'honest';

function identity(told) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, aud: 'commissary', sub: 'ada', iat: now, exp: now + 300, groups: ['readers'] };
  for (const [name, value] of Object.entries(told.claims ?? {})) {
    if (value === null) delete claims[name];
    else if (['iat', 'exp', 'nbf'].includes(name)) claims[name] = now + value;
    else claims[name] = value;
  }
  const ways = {
    RS256: ['RS256', (text) => signed('sha256', text, key.privateKey)],
    none: ['none', () => Buffer.alloc(0)],
    unsigned: ['RS256', () => Buffer.alloc(0)],
    'public-key-as-secret': ['HS256', (text) => createHmac('sha256', publicPem()).update(text).digest()],
    'other-key': ['RS256', (text) => signed('sha256', text, newKey('x').privateKey)],
  };
  const [alg, way] = ways[told.sign ?? 'RS256'];
  const text = `${encode({ alg, kid: key.kid, typ: 'JWT', ...told.header })}.${encode(claims)}`;
  return `${text}.${way(Buffer.from(text)).toString('base64url')}`;
}

function publicPem() {
  return createPublicKey(key.privateKey).export({ type: 'spki', format: 'pem' });
}

function describe() {
  return {
    issuer: mode === 'other-issuer' ? 'http://127.0.0.1:1' : issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    userinfo_endpoint: `${issuer}/me`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
  };
}

function traded(body) {
  const told = JSON.parse(Buffer.from(new URLSearchParams(body).get('code'), 'base64url'));
  if (told.error) return [told.status ?? 400, { error: told.error }];
  return [told.status ?? 200, { access_token: 'access', token_type: 'Bearer', id_token: identity(told) }];
}

const described = {
  honest: () => [200, describe()],
  'other-issuer': () => [200, describe()],
  'no-json': () => [200, '<html>sign in to the network first</html>'],
  missing: () => [404, {}],
  broken: () => [500, {}],
  redirect: () => [302, {}, { location: `${issuer}/elsewhere` }],
  endless: () => [200, 'x'.repeat(2 * 1024 * 1024)],
};

function answer(path, body) {
  if (path === '/.well-known/openid-configuration') return described[mode]();
  if (path === '/elsewhere') return [200, describe()];
  if (path === '/token') return traded(body);
  if (path === '/me') return [200, { sub: 'somebody-else', groups: ['admins'] }];
  if (path === '/asked') return [200, asked];
  if (path === '/keys') {
    asked += 1;
    return [200, { keys: [jwk(key)] }];
  }
  if (path === '/rotate') {
    key = newKey(`key ${asked}`);
    return [200, {}];
  }
  if (path.startsWith('/mode/')) {
    mode = path.slice('/mode/'.length);
    return [200, {}];
  }
  return [404, {}];
}

const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    const [status, said, headers] = answer(request.url, body);
    const text = typeof said === 'string' ? said : JSON.stringify(said);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(text);
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;
console.log(`ready ${issuer}`);
