import { readFile } from 'node:fs/promises';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { command, onThePage } from './on-the-page.ts';

const axe = await readFile(new URL('../../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const everything = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong, as `rule: where`. */
async function wrongWith(tab: Page, only: readonly string[] = everything): Promise<readonly string[]> {
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate<AxeResults>(
    `axe.run({ runOnly: ${JSON.stringify(only)}, resultTypes: ['violations'] })`,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

onThePage("the demo's page for everybody, by axe's rules and its best practices", (now) => {
  let tab: Page;
  beforeEach(() => {
    ({ tab } = now());
  });

  test('a channel with every block in it, and Partner Central with its reviewer', async () => {
    await command(tab, 'message');
    await command(tab, 'menus');
    await tab.getByRole('button', { name: 'More options' }).click();
    await tab.locator('summary', { hasText: 'With AWS' }).click();
    expect(await wrongWith(tab)).toEqual([]);
    await tab.emulateMedia({ colorScheme: 'dark' });
    expect(await wrongWith(tab, ['color-contrast'])).toEqual([]);
  });

  test('a modal with every input in it, and errors', async () => {
    await command(tab, 'modal');
    await tab.getByRole('dialog').getByRole('button', { name: 'Submit' }).click();
    await tab.getByText('Please complete this required field.').first().waitFor();
    expect(await wrongWith(tab)).toEqual([]);
    await tab.emulateMedia({ colorScheme: 'dark' });
    expect(await wrongWith(tab, ['color-contrast'])).toEqual([]);
  });

  test('on a phone, with the channels open', async () => {
    await tab.setViewportSize({ width: 390, height: 844 });
    await tab.getByRole('button', { name: /^People and channels/ }).click();
    expect(await wrongWith(tab)).toEqual([]);
  });

  test('the colours follow the system, until somebody chooses others, which a reload keeps', async () => {
    const paper = () =>
      tab.evaluate<string>('getComputedStyle(document.querySelector(".slack")).backgroundColor');
    const light = await paper();
    await tab.emulateMedia({ colorScheme: 'dark' });
    const dark = await paper();
    expect(dark).not.toBe(light);
    const change = tab.getByRole('button', { name: /^Colours/ });
    await change.click();
    await change.click();
    expect(await change.getAttribute('title')).toBe('Colours: light');
    expect(await paper()).toBe(light);
    await tab.reload();
    await change.waitFor();
    expect(await paper()).toBe(light);
  });
});
