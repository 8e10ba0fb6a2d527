// What the console costs: bytes and requests of each page in a browser that comes for the first
// time and again, and how long the first byte takes with many providers, beside a page without.
// `cargo xtask bench console` runs it; it fails when a first page is over its budget.
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { startServer } from '../support/server.js';
import { setUp } from '../support/people.js';
import { filledIn, startWorld } from '../support/world.js';

/** What one may come to first, and what that may cost. */
const FIRST = ['sign-in', 'workspaces', 'providers'];
const BUDGET = { bytes: 60_000, requests: 5 };
const MANY = [0, 1000, 10000];
const ROUNDS = 100;
/** How many providers are sent at once. */
const LANES = 8;

const PAGES = JSON.parse(readFileSync(new URL('../pages.json', import.meta.url), 'utf8'));

const lines = (rows) => rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
const table = (head, rows) => console.log(`${lines([head, head.map(() => '---'), ...rows])}\n`);
const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

/** Opens a page; returns what came over the wire for it. */
async function opened(context, address) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const cost = { bytes: 0, requests: 0 };
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    // What the browser still has costs nothing.
    if (encodedDataLength > 0) cost.requests += 1;
    cost.bytes += encodedDataLength;
  });
  await page.goto(address, { waitUntil: 'networkidle' });
  await page.close();
  return cost;
}

async function bytes(browser) {
  const world = await startWorld(browser);
  const rows = [];
  let over = false;
  for (const row of PAGES.filter(({ unfold }) => !unfold)) {
    const context = await browser.newContext({ storageState: world.states[row.as ?? 'admin'] });
    const address = world.server.base + filledIn(row, world.places);
    const [first, again] = [await opened(context, address), await opened(context, address)];
    await context.close();
    rows.push([row.name, first.bytes, first.requests, again.bytes, again.requests]);
    over ||= FIRST.includes(row.name) && (first.bytes > BUDGET.bytes || first.requests > BUDGET.requests);
  }
  await world.server.stop();
  table(['page', 'bytes, first visit', 'requests', 'bytes, again', 'requests'], rows);
  return over;
}

async function filled(server, token, workspace, count) {
  await server.commissary('workspace', 'create', workspace);
  const address = `${server.base}/api/v1/workspaces/${workspace}/infrastructure-providers`;
  let next = 0;
  const lane = async () => {
    for (let number = next++; number < count; number = next++) {
      const authentication = { method: 'static', accessKeyId: `AKIA${String(number).padStart(16, '2')}`, secretAccessKey: 'x'.repeat(40) };
      const provider = { name: `provider-${number}`, type: 'aws', authentication, region: 'us-east-1', release: 'kommander-2.2', features: [], verify: 'later' };
      const answer = await fetch(address, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(provider),
      });
      if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** Milliseconds until the first byte of each page, in turn, as the median of all rounds. */
async function firstBytes(pages, headers) {
  const times = pages.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, page] of pages.entries()) {
      const begin = performance.now();
      const answer = await fetch(page, { headers });
      times[index].push(performance.now() - begin);
      if (answer.status !== 200) throw new Error(`${page}: ${answer.status}`);
      await answer.arrayBuffer();
    }
  }
  return times.map(median);
}

async function times(browser) {
  const server = await startServer();
  const context = await browser.newContext();
  await setUp(await context.newPage(), server);
  const token = (await server.commissary('token', 'create', 'filling')).stdout.trim().split(/\s+/).at(-1);
  for (const count of MANY) await filled(server, token, `with-${count}`, count);
  const headers = { cookie: (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ') };
  const QUERIES = ['', '?sort=-created', '?sort=status', '?status=notVerified', '?search=provider-9'];
  const rows = [];
  for (const query of QUERIES) {
    const pages = MANY.map((count) => `${server.base}/workspaces/with-${count}/infrastructure-providers${query}`);
    const [none, ...many] = await firstBytes(pages, headers);
    rows.push([query || 'as it is opened', none.toFixed(2), ...many.flatMap((time) => [time.toFixed(2), (time / none).toFixed(2)])]);
  }
  await context.close();
  await server.stop();
  const [, ...counts] = MANY;
  table(['list', 'empty, ms', ...counts.flatMap((count) => [`${count}, ms`, 'ratio'])], rows);
}

const args = process.getuid() === 0 ? ['--no-sandbox'] : [];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args });
const over = await bytes(browser);
await times(browser);
await browser.close();
if (over) {
  console.error(`a first page takes more than ${BUDGET.bytes} bytes or ${BUDGET.requests} requests at the first visit`);
  process.exitCode = 1;
}
