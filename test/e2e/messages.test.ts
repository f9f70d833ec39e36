import { expect, test } from 'vitest';
import { buttons, markup, reads } from './words-on-screen.ts';
import { ana, ben, deals, general, overBothTransports, sam } from './workspace.ts';

const SPIKED =
  'A <!channel> & <@U07BENALLIA> *bold* _it_ `code` <https://phish.example|press> \u202Edesrever\u2066';
const noTricks = (text: string) => {
  expect(text).not.toMatch(/<!channel|<!here|<@U07BENALLIA|<https:\/\/phish|[\u202A-\u202E\u2066-\u2069]/);
  expect(text).not.toMatch(/ \*bold\*| `code`/);
};

overBothTransports('the buttons of a message', (open) => {
  test.each([
    ['In review', 'In review at AWS'],
    ['Approved', 'Approved by AWS'],
    ['Rejected', 'Rejected by AWS'],
    ['Action Required', 'Action required'],
    ['Escalated <!here>', 'AWS says: Escalated'],
  ])(
    'Check status, when AWS says %s: the one message is changed, and the person is answered',
    async (status, headline) => {
      const { slack, aws, deal, submit, message, press } = await open();
      deal();
      await submit('O1001');
      const pending = await message('Approval pending: O1001');
      aws.review('AWS', 'O1001', status);
      await press(pending, 'check_status');
      expect((await message(" · O1001: AWS's review says")).ephemeralTo).toBe(ana);
      const changed = await message(`${headline}`);
      const shown = slack.messages(deals, ben).filter(({ threadTs }) => threadTs === undefined);
      expect(shown).toHaveLength(1);
      expect(shown[0]?.ts).toBe(pending.ts);
      noTricks(markup(changed));
      expect(shown.map(reads).join()).not.toContain('Northwind');
    },
  );

  test('pressed on a screen that is behind: what was pressed there counts, and does no harm', async () => {
    const { slack, aws, deal, submit, message, press } = await open();
    deal();
    await submit('O1001');
    const pending = await message('Approval pending: O1001');
    aws.review('AWS', 'O1001', 'Action Required', { comments: 'Please say more.' });
    await press(pending, 'check_status');
    const { ts } = await message('Action required: O1001');
    const late = { user: ben, channel: deals, ts, seen: pending };
    expect(await slack.clickButton({ ...late, actionId: 'check_status' })).toMatchObject({
      acknowledged: true,
    });
    expect((await message(" · O1001: AWS's review says", { user: ben })).ephemeralTo).toBe(ben);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  test('Check status, when AWS cannot be asked', async () => {
    const { aws, deal, submit, message, press } = await open();
    deal();
    await submit('O1001');
    const pending = await message('Approval pending: O1001');
    const heal = aws.injectFault({ operation: 'GetOpportunity', kind: { type: 'html-503', execute: false } });
    await press(pending, 'check_status');
    expect((await message("AWS couldn't be asked just now")).ephemeralTo).toBe(ana);
    heal();
    await message('Approval pending: O1001');
  });

  test.each([
    ['AccessDeniedException', "AWS doesn't let this bot see the opportunity right now"],
    ['ResourceNotFoundException', "AWS doesn't find the opportunity any more"],
    ['UnrecognizedClientException', "can't sign in to AWS"],
  ])('Details, when AWS answers %s', async (name, words) => {
    const { aws, deal, submit, message, modal, press } = await open();
    deal();
    await submit('O1001');
    const pending = await message('Approval pending: O1001');
    aws.injectFault({ operation: 'GetOpportunity', kind: { type: 'error', name } });
    await press(pending, 'show_details');
    await modal(words);
  });

  test('Details shows the deal to whoever may see it, and to nobody else', async () => {
    const { slack, deal, submit, message, modal, press } = await open();
    deal({ companyName: 'Northwind Fisheries' });
    await submit('O1001');
    await press(await message('Approval pending: O1001'), 'show_details', { user: ben });
    await modal('Northwind Fisheries', { user: ben });
    expect(slack.messages(deals).map(reads).join()).not.toContain('Northwind');
  });

  test('Open in Partner Central leads to the deal, and so does its ID; pressing it is heard', async () => {
    const { deal, submit, message, press } = await open();
    deal();
    await submit('O1001');
    const pending = await message('Approval pending: O1001');
    const page = 'https://us-east-1.console.aws.amazon.com/partnercentral/opportunities/O1001';
    expect(JSON.stringify(pending.blocks)).toContain(`"url":"${page}"`);
    expect(markup(pending)).toContain(`*Approval pending: <${page}|O1001>*`);
    expect(pending.text).not.toContain('https:');
    expect(await press(pending, 'view_in_partner_central')).toMatchObject({ acknowledged: true });
  });

  test('every button says to a screen reader which opportunity it is about', async () => {
    const { deal, submit, message } = await open();
    deal();
    await submit('O1001');
    const pending = JSON.stringify((await message('Approval pending: O1001')).blocks);
    expect(pending.match(/"accessibility_label":"[^"]*O1001"/g)).toHaveLength(1);
  });

  test('Cancel pressed too late: it has been sent', async () => {
    const { slack, aws, deal, look, choose, message, press } = await open();
    deal();
    await look('O1001');
    const heal = slack.injectFault({ method: 'chat.update', kind: { type: 'http-500' } });
    aws.injectFault({ operation: 'SubmitOpportunity', kind: { type: 'latency', ms: 50 } });
    aws.injectFault({ operation: 'GetOpportunity', kind: { type: 'latency', ms: 100 }, times: 1 });
    await choose();
    const onItsWay = await message('On its way to AWS');
    expect(buttons(onItsWay)).toEqual(['Cancel']);
    await expect.poll(() => aws.submissionsExecuted('O1001')).toBe(1);
    await press(onItsWay, 'cancel_submission');
    expect((await message("It's too late to take it back")).ephemeralTo).toBe(ana);
    heal();
  });
});

overBothTransports('what a message shows of the deal', (open) => {
  test('a National Security deal: nothing but its ID, in the channel, in the details, anywhere', async () => {
    const { slack, deal, submit, message, modal, press } = await open({
      settings: { DETAIL_CHANNELS: deals },
    });
    deal({
      companyName: 'Ministry of Sandcastles',
      title: 'Very secret',
      fields: {
        NationalSecurity: 'Yes',
        'Customer.Account.Industry': 'Government',
        'Customer.Account.Address.CountryCode': 'US',
      },
    });
    await submit('O1001');
    const pending = await message('Approval pending: O1001');
    expect(reads(pending)).not.toMatch(/Involvement|Co-Sell|Visibility|Production/);
    await press(pending, 'show_details');
    await modal('This is a National Security deal');
    expect(slack.messages(deals).map(reads).join()).not.toMatch(
      /Sandcastles|secret|Agriculture|Norway|Prospect/,
    );
  });

  test('a National Security deal that AWS refuses: what to do, without what AWS objects to', async () => {
    const { deal, submit, message } = await open();
    deal({
      fields: {
        NationalSecurity: 'Yes',
        'Customer.Account.Industry': 'Government',
        'Customer.Account.Address.CountryCode': 'US',
      },
    });
    await submit('O1001', { involvement: 'For Visibility Only' });
    const refused = reads(await message('AWS needs something changed first: O1001'));
    expect(refused).toContain("isn't shown here: it is a National Security deal");
    expect(refused).not.toMatch(/Change these|Involvement/);
  });

  test('in a channel of DETAIL_CHANNELS the message shows the deal, elsewhere it does not', async () => {
    const { slack, deal, submit, message } = await open({ settings: { DETAIL_CHANNELS: deals } });
    slack.leave(deals, sam);
    slack.join(general, slack.botUserId);
    deal({ id: 'O1001', companyName: 'Northwind Fisheries' });
    deal({ id: 'O1002', companyName: 'Calder Logistics' });
    await submit('O1001');
    expect(reads(await message('Approval pending: O1001'))).toContain('Northwind Fisheries');
    await submit('O1002', {}, { channel: general });
    expect(reads(await message('Approval pending: O1002', { channel: general }))).not.toContain('Calder');
  });

  test.each([
    'in which people of another organisation are',
    'to which they are invited',
    'of which Slack does not say',
  ])('a channel of DETAIL_CHANNELS %s shows no deal', async (which) => {
    const { slack, deal, submit, message, later, aws, press } = await open({
      settings: { DETAIL_CHANNELS: deals },
    });
    if (!which.startsWith('in which')) slack.leave(deals, sam);
    if (which.startsWith('to which')) slack.invite(deals);
    const fault = { method: 'conversations.info', kind: { type: 'http-500' } } as const;
    const heal = which.startsWith('of which') ? slack.injectFault(fault) : () => {};
    deal({ id: 'O1001', companyName: 'Northwind Fisheries' });
    await submit('O1001');
    const pending = await message('Approval pending: O1001');
    expect(reads(pending)).not.toContain('Northwind');
    heal();
    // It may become inside again, and is asked each time.
    slack.leave(deals, sam);
    slack.invite(deals, false);
    aws.review('AWS', 'O1001', 'Action Required', { comments: 'Northwind asks' });
    await later(60_000);
    await press(pending, 'check_status');
    expect(reads(await message('Action required: O1001'))).toContain('Northwind asks');
  });

  test('texts that would call people, link away or turn round are shown as they are written', async () => {
    const { slack, deal, look, choose, message, modal, press } = await open({
      settings: { DETAIL_CHANNELS: deals },
    });
    slack.leave(deals, sam);
    deal({
      companyName: SPIKED,
      title: SPIKED,
      fields: {
        'Customer.Account.Address.CountryCode': '<!here>',
        'LifeCycle.TargetCloseDate': '2030-01-01',
      },
    });
    // AWS takes no submission with such a spend; the form has to show it all the same.
    const Spiked = { Amount: '10', CurrencyCode: '<!here>', Frequency: '<!here>', TargetCompany: 'AWS' };
    deal({ id: 'O1002', fields: { 'Project.ExpectedCustomerSpend': [Spiked] } });
    noTricks(markup(await look('O1002')));
    await slack.closeView(ana);
    const form = markup(await look('O1001'));
    noTricks(form);
    expect(form).toContain('&lt;!channel&gt; &amp; &lt;@U07BENALLIA&gt;');
    await choose();
    noTricks(markup(await message('Approval pending')));
    await press(await message('Approval pending'), 'show_details');
    noTricks(markup(await modal('*AWS review*')));
    slack.messages(deals).map(markup).forEach(noTricks);
  });

  test.each([
    ['ampersands', '&'],
    ['angle brackets', '<'],
    ['stars, which are defused', '*'],
    ['families', '👩‍👩‍👧‍👦'],
    ['letters', 'x'],
  ])('texts as long as AWS takes them, full of %s, fit on every surface', async (_, letter) => {
    const { slack, aws, deal, submit, look, message, modal, press } = await open({
      settings: { DETAIL_CHANNELS: deals },
    });
    slack.leave(deals, sam);
    const text = (length: number) => letter.repeat(length).slice(0, length);
    deal({
      id: 'O1',
      title: text(255),
      companyName: text(120),
      fields: {
        'Project.CustomerBusinessProblem': text(2000),
        'Project.ExpectedCustomerSpend': Array.from({ length: 10 }, () => ({
          Amount: '123456789012345678901234567890.12',
          CurrencyCode: 'USD',
          Frequency: 'Monthly',
          TargetCompany: text(80),
        })),
      },
    });
    await submit('O1');
    const pending = await message(/Approval pending: O1$/m);
    aws.review('AWS', 'O1', 'Action Required', { comments: text(2000), reason: text(2000) });
    await press(pending, 'show_details');
    await modal("AWS's own words");
    await message(/Action required: O1$/m);
    const view = await look('O1');
    expect(reads(view)).toContain('AWS wants changes');
    // A form's update that comes after the person's next choice is overtaken, as it should be, and one of a form that was
    // closed or gave way finds none.
    const expected = ['ratelimited', 'hash_conflict', 'not_found'];
    const failed = slack.calls().filter(({ ok, error }) => !ok && !expected.includes(error ?? ''));
    expect(failed).toEqual([]);
  });

  test('an ID with all its 19 digits', async () => {
    const { deal, submit, message } = await open();
    const id = `O${'9'.repeat(19)}`;
    deal({ id });
    await submit(id);
    await message(`Approval pending: ${id}`);
  });
});
