// What the console costs: bytes and requests of each page in a browser that comes for the first
// time and again, and how long the first byte takes with many providers and many workspaces, beside
// a page with few.
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
const QUERIES = ['', '?sort=-created', '?sort=status', '?status=notVerified', '?search=provider-9'];
const WORKSPACES = 1000;
const ROUNDS = 100;
/** How many requests are sent at once to fill a server. */
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
  await world.stop();
  table(['page', 'bytes, first visit', 'requests', 'bytes, again', 'requests'], rows);
  return over;
}

/** Posts `count` things that `thing` makes of their numbers, some at once. */
async function posted(address, token, count, thing) {
  let next = 0;
  const lane = async () => {
    for (let number = next++; number < count; number = next++) {
      const answer = await fetch(address, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(thing(number)),
      });
      if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

function provider(number) {
  const authentication = { method: 'static', accessKeyId: `AKIA${String(number).padStart(16, '2')}`, secretAccessKey: 'x'.repeat(40) };
  return { name: `provider-${number}`, type: 'aws', authentication, region: 'us-east-1', release: 'kommander-2.2', features: [], verify: 'later' };
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

/** A server with nobody but its administrator: how requests are signed in, by cookie and by token. */
async function administered(browser) {
  const server = await startServer();
  const context = await browser.newContext();
  await setUp(await context.newPage(), server);
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  await context.close();
  const token = (await server.commissary('token', 'create', 'filling')).stdout.trim().split(/\s+/).at(-1);
  return { server, headers: { cookie }, token };
}

async function manyProviders(browser) {
  const { server, headers, token } = await administered(browser);
  for (const count of MANY) {
    await server.commissary('workspace', 'create', `with-${count}`);
    await posted(`${server.base}/api/v1/workspaces/with-${count}/infrastructure-providers`, token, count, provider);
  }
  const rows = [];
  for (const query of QUERIES) {
    const pages = MANY.map((count) => `${server.base}/workspaces/with-${count}/infrastructure-providers${query}`);
    const [none, ...many] = await firstBytes(pages, headers);
    rows.push([query || 'as it is opened', none.toFixed(2), ...many.flatMap((time) => [time.toFixed(2), (time / none).toFixed(2)])]);
  }
  await server.stop();
  const [, ...counts] = MANY;
  table(['list', 'empty, ms', ...counts.flatMap((count) => [`${count}, ms`, 'ratio'])], rows);
}

/** Pages that name workspaces, of an installation with one and with many. */
async function manyWorkspaces(browser) {
  const { server, headers, token } = await administered(browser);
  await server.commissary('workspace', 'create', 'team');
  const paths = ['/', '/workspaces/team/infrastructure-providers', '/people', '/account', '/audit-log'];
  const pages = paths.map((path) => server.base + path);
  const sizes = () => Promise.all(pages.map(async (page) => (await (await fetch(page, { headers })).arrayBuffer()).byteLength));
  const one = { times: await firstBytes(pages, headers), sizes: await sizes() };
  await posted(`${server.base}/api/v1/workspaces`, token, WORKSPACES, (number) => ({ name: `team-${number}` }));
  const many = { times: await firstBytes(pages, headers), sizes: await sizes() };
  await server.stop();
  const row = (path, at) => [path, one.sizes[at], many.sizes[at], one.times[at].toFixed(2), many.times[at].toFixed(2), (many.times[at] / one.times[at]).toFixed(2)];
  table(['page', 'bytes, one workspace', `${WORKSPACES}`, 'ms', `${WORKSPACES}, ms`, 'ratio'], paths.map(row));
}

const args = process.getuid() === 0 ? ['--no-sandbox'] : [];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args });
const over = await bytes(browser);
await manyProviders(browser);
await manyWorkspaces(browser);
await browser.close();
if (over) {
  console.error(`a first page takes more than ${BUDGET.bytes} bytes or ${BUDGET.requests} requests at the first visit`);
  process.exitCode = 1;
}
