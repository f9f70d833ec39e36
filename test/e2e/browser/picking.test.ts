import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import type { Demo } from '../../../demo/start.ts';
import { onTheDemo } from './on-the-demo.ts';

onTheDemo('picking an opportunity on the page of the demo', (now) => {
  let demo: Demo;
  let tab: Page;
  beforeEach(() => {
    ({ demo, tab } = now());
  });

  const modal = () => tab.getByRole('dialog');
  const search = () => modal().getByRole('combobox');
  const options = () => modal().getByRole('option');
  const chosen = () => modal().getByRole('list', { name: 'Chosen' }).getByRole('listitem');
  const next = () => modal().getByRole('button', { name: 'Continue' });
  const giveCommand = async () => {
    await tab.getByRole('textbox').first().fill('/submit-opportunity');
    await tab.keyboard.press('Enter');
    await search().waitFor();
  };

  test('with the keyboard alone: type, go down the list, choose, and the form opens', async () => {
    await giveCommand();
    await expect.poll(() => search().evaluate((input) => input.matches(':focus'))).toBe(true);
    await tab.keyboard.type('kestrel');
    await options().filter({ hasText: 'Kestrel Air Cargo · O2003' }).waitFor();
    await expect.poll(() => options().count()).toBe(1);
    expect(await search().getAttribute('aria-expanded')).toBe('true');
    await tab.keyboard.press('ArrowDown');
    const active = await search().getAttribute('aria-activedescendant');
    expect(await options().first().getAttribute('id')).toBe(active);
    expect(await options().first().getAttribute('aria-selected')).toBe('true');
    await tab.keyboard.press('Enter');
    await chosen().filter({ hasText: 'Kestrel Air Cargo · O2003' }).waitFor();
    expect(await search().getAttribute('aria-expanded')).toBe('false');
    await tab.keyboard.press('Enter');
    await modal().getByText('Load planning for Kestrel Air Cargo').waitFor();
  });

  test('with the mouse: the list opens, a line is chosen, and its button takes it back', async () => {
    await giveCommand();
    await search().click();
    const line = options().filter({ hasText: 'O1001' });
    await line.waitFor();
    expect(await line.textContent()).toMatch(/^Northwind Fisheries · O1001Prospect, closes /);
    expect(await options().filter({ hasText: 'O3001' }).count()).toBe(0);
    await line.click();
    await chosen().filter({ hasText: 'Northwind Fisheries · O1001' }).waitFor();
    await modal().getByRole('button', { name: 'Remove Northwind Fisheries · O1001' }).click();
    await expect.poll(() => chosen().count()).toBe(0);
    await search().click();
    await tab.keyboard.press('Escape');
    expect(await modal().count()).toBe(1);
    await next().click();
    await modal().getByText('Choose one here').waitFor();
    expect(demo.partnerCentral.requests('GetOpportunity')).toEqual([]);
  });

  test('what was typed and not chosen is dropped, nothing found is said, and an ID can be typed instead', async () => {
    await giveCommand();
    await search().fill('nobody of that name');
    await modal().getByText('No results').waitFor();
    const id = modal().getByRole('textbox', { name: /Opportunity ID/ });
    await id.focus();
    await expect.poll(() => search().inputValue()).toBe('');
    await id.fill('o1001');
    await next().click();
    await modal().getByText('Northwind Fisheries').first().waitFor();
  });

  test('an app that gives no options is complained about, and Escape closes the list before the dialog', async () => {
    await giveCommand();
    demo.slack.deliverTo('http://127.0.0.1:9/');
    await search().click();
    await modal().getByText('The options couldn’t be loaded').waitFor();
    await tab.keyboard.press('Escape');
    await expect.poll(() => search().getAttribute('aria-expanded')).toBe('false');
    expect(await modal().count()).toBe(1);
    await tab.keyboard.press('Escape');
    await modal().waitFor({ state: 'detached' });
  });

  test('a guest is told so instead', async () => {
    await tab.getByRole('radio', { name: /Gus/ }).check();
    await tab.getByRole('textbox').first().fill('/submit-opportunity');
    await tab.keyboard.press('Enter');
    await modal()
      .getByText(/Guests can't/)
      .waitFor();
    expect(await search().count()).toBe(0);
    // The bot itself looks how the reviews stand; nobody asks what can be submitted.
    const asked = demo.partnerCentral.requests().map(({ body }) => JSON.stringify(body));
    expect(asked.filter((body) => body.includes('Pending Submission'))).toEqual([]);
  });
});
