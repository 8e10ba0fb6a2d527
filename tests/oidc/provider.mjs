// A certified OpenID Connect provider for the tests, with people from a file.
//
//   node provider.mjs '{"port": 0, "people": "people.json"}'
//
// Port 0 is any that is free.
//
// Prints `ready ISSUER` once it answers. Settings beside these two:
//   secret        of the client `commissary`; without one it is a public client
//   clock         how many seconds its clock is ahead
//   groupsInToken whether the identity itself names the groups, instead of the question after it
// The people's file maps a login to the claims of that person; it is read at each question.
// Every start signs with a new key: starting it again on the same port rotates the keys.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const settings = JSON.parse(process.argv[2]);

if (settings.clock) {
  const real = Date.now;
  const shifted = () => real() + settings.clock * 1000;
  globalThis.Date = class extends Date {
    constructor(...given) {
      super(...(given.length === 0 ? [shifted()] : given));
    }

    static now() {
      return shifted();
    }
  };
}

const { Provider } = await import('oidc-provider');

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: randomUUID() };
const proof = settings.secret
  ? { client_secret: settings.secret, token_endpoint_auth_method: 'client_secret_basic' }
  : { token_endpoint_auth_method: 'none' };

const server = createServer();
// Not from the ports that the system gives to others, so that it is still free for a restart.
const ports = () => settings.port || 20000 + Math.floor(Math.random() * 10000);
for (let tries = 1; !server.listening; tries += 1) {
  await new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (error.code !== 'EADDRINUSE' || tries === 100) reject(error);
      else setTimeout(resolve, 100);
    });
    server.listen(ports(), '127.0.0.1', resolve);
  });
}
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'commissary',
      // A native application may come back to any port of this machine (RFC 8252, section 7.3).
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1/sign-in/oidc/callback'],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      ...proof,
    },
  ],
  claims: { openid: ['sub'], profile: ['preferred_username'], email: ['email'], groups: ['groups'] },
  conformIdTokenClaims: !settings.groupsInToken,
  cookies: { keys: [randomUUID()] },
  jwks: { keys: [key] },
  findAccount(_, login) {
    const people = JSON.parse(readFileSync(settings.people, 'utf8'));
    return people[login] && { accountId: login, claims: () => ({ sub: login, ...people[login] }) };
  },
  // The time that it takes to say who one is.
  ttl: { Interaction: 600, Session: 600, Grant: 600 },
});

server.on('request', provider.callback());
console.log(`ready ${issuer}`);
