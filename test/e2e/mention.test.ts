import { expect, test } from 'vitest';
import { idle } from './passing-time.ts';
import { buttons, reads } from './words-on-screen.ts';
import { ana, ben, deals, general, gus, overBothTransports, sam, type Workspace } from './workspace.ts';

const FORM = 'How should AWS be involved?';

/** Somebody mentions the bot. */
const mention = ({ slack }: Workspace, text: string, options: { user?: string; threadTs?: string } = {}) =>
  slack.say({
    user: options.user ?? ana,
    channel: deals,
    text: `<@${slack.botUserId}> ${text}`,
    ...(options.threadTs === undefined ? {} : { threadTs: options.threadTs }),
  });

/** A mention as Slack delivers it. */
const event = ({ slack }: Workspace, id: string, given: Readonly<Record<string, unknown>> = {}) => ({
  type: 'event_callback',
  token: 'none',
  team_id: slack.team.id,
  api_app_id: slack.appId,
  event_id: id,
  event_time: 1,
  authorizations: [{ team_id: slack.team.id, user_id: slack.botUserId, is_bot: true, enterprise_id: null }],
  event: {
    type: 'app_mention',
    user: ana,
    team: slack.team.id,
    channel: deals,
    text: `<@${slack.botUserId}> O1001`,
    ts: '1700000000.000100',
    event_ts: '1700000000.000100',
    ...given,
  },
});

overBothTransports('a mention of the bot', (open) => {
  test('with an ID: a button for this person opens the form, and the outcome comes in the thread', async () => {
    const workspace = await open();
    const { slack, deal, message, press, modal, choose } = workspace;
    deal({ companyName: 'Northwind Fisheries' });
    const said = await mention(workspace, 'please submit O1001');
    const offer = await message('Open the form for O1001 here');
    expect(offer.ephemeralTo).toBe(ana);
    expect(offer.threadTs).toBeUndefined();
    expect(buttons(offer)).toEqual(['Open the form']);
    expect(reads(offer)).not.toContain('Northwind');
    await press(offer, 'open_form');
    await modal(FORM);
    await choose();
    expect((await message('Approval pending: O1001')).threadTs).toBe(said.ts);
    expect(slack.messages(deals, ben).filter(({ threadTs }) => threadTs === undefined)).toHaveLength(1);
  });

  test('in a thread: the button is there, and the outcome too', async () => {
    const workspace = await open();
    const { slack, deal, message, press, modal, choose } = workspace;
    deal();
    const root = await slack.say({ user: ben, channel: deals, text: 'About Northwind' });
    await mention(workspace, 'O1001', { threadTs: root.ts });
    const offer = await message('Open the form for O1001 here');
    expect(offer.threadTs).toBe(root.ts);
    await press(offer, 'open_form');
    await modal(FORM);
    await choose();
    expect((await message('Approval pending: O1001')).threadTs).toBe(root.ts);
  });

  test('with several IDs the form is for all of them; with none, it asks for one', async () => {
    const workspace = await open();
    const { slack, deal, message, press, modal } = workspace;
    deal();
    deal({ id: 'O1002' });
    await mention(workspace, 'O1001 or O1002?');
    await press(await message('You named several'), 'open_form');
    await modal('2 deals');
    await slack.closeView(ana);
    await mention(workspace, 'please');
    await press(await message('mention me with its ID'), 'open_form');
    await modal('Opportunity ID');
  });

  test.each([
    ['help', 'A submission locks the deal'],
    ['list', 'You have submitted nothing with this bot yet'],
    ['status', 'Nothing of yours is under way'],
    ['status O1001', 'This bot has no record of O1001'],
  ])('that asks for %s is answered, to this person only', async (text, words) => {
    const workspace = await open();
    workspace.deal();
    await mention(workspace, text);
    expect((await workspace.message(words)).ephemeralTo).toBe(ana);
  });

  test('that asks something about opportunities offers their status, and submitting to nobody', async () => {
    const workspace = await open();
    const { slack, deal, message, press } = workspace;
    deal();
    deal({ id: 'O1002' });
    await mention(workspace, 'why is O1002 stuck, and not O1001?');
    const answer = await message("I didn't get");
    expect(answer.ephemeralTo).toBe(ana);
    expect(buttons(answer)).toEqual(['Status of O1002', 'Status of O1001', 'Pick a deal', 'Help']);
    await press(answer, 'asked');
    await message('This bot has no record of O1002');
    expect(slack.view(ana)).toBeUndefined();
  });

  test('that is edited into a question is answered once', async () => {
    const workspace = await open();
    const { slack, message } = workspace;
    const said = await mention(workspace, 'O1001');
    await message('Open the form for O1001 here');
    const edit = (text: string) =>
      slack.editMessage({ user: ana, channel: deals, ts: said.ts, text: `<@${slack.botUserId}> ${text}` });
    await edit('help');
    await message('A submission locks the deal');
    await edit('help!');
    await idle(workspace);
    expect(slack.calls('chat.postEphemeral')).toHaveLength(2);
  });

  test('with more IDs than go at once, that is said instead', async () => {
    const workspace = await open();
    await mention(workspace, Array.from({ length: 31 }, (_, index) => `O${index}`).join(' '));
    const answer = await workspace.message('That is 31 opportunities');
    expect(buttons(answer)).toEqual([]);
  });

  test('of more than 3,000 characters: it is said that nothing of it was read, once, and what reads it', async () => {
    const workspace = await open();
    const { slack, message } = workspace;
    const long = 'please '.repeat(430);
    const said = await mention(workspace, `O1001 ${long}`);
    const answer = await message('more than 3,000 characters');
    expect(answer.ephemeralTo).toBe(ana);
    expect(buttons(answer)).toEqual([]);
    const edit = (text: string) =>
      slack.editMessage({ user: ana, channel: deals, ts: said.ts, text: `<@${slack.botUserId}> ${text}` });
    await edit(`O1001 O1002 ${long}`);
    await edit('O1001');
    await message('Open the form for O1001 here');
    expect(slack.calls('chat.postEphemeral')).toHaveLength(2);
  });

  test('where Slack shows nobody anything in private, the button comes in the thread', async () => {
    const workspace = await open();
    const { slack, message } = workspace;
    const error = { type: 'error', error: 'user_not_in_channel' } as const;
    slack.injectFault({ method: 'chat.postEphemeral', kind: error });
    const said = await mention(workspace, 'O1001');
    const offer = await message('Open the form for O1001 here');
    expect(offer).toMatchObject({ ephemeralTo: undefined, threadTs: said.ts });
  });

  test('where Slack shows nobody anything in private, what somebody asked for themselves comes as a direct message', async () => {
    const workspace = await open();
    const { slack } = workspace;
    const error = { type: 'error', error: 'user_not_in_channel' } as const;
    slack.injectFault({ method: 'chat.postEphemeral', kind: error });
    await mention(workspace, 'list');
    await expect
      .poll(() => slack.calls('chat.postMessage').map((call) => call.arguments.channel))
      .toEqual([ana]);
  });

  test('an event that Slack delivers again is answered once, also after a restart', async () => {
    const workspace = await open();
    const { slack } = workspace;
    const offers = () => slack.calls('chat.postEphemeral').length;
    await slack.deliver('events_api', event(workspace, 'Ev1'));
    await slack.deliver('events_api', event(workspace, 'Ev1'));
    await idle(workspace);
    expect(offers()).toBe(1);
    await workspace.restart();
    await slack.deliver('events_api', event(workspace, 'Ev1'));
    await slack.deliver('events_api', event(workspace, 'Ev2', { ts: '1700000000.000200' }));
    await idle(workspace);
    expect(offers()).toBe(2);
  });

  test('that is edited is the same mention, also after a restart', async () => {
    const workspace = await open();
    const { slack } = workspace;
    const said = await mention(workspace, 'O1001');
    const edit = (text: string) =>
      slack.editMessage({ user: ana, channel: deals, ts: said.ts, text: `<@${slack.botUserId}> ${text}` });
    await edit('O1001, please');
    await idle(workspace);
    await workspace.restart();
    await edit('O1001, please!');
    await edit('never mind');
    await idle(workspace);
    expect(slack.calls('chat.postEphemeral')).toHaveLength(1);
  });

  test('that names another ID after an edit: that one is offered too, once and by itself', async () => {
    const workspace = await open();
    const { slack, message, press, modal, choose, deal } = workspace;
    deal({ id: 'O1002' });
    const said = await mention(workspace, 'please');
    await message('mention me with its ID');
    const edit = (text: string) =>
      slack.editMessage({ user: ana, channel: deals, ts: said.ts, text: `<@${slack.botUserId}> ${text}` });
    await edit('O1001');
    await message('Open the form for O1001 here');
    await edit('O1001 O1002');
    const offer = await message('Open the form for O1002 here');
    await edit('O1002');
    await idle(workspace);
    expect(slack.calls('chat.postEphemeral')).toHaveLength(3);
    await press(offer, 'open_form');
    await modal(FORM);
    await choose();
    expect((await message('Approval pending: O1002')).threadTs).toBe(said.ts);
  });

  test('that an edit brings into a message is answered', async () => {
    const workspace = await open();
    const { slack, message } = workspace;
    const said = await slack.say({ user: ana, channel: deals, text: 'O1001' });
    await slack.editMessage({
      user: ana,
      channel: deals,
      ts: said.ts,
      text: `<@${slack.botUserId}> O1001`,
    });
    await message('Open the form for O1001 here');
  });

  test('under a forwarded notification: the ID is read from its fields, as it was pasted', async () => {
    const workspace = await open();
    await workspace.slack.deliver(
      'events_api',
      event(workspace, 'Ev1', {
        text: `<@${workspace.slack.botUserId}>`,
        attachments: [
          { fallback: '[no preview]', fields: [{ title: 'Deal', value: '\u2066*O10*01\u2069.' }] },
        ],
      }),
    );
    await workspace.message('Open the form for O1001 here');
  });

  test("another app's mention is nobody's to answer", async () => {
    const workspace = await open();
    const { slack } = workspace;
    await slack.deliver('events_api', event(workspace, 'Ev1', { bot_id: 'B0OTHER' }));
    await idle(workspace);
    expect(slack.messages(deals)).toEqual([]);
  });

  test.each([
    ['a guest', gus, "Guests can't"],
    ['somebody of another workspace', sam, 'Only people of the workspace'],
    ['somebody who is not listed', ben, "You can't submit yet"],
  ])('%s is told whom to ask, and gets no button', async (_, user, words) => {
    const workspace = await open({ settings: { SUBMITTERS: ana } });
    await mention(workspace, 'O1001', { user });
    const answer = await workspace.message(words, { user });
    expect(answer.ephemeralTo).toBe(user);
    expect(buttons(answer)).toEqual([]);
    expect(workspace.aws.requests('GetOpportunity')).toEqual([]);
  });

  test('outside CHANNELS it is said that the bot is not used there', async () => {
    const workspace = await open({ settings: { CHANNELS: general } });
    await mention(workspace, 'O1001');
    await workspace.message("This bot isn't used in this channel");
  });
});
