import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { demoChannels, demoPeople } from '../../../demo/slack/demo-workspace.ts';
import { searchHome } from './gallery.ts';
import { boxOf, command, onThePage } from './on-the-page.ts';
import type { PageUnderTest } from './page-under-test.ts';

onThePage("Slack's blocks on the demo's page", (now) => {
  let under: PageUnderTest;
  let tab: Page;
  beforeEach(() => {
    ({ under, tab } = now());
  });

  const modal = () => tab.getByRole('dialog');
  const chosen = () =>
    under.app.interactions.flatMap(({ actions = [] }) =>
      actions.map(({ action_id: id, selected_option: option }) => `${id} ${option?.value}`),
    );

  test('an overflow menu opens, by the keyboard too, and tells the app what was chosen; a link there stays a link', async () => {
    await command(tab, 'menus');
    const more = tab.getByRole('button', { name: 'More options' });
    await more.press('ArrowDown');
    const link = tab.getByRole('menuitem', { name: 'Open in Partner Central' });
    expect(await link.getAttribute('href')).toBe('https://example.com/o1001');
    await tab.keyboard.press('ArrowDown');
    expect(await tab.locator('[role=menuitem]:focus').textContent()).toBe('Open in Partner Central');
    await tab.keyboard.press('Escape');
    await link.waitFor({ state: 'detached' });
    await more.click();
    await tab.getByRole('menuitem', { name: 'History' }).click();
    await expect.poll(chosen).toEqual(['more history']);
  });

  test('what is chosen in a message reaches the app, once it is confirmed', async () => {
    await command(tab, 'menus');
    await tab.getByRole('combobox', { name: 'Remind me' }).selectOption('In a week');
    expect(chosen()).toEqual([]);
    await tab.getByRole('alertdialog', { name: 'Sure?' }).getByRole('button', { name: 'Yes' }).click();
    await expect.poll(chosen).toEqual(['remind week']);
    expect(await tab.getByRole('combobox', { name: 'Remind me' }).inputValue()).toBe('week');
  });

  test('what is chosen and found in the home tab reaches the app', async () => {
    under.slack.directMessage(demoPeople.ana);
    await under.app.client.views.publish({ user_id: demoPeople.ana, view: searchHome() });
    await tab.getByRole('button', { name: 'Opportunity Bot' }).click();
    await tab.getByRole('combobox', { name: 'Stages' }).click();
    await tab.getByRole('option', { name: 'Qualified' }).click();
    await tab.getByRole('combobox', { name: 'Search' }).fill('north');
    await tab.getByRole('option', { name: 'Found by “north”' }).click();
    await expect
      .poll(() => under.app.interactions.flatMap(({ actions = [] }) => actions))
      .toMatchObject([
        { action_id: 'stages', selected_options: [{ value: 'Qualified' }] },
        { action_id: 'search', selected_option: { value: 'O1001' } },
      ]);
    expect(await tab.getByRole('combobox', { name: 'Search' }).inputValue()).toBe('Found by “north”');
  });

  test('several are chosen from a list by typing, and the characters left are counted', async () => {
    await command(tab, 'long');
    const title = modal().getByRole('textbox', { name: 'Title' });
    // As `focus_on_load` asks.
    await expect.poll(() => title.evaluate((input) => input.matches(':focus'))).toBe(true);
    const list = modal().getByRole('combobox', { name: 'Sales activities' });
    await list.fill('interest');
    await expect.poll(() => modal().getByRole('option').count()).toBe(1);
    await tab.keyboard.press('ArrowDown');
    await tab.keyboard.press('Enter');
    await modal().getByRole('listitem').filter({ hasText: 'Customer has shown interest' }).waitFor();
    await title.fill('Dune survey archive');
    expect(await modal().locator('.characters-left').textContent()).toBe('21');
    await modal().getByRole('checkbox').check();
    await modal().getByRole('button', { name: 'Save' }).click();
    await modal().waitFor({ state: 'detached' });
    const sent = under.app.interactions.find(({ type }) => type === 'view_submission')?.view?.state.values;
    expect(sent).toMatchObject({
      title: { title: { value: 'Dune survey archive' } },
      activities: { activities: { selected_options: [{ value: '1' }] } },
    });
  });

  test("a modal is as wide as Slack's, its header and footer always in view, and its errors are scrolled to", async () => {
    await command(tab, 'long');
    await modal().getByRole('textbox', { name: 'Title' }).fill('Dunes');
    const list = modal().getByRole('combobox', { name: 'Sales activities' });
    await list.click();
    await modal().getByRole('option').first().click();
    await modal().getByRole('button', { name: 'Save' }).click();
    const error = await boxOf(modal().getByText('Please complete this required field.'));
    const dialog = await boxOf(modal());
    const body = await boxOf(modal().locator('.dialog-body'));
    expect(dialog.width).toBe(520);
    expect(error.y).toBeGreaterThanOrEqual(body.y);
    expect(error.y + error.height).toBeLessThanOrEqual(body.y + body.height);
    for (const name of ['Save', 'Close']) {
      const { y, height } = await boxOf(modal().getByRole('button', { name }));
      expect(y).toBeGreaterThan(dialog.y);
      expect(y + height).toBeLessThan(dialog.y + dialog.height);
    }
    expect(
      await modal()
        .getByRole('checkbox')
        .evaluate((box) => box.matches(':focus')),
    ).toBe(true);
  });

  test('bare addresses are links, without the full stop behind them; quotes are quotes', async () => {
    await under.app.client.chat.postMessage({
      channel: demoChannels.deals,
      text: 'See https://example.com/a?b=1&amp;c=2.\n> as it was said',
    });
    const message = tab.locator('.message').last();
    const link = message.getByRole('link');
    expect(await link.getAttribute('href')).toBe('https://example.com/a?b=1&c=2');
    expect(await link.textContent()).toBe('https://example.com/a?b=1&c=2');
    expect(await message.locator('blockquote').textContent()).toBe('as it was said');
  });
});
