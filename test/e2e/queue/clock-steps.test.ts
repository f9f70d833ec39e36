import { expect, test } from 'vitest';
import { idle, letPass, SECOND } from '../passing-time.ts';
import { overSocketMode } from '../workspace.ts';

overSocketMode("the machine's clock is set while AWS has the request", (open) => {
  test.each([90, -90])('by %i s: the answer is awaited and told, no doubt is made', async (seconds) => {
    let stepMs = 0;
    const workspace = await open({
      botClock: (clock) => ({ ...clock, now: () => new Date(clock.now().getTime() + stepMs) }),
    });
    const { aws, slack, deal, submit, message } = workspace;
    deal();
    aws.injectFault({ operation: 'SubmitOpportunity', times: 1, kind: { type: 'latency', ms: 6 * SECOND } });
    await submit('O1001');
    await idle(workspace);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
    stepMs = seconds * SECOND;
    await letPass(workspace, 10 * SECOND, SECOND);
    await message('Approval pending: O1001');
    // Nobody took it for interrupted meanwhile: that would have been told.
    expect(JSON.stringify(slack.calls())).not.toContain('Not sure AWS got it');
  });
});
