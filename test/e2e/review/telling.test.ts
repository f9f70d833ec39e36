import { describe, expect, test } from 'vitest';
import type { StandInMessage } from '../../../demo/slack/stand-in.ts';
import { HOUR, idle, letPass, MINUTE, within } from '../passing-time.ts';
import { buttons, markup, reads } from '../words-on-screen.ts';
import { ana, ben, board, deals, general, overSocketMode, sam, type Workspace } from '../workspace.ts';
import { inChannel, inDm, inThreads } from './thread.ts';

/** A deal that AWS has and that the bot follows, with its message in the channel. */
async function followed(workspace: Workspace, channel: string = deals): Promise<StandInMessage> {
  workspace.deal();
  await workspace.submit('O1001', {}, { channel });
  const message = await workspace.message('Approval pending: O1001', { channel });
  await workspace.slack.closeView(ana);
  await letPass(workspace, MINUTE);
  return message;
}

const decided = (workspace: Workspace, status = 'Approved', comments?: string): void =>
  workspace.aws.review('AWS', 'O1001', status, comments === undefined ? {} : { comments });

const APPROVED = 'Approved by AWS: O1001';
const textsOf = (messages: readonly StandInMessage[]): readonly string[] => messages.map(({ text }) => text);

overSocketMode('telling people what AWS decided', (start) => {
  // Whom AWS puts on a deal is told by a message of its own: after-approval.test.ts.
  const open: typeof start = (options) => start({ ...options, observed: { awsTeamFrom: 'assignment' } });

  test('AWS asked for changes, and has approved since: the green button in the thread is gone, and nothing is said twice', async () => {
    const workspace = await open();
    await followed(workspace);
    decided(workspace, 'Action Required');
    await within(workspace, MINUTE, () => inThreads(workspace).some((each) => buttons(each).length > 0));
    const [asked] = inThreads(workspace);
    expect(asked && buttons(asked)).toEqual(['Fix and send back']);
    decided(workspace);
    await within(workspace, MINUTE, () => inThreads(workspace).length === 2);
    await letPass(workspace, 5 * MINUTE);
    const [spent, approved, ...others] = inThreads(workspace);
    expect(others).toEqual([]);
    expect(spent?.ts).toBe(asked?.ts);
    expect(spent && buttons(spent)).toEqual([]);
    expect(spent && reads(spent)).toContain('It has moved on since.');
    expect(approved?.text).toBe(APPROVED);
  });

  describe('why AWS rejected it', () => {
    const REASON = 'Northwind is known to us already';
    /** Rejected, and a while later. */
    const rejected = async (workspace: Workspace) => {
      decided(workspace, 'Rejected', REASON);
      await within(workspace, MINUTE, () => inThreads(workspace).length > 0);
      await letPass(workspace, 5 * MINUTE);
    };

    test('comes to the person who submitted as a direct message, and never into the channel', async () => {
      const workspace = await open();
      await followed(workspace);
      await rejected(workspace);
      const [told, ...others] = inDm(workspace, ana);
      expect(others).toEqual([]);
      expect(told && reads(told)).toContain('Why AWS rejected it: O1001');
      expect(told && reads(told)).toContain(REASON);
      const others_ = [...inChannel(workspace), ...inThreads(workspace), ...inDm(workspace, ben)];
      expect(others_.map(reads).join()).not.toContain('Northwind');
    });

    test('not to who may no longer see the deal', async () => {
      const workspace = await open();
      await followed(workspace);
      workspace.slack.addUser({ id: ana, name: 'ana', realName: 'Ana', kind: 'guest' });
      await letPass(workspace, 2 * MINUTE);
      await rejected(workspace);
      expect(inDm(workspace, ana).map(reads).join()).not.toContain('Northwind');
    });

    test.each(['', deals])(
      'not of a National Security deal (DETAIL_CHANNELS=%s)',
      async (DETAIL_CHANNELS) => {
        const workspace = await open({ settings: { DETAIL_CHANNELS } });
        workspace.slack.leave(deals, sam);
        workspace.deal({
          fields: {
            NationalSecurity: 'Yes',
            'Customer.Account.Industry': 'Government',
            'Customer.Account.Address.CountryCode': 'US',
          },
        });
        await workspace.submit('O1001');
        await workspace.message('Approval pending: O1001');
        await letPass(workspace, MINUTE);
        await rejected(workspace);
        expect(inDm(workspace, ana)).toEqual([]);
      },
    );

    test('not what AWS says since, where it has gone on before that could be told', async () => {
      const workspace = await open();
      const { slack } = workspace;
      await followed(workspace);
      const heal = slack.injectFault({
        method: 'chat.postMessage',
        kind: { type: 'rate-limit', retryAfterSeconds: 60 },
      });
      decided(workspace, 'Rejected', REASON);
      await within(workspace, 3 * MINUTE, () => slack.calls('chat.postMessage').some(({ ok }) => !ok));
      decided(workspace, 'Action Required', 'Name the harbour');
      heal();
      await letPass(workspace, 5 * MINUTE);
      expect(inDm(workspace, ana).map(reads).join()).not.toContain('harbour');
    });

    test('not once more where the channel shows it', async () => {
      const workspace = await open({ settings: { DETAIL_CHANNELS: deals } });
      workspace.slack.leave(deals, sam);
      await followed(workspace);
      await rejected(workspace);
      expect(inThreads(workspace).map(reads).join()).toContain(REASON);
      expect(inDm(workspace, ana)).toEqual([]);
    });
  });

  test('the message was deleted: it is posted anew, and the decision goes into its thread', async () => {
    const workspace = await open();
    const first = await followed(workspace);
    workspace.slack.deleteMessage(deals, first.ts);
    decided(workspace);
    await within(workspace, MINUTE, () => inThreads(workspace).length > 0);
    await letPass(workspace, MINUTE);
    const [message, ...others] = inChannel(workspace);
    expect(others).toEqual([]);
    expect(message?.text).toBe(APPROVED);
    expect(inThreads(workspace).map(({ threadTs }) => threadTs)).toEqual([message?.ts]);
  });

  test('the channel was archived: the person gets the decision and the message as DMs, which say why', async () => {
    const workspace = await open();
    await followed(workspace);
    await letPass(workspace, HOUR, 5 * MINUTE);
    workspace.slack.archive(deals);
    decided(workspace);
    await within(workspace, MINUTE, () => inDm(workspace, ana).length > 0);
    await letPass(workspace, 5 * MINUTE);
    const [message, decision, ...others] = inDm(workspace, ana);
    expect(others).toEqual([]);
    expect(message && reads(message)).toMatch(
      new RegExp(`The bot may not post in <#${deals}>: it is archived`),
    );
    expect([message?.text, decision?.text]).toEqual([APPROVED, APPROVED]);
    expect(decision?.threadTs).toBe(message?.ts);
    expect(inThreads(workspace)).toEqual([]);
  });

  test.each([
    ['a public channel', deals],
    ['a private channel', board],
  ])(
    'the bot was removed from %s: the decision is not lost, the person gets it as a DM',
    async (_, channel) => {
      const workspace = await open();
      workspace.slack.join(channel, workspace.slack.botUserId);
      await followed(workspace, channel);
      await letPass(workspace, HOUR, 5 * MINUTE);
      workspace.slack.leave(channel, workspace.slack.botUserId);
      decided(workspace, 'Rejected');
      await within(workspace, MINUTE, () => inDm(workspace, ana).length > 0);
      await letPass(workspace, 5 * MINUTE);
      expect(inDm(workspace, ana).map(reads).join('\n')).toMatch(/(To have this|can.t post) in <#/);
      expect(textsOf(inDm(workspace, ana))).toContain('Rejected by AWS: O1001');
      expect(inThreads(workspace, channel)).toEqual([]);
    },
  );

  test('the person left the channel: the thread and a DM, which says why', async () => {
    const workspace = await open();
    const message = await followed(workspace);
    workspace.slack.leave(deals, ana);
    decided(workspace);
    await within(workspace, MINUTE, () => inDm(workspace, ana).length > 0);
    await letPass(workspace, MINUTE);
    expect(inThreads(workspace).map(({ threadTs }) => threadTs)).toEqual([message.ts]);
    const [told, ...others] = inDm(workspace, ana);
    expect(others).toEqual([]);
    expect(told && reads(told)).toContain(`<#${deals}>`);
    expect(told && reads(told)).toContain("aren't there any more");
  });

  test('the person is gone altogether: the channel is told once, and nothing is tried for ever', async () => {
    const workspace = await open();
    const { slack } = workspace;
    await followed(workspace);
    slack.leave(deals, ana);
    slack.addUser({ id: ana, name: 'ana', realName: 'Ana Seller', kind: 'deactivated' });
    decided(workspace);
    await within(workspace, MINUTE, () => inThreads(workspace).length > 0);
    const calls = slack.calls('chat.postMessage').length;
    await letPass(workspace, HOUR, 5 * MINUTE);
    expect(inThreads(workspace)).toHaveLength(1);
    expect(slack.calls('chat.postMessage')).toHaveLength(calls);
  });

  test('neither channel nor person can be reached: it is kept, the log says so, and it is told when they can', async () => {
    const workspace = await open();
    const { slack } = workspace;
    await followed(workspace, deals);
    await letPass(workspace, HOUR, 5 * MINUTE);
    slack.leave(deals, slack.botUserId);
    slack.addUser({ id: ana, name: 'ana', realName: 'Ana Seller', kind: 'deactivated' });
    decided(workspace);
    await letPass(workspace, HOUR, 5 * MINUTE);
    expect(workspace.log()).toContain('nobody could be told, by any way');
    expect(inThreads(workspace)).toEqual([]);
    slack.join(deals, slack.botUserId);
    await within(workspace, 15 * MINUTE, () => inThreads(workspace).length > 0);
    await letPass(workspace, MINUTE);
    expect(inThreads(workspace)).toHaveLength(1);
  });

  test.each([
    ['fails', { type: 'http-500' }],
    ['cannot be reached', { type: 'reset', execute: false }],
    ['has an outage of its own', { type: 'error', error: 'fatal_error' }],
  ] as const)('Slack %s for an hour: then everything is told, once', async (_, kind) => {
    const workspace = await open();
    const { slack } = workspace;
    await followed(workspace);
    slack.injectFault({ kind });
    decided(workspace);
    await letPass(workspace, HOUR, 5 * MINUTE);
    expect(inThreads(workspace)).toEqual([]);
    slack.clearFaults();
    await within(workspace, 15 * MINUTE, () => inThreads(workspace).length > 0);
    await letPass(workspace, 5 * MINUTE);
    expect(textsOf(inThreads(workspace))).toEqual([APPROVED]);
    expect(textsOf(inChannel(workspace))).toEqual([APPROVED]);
  });

  test('Slack asks to wait half a minute: it is not asked again before', async () => {
    const workspace = await open();
    const { slack } = workspace;
    await followed(workspace);
    slack.injectFault({
      method: 'chat.postMessage',
      times: 1,
      kind: { type: 'rate-limit', retryAfterSeconds: 30 },
    });
    decided(workspace);
    await within(workspace, 2 * MINUTE, () => inThreads(workspace).length > 0, 2000);
    const [limited, posted, ...others] = slack.calls('chat.postMessage').slice(-2);
    expect(others).toEqual([]);
    expect(limited?.ok).toBe(false);
    expect((posted?.at ?? 0) - (limited?.at ?? 0)).toBeGreaterThanOrEqual(30_000);
  });

  test("the answer to the decision's post is lost: told again rather than not at all", async () => {
    const workspace = await open();
    await followed(workspace);
    workspace.slack.injectFault({
      method: 'chat.postMessage',
      times: 1,
      kind: { type: 'reset', execute: true },
    });
    decided(workspace);
    await within(workspace, MINUTE, () => inThreads(workspace).length > 0);
    await letPass(workspace, MINUTE);
    expect(textsOf(inThreads(workspace))).toEqual([APPROVED, APPROVED]);
  });

  test('decided before the message could be posted: the message comes first, the decision in its thread', async () => {
    const workspace = await open();
    const { slack, aws, deal, submit } = workspace;
    const heal = slack.injectFault({ method: 'chat.postMessage', kind: { type: 'http-500' } });
    deal();
    await submit('O1001');
    await within(workspace, MINUTE, () => aws.submissionsExecuted('O1001') === 1);
    await letPass(workspace, MINUTE);
    decided(workspace);
    await letPass(workspace, 5 * MINUTE);
    heal();
    await within(workspace, MINUTE, () => inThreads(workspace).length > 0);
    await letPass(workspace, MINUTE);
    const [message, ...others] = inChannel(workspace);
    expect(others).toEqual([]);
    expect(message?.text).toBe(APPROVED);
    expect(inThreads(workspace).map(({ threadTs }) => threadTs)).toEqual([message?.ts]);
  });

  test('where the bot is not in the channel: its message is a DM, and its decision stands in its thread', async () => {
    const workspace = await open();
    workspace.deal();
    await workspace.submit('O1001', {}, { channel: general });
    const direct = workspace.slack.directMessage(ana).id;
    const first = await workspace.message('Approval pending: O1001', { channel: direct });
    await letPass(workspace, HOUR, 10 * MINUTE);
    decided(workspace);
    await within(workspace, MINUTE, () => inDm(workspace, ana).length > 1);
    await letPass(workspace, 5 * MINUTE);
    const told = inDm(workspace, ana);
    expect(textsOf(told)).toEqual([APPROVED, APPROVED]);
    expect(told.map(({ ts, threadTs }) => threadTs ?? ts)).toEqual([first.ts, first.ts]);
    expect(reads(told[0] ?? first)).toContain(`<#${general}>`);
    expect(inChannel(workspace, general)).toEqual([]);
  });
});

const COMMENTS = 'See &quot;Northwind &amp; Sons&quot; <!channel> <https://phish.example|here> *now*';

overSocketMode("AWS's own words", (open) => {
  test('in a channel that DETAIL_CHANNELS lists they are in the thread, decoded, and call nobody', async () => {
    const workspace = await open({ settings: { DETAIL_CHANNELS: deals } });
    workspace.slack.leave(deals, sam);
    await followed(workspace);
    decided(workspace, 'Action Required', COMMENTS);
    await within(workspace, MINUTE, () => inThreads(workspace).length > 0);
    const [told] = inThreads(workspace);
    expect(told && reads(told)).toContain('"Northwind &amp; Sons"');
    expect(told && markup(told)).toContain('&lt;!channel&gt;');
    expect(told && markup(told)).not.toMatch(/<!channel|<https:\/\/phish|\*now\*/);
  });

  test.each([
    ['the person who left it', ana],
    ['the person, where the bot is not in it any more', undefined],
  ])('they stay in that channel: the DM to %s holds none of them, nor of the deal', async (_, leaving) => {
    const workspace = await open({ settings: { DETAIL_CHANNELS: deals } });
    const { slack } = workspace;
    slack.leave(deals, sam);
    workspace.deal({ companyName: 'Northwind Fisheries' });
    await workspace.submit('O1001');
    expect(reads(await workspace.message('Approval pending: O1001'))).toContain('Northwind');
    slack.leave(deals, leaving ?? slack.botUserId);
    // Nobody who may see the deal any more.
    await workspace.restart({ SUBMITTERS: ben });
    decided(workspace, 'Action Required', COMMENTS);
    await within(workspace, MINUTE, () => inDm(workspace, ana).length > 0);
    await letPass(workspace, MINUTE);
    expect(textsOf(inDm(workspace, ana))).toContain('Action required: O1001');
    expect(inDm(workspace, ana).map(reads).join('\n')).not.toMatch(/Northwind|phish|Sons/);
  });

  test('in any other channel they are left out, and Details shows them to whoever may see them', async () => {
    const workspace = await open();
    await followed(workspace);
    decided(workspace, 'Rejected', COMMENTS);
    await within(workspace, MINUTE, () => inThreads(workspace).length > 0);
    const [told] = inThreads(workspace);
    if (told === undefined) throw new Error('There is no decision.');
    expect([...inChannel(workspace), told].map(reads).join('\n')).not.toMatch(/Northwind|phish|Sons/);

    await workspace.press(told, 'show_details', { user: ben });
    const details = await workspace.modal("AWS's own words", { user: ben });
    expect(reads(details)).toContain('"Northwind &amp; Sons"');
    expect(markup(details)).not.toMatch(/<!channel|<https:\/\/phish/);
  });

  test.each(['', deals])(
    'of a National Security deal nothing but its ID is told (DETAIL_CHANNELS=%s)',
    async (DETAIL_CHANNELS) => {
      const workspace = await open({ settings: { DETAIL_CHANNELS } });
      workspace.slack.leave(deals, sam);
      workspace.deal({
        companyName: 'Redacted Customer',
        fields: {
          NationalSecurity: 'Yes',
          'Customer.Account.Industry': 'Government',
          'Customer.Account.Address.CountryCode': 'US',
        },
      });
      await workspace.submit('O1001');
      await workspace.message('Approval pending: O1001');
      await idle(workspace);
      decided(workspace, 'Rejected', 'The redacted customer is known to us');
      await within(workspace, MINUTE, () => inThreads(workspace).length > 0);
      await letPass(workspace, MINUTE);
      const shown = [...inChannel(workspace), ...inThreads(workspace)];
      expect(shown.map(reads).join('\n')).not.toMatch(/redacted customer|known to us|Co-Sell|Production/i);
      expect(shown.flatMap(buttons)).toContain('See why');

      const [told] = inThreads(workspace);
      if (told === undefined) throw new Error('There is no decision.');
      await workspace.press(told, 'show_details');
      expect(reads(await workspace.modal('This is a National Security deal'))).not.toMatch(
        /redacted|known to us/i,
      );
    },
  );
});
