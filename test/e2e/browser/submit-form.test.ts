import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { onTheDemo, tryOut } from './on-the-demo.ts';

/** Pixels of what is in the modal between its title and its buttons, and of the room there is for it. */
const BODY = `(({ scrollHeight, clientHeight }) => ({ scrollHeight, clientHeight }))(
  document.querySelector('[role="dialog"] .dialog-body'))`;

onTheDemo('the form of a ready deal, drawn at the sizes of Slack', (now) => {
  let tab: Page;
  beforeEach(() => {
    ({ tab } = now());
  });

  test.each([
    [1280, 800],
    [900, 700],
    [375, 812],
  ])('fits a window of %d × %d without scrolling', async (width, height) => {
    await tab.setViewportSize({ width, height });
    if (width < 700) await tab.getByRole('button', { name: 'AWS Partner Central' }).click();
    await tryOut(tab, 'O1001');
    const modal = tab.getByRole('dialog', { name: 'Submit · Production' });
    const coSell = modal.getByRole('radio', { name: /Co-Sell/ }).first();
    await coSell.check();
    await modal.getByText('Looks complete.').waitFor();
    const { scrollHeight, clientHeight } = await tab.evaluate<{ scrollHeight: number; clientHeight: number }>(
      BODY,
    );
    expect(scrollHeight).toBeLessThanOrEqual(clientHeight);
  });
});
