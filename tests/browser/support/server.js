// A real server with a real sandbox, one for each test that asks for it.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

function binary() {
  if (!process.env.COMMISSARY) {
    throw new Error('COMMISSARY names no binary; run the tests with `cargo xtask browser`');
  }
  return process.env.COMMISSARY;
}

/** Starts `commissary serve --sandbox` in a folder of its own, with `more` arguments, and waits until it is ready. */
export async function startServer(more = []) {
  const home = await mkdtemp(join(tmpdir(), 'commissary-browser-'));
  const env = { PATH: process.env.PATH, HOME: home };
  const child = spawn(
    binary(),
    ['serve', '--sandbox', '--listen', '127.0.0.1:0', '--sandbox-listen', '127.0.0.1:0', '--data-dir', join(home, 'data'), ...more],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const announced = await announcement(child);
  const base = announced.match(/console +(http:\S+?)\/?\n/)[1];
  return {
    base,
    setupLink: announced.match(/http:\S+\/setup\?token=\S+/)[0],
    /** Runs the command line against this server, as the sandbox's administrator. */
    async commissary(...args) {
      const data = join(home, 'data');
      const shell = `. "${join(data, 'sandbox/env')}" && exec "$0" --server "${base}" "$@"`;
      return run('sh', ['-c', shell, binary(), ...args], { env });
    },
    /** Writes a file for the command line; returns where it is. */
    async file(name, text) {
      const path = join(home, name);
      await writeFile(path, text);
      return path;
    },
    /** The keys of a profile that `commissary aws bootstrap` wrote. */
    async keysOf(profile) {
      const text = await readFile(join(home, 'data/sandbox/aws/credentials'), 'utf8');
      const section = text.split(`[${profile}]`)[1].split('\n[')[0];
      return {
        id: section.match(/aws_access_key_id *= *(\S+)/)[1],
        secret: section.match(/aws_secret_access_key *= *(\S+)/)[1],
      };
    },
    async stop() {
      child.kill('SIGTERM');
      await exited;
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** What the server prints until it says how to stop it. */
function announcement(child) {
  return new Promise((resolve, reject) => {
    let out = '';
    let err = '';
    child.stderr.on('data', (chunk) => (err += chunk));
    child.stdout.on('data', (chunk) => {
      out += chunk;
      if (out.includes('Ctrl-C stops it.')) resolve(out);
    });
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${err}`)));
    child.once('error', reject);
  });
}
