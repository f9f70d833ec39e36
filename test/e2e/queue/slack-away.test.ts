import { expect, test } from 'vitest';
import { letPass, MINUTE, SECOND } from '../passing-time.ts';
import { overSocketMode } from '../workspace.ts';

overSocketMode('right before a submission goes out Slack does not say who somebody is', (open) => {
  test('nobody is let through on a guess: it waits, and goes out once Slack answers', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    const { aws, slack, deal, submit, message } = workspace;
    deal();
    await submit('O1001');
    await message('Kept, not sent yet: O1001');
    await workspace.end();
    const mend = slack.injectFault({ method: 'users.info', kind: { type: 'http-500' } });
    await workspace.begin({ PAUSED: '0' });
    await letPass(workspace, MINUTE, 10 * SECOND);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
    mend();
    await letPass(workspace, 2 * MINUTE, 10 * SECOND);
    await message('Approval pending: O1001');
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });
});
