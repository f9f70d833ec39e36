import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { browserIsHere, launchBrowser } from '../../browser.ts';
import { type PageUnderTest, startPageUnderTest } from './page-under-test.ts';

const canRun = await browserIsHere();

/** Tests of the demo's page in a real browser, the example app in the bot's place: each begins with a page of its own. */
export function onThePage(
  what: string,
  define: (now: () => { browser: Browser; under: PageUnderTest; tab: Page }) => void,
): void {
  describe.skipIf(!canRun)(what, () => {
    let browser: Browser;
    let under: PageUnderTest;
    let tab: Page;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(async () => {
      await browser.close();
    });
    beforeEach(async () => {
      under = await startPageUnderTest();
      tab = await under.open(browser);
    });
    afterEach(async () => {
      await under.close();
    });
    define(() => ({ browser, under, tab }));
  });
}

/** Types `/submit-opportunity` with `text` behind it, and Enter. */
export async function command(tab: Page, text: string): Promise<void> {
  const composer = tab.getByRole('textbox', { name: /^Slash command/ });
  await composer.fill(`/submit-opportunity ${text}`);
  await composer.press('Enter');
}

/** Where it is drawn, in pixels. */
export async function boxOf(what: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await what.boundingBox();
  if (box === null) throw new Error(`${what} isn't drawn.`);
  return box;
}
