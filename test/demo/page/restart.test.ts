import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoChannels } from '../../../demo/slack/demo-workspace.ts';
import { browserIsHere, launchBrowser } from '../../browser.ts';
import { startPageUnderTest } from './page-under-test.ts';

describe.skipIf(!(await browserIsHere()))('a page that is open when the demo ends', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });

  test('says so, and comes back by itself once the demo is there again', async () => {
    const before = await startPageUnderTest();
    const tab = await browser.newPage();
    await tab.goto(before.page.url);
    await before.app.client.chat.postMessage({ channel: demoChannels.deals, text: 'Of the first demo' });
    await tab.getByText('Of the first demo').waitFor();
    await tab.evaluate('window.isFirst = true');
    await before.close();
    await tab.getByRole('alert').filter({ hasText: 'this page comes back by itself' }).waitFor();

    const after = await startPageUnderTest({ port: Number(new URL(before.page.url).port) });
    expect(after.page.url).toBe(before.page.url);
    await tab.getByRole('alert').waitFor({ state: 'detached' });
    await tab.getByText('Of the first demo').waitFor({ state: 'detached' });
    await expect.poll(() => tab.evaluate('window.isFirst')).toBeUndefined();
    await tab.close();
    await after.close();
  });
});

test('the page takes another port where its own is taken', async () => {
  const one = await startPageUnderTest();
  const port = Number(new URL(one.page.url).port);
  const other = await startPageUnderTest({ port });
  expect(new URL(other.page.url).port).not.toBe(String(port));
  expect((await fetch(other.page.url)).status).toBe(200);
  await other.close();
  await one.close();
});
