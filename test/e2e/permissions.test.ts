import { expect, test } from 'vitest';
import { reads } from './words-on-screen.ts';
import { ana, ben, deals, general, gus, overBothTransports, sam } from './workspace.ts';

overBothTransports('who may do what', (open) => {
  test.each([
    ['a guest', gus, "Guests can't look up or submit"],
    ['somebody of another workspace', sam, 'Only people of the workspace this bot belongs to'],
  ])('%s sees no detail, and AWS is not asked', async (_, user, words) => {
    const { deal, look, command, message, aws } = await open();
    deal({ id: 'O1001', companyName: 'Northwind Fisheries' });
    const view = await look('O1001', { user });
    expect(reads(view)).toContain(words);
    expect(reads(view)).not.toContain('Northwind');
    expect(view.view).not.toHaveProperty('submit');

    await command('help', { user });
    expect(reads(await message("You can't submit here", { user }))).toContain(words);
    expect(aws.requests('GetOpportunity')).toEqual([]);
  });

  test('who is not listed in SUBMITTERS is told who can change that', async () => {
    const { deal, look, aws } = await open({ settings: { SUBMITTERS: ana } });
    deal({ id: 'O1001' });
    expect(reads(await look('O1001', { user: ben }))).toContain("You can't submit yet");
    expect(aws.requests('GetOpportunity')).toEqual([]);
    expect(reads(await look('O1001', { user: ana }))).toContain('How should AWS be involved?');
  });

  test.each([
    ['a person', ben, `<@${ben}>`],
    ['a user group', 'S07OPERATOR', '<!subteam^S07OPERATOR>'],
    ['a channel', general, `<#${general}>`],
    ['nobody', '', 'whoever runs this bot'],
  ])('CONTACT names whom to ask: %s', async (_, contact, named) => {
    const { look, command, message } = await open({ settings: { SUBMITTERS: ana, CONTACT: contact } });
    expect(reads(await look('O1001', { user: ben }))).toContain(`Ask ${named}`);
    await command('help', { user: ben });
    const help = reads(await message("You can't submit here", { user: ben }));
    expect(help).toContain(`Ask ${named}`);
    if (contact === '') expect(help).not.toContain('Questions:');
    else expect(help).toContain(`Questions: ${named}.`);
  });

  test('members of a listed user group may, others may not', async () => {
    const { slack, deal, look } = await open({ settings: { SUBMITTERS: 'S07SELLERS0' } });
    slack.addUserGroup({ id: 'S07SELLERS0', handle: 'sellers', users: [ben] });
    deal({ id: 'O1001' });
    expect(reads(await look('O1001', { user: ben }))).toContain('How should AWS be involved?');
    expect(reads(await look('O1001', { user: ana }))).toContain("You can't submit yet");
  });

  test('outside CHANNELS the command looks nothing up', async () => {
    const { deal, look, aws } = await open({ settings: { CHANNELS: deals } });
    deal({ id: 'O1001' });
    expect(reads(await look('O1001', { channel: general }))).toContain("This bot isn't used in this channel");
    expect(aws.requests('GetOpportunity')).toEqual([]);
    expect(reads(await look('O1001', { channel: deals }))).toContain('How should AWS be involved?');
  });

  test('who was asked for an ID and may not see it sees nothing of the deal', async () => {
    const { slack, deal, command, modal, aws } = await open();
    deal({ id: 'O1001' });
    // The question stays where Slack can't say who asks.
    const heal = slack.injectFault({ method: 'users.info', kind: { type: 'http-500' } });
    await command('', { user: gus });
    await modal('Opportunity ID', { user: gus });
    await slack.fillIn(gus, { opportunity_id: 'O1001' });
    heal();
    await slack.submitView(gus);
    await modal("Guests can't look up or submit", { user: gus });
    expect(aws.requests('GetOpportunity')).toEqual([]);
  });

  test('when Slack cannot say who somebody is, nothing is shown, and Try again looks again', async () => {
    const { slack, deal, look, modal, aws } = await open();
    deal({ id: 'O1001' });
    const heal = slack.injectFault({ method: 'users.info', kind: { type: 'http-500' } });
    expect(reads(await look('O1001'))).toContain("We couldn't check whether you may do this");
    expect(aws.requests('GetOpportunity')).toEqual([]);
    heal();
    await slack.clickViewButton({ user: ana, actionId: 'look_again' });
    await modal('How should AWS be involved?');
  });

  test('who became a guest after looking cannot submit', async () => {
    const { slack, later, deal, look, aws } = await open();
    deal({ id: 'O1001' });
    await look('O1001');
    await slack.fillIn(ana, { involvement_type: 'Co-Sell', lock: ['understood'] });
    slack.addUser({ id: ana, name: 'ana', realName: 'Ana', kind: 'guest' });
    await later(61_000);
    await slack.submitView(ana);
    expect(reads(slack.view(ana) ?? (await look('O1001')))).toContain("Guests can't look up or submit");
    expect(slack.messages(deals)).toEqual([]);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('who became a guest after looking has the form emptied by their next choice', async () => {
    const { slack, later, deal, look, modal } = await open();
    deal({ id: 'O1001', companyName: 'Northwind Fisheries' });
    await look('O1001');
    slack.addUser({ id: ana, name: 'ana', realName: 'Ana', kind: 'guest' });
    await later(61_000);
    await slack.fillIn(ana, { involvement_type: 'Co-Sell' });
    expect(reads(await modal("Guests can't look up or submit"))).not.toContain('Northwind');
  });

  test('who was taken out of the user group half a minute before Submit: not sent, and the message says so', async () => {
    const { slack, later, aws, deal, look, choose, message } = await open({
      settings: { SUBMITTERS: 'S07SELLERS0' },
    });
    slack.addUserGroup({ id: 'S07SELLERS0', handle: 'sellers', users: [ana] });
    deal({ id: 'O1001' });
    await look('O1001');
    slack.addUserGroup({ id: 'S07SELLERS0', handle: 'sellers', users: [] });
    await later(30_000);
    await choose();
    expect(reads(await message('Not sent: no longer allowed: O1001'))).toContain('Nothing was submitted');
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('who was deactivated after submitting, before it was sent: not sent, and the message says so', async () => {
    const { slack, later, aws, deal, look, choose, message } = await open();
    deal({ id: 'O1001' });
    await look('O1001');
    const heal = aws.injectFault({ operation: 'GetOpportunity', kind: { type: 'throttle' } });
    await choose();
    await message('Waiting for AWS: O1001');
    slack.addUser({ id: ana, name: 'ana', realName: 'Ana', kind: 'deactivated' });
    // For 5 s what Slack said before counts.
    await later(61_000);
    expect(reads(await message('Not sent: no longer allowed: O1001'))).toContain('Nothing was submitted');
    heal();
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });
});
