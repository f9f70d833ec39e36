import { expect, test } from 'vitest';
import { onSubmit } from './aws-faults.ts';
import { idle, MINUTE, SECOND } from './passing-time.ts';
import { ana, overHttp } from './workspace.ts';

overHttp('from Submit to Approval pending', (open) => {
  test('it is said as soon as AWS has accepted it, not once the deal has been read again', async () => {
    // Nothing happens by time: what isn't woken stands still.
    const { aws, clock, deal, submit, message } = await open({
      botClock: (clock) => ({ ...clock, after: () => () => {} }),
    });
    deal();
    aws.injectFault(onSubmit({ type: 'latency', ms: 200 }, 1));
    await submit('O1001');
    await expect.poll(() => aws.requests('SubmitOpportunity').length).toBe(1);
    const heal = aws.injectFault({ operation: 'GetOpportunity', kind: { type: 'latency', ms: 10 * SECOND } });
    await message('Approval pending: O1001');
    heal();
    clock.jump(10 * SECOND);
  });

  test('Slack says once who somebody is, where that was not known as they pressed', async () => {
    const workspace = await open();
    const { slack, aws, clock, deal, look, message } = workspace;
    deal();
    await look('O1001');
    await slack.fillIn(ana, { involvement_type: 'Co-Sell', lock: ['understood'] });
    await idle(workspace);
    clock.jump(2 * MINUTE);
    const before = slack.calls('users.info').length;
    await slack.submitView(ana);
    await message('Approval pending: O1001');
    expect(slack.calls('users.info').length - before).toBe(1);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  test('and where it was known, from the choices they had just made, Submit waits for no one', async () => {
    const workspace = await open();
    const { slack, aws, clock, deal, look, message } = workspace;
    deal();
    await look('O1001');
    await idle(workspace);
    clock.jump(2 * MINUTE);
    await slack.fillIn(ana, { involvement_type: 'Co-Sell', lock: ['understood'] });
    await idle(workspace);
    const heal = slack.injectFault({ method: 'users.info', kind: { type: 'latency', ms: 10 * MINUTE } });
    await slack.submitView(ana);
    // Recorded; nothing goes out before it is known that they still may.
    await message('On its way to AWS: O1001');
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
    heal();
    clock.jump(10 * MINUTE);
  });
});
