import { expect, test } from 'vitest';
import { letPass, MINUTE, within } from '../passing-time.ts';
import { reads } from '../words-on-screen.ts';
import { ben, deals, overBothTransports } from '../workspace.ts';
import { inChannel, inThreads } from './thread.ts';

overBothTransports('an opportunity submitted elsewhere that somebody takes on here', (open) => {
  test('by fixing it from Slack: it gets a message of its own, and AWS’s decisions name that person, in one place', async () => {
    const workspace = await open({ settings: { FOLLOW_CHANNEL: deals } });
    const { aws, deal, message, press, modal, slack } = workspace;
    await letPass(workspace, MINUTE);
    deal({ id: 'O2001', reviewStatus: 'Submitted', companyName: 'Northwind Fisheries' });
    aws.review('AWS', 'O2001', 'Action Required');
    await within(workspace, MINUTE, () => inChannel(workspace).length === 1);

    await press(await message('Action required: O2001'), 'fix_opportunity', { user: ben });
    await modal('Send back to AWS', { user: ben });
    await slack.fillIn(ben, { 'LifeCycle.TargetCloseDate': '2031-02-28' });
    await slack.submitView(ben);
    await modal('Sent back to AWS', { user: ben });
    const own = await message('Approval pending: O2001');
    expect(reads(own)).toContain(`taken on by <@${ben}>`);
    expect(reads(own)).not.toContain('Northwind');

    aws.review('AWS', 'O2001', 'Approved');
    await within(workspace, MINUTE, () => inThreads(workspace).some(({ text }) => text.includes('Approved')));
    await letPass(workspace, 10 * MINUTE);
    expect(inChannel(workspace).at(-1)?.ts).toBe(own.ts);
    expect(inThreads(workspace).map(reads).join()).toContain(`<@${ben}> ✅ *Approved by AWS: O2001*`);
    expect(inChannel(workspace).map(({ text }) => text)).toEqual([
      'Action required: O2001',
      'Approved by AWS: O2001',
    ]);
  });
});
