// The keyboard: where Tab stops, and that it can be seen.
import { expect } from '@playwright/test';

/** How many times Tab is pressed before it is asked where that led. */
const STEPS = 20;

// Notes every stop from now on: its place among all elements, and whether a ring was around it in
// sight. The page scrolls to it after it has the focus; what shows itself only then hides again.
const watch = () => {
  const all = [...document.querySelectorAll('*')];
  const inSight = (element) => {
    const { top, left, bottom, right } = element.getBoundingClientRect();
    return bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
  };
  const came = (element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return { ringed: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1, there: inSight(element) };
  };
  let here = came(document.activeElement);
  window.stops = [];
  document.addEventListener('focusin', ({ target }) => (here = came(target)));
  document.addEventListener('focusout', ({ target }) => {
    const seen = here.ringed && (here.there || inSight(target));
    window.stops.push({ place: all.indexOf(target), what: target.outerHTML.slice(0, 120), seen });
  });
};

// All that one can act with and see, by its place; of radio buttons the one that Tab stops at.
const reachable = () => {
  const all = [...document.querySelectorAll('*')];
  const takesFocus = (element) => {
    if (!element.matches('a[href], button, input, select, textarea, summary') || element.disabled || !element.checkVisibility()) return false;
    if (element.type !== 'radio') return true;
    const group = all.filter((other) => other.type === 'radio' && other.name === element.name && other.form === element.form);
    return element === (group.find(({ checked }) => checked) ?? group[0]);
  };
  return all.flatMap((element, place) => (takesFocus(element) ? [{ place, what: element.outerHTML.slice(0, 120) }] : []));
};

// No script changes the page from now on: its timers are gone.
const standStill = () => {
  for (let timer = setTimeout(() => {}); timer > 0; timer -= 1) clearTimeout(timer);
};

/** Walks the whole page by Tab: every stop can be seen, and everything that one can act with is a stop. */
export async function walked(page) {
  await page.evaluate(standStill);
  const wanted = await page.evaluate(reachable);
  await page.evaluate(watch);
  let missed = wanted;
  // A page that begins in one of its fields is gone through twice.
  for (let presses = 0; missed.length > 0 && presses < 2 * wanted.length + 2 * STEPS; presses += STEPS) {
    for (let step = 0; step < STEPS; step += 1) await page.keyboard.press('Tab');
    const stops = await page.evaluate(() => window.stops);
    expect(stops.filter(({ seen }) => !seen).map(({ what }) => what), 'the focus cannot be seen').toEqual([]);
    missed = wanted.filter(({ place }) => !stops.some((stop) => stop.place === place));
  }
  expect(missed.map(({ what }) => what), 'Tab does not lead there').toEqual([]);
}
