import { expect, test } from 'vitest';
import type { PartnerCentralFault } from '../../../demo/partner-central/stand-in.ts';
import { DAY, HOUR, letPass, MINUTE, within } from '../passing-time.ts';
import { inChannel } from '../review/thread.ts';
import { buttons, reads } from '../words-on-screen.ts';
import { overSocketMode, type Workspace } from '../workspace.ts';
import { requestMany } from './many.ts';

const expired = (workspace: Workspace) => () =>
  inChannel(workspace).some(({ text }) => text.startsWith('Not sent within 24 hours'));

overSocketMode('what cannot be sent for a whole day', (open) => {
  test.each<readonly [string, PartnerCentralFault, string]>([
    [
      'AWS cannot be reached',
      { operation: 'GetOpportunity', kind: { type: 'html-503', execute: false } },
      "AWS couldn't be reached",
    ],
    [
      'AWS throttles',
      { operation: 'SubmitOpportunity', kind: { type: 'throttle', retryAfterMs: 600_000 } },
      'AWS was busy',
    ],
    [
      'AWS rejects the credentials',
      { kind: { type: 'error', name: 'UnrecognizedClientException' } },
      "AWS did not accept the bot's credentials",
    ],
  ])('%s: dropped, and the message says so and what it waited for', async (_, fault, why) => {
    const workspace = await open();
    const { aws } = workspace;
    await workspace.end();
    await requestMany(workspace, 1);
    aws.injectFault(fault);
    await workspace.begin();
    await letPass(workspace, DAY - HOUR, 10 * MINUTE);
    expect(expired(workspace)()).toBe(false);
    await within(workspace, HOUR + 10 * MINUTE, expired(workspace), MINUTE);
    const [message] = inChannel(workspace);
    expect(message && reads(message)).toContain(why);
    expect(message && reads(message)).toContain('Nothing was submitted');
    expect(message && buttons(message)).toContain('Try again');
    aws.clearFaults();
    await letPass(workspace, HOUR, 10 * MINUTE);
    expect(aws.submissionsExecuted('O5000')).toBe(0);
  });

  test('sending was paused by the operator all day', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    workspace.deal();
    await workspace.submit('O1001');
    await workspace.message('Kept, not sent yet: O1001');
    await within(workspace, DAY + 10 * MINUTE, expired(workspace), 10 * MINUTE);
    const [message] = inChannel(workspace);
    expect(message && reads(message)).toContain('paused sending');
    await workspace.restart({ PAUSED: '0' });
    await letPass(workspace, MINUTE);
    expect(workspace.aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('the bot was off for longer than a day: it is dropped, not sent late', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    workspace.deal();
    await workspace.submit('O1001');
    await workspace.message('Kept, not sent yet: O1001');
    await workspace.end();
    workspace.clock.jump(DAY + MINUTE);
    await workspace.begin({ PAUSED: '0' });
    await within(workspace, MINUTE, expired(workspace));
    expect(workspace.aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test("the machine's clock is a day ahead for a while: what waited a minute is not dropped, and goes out", async () => {
    let aheadMs = 0;
    const workspace = await open({
      botClock: (clock) => ({ ...clock, now: () => new Date(clock.now().getTime() + aheadMs) }),
    });
    const { aws } = workspace;
    workspace.deal();
    await workspace.look('O1001');
    const heal = aws.injectFault({ operation: 'GetOpportunity', kind: { type: 'throttle' } });
    await workspace.choose();
    await workspace.message('Waiting for AWS: O1001');
    heal();
    aheadMs = DAY + HOUR;
    await letPass(workspace, 2 * MINUTE);
    expect(inChannel(workspace)[0]?.text).toContain("the bot's clock is wrong");
    aheadMs = 0;
    await within(workspace, 2 * MINUTE, () => aws.submissionsExecuted('O1001') === 1);
  });
});
