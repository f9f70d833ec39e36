import { expect, test } from 'vitest';
import { idle } from './passing-time.ts';
import { requestMany } from './queue/many.ts';
import { buttons, menu, reads } from './words-on-screen.ts';
import { ana, ben, deals, general, gus, overBothTransports, sam } from './workspace.ts';

overBothTransports('/submit-opportunity status O123', (open) => {
  test('says what this bot recorded, by whom and when, and what AWS says now', async () => {
    const { slack, aws, deal, submit, command, message } = await open();
    deal({ companyName: 'Northwind Fisheries' });
    await submit('O1001');
    await message('Approval pending: O1001');
    aws.review('AWS', 'O1001', 'In review');

    await command('status o1001', { user: ben });
    const answer = await message("AWS's review says: *In review*", { user: ben });
    expect(answer.ephemeralTo).toBe(ben);
    expect(reads(answer)).toContain('In review at AWS: O1001');
    expect(reads(answer)).toContain(` · <@${ana}> · `);
    expect(reads(answer)).toMatch(/asked <!date\^/);
    expect(reads(answer)).toContain("*Northwind Fisheries*: AWS's review says");
    expect(menu(answer).map(({ text }) => text)).toContain('Details');
    expect(slack.messages(deals, ana).filter(({ ephemeralTo }) => ephemeralTo !== undefined)).toEqual([]);
    // What was found is written down: the one message says it too.
    await message(/^In review at AWS: O1001/);
  });

  test('of one this bot did not submit: that, and what AWS says', async () => {
    const { deal, command, message } = await open();
    deal({ reviewStatus: 'Approved', companyName: 'Northwind Fisheries' });
    await command('status O1001');
    const answer = reads(await message('This bot has no record of O1001'));
    expect(answer).toContain("AWS's review says: *Approved*");
    expect(answer).toContain('*Northwind Fisheries*');
  });

  test('a National Security deal goes by its ID alone, in every answer', async () => {
    const { slack, deal, submit, command, message, modal, press } = await open();
    deal({
      companyName: 'Ministry of Sandcastles',
      fields: {
        NationalSecurity: 'Yes',
        'Customer.Account.Industry': 'Government',
        'Customer.Account.Address.CountryCode': 'US',
      },
    });
    await submit('O1001');
    const pending = await message('Approval pending: O1001');
    for (const text of ['status', 'list', 'status O1001']) await command(text);
    await message("AWS's review says", { user: ana });
    await message('*Yours*', { user: ana });
    await press(pending, 'check_status');
    await message("*O1001*: AWS's review says", { user: ana });
    await press(pending, 'history');
    const history = reads(await modal('History of *O1001*'));
    expect([history, ...slack.messages(deals, ana).map(reads)].join()).not.toContain('Sandcastles');
  });

  test('of one that is not there: where this bot looks', async () => {
    const { command, message } = await open();
    await command('status O404');
    expect(reads(await message("AWS doesn't find O404"))).toContain('looks in Production');
  });

  test('AWS cannot be asked: the record is shown all the same, and that it could not', async () => {
    const { aws, deal, submit, command, message } = await open();
    deal();
    await submit('O1001');
    await message('Approval pending: O1001');
    aws.injectFault({ operation: 'GetOpportunity', kind: { type: 'throttle' } });
    await command('status O1001', { user: ben });
    const answer = reads(await message("AWS couldn't be asked just now", { user: ben }));
    expect(answer).toContain('Approval pending: O1001');
  });

  test('what is no ID is quoted back', async () => {
    const { command, message } = await open();
    await command('status of Northwind');
    const answer = await message("I didn't get “status of Northwind”");
    expect(answer.ephemeralTo).toBe(ana);
    expect(buttons(answer)).toContain('My status');
  });
});

overBothTransports('/submit-opportunity status, alone', (open) => {
  test('nothing open: says so', async () => {
    const { command, message } = await open();
    await command('status');
    expect((await message('Nothing of yours is under way')).ephemeralTo).toBe(ana);
  });

  test('what needs the person, and what is under way, of their own only', async () => {
    const { aws, deal, submit, command, message } = await open();
    for (const id of ['O1', 'O2', 'O3', 'O4']) deal({ id, companyName: 'Northwind Fisheries' });
    await submit('O1');
    await message('Approval pending: O1');
    const heal = aws.injectFault({
      operation: 'SubmitOpportunity',
      times: 1,
      kind: { type: 'error', name: 'AccessDeniedException' },
    });
    await submit('O2');
    await message("AWS doesn't let the bot submit this: O2");
    heal();
    await submit('O3', {}, { user: ben });
    await message('Approval pending: O3');
    await submit('O4');
    await message('Approval pending: O4');
    aws.review('AWS', 'O4', 'Approved');
    await command('status O4');
    await message('Approved by AWS: O4', { user: ana });

    await command('status');
    const answer = await message('*Needs you*');
    expect(answer.ephemeralTo).toBe(ana);
    const [needs = '', underWay = ''] = reads(answer).split('*Under way*\n');
    expect(needs).toContain("*Northwind Fisheries* · O2: AWS doesn't let the bot submit this");
    expect(underWay).toMatch(/\*Northwind Fisheries\* · O1: Approval pending · <!date/);
    expect(underWay).not.toContain('by <@');
    expect(reads(answer)).not.toMatch(/O3|O4/);
  });

  test('what somebody else submitted after all needs nobody any more', async () => {
    const { aws, deal, submit, command, message } = await open();
    deal();
    aws.injectFault({
      operation: 'SubmitOpportunity',
      times: 1,
      kind: { type: 'error', name: 'AccessDeniedException' },
    });
    await submit('O1001');
    await message("AWS doesn't let the bot submit this: O1001");
    await submit('O1001', {}, { user: ben });
    await message('Approval pending: O1001');
    await command('status');
    await message('nothing needs you');
  });
});

overBothTransports('/submit-opportunity list', (open) => {
  test('nobody has submitted anything: says so', async () => {
    const { command, message } = await open();
    await command('list');
    const answer = await message('You have submitted nothing');
    expect(reads(answer)).toContain('Nobody else has submitted anything');
    expect(answer.ephemeralTo).toBe(ana);
  });

  test('what the review says stands there once', async () => {
    const { aws, deal, submit, command, message } = await open();
    deal();
    await submit('O1001');
    await message('Approval pending: O1001');
    aws.review('AWS', 'O1001', 'In review');
    await command('status O1001');
    await message('In review at AWS: O1001', { user: ana });
    await command('list');
    expect(reads(await message('*Yours*'))).toMatch(/ · O1001: In review at AWS · <!date/);
  });

  test('the newest of one’s own and of the team, a line each, and how many more', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    const { command, message } = workspace;
    await workspace.end();
    await requestMany(workspace, 13);
    await workspace.begin();
    await message('Kept, not sent yet: O5012');

    await command('list');
    const own = reads(await message('*Yours*'));
    expect(own).not.toContain('by <@');
    expect(own).toContain('O5012: Kept, not sent yet');
    expect(own.match(/• .*O\d+: /g)).toHaveLength(10);
    expect(own).not.toContain('O5002');
    expect(own).toContain('and 3 more');
    expect(own).toContain('Nobody else has submitted anything');

    await command('list', { user: ben });
    const others = reads(await message('*Yours*', { user: ben }));
    expect(others).toContain('You have submitted nothing');
    expect(others).toContain(`by <@${ana}>`);
    expect(others).toContain('and 3 more');
  });
});

overBothTransports('who may ask for records', (open) => {
  test.each(['status', 'status O1001', 'list'])('%s: who may not is told whom to ask', async (text) => {
    const workspace = await open({ settings: { SUBMITTERS: ana } });
    const { aws, deal, submit, command, message } = workspace;
    deal();
    await submit('O1001');
    await message('Approval pending: O1001');
    await idle(workspace);
    const asked = aws.requests('GetOpportunity').length;
    for (const [user, words] of [
      [gus, "Guests can't"],
      [sam, 'Only people of the workspace'],
      [ben, "You can't submit yet"],
    ] as const) {
      await command(text, { user });
      const answer = await message(words, { user });
      expect(answer.ephemeralTo).toBe(user);
      expect(reads(answer)).not.toContain('O1001');
    }
    expect(aws.requests('GetOpportunity')).toHaveLength(asked);
  });

  test('outside CHANNELS nothing is told', async () => {
    const { aws, deal, command, message } = await open({ settings: { CHANNELS: deals } });
    deal();
    await command('status O1001', { channel: general });
    await message("This bot isn't used in this channel", { channel: general });
    expect(aws.requests('GetOpportunity')).toEqual([]);
  });

  test('when Slack cannot say who somebody is, nothing is told', async () => {
    const { slack, command, message } = await open();
    slack.injectFault({ method: 'users.info', kind: { type: 'http-500' } });
    await command('list');
    await message("We couldn't check whether you may do this");
  });
});
