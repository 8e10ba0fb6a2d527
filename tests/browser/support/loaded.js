// What is held against a page from the moment it is asked for: errors, shifts, names.
import { expect } from '@playwright/test';

/** Everything that the browser complains of from now on: exceptions, refused scripts and styles, failed requests. */
export function complaints(page) {
  const heard = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && heard.push(message.text()));
  page.on('pageerror', (error) => heard.push(error.message));
  page.on('requestfailed', (request) => heard.push(`${request.url()}: ${request.failure().errorText}`));
  return heard;
}

/** How far the page has moved under its reader since it was there, without the reader doing anything. */
export function shifted(page) {
  return page.evaluate(async () => {
    const shifts = [];
    const note = (list) => shifts.push(...list.getEntries());
    const observer = new PerformanceObserver(note);
    observer.observe({ type: 'layout-shift', buffered: true });
    // Entries come after the frame that they tell of.
    for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
    shifts.push(...observer.takeRecords());
    return shifts.map(({ value, sources }) => `${value.toFixed(4)} by ${sources.map(({ node }) => node?.nodeName).join()}`);
  });
}

/** Everything that can be acted with has a name that is read out. */
export async function everythingIsNamed(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const actedWith = ({ role, properties = [] }) =>
    !['RootWebArea', 'main'].includes(role?.value) && properties.some(({ name, value }) => name === 'focusable' && value.value);
  const acted = nodes.filter((node) => !node.ignored && actedWith(node));
  expect(acted.length).toBeGreaterThan(0);
  expect(acted.filter(({ name }) => !name?.value.trim()).map(({ role }) => role.value)).toEqual([]);
}
