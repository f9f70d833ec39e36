import { expect, test } from 'vitest';
import { STOP_WITHIN_MS } from '../../src/app.ts';
import { LONGEST_CALL_MS } from '../../src/aws/client.ts';
import { idle, letPass, MINUTE, SECOND, within } from './passing-time.ts';
import { inChannel } from './review/thread.ts';
import { reads } from './words-on-screen.ts';
import { ana, overBothTransports, type Workspace } from './workspace.ts';

const says = (workspace: Workspace, words: string) => () =>
  inChannel(workspace).some(({ text }) => text.startsWith(words));

/** Ends the bot, as SIGTERM would, while `ms` pass. */
async function endWithin(workspace: Workspace, ms: number): Promise<void> {
  let ended = false;
  const ending = workspace.end().then(() => {
    ended = true;
  });
  await within(workspace, ms, () => ended, SECOND);
  await ending;
}

overBothTransports('stopping the bot', (open) => {
  test('while it looks an opportunity up: the person still gets the form', async () => {
    const workspace = await open();
    const { aws, slack } = workspace;
    workspace.deal();
    aws.injectFault({ operation: 'GetOpportunity', times: 1, kind: { type: 'latency', ms: 3 * SECOND } });
    await workspace.command('O1001');
    await idle(workspace);
    await endWithin(workspace, STOP_WITHIN_MS);
    expect(reads(slack.view(ana) ?? expect.fail())).toContain('How should AWS be involved?');

    await workspace.begin();
    await workspace.choose();
    await workspace.message('Approval pending: O1001');
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  test('while it is sending: the answer is awaited and written down, and people are told', async () => {
    const workspace = await open();
    const { aws } = workspace;
    workspace.deal();
    aws.injectFault({
      operation: 'SubmitOpportunity',
      times: 1,
      kind: { type: 'latency', ms: LONGEST_CALL_MS },
    });
    await workspace.submit('O1001');
    await idle(workspace);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
    await endWithin(workspace, STOP_WITHIN_MS);
    expect(workspace.log()).toContain('"msg":"submitted"');
    expect(aws.submissionsExecuted('O1001')).toBe(1);
    await workspace.begin();
    await within(workspace, MINUTE, says(workspace, 'Approval pending'));
    expect(inChannel(workspace)).toHaveLength(1);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test('AWS does not answer in time: the bot ends all the same, and the next one settles it by reading', async () => {
    const workspace = await open({ timeouts: { firstByteMs: 60_000, totalMs: 60_000 } });
    const { aws } = workspace;
    workspace.deal();
    aws.injectFault({ operation: 'SubmitOpportunity', times: 1, kind: { type: 'hang', execute: true } });
    await workspace.submit('O1001');
    await idle(workspace);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
    await endWithin(workspace, STOP_WITHIN_MS);
    await workspace.begin();
    await within(workspace, 3 * MINUTE, says(workspace, "AWS has it; we can't tell whose request did it"));
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  test('while it reads before sending, and AWS does not answer: released, and the next one sends it at once', async () => {
    const workspace = await open();
    const { aws } = workspace;
    workspace.deal();
    await workspace.look('O1001');
    const heal = aws.injectFault({
      operation: 'GetOpportunity',
      times: 1,
      kind: { type: 'latency', ms: MINUTE },
    });
    await workspace.choose();
    await idle(workspace);
    await endWithin(workspace, STOP_WITHIN_MS);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
    heal();
    await workspace.begin();
    await within(workspace, 5 * SECOND, says(workspace, 'Approval pending'), SECOND);
    await letPass(workspace, 2 * MINUTE);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test('while it posts: the message is there once', async () => {
    const workspace = await open();
    const { aws, slack } = workspace;
    workspace.deal();
    slack.injectFault({ method: 'chat.postMessage', times: 1, kind: { type: 'latency', ms: 3 * SECOND } });
    await workspace.submit('O1001');
    await idle(workspace);
    await endWithin(workspace, STOP_WITHIN_MS);
    await workspace.begin();
    await within(workspace, MINUTE, says(workspace, 'Approval pending'));
    await letPass(workspace, 2 * MINUTE);
    expect(inChannel(workspace)).toHaveLength(1);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  test('with nothing in hand it ends at once, and what waits goes on with the next start', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    workspace.deal();
    await workspace.submit('O1001');
    await workspace.message('Kept, not sent yet');
    await idle(workspace);
    await workspace.end();
    await workspace.begin({ PAUSED: '0' });
    await within(workspace, MINUTE, says(workspace, 'Approval pending'));
    expect(workspace.aws.submissionsExecuted('O1001')).toBe(1);
  });
});
