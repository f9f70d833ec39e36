import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { startDemo } from '../demo/start.ts';
import { launchBrowser } from '../test/browser.ts';

/**
 * `npm run picture`: takes the README's moving picture, `docs/demo.webp`, in the demo: a seller's minute from the command to
 * AWS's approval. Emoji need a font on this machine (Debian: fonts-noto-color-emoji).
 */
const FILE = fileURLToPath(new URL('../docs/demo.webp', import.meta.url));
const SIZE = { width: 1080, height: 760 };
/** GitHub shows no file of a README that is much larger, and nobody waits for one. */
const LIMIT_BYTES = 1024 * 1024;

/** What stands still, and for how many milliseconds. */
interface Frame {
  readonly image: Buffer;
  readonly ms: number;
}

async function sellersMinute(tab: Page): Promise<readonly Frame[]> {
  const frames: Frame[] = [];
  const show = async (ms: number) => {
    // Without what moves, so that each frame is the same whenever it is taken.
    frames.push({ image: await tab.screenshot({ animations: 'disabled', caret: 'hide' }), ms });
  };
  const row = tab.locator('[data-opportunity="O1001"]');
  const modal = tab.getByRole('dialog');
  const composer = tab.locator('#composer');

  await show(1500);
  await composer.fill('/submit-opportunity O1001');
  await show(1500);
  await composer.press('Enter');
  await modal.getByText('Northwind Fisheries').first().waitFor();
  await show(3000);
  await modal
    .getByRole('radio', { name: /Co-Sell/ })
    .first()
    .check();
  for (const box of await modal.getByRole('checkbox').all()) await box.check();
  await show(2000);
  await modal.getByRole('button', { name: 'Submit' }).click();
  await tab.locator('.message', { hasText: 'Approval pending' }).filter({ hasText: 'O1001' }).waitFor();
  await tab.keyboard.press('Escape');
  await modal.waitFor({ state: 'detached' });
  await show(3000);
  await row.getByRole('button', { name: /^Approve/ }).click();
  await row.getByText('Approved', { exact: true }).waitFor();
  await tab.locator('.message', { hasText: 'Approved' }).filter({ hasText: 'O1001' }).first().waitFor();
  await show(4000);
  return frames;
}

const demo = await startDemo({ withHistory: true });
const browser = await launchBrowser();
try {
  const tab = await browser.newPage({ viewport: SIZE, deviceScaleFactor: 1.5 });
  tab.setDefaultTimeout(30_000);
  await tab.goto(demo.url);
  await tab.locator('.message').first().waitFor();
  const frames = await sellersMinute(tab);
  const { size } = await sharp(
    frames.map(({ image }) => image),
    { join: { animated: true } },
  )
    .webp({ quality: 80, effort: 6, smartSubsample: true, delay: frames.map(({ ms }) => ms), loop: 0 })
    .toFile(FILE);
  console.log(`${FILE}: ${frames.length} frames, ${Math.round(size / 1024)} KB`);
  if (size > LIMIT_BYTES) throw new Error(`It is larger than ${LIMIT_BYTES / 1024} KB`);
} finally {
  await browser.close();
  await demo.stop();
}
