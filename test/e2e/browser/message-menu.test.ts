import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { fillInAndSubmit, onTheDemo } from './on-the-demo.ts';

onTheDemo('the menu of a message on the page of the demo', (now) => {
  let tab: Page;
  beforeEach(() => {
    ({ tab } = now());
  });

  const modal = () => tab.getByRole('dialog');
  const say = async (text: string) => {
    await tab.getByRole('textbox').first().fill(text);
    await tab.keyboard.press('Enter');
    await tab.locator('.message', { hasText: text }).waitFor();
  };

  test('the message menu offers the shortcut to the keyboard, and the outcome stands in the thread', async () => {
    await say('Northwind is ready: O1001');
    const message = tab.locator('.message', { hasText: 'Northwind is ready' });
    const more = message.getByRole('button', { name: 'More actions' });
    await more.focus();
    await tab.keyboard.press('ArrowDown');
    const item = message.getByRole('menuitem', { name: /Submit opportunity…/ });
    await item.waitFor();
    expect(await more.getAttribute('aria-expanded')).toBe('true');
    await tab.keyboard.press('Escape');
    await item.waitFor({ state: 'hidden' });
    expect(await message.locator('.message-menu > button:focus').count()).toBe(1);

    await tab.keyboard.press('Enter');
    await item.waitFor();
    await tab.keyboard.press('Enter');
    await modal().getByText('Data lake for Northwind Fisheries').waitFor();
    await fillInAndSubmit(tab);
    await message.getByRole('button', { name: '1 reply' }).click();
    await tab
      .getByRole('complementary', { name: 'Thread' })
      .getByText(/Approval pending/)
      .first()
      .waitFor();
  });

  test('the menu comes with the mouse, and goes when one clicks elsewhere', async () => {
    await say('About O1001');
    const message = tab.locator('.message', { hasText: 'About O1001' });
    await message.hover();
    await message.getByRole('button', { name: 'More actions' }).click();
    const item = message.getByRole('menuitem');
    await item.waitFor();
    await tab.getByRole('textbox').first().click();
    await item.waitFor({ state: 'hidden' });
    await message.getByRole('button', { name: 'More actions' }).click();
    await item.click();
    await modal().getByText('Data lake for Northwind Fisheries').waitFor();
  });
});
