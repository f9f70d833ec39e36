import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { startDemo } from '../../../demo/start.ts';
import { launchBrowser } from '../../browser.ts';

/**
 * Takes the README's picture of the demo, docs/demo.png: `npx node test/demo/page/picture.ts`. Emoji need a
 * font on this machine (Debian: fonts-noto-color-emoji).
 */
const file = fileURLToPath(new URL('../../../docs/demo.png', import.meta.url));

const demo = await startDemo({ withHistory: true });
const browser = await launchBrowser();
try {
  const tab = await browser.newPage({ viewport: { width: 1280, height: 1010 }, deviceScaleFactor: 1.5 });
  await tab.goto(demo.url);
  await submit(tab, 'O2001');
  await tab.getByRole('button', { name: /^Try again/ }).waitFor();
  await submit(tab, 'O1001');
  await tab.getByRole('heading', { name: /Approval pending/ }).waitFor();
  await tab.locator('.aws-scroll').evaluate('(list) => list.scrollTo(0, 0)');
  await mkdir(dirname(file), { recursive: true });
  await tab.screenshot({ path: file });
} finally {
  await browser.close();
  await demo.stop();
}

async function submit(tab: Page, id: string): Promise<void> {
  await tab.locator(`[data-opportunity="${id}"]`).getByRole('button', { name: /^Try/ }).click();
  const modal = tab.getByRole('dialog');
  await modal
    .getByRole('radio', { name: /Co-Sell/ })
    .first()
    .check();
  for (const box of await modal.getByRole('checkbox').all()) await box.check();
  await modal.getByRole('button', { name: 'Submit' }).click();
  await modal.getByText('Recorded').waitFor();
  await tab.keyboard.press('Escape');
  await modal.waitFor({ state: 'detached' });
}
