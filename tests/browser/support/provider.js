// A certified OpenID Connect provider, one for each test that asks for it.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Starts a provider that knows `people` by their logins. */
export async function startProvider(people) {
  if (!process.env.COMMISSARY_OIDC) {
    throw new Error('COMMISSARY_OIDC names no provider; run the tests with `cargo xtask browser`');
  }
  const home = await mkdtemp(join(tmpdir(), 'commissary-provider-'));
  const file = join(home, 'people.json');
  await writeFile(file, JSON.stringify(people));
  const settings = JSON.stringify({ port: 0, people: file });
  const script = join(process.env.COMMISSARY_OIDC, 'provider.mjs');
  const child = spawn('node', [script, settings], { stdio: ['ignore', 'pipe', 'ignore'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('ready ')) continue;
    return {
      issuer: line.slice('ready '.length),
      async stop() {
        child.kill('SIGKILL');
        await exited;
        await rm(home, { recursive: true, force: true });
      },
    };
  }
  throw new Error('the provider did not start');
}
