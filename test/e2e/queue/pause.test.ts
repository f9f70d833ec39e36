import { expect, test } from 'vitest';
import { HOUR, letPass, MINUTE, SECOND, within } from '../passing-time.ts';
import { inChannel } from '../review/thread.ts';
import { buttons, reads } from '../words-on-screen.ts';
import { ana, ben, overSocketMode, type Workspace } from '../workspace.ts';
import { requestMany } from './many.ts';

const texts = (workspace: Workspace): readonly string[] =>
  inChannel(workspace).map(({ text }) => text.split(':')[0] ?? '');
const executed = ({ aws }: Workspace): number =>
  aws.requests('SubmitOpportunity').filter((request) => request.executed).length;
const timesIn = (log: string, words: string): number => log.split(words).length - 1;

overSocketMode('sending is paused', (open) => {
  test('PAUSED=1: taken, kept, said; without it everything goes out, oldest first', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    const { aws, slack, deal, submit, message } = workspace;
    for (const id of ['O1001', 'O1002', 'O1003']) {
      deal({ id });
      await submit(id);
      const kept = await message(`Kept, not sent yet: ${id}`);
      expect(reads(kept)).toContain('Whoever runs this bot has paused sending.');
      expect(buttons(kept)).toContain('Cancel');
      await slack.closeView(ana);
    }
    await letPass(workspace, 10 * MINUTE, MINUTE);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
    await workspace.restart({ PAUSED: '0' });
    await within(workspace, MINUTE, () => executed(workspace) === 3, SECOND);
    await letPass(workspace, 10 * SECOND);
    expect(texts(workspace)).toEqual(['Approval pending', 'Approval pending', 'Approval pending']);
  });

  test.each(['runs on', 'is started anew'])(
    "the machine's clock is hours ahead and then mended while the bot %s: it goes on by itself",
    async (how) => {
      let aheadMs = 0;
      const workspace = await open({
        botClock: (clock) => ({ ...clock, now: () => new Date(clock.now().getTime() + aheadMs) }),
      });
      const { deal, look, choose } = workspace;
      deal({ id: 'O1001' });
      await look('O1001');
      aheadMs = 3 * HOUR;
      await choose();
      await within(
        workspace,
        MINUTE,
        () => inChannel(workspace)[0]?.text.includes("the bot's clock is wrong") === true,
      );
      aheadMs = 0;
      if (how === 'is started anew') await workspace.restart();
      await within(workspace, MINUTE, () => texts(workspace)[0] === 'Approval pending', SECOND);
      expect(executed(workspace)).toBe(1);
    },
  );

  test("the bot's credentials are wrong: everybody is told once, the operator once, and it goes on by itself", async () => {
    let broken = true;
    const workspace = await open({
      credentials: async () => ({
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        secretAccessKey: broken ? 'another' : 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      }),
    });
    const { aws, slack } = workspace;
    await workspace.end();
    await requestMany(workspace, 5);
    await workspace.begin();
    await letPass(workspace, 30 * MINUTE, 10 * SECOND);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
    expect(new Set(texts(workspace)).size).toBe(1);
    expect(texts(workspace)[0]).toContain('Waiting');
    // Two were in hand when it was found out, and may have found it out twice.
    expect(slack.calls('chat.update').length).toBeLessThanOrEqual(6);
    expect(timesIn(workspace.log(), 'sending is paused for all')).toBe(1);
    // Every 10 s a try, by each of the two that work at the same time.
    expect(aws.requests('GetOpportunity').length).toBeLessThan(380);

    broken = false;
    await within(workspace, 2 * MINUTE, () => executed(workspace) === 5, SECOND);
    await letPass(workspace, 10 * SECOND);
    expect(new Set(texts(workspace))).toEqual(new Set(['Approval pending']));
  });

  test.each([
    [
      'AWS rejects the signature',
      'InvalidSignatureException',
      "Waiting: AWS doesn't accept the bot's signature",
    ],
    ['the account is not opted in', 'OptInRequired', "Waiting: the AWS account isn't set up for this"],
  ])('%s: said, sent when it is mended', async (_, name, words) => {
    const workspace = await open();
    const { aws } = workspace;
    await workspace.end();
    await requestMany(workspace, 3);
    const heal = aws.injectFault({ kind: { type: 'error', name, status: 403 } });
    await workspace.begin();
    await letPass(workspace, 5 * MINUTE, 10 * SECOND);
    expect(inChannel(workspace).every((message) => reads(message).includes(words))).toBe(true);
    expect(timesIn(workspace.log(), 'sending is paused for all')).toBe(1);
    heal();
    await within(workspace, 2 * MINUTE, () => executed(workspace) === 3, SECOND);
  });

  test.each([
    ['slow', -20 * MINUTE],
    ['fast', 20 * MINUTE],
  ])("the bot's clock is %s: said, and sent once it is right", async (_, wrongBy) => {
    let offset = wrongBy;
    const workspace = await open({
      botClock: (clock) => ({ ...clock, now: () => new Date(clock.now().getTime() + offset) }),
    });
    await workspace.end();
    await requestMany(workspace, 2);
    await workspace.begin();
    if (offset < 0) await letPass(workspace, 20 * MINUTE, MINUTE);
    await letPass(workspace, 2 * MINUTE);
    expect(workspace.aws.requests('SubmitOpportunity')).toEqual([]);
    expect(inChannel(workspace).map(reads).join('\n')).toContain("Waiting: the bot's clock is wrong");
    offset = 0;
    await within(workspace, 25 * MINUTE, () => executed(workspace) === 2, 5 * SECOND);
  });

  test('what was recorded for the other catalog is held, reported, never sent; back in its catalog it goes out', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    const { aws, deal, submit, message } = workspace;
    deal();
    await submit('O1001');
    await message('Kept, not sent yet');
    await workspace.moveTo('Sandbox', { PAUSED: '0' });
    const held = await message('Held back: O1001');
    expect(reads(held)).toContain('recorded for Production');
    expect(reads(held)).toContain('works in Sandbox');
    await letPass(workspace, 10 * MINUTE, MINUTE);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
    expect(workspace.log()).toContain("for another catalog than this bot's");

    await workspace.moveTo('AWS', { PAUSED: '0' });
    await within(workspace, 10 * MINUTE, () => executed(workspace) === 1, 10 * SECOND);
    await message('Approval pending: O1001');
  });

  test('the right to submit was withdrawn between Submit and sending: not sent, and said', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    const { aws, deal, submit, message } = workspace;
    deal();
    await submit('O1001');
    await message('Kept, not sent yet');
    await workspace.restart({ PAUSED: '0', SUBMITTERS: ben });
    const refused = await message('Not sent: no longer allowed: O1001');
    expect(reads(refused)).toContain('Nothing was submitted');
    await letPass(workspace, MINUTE);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });
});
