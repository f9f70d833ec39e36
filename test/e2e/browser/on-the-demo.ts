import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { type Demo, startDemo } from '../../../demo/start.ts';
import { browserIsHere, launchBrowser, openTab } from '../../browser.ts';

const canRun = await browserIsHere();

/** Tests on the demo's page in a real browser: each begins with a demo and a tab of its own. */
export function onTheDemo(what: string, define: (now: () => { demo: Demo; tab: Page }) => void): void {
  describe.skipIf(!canRun)(what, () => {
    let browser: Browser;
    let demo: Demo;
    let tab: Page;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(async () => {
      await browser.close();
    });
    beforeEach(async () => {
      demo = await startDemo({ reviewPauseMs: 20 });
      tab = await openTab(browser);
      await tab.goto(demo.url);
    });
    afterEach(async () => {
      await tab.close();
      await demo.stop();
    });
    define(() => ({ demo, tab }));
  });
}

/** Gives the command for an opportunity by its button, as the page tells newcomers to. */
export async function tryOut(tab: Page, id: string): Promise<void> {
  const row = tab.locator(`[data-opportunity="${id}"]`);
  await row.waitFor({ state: 'attached' });
  const group = tab.locator('details:not([open])', { has: row });
  if ((await group.count()) > 0) await group.locator('summary').click();
  await row.getByRole('button', { name: /^Try/ }).click();
}

/** Fills in the form that is open, says yes to all it asks, submits it, and closes it. */
export async function fillInAndSubmit(tab: Page): Promise<void> {
  const modal = tab.getByRole('dialog');
  await modal
    .getByRole('radio', { name: /Co-Sell/ })
    .first()
    .check();
  for (const box of await modal.getByRole('checkbox').all()) await box.check();
  const submit = modal.getByRole('button', { name: 'Submit' });
  await submit.click();
  await submit.waitFor({ state: 'detached' });
  await tab.keyboard.press('Escape');
  await modal.waitFor({ state: 'detached' });
}
