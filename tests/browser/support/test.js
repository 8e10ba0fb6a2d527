// Tests with a server, an administrator who is signed in, and pictures.
import { test as base, expect } from '@playwright/test';
import { PASSWORD, setUp } from './people.js';
import { startServer } from './server.js';
import { judged } from './views.js';

export const test = base.extend({
  server: async ({}, use) => {
    const server = await startServer();
    await use(server);
    await server.stop();
  },
  /** A page whose person has just set up the installation. */
  signedIn: async ({ page, server }, use) => {
    await setUp(page, server);
    await use(page);
  },
});

export { PASSWORD, expect, judged };
