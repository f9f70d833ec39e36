import { expect, test } from 'vitest';
import { LASTING_REFUSALS } from '../../demo/slack/faults.ts';
import { HOUR, letPass, MINUTE, SECOND, within } from './passing-time.ts';
import { inChannel, inDm } from './review/thread.ts';
import { samplesAt } from './samples.ts';
import { reads } from './words-on-screen.ts';
import { ana, deals, overBothTransports } from './workspace.ts';

const refusing = (error: string) => ({ type: 'error', error }) as const;

overBothTransports('when Slack refuses for good', (open) => {
  test.each(LASTING_REFUSALS.place)('the channel (%s): a DM that says why', async (error) => {
    const workspace = await open();
    const { slack, deal, submit, message, log } = workspace;
    deal();
    slack.injectFault({ method: 'chat.postMessage', channel: deals, kind: refusing(error) });
    await submit('O1001');
    const pending = await message('Approval pending: O1001', { channel: slack.directMessage(ana).id });
    expect(reads(pending)).toContain(error === 'channel_is_frozen' ? 'may not post' : `(\`${error}\`)`);
    await letPass(workspace, 5 * MINUTE);
    expect(inDm(workspace, ana)).toHaveLength(1);
    expect(inChannel(workspace)).toEqual([]);
    expect(log()).not.toContain('could not be posted');
  });

  test.each(LASTING_REFUSALS.blocks)(
    'the blocks (%s): once, as plain text, and the log says so',
    async (error) => {
      const workspace = await open();
      const { slack, deal, submit, message, log } = workspace;
      deal();
      slack.injectFault({ carrying: 'blocks', channel: deals, kind: refusing(error) });
      await submit('O1001');
      const pending = await message('Approval pending: O1001');
      expect(pending).toMatchObject({ via: 'api', blocks: [] });
      expect(pending.text).toContain('/submit-opportunity status');
      await letPass(workspace, 5 * MINUTE);
      expect(inChannel(workspace)).toHaveLength(1);
      expect(log()).toContain(error);
    },
  );

  test.each(LASTING_REFUSALS.direct)(
    'every way (%s of the DM): the log and a metric say so, and it is told once it can be',
    async (error) => {
      const workspace = await open();
      const { slack, deal, submit, opsPort, log } = workspace;
      deal();
      slack.injectFault({ channel: deals, kind: refusing('channel_is_frozen') });
      slack.injectFault({ method: 'chat.postMessage', channel: ana, kind: refusing(error) });
      await submit('O1001');
      await letPass(workspace, HOUR, 5 * MINUTE);
      const untold = await samplesAt(opsPort());
      expect(
        untold.get('opportunity_bot_messages_total{kind="submission",outcome="unreachable"}'),
      ).toBeGreaterThan(0);
      expect(log()).toMatch(new RegExp(`"code":"${error}".*"msg":"nobody could be told, by any way"`));
      slack.clearFaults();
      await within(workspace, 15 * MINUTE, () => inChannel(workspace).length > 0);
      await letPass(workspace, MINUTE);
      expect(inChannel(workspace)).toHaveLength(1);
    },
  );

  test('by a name that nobody knows: tried for a while, then as a DM', async () => {
    const workspace = await open();
    const { slack, deal, submit, message } = workspace;
    deal();
    slack.injectFault({ method: 'chat.postMessage', channel: deals, kind: refusing('made_up_yesterday') });
    await submit('O1001');
    await within(workspace, 10 * MINUTE, () => inDm(workspace, ana).length > 0);
    const pending = await message('Approval pending: O1001', { channel: slack.directMessage(ana).id });
    expect(reads(pending)).toContain('made_up_yesterday');
    expect(slack.calls('chat.postMessage').length).toBeGreaterThan(5);
  });

  test.each(['made_up_yesterday', 'access_denied', 'cant_update_message'])(
    'to edit its message (%s): the news comes in a new one',
    async (error) => {
      const workspace = await open();
      const { slack, aws, deal, submit, message } = workspace;
      deal();
      await submit('O1001');
      const pending = await message('Approval pending: O1001');
      slack.injectFault({ method: 'chat.update', kind: refusing(error) });
      aws.review('AWS', 'O1001', 'In review');
      await within(workspace, 15 * MINUTE, () => inChannel(workspace).length > 1);
      const edits = slack.calls('chat.update').length;
      await letPass(workspace, HOUR, 5 * MINUTE);
      expect(slack.calls('chat.update')).toHaveLength(edits);
      const [first, second, ...others] = inChannel(workspace);
      expect(others).toEqual([]);
      expect(first?.ts).toBe(pending.ts);
      expect(second && reads(second)).toContain('In review at AWS: O1001');
    },
  );

  test.each(['ratelimited', 'rate_limited'])(
    'for now (%s, without a time): the channel is left alone for a while',
    async (error) => {
      const workspace = await open();
      const { slack, deal, submit, message } = workspace;
      deal();
      slack.injectFault({ method: 'chat.postMessage', times: 1, kind: refusing(error) });
      await submit('O1001');
      await within(workspace, MINUTE, () => inChannel(workspace).length > 0, SECOND);
      const [limited, posted] = slack.calls('chat.postMessage');
      expect((posted?.at ?? 0) - (limited?.at ?? 0)).toBeGreaterThanOrEqual(10 * SECOND);
      await message('Approval pending: O1001');
    },
  );
});
