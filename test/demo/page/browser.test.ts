import type { Browser, Page as BrowserPage } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { demoChannels, demoPeople } from '../../../demo/slack/demo-workspace.ts';
import { galleryModal } from './gallery.ts';
import { command as giveCommand, onThePage } from './on-the-page.ts';
import { type PageUnderTest, startPageUnderTest } from './page-under-test.ts';

onThePage("the demo's page", (now) => {
  let browser: Browser;
  let under: PageUnderTest;
  let tab: BrowserPage;
  beforeEach(() => {
    ({ browser, under, tab } = now());
  });

  const composer = () => tab.getByRole('textbox', { name: /^Slash command/ });
  const command = (text: string) => giveCommand(tab, text);
  const modal = () => tab.getByRole('dialog');
  const row = (id: string) => tab.locator(`[data-opportunity="${id}"]`);
  const openGroup = (name: string) => tab.locator('.group > summary', { hasText: name }).click();
  const hasFocus = (selector: string) => tab.locator(`:is(${selector}):is(:focus, :focus-within)`).count();

  describe('the composer', () => {
    test('Try gives the command, and what is half typed stays', async () => {
      await composer().fill('half a sent');
      const sent = tab.waitForRequest(/api\/act/);
      await row('O1001').getByRole('button', { name: /^Try/ }).click();
      expect((await sent).postDataJSON()).toMatchObject({
        type: 'slashCommand',
        channel: demoChannels.deals,
        command: '/submit-opportunity',
        text: 'O1001',
      });
      expect(await composer().inputValue()).toBe('half a sent');
    });

    test('the command is suggested from its first letter, and Tab completes it', async () => {
      await composer().fill('/s');
      await composer().press('Tab');
      expect(await composer().inputValue()).toBe('/submit-opportunity ');
    });

    test('an app that does not acknowledge is told, and the command is there to be sent again', async () => {
      await command('silent');
      await tab.getByRole('alert').filter({ hasText: 'failed with the error “dispatch_failed”' }).waitFor();
      expect(await composer().inputValue()).toBe('/submit-opportunity silent');
    });

    test('a command is sent while the last one is still on its way, as in Slack', async () => {
      let letGo = () => {};
      const second = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      await tab.route(/api\/act/, async (route) => {
        const { text } = route.request().postDataJSON();
        if (text === 'message') await second;
        else letGo();
        await route.continue();
      });
      await command('message');
      await command('menus');
      await tab.getByRole('heading', { name: 'Approval pending' }).waitFor();
      await tab.getByRole('button', { name: 'More options' }).waitFor();
    });

    test('plain text is said in the channel, as it was typed; to the bot itself it is refused, as in its manifest', async () => {
      await composer().fill('hello <b>all</b> & @opportunity-bot');
      await composer().press('Enter');
      await tab.locator('.message', { hasText: 'hello <b>all</b> & @Opportunity Bot' }).waitFor();
      under.slack.directMessage(demoPeople.ana);
      await tab.getByRole('button', { name: 'Opportunity Bot' }).click();
      await tab.getByRole('button', { name: 'Messages' }).click();
      await composer().fill('hello');
      await composer().press('Enter');
      await tab.getByText('Sending messages to this app has been turned off').waitFor();
    });

    test('other commands are refused in words', async () => {
      await composer().fill('/other');
      await composer().press('Enter');
      await tab.getByText('/other is not a valid command').waitFor();
    });
  });

  describe('messages', () => {
    test('every block is shown, and text stays text', async () => {
      await command('message');
      const message = tab.locator('.message').last();
      await message.getByRole('heading', { name: 'Approval pending' }).waitFor();
      const text = (await message.textContent()) ?? '';
      expect(text).toContain('@Ana Seller');
      expect(text).toContain('#deals');
      expect(text).toContain('snake_case_words');
      expect(text).toContain('🎉');
      expect(text).toContain('<b>not bold</b> 01/01/2026');
      expect(await message.locator('strong', { hasText: /^Bold$/ }).count()).toBe(1);
      expect(await message.locator('em').textContent()).toBe('italic');
      expect(await message.locator('s').textContent()).toBe('struck');
      expect(await message.locator('blockquote').textContent()).toBe('quoted');
      expect(await message.locator('pre').textContent()).toBe('fenced\n  text');
      expect(await message.getByRole('link', { name: 'a link' }).getAttribute('href')).toBe(
        'https://example.com/a?b=1&c=2',
      );
      expect(await message.locator('b, img').count()).toBe(0);
    });

    test('a link that is a script stays text', async () => {
      await under.app.client.chat.postMessage({
        channel: demoChannels.deals,
        text: '<javascript:alert(1)|press here> <img src=x onerror=alert(1)>',
      });
      await tab.locator('.message').getByText('press here').waitFor();
      expect(await tab.locator('.message a, .message img').count()).toBe(0);
    });

    test('a button changes its message in place, which then says so', async () => {
      await command('message');
      await tab.getByRole('button', { name: 'Update this message' }).click();
      await tab.getByText('Updated in place').waitFor();
      await tab.getByText('(edited)').waitFor();
      expect(await tab.locator('.message').count()).toBe(1);
    });

    test('a button with a confirmation does nothing until it is confirmed', async () => {
      await command('message');
      await tab.getByRole('button', { name: 'Delete' }).click();
      await tab.getByRole('alertdialog', { name: 'Really?' }).waitFor();
      await tab.keyboard.press('Escape');
      await tab.getByRole('alertdialog').waitFor({ state: 'detached' });
      expect(under.app.interactions).toEqual([]);
      await tab.getByRole('button', { name: 'Delete' }).click();
      await tab.getByRole('button', { name: 'Delete it' }).click();
      await expect.poll(() => under.app.interactions.map(({ type }) => type)).toEqual(['block_actions']);
    });

    test('whoever reads further up stays there, but for an answer to them alone', async () => {
      const { chat } = under.app.client;
      const channel = demoChannels.deals;
      const list = 'document.querySelector("[data-scroll]")';
      const scrolledTo = () => tab.evaluate<number>(`${list}.scrollTop`);
      await tab.setViewportSize({ width: 1280, height: 480 });
      await command('message');
      await tab.locator('.message').waitFor();
      await tab.evaluate(`${list}.scrollTop = 0`);
      await chat.postMessage({ channel, text: 'For everybody' });
      await tab.locator('.message', { hasText: 'For everybody' }).waitFor();
      expect(await scrolledTo()).toBe(0);
      await chat.postEphemeral({ channel, user: demoPeople.ana, text: 'For Ana' });
      await tab.locator('.message', { hasText: 'For Ana' }).waitFor();
      expect(await scrolledTo()).toBeGreaterThan(0);
    });

    test('an ephemeral message is told apart, and nobody else sees it', async () => {
      await command('hello');
      await tab.locator('.message', { hasText: 'Hello, you' }).getByText('Only visible to you').waitFor();
      await tab.getByRole('radio', { name: /Ben/ }).check();
      await tab.getByText('Hello, you').waitFor({ state: 'detached' });
    });

    test('replies are counted under the message and open beside it', async () => {
      const { channel = '', ts } = await under.app.client.chat.postMessage({
        channel: demoChannels.deals,
        text: 'Submitted',
      });
      await under.app.client.chat.postMessage({
        channel,
        text: 'Approved by AWS',
        ...(ts ? { thread_ts: ts } : {}),
      });
      await tab.getByRole('button', { name: '1 reply' }).click();
      const thread = tab.getByRole('complementary', { name: 'Thread' });
      await thread.getByText('Approved by AWS').waitFor();
      await thread.getByRole('button', { name: 'Close the thread' }).click();
      await thread.waitFor({ state: 'detached' });
    });

    test('a channel that is not in front shows how many messages are new', async () => {
      await tab.getByRole('button', { name: 'general' }).click();
      await under.app.client.chat.postMessage({ channel: demoChannels.deals, text: 'News' });
      await tab.getByRole('button', { name: /deals/ }).getByText('1').waitFor();
    });
  });

  describe('modals', () => {
    test('required fields left empty are named beside the field, and nothing is sent', async () => {
      await command('modal');
      await modal().getByRole('button', { name: 'Submit' }).click();
      await modal().getByText('Please complete this required field.').first().waitFor();
      expect(await modal().getByText('Please complete this required field.').count()).toBe(3);
      expect(under.app.interactions).toEqual([]);
    });

    test("what was filled in arrives, the app's errors stand beside their field, and a correction goes through", async () => {
      await command('modal');
      await modal()
        .getByRole('radio', { name: /Co-Sell/ })
        .check();
      await modal().getByRole('combobox', { name: 'Stage' }).selectOption('Committed');
      await modal().getByRole('textbox', { name: 'Business problem' }).fill('All wrong here');
      await modal()
        .getByRole('checkbox', { name: /Nothing/ })
        .check();
      await modal().getByRole('button', { name: 'Submit' }).click();
      await modal().getByText('Say it otherwise.').waitFor();
      const sent = under.app.interactions.find(({ type }) => type === 'view_submission')?.view?.state.values;
      expect(sent).toMatchObject({
        involvement: { involvement: { selected_option: { value: 'co-sell' } } },
        stage: { stage: { selected_option: { value: 'committed' } } },
        close: { close: { selected_date: '2027-01-31' } },
        problem: { problem: { value: 'All wrong here' } },
        lock: { lock: { selected_options: [{ value: 'lock' }] } },
      });
      await modal().getByRole('textbox', { name: 'Business problem' }).fill('All is well now');
      await modal().getByRole('button', { name: 'Submit' }).click();
      await modal().waitFor({ state: 'detached' });
    });

    test('typing goes on undisturbed while messages arrive', async () => {
      await command('modal');
      const problem = modal().getByRole('textbox', { name: 'Business problem' });
      await problem.pressSequentially('Half a sent');
      await under.app.client.chat.postMessage({ channel: demoChannels.deals, text: 'Meanwhile' });
      await tab.getByText('Meanwhile').waitFor();
      await tab.keyboard.type('ence');
      expect(await problem.inputValue()).toBe('Half a sentence');
    });

    test('a view updated by the app keeps what was typed', async () => {
      await command('modal');
      await modal().getByRole('textbox', { name: 'Business problem' }).fill('Typed before');
      await modal()
        .getByRole('radio', { name: /Visibility/ })
        .check();
      await modal().getByRole('button', { name: 'Reload' }).click();
      await modal().getByText('Reloaded').waitFor();
      expect(await modal().getByRole('textbox', { name: 'Business problem' }).inputValue()).toBe(
        'Typed before',
      );
      expect(
        await modal()
          .getByRole('radio', { name: /Visibility/ })
          .isChecked(),
      ).toBe(true);
    });

    test('Tab stays within, Escape closes, and the cursor is back in the composer', async () => {
      await command('modal');
      await modal().waitFor();
      for (let press = 0; press < 15; press += 1) {
        await tab.keyboard.press('Tab');
        expect(await hasFocus('[role=dialog]')).toBe(1);
      }
      await tab.keyboard.press('Escape');
      await modal().waitFor({ state: 'detached' });
      await expect.poll(() => hasFocus('#composer')).toBe(1);
    });

    test('Escape still closes a modal whose pressed button an update took away', async () => {
      await command('modal');
      await modal().getByRole('button', { name: 'Finish' }).click();
      await modal().getByText('All done').waitFor();
      await tab.keyboard.press('Escape');
      await modal().waitFor({ state: 'detached' });
    });

    test('a view pushed on top closes on its own, and the one below is as it was', async () => {
      await command('modal');
      await modal().getByRole('textbox', { name: 'Business problem' }).fill('Still here');
      await modal().getByRole('button', { name: 'Another view' }).click();
      await tab.getByRole('dialog', { name: 'On top' }).waitFor();
      await tab.getByRole('button', { name: 'Back' }).click();
      await tab.getByRole('dialog', { name: 'Submit opportunity' }).waitFor();
      expect(await modal().getByRole('textbox', { name: 'Business problem' }).inputValue()).toBe(
        'Still here',
      );
    });
  });

  describe('people and channels', () => {
    test('a guest sees the channels they are in, and no others', async () => {
      await tab.getByRole('radio', { name: /Gus/ }).check();
      await tab.getByRole('button', { name: 'general' }).waitFor({ state: 'detached' });
      await tab.getByRole('button', { name: 'deals' }).waitFor();
    });

    test('whoever is chosen acts at once, while the page still shows what the last one saw', async () => {
      const held = Promise.withResolvers<void>();
      await tab.route(/api\/state\?user=U07GUSGUEST/, async (route) => {
        await held.promise;
        await route.continue();
      });
      await tab.getByRole('radio', { name: /Gus/ }).check();
      const sent = tab.waitForRequest(/api\/act/);
      await command('message');
      expect((await sent).postDataJSON()).toMatchObject({ type: 'slashCommand', user: demoPeople.gus });
      expect(await tab.getByRole('radio', { name: /Gus/ }).isChecked()).toBe(true);
      held.resolve();
      await tab.getByRole('button', { name: 'general' }).waitFor({ state: 'detached' });
    });

    test('whoever is chosen comes to their own App Home, however soon it is opened', async () => {
      for (const person of [demoPeople.ana, demoPeople.gus]) under.slack.directMessage(person);
      await tab.getByRole('button', { name: 'Opportunity Bot' }).waitFor();
      const held = Promise.withResolvers<void>();
      await tab.route(/api\/state\?user=U07GUSGUEST/, async (route) => {
        await held.promise;
        await route.continue();
      });
      await tab.getByRole('radio', { name: /Gus/ }).check();
      const opened = tab.waitForRequest(/api\/act/);
      await tab.getByRole('button', { name: 'Opportunity Bot' }).click();
      expect((await opened).postDataJSON()).toEqual({
        type: 'openHome',
        user: demoPeople.gus,
        tab: 'home',
      });
      held.resolve();
      await tab.getByRole('button', { name: 'general' }).waitFor({ state: 'detached' });
      await tab.getByRole('region', { name: 'Home', exact: true }).waitFor();
    });

    test('the bot is added to a channel that it is not in', async () => {
      await tab.getByRole('button', { name: 'general' }).click();
      await tab.getByRole('button', { name: 'Add the bot' }).click();
      await tab.getByRole('button', { name: 'Add the bot' }).waitFor({ state: 'detached' });
      const channel = under.slack.channels().find(({ id }) => id === demoChannels.general);
      expect(channel?.members).toContain(under.slack.botUserId);
    });

    test('a reload keeps whose eyes and which channel', async () => {
      await tab.getByRole('radio', { name: /Ben/ }).check();
      await tab.getByRole('button', { name: 'general' }).click();
      await tab.getByRole('heading', { name: 'general' }).waitFor();
      await tab.reload();
      await tab.getByRole('heading', { name: 'general' }).waitFor();
      expect(await tab.getByRole('radio', { name: /Ben/ }).isChecked()).toBe(true);
    });
  });

  describe('Partner Central', () => {
    test('the reviewer decides, with comments', async () => {
      await openGroup('With AWS, or decided');
      await row('O3002')
        .getByRole('button', { name: /^Ask for more/ })
        .click();
      await tab.getByLabel(/what does AWS tell the partner/).fill('Which workload?');
      await tab.getByRole('button', { name: 'Send to the partner' }).click();
      await row('O3002').getByText('Action Required', { exact: true }).waitFor();
      await row('O3002').getByText('Which workload?').waitFor();
      await row('O3002')
        .getByRole('button', { name: /^Approve/ })
        .click();
      await row('O3002').getByText('Approved', { exact: true }).waitFor();
    });

    test('the automatic reviewer decides by itself', async () => {
      await tab.getByRole('switch', { name: 'Auto-review' }).check();
      await row('O3001').getByText('Approved', { exact: true }).waitFor();
    });

    test('a fault is on until it is switched off', async () => {
      await tab.getByText('Make things go wrong').click();
      const fault = tab.getByRole('switch', { name: /Posting fails: not_in_channel/ });
      await fault.check();
      await tab.getByText('1 on').waitFor();
      await expect(
        under.app.client.chat.postMessage({ channel: demoChannels.deals, text: 'Lost' }),
      ).rejects.toThrow('not_in_channel');
      await tab.getByRole('button', { name: 'Switch all off' }).click();
      await tab.getByText('1 on').waitFor({ state: 'detached' });
      expect(await fault.isChecked()).toBe(false);
      await under.app.client.chat.postMessage({ channel: demoChannels.deals, text: 'Arrived' });
      await tab.getByText('Arrived').waitFor();
    });
  });

  test.each([1280, 800, 400])('at %i pixels wide nothing is cut off sideways', async (width) => {
    await command('message');
    await tab.setViewportSize({ width, height: 800 });
    expect(await tab.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });

  test('a modal higher than the window scrolls inside, with its buttons in view', async () => {
    await tab.setViewportSize({ width: 1280, height: 480 });
    await command('modal');
    const submit = modal().getByRole('button', { name: 'Submit' });
    await submit.waitFor();
    const box = await submit.boundingBox();
    expect((box?.y ?? 999) + (box?.height ?? 0)).toBeLessThan(480);
  });

  test('another form in the place of one begins at its top; the same form stays where it was', async () => {
    await tab.setViewportSize({ width: 1280, height: 480 });
    await command('modal');
    const body = 'document.querySelector(".dialog-body")';
    const scrolledTo = () => tab.evaluate<number>(`${body}.scrollTop`);
    const update = async (title: string, callbackId?: string) => {
      const view_id = (await modal().getAttribute('data-view-id')) ?? '';
      const view = { ...galleryModal(), title: { type: 'plain_text' as const, text: title } };
      await under.app.client.views.update({
        view_id,
        view: callbackId === undefined ? view : { ...view, callback_id: callbackId },
      });
      await modal().getByRole('heading', { name: title }).waitFor();
    };
    await modal().waitFor();
    await tab.evaluate(`${body}.scrollTop = 80`);
    await update('The same');
    expect(await scrolledTo()).toBe(80);
    await update('Another', 'another');
    expect(await scrolledTo()).toBe(0);
  });

  test('the bot posts to a person, and the page shows it under direct messages', async () => {
    const { id } = under.slack.directMessage(demoPeople.ana);
    await under.app.client.chat.postMessage({ channel: id, text: 'For you alone' });
    await tab.getByRole('button', { name: /Opportunity Bot/ }).click();
    await tab.getByText('For you alone').waitFor();
  });

  test('a page that is open when the demo ends says so, and comes back by itself once the demo is there again', async () => {
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
