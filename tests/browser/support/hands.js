// Two ways to use the console: by keyboard alone, and by mouse where scripts are off.
import { expect } from '@playwright/test';

/** More stops than any page of these flows has. */
const STOPS = 400;

/** Nothing but keys; what is wanted is gone to by Tab. */
function byKeyboard(page) {
  const reach = async (target) => {
    await expect(target).toBeVisible();
    for (let stop = 0; stop < STOPS; stop += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to ${target}`);
  };
  return {
    press: async (target) => {
      await reach(target);
      await page.keyboard.press('Enter');
    },
    fill: async (target, text) => {
      await reach(target);
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText(text);
    },
    choose: async (target, option) => {
      await reach(target);
      await page.keyboard.press('Home');
      const chosen = target.locator('option:checked');
      for (let rest = await target.locator('option').count(); rest > 0 && (await chosen.textContent()) !== option; rest -= 1) {
        await page.keyboard.press('ArrowDown');
      }
      await expect(chosen).toHaveText(option);
    },
    tick: async (target) => {
      await reach(target);
      await page.keyboard.press('Space');
      await expect(target).toBeChecked();
    },
  };
}

function byMouse() {
  return {
    press: (target) => target.click(),
    fill: (target, text) => target.fill(text),
    choose: (target, option) => target.selectOption({ label: option }),
    tick: (target) => target.check(),
  };
}

/** Each way: what it is called, what the browser is set to, the hands. */
export const WAYS = [
  { way: 'by keyboard alone', use: {}, hands: byKeyboard },
  { way: 'without scripts', use: { javaScriptEnabled: false }, hands: byMouse },
];
