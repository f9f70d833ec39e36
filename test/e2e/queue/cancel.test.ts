import { expect, test } from 'vitest';
import { letPass, MINUTE, SECOND, within } from '../passing-time.ts';
import { inChannel } from '../review/thread.ts';
import { buttons, reads } from '../words-on-screen.ts';
import { ana, ben, gus, overSocketMode } from '../workspace.ts';

const PAUSED = { settings: { PAUSED: '1' } };

overSocketMode('taking a submission back', (open) => {
  test.each([
    ['the person who asked for it', ana],
    ['somebody else who may submit', ben],
  ])('%s presses Cancel while it waits: it is never sent, and can be submitted again', async (_, user) => {
    const { aws, deal, submit, message, press, restart, slack, ...workspace } = await open(PAUSED);
    deal();
    await submit('O1001');
    const waiting = await message('Kept, not sent yet: O1001');
    expect(buttons(waiting)).toContain('Cancel');
    await press(waiting, 'cancel_submission', { user });
    expect((await message('Taken back: it was not sent', { user })).ephemeralTo).toBe(user);
    const cancelled = await message('Cancelled: O1001');
    expect(cancelled.ts).toBe(waiting.ts);
    expect(buttons(cancelled)).toEqual([]);
    expect(reads(cancelled)).toContain('Nothing was submitted');

    await restart({ PAUSED: '0' });
    await letPass({ aws, slack, clock: workspace.clock }, MINUTE);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
    await slack.closeView(ana);
    await submit('O1001');
    await message('Approval pending: O1001');
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  test('a guest cannot', async () => {
    const { deal, submit, message, press, restart, aws } = await open(PAUSED);
    deal();
    await submit('O1001');
    await press(await message('Kept, not sent yet'), 'cancel_submission', { user: gus });
    expect((await message("Guests can't", { user: gus })).ephemeralTo).toBe(gus);
    await restart({ PAUSED: '0' });
    await message('Approval pending: O1001');
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  test('while it is being sent it is too late, and that is said', async () => {
    const workspace = await open(PAUSED);
    const { aws, deal, submit, message, press, restart } = workspace;
    deal();
    await submit('O1001');
    const waiting = await message('Kept, not sent yet');
    aws.injectFault({ operation: 'SubmitOpportunity', times: 1, kind: { type: 'latency', ms: 20_000 } });
    await restart({ PAUSED: '0' });
    await within(workspace, MINUTE, () => aws.requests('SubmitOpportunity').length === 1, SECOND);
    await press(waiting, 'cancel_submission');
    expect((await message("It's too late to take it back")).ephemeralTo).toBe(ana);
    await within(workspace, MINUTE, () => aws.submissionsExecuted('O1001') === 1);
    await message('Approval pending: O1001');
    expect(inChannel(workspace)).toHaveLength(1);
  });

  test('pressed twice: the second press is told, and changes nothing', async () => {
    const { deal, submit, message, press } = await open(PAUSED);
    deal();
    await submit('O1001');
    const waiting = await message('Kept, not sent yet');
    await Promise.all([press(waiting, 'cancel_submission'), press(waiting, 'cancel_submission')]);
    await message('Taken back: it was not sent');
    await message('Cancelled: O1001');
  });
});
