import { readFile } from 'node:fs/promises';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { demoChannels } from '../../../demo/slack/demo-workspace.ts';
import { boxOf, command, onThePage } from './on-the-page.ts';
import type { PageUnderTest } from './page-under-test.ts';

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
  });

  test('a modal with every input in it, and errors', async () => {
    await command(tab, 'modal');
    await tab.getByRole('dialog').getByRole('button', { name: 'Submit' }).click();
    await tab.getByText('Please complete this required field.').first().waitFor();
    expect(await wrongWith(tab)).toEqual([]);
    await tab.emulateMedia({ colorScheme: 'dark' });
    expect(await wrongWith(tab, ['color-contrast'])).toEqual([]);
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

/** What is drawn smaller than a finger, links within text aside. */
const tooSmall = `
  [...document.querySelectorAll('button, summary, select, a.button, textarea, input, label:has(input)')]
    .filter((each) => !each.closest('[inert]') && !each.matches('label input'))
    .map((each) => ({ html: each.outerHTML.slice(0, 90), box: each.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && (box.width < 44 || box.height < 44))
    .map(({ html, box }) => html + ' ' + box.width + '×' + box.height)
`;

onThePage("the demo's page on a phone", (now) => {
  let under: PageUnderTest;
  let tab: Page;
  beforeEach(async () => {
    ({ under, tab } = now());
    await tab.setViewportSize({ width: 390, height: 844 });
  });

  const pane = (name: string) =>
    tab.getByRole('navigation', { name: 'Windows' }).getByRole('button', { name });
  const openSidebar = () => tab.getByRole('button', { name: /^People and channels/ }).click();

  test('a deal is tried, submitted and approved, and the channels and people are reached', async () => {
    await pane('AWS Partner Central').click();
    const sent = tab.waitForRequest(/api\/act/);
    await tab.locator('[data-opportunity="O1001"]').getByRole('button', { name: /^Try/ }).click();
    expect((await sent).postDataJSON()).toMatchObject({ text: 'O1001' });
    expect(await pane('Slack').getAttribute('aria-pressed')).toBe('true');
    under.partnerCentral.review('AWS', 'O1001', 'Submitted');
    await pane('AWS Partner Central').click();
    await tab.getByRole('button', { name: 'Approve O1001' }).click();
    await tab.locator('.step.done', { hasText: 'Approve it as AWS' }).waitFor();
    await pane('Slack').click();
    await openSidebar();
    await tab.getByRole('button', { name: 'general' }).click();
    await tab.getByRole('heading', { name: 'general' }).waitFor();
    await openSidebar();
    await tab.getByRole('radio', { name: /Gus/ }).check();
    await openSidebar();
    await tab.keyboard.press('Escape');
    await tab.getByRole('radio', { name: /Gus/ }).waitFor({ state: 'hidden' });
    expect(await tab.locator('.open-sidebar:focus').count()).toBe(1);
  });

  test('everything is big enough to touch', async () => {
    await command(tab, 'menus');
    await tab.getByRole('button', { name: 'More options' }).click();
    expect(await tab.evaluate<string[]>(tooSmall)).toEqual([]);
    await openSidebar();
    expect(await tab.evaluate<string[]>(tooSmall)).toEqual([]);
    expect(await wrongWith(tab)).toEqual([]);
    await tab.keyboard.press('Escape');
    await pane('AWS Partner Central').click();
    await tab.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
    expect(await tab.evaluate<string[]>(tooSmall)).toEqual([]);
    await pane('Slack').click();
    await command(tab, 'modal');
    await tab.getByRole('dialog').waitFor();
    expect(await tab.evaluate<string[]>(tooSmall)).toEqual([]);
    expect(await boxOf(tab.getByRole('dialog'))).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  });

  test('a thread opens below the channel; on a desk it is beside it', async () => {
    const { chat } = under.app.client;
    const channel = demoChannels.deals;
    const { ts = '' } = await chat.postMessage({ channel, text: 'Submitted' });
    await chat.postMessage({ channel, text: 'Approved by AWS', thread_ts: ts });
    await tab.getByRole('button', { name: '1 reply' }).click();
    const messages = tab.getByRole('log', { name: 'Messages' });
    const replies = tab.getByRole('log', { name: 'Replies' });
    const below = { channel: await boxOf(messages), thread: await boxOf(replies) };
    expect(below.thread.y).toBeGreaterThanOrEqual(below.channel.y + below.channel.height);
    await tab.setViewportSize({ width: 1280, height: 800 });
    const beside = { channel: await boxOf(messages), thread: await boxOf(replies) };
    expect(beside.thread.x).toBeGreaterThanOrEqual(beside.channel.x + beside.channel.width);
    expect(beside.thread.width).toBeGreaterThan(300);
  });
});
