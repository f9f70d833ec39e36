import { expect, test } from 'vitest';
import { onSubmit } from '../aws-faults.ts';
import { lookAtSeveral, submitSeveral } from '../batch/several.ts';
import { idle, letPass, MINUTE, SECOND, within } from '../passing-time.ts';
import { inChannel } from '../review/thread.ts';
import { buttons, reads } from '../words-on-screen.ts';
import { ana, ben, deals, general, overSocketMode, type Workspace } from '../workspace.ts';

const PAUSED = { settings: { PAUSED: '1' } };

/** AWS turns every request away, each time with another request ID; the bot tries for minutes. */
async function tryForMinutes(workspace: Workspace): Promise<void> {
  const before = workspace.aws.requests('SubmitOpportunity').length;
  await letPass(workspace, 5 * MINUTE);
  expect(workspace.aws.requests('SubmitOpportunity').length).toBeGreaterThan(before + 3);
}

overSocketMode('a message that would say the same again', (open) => {
  test('AWS throttles for minutes: it is left alone, and then says what came of it', async () => {
    const workspace = await open();
    const { slack, aws, deal, submit, message } = workspace;
    deal();
    const heal = aws.injectFault(onSubmit({ type: 'throttle' }));
    await submit('O1001');
    const waiting = await message('Waiting for AWS: O1001');
    await idle(workspace);
    const edits = slack.calls('chat.update').length;
    await tryForMinutes(workspace);
    expect(slack.calls('chat.update')).toHaveLength(edits);
    // Its blocks are those that somebody has on their screen, down to the IDs that Slack gave them.
    expect(inChannel(workspace).map(({ blocks }) => blocks)).toEqual([waiting.blocks]);

    heal();
    await within(workspace, 2 * MINUTE, () => aws.submissionsExecuted('O1001') === 1);
    await message('Approval pending: O1001');
  });

  test('so is that of a batch, and those in its thread', async () => {
    const workspace = await open();
    const { slack, aws, message } = workspace;
    const ids = ['O1001', 'O1002', 'O1003'];
    await lookAtSeveral(workspace, ids);
    const heal = aws.injectFault(onSubmit({ type: 'throttle' }));
    await submitSeveral(workspace);
    await message('Waiting for AWS');
    await letPass(workspace, MINUTE);
    const edits = slack.calls('chat.update').length;
    await tryForMinutes(workspace);
    expect(slack.calls('chat.update')).toHaveLength(edits);

    heal();
    await within(workspace, 3 * MINUTE, () => ids.every((id) => aws.submissionsExecuted(id) === 1));
    await letPass(workspace, 10 * SECOND);
    await message('3 with AWS');
  });

  test('where only an answer to the command can stand, it is answered once', async () => {
    const workspace = await open();
    const { aws, deal, submit, message } = workspace;
    deal();
    workspace.slack.injectFault({
      method: 'chat.postMessage',
      channel: ana,
      kind: { type: 'error', error: 'messages_tab_disabled' },
    });
    aws.injectFault(onSubmit({ type: 'throttle' }));
    await submit('O1001', {}, { channel: general });
    await message('Waiting for AWS: O1001', { channel: general });
    await idle(workspace);
    const before = inChannel(workspace, general).length;
    await tryForMinutes(workspace);
    expect(inChannel(workspace, general)).toHaveLength(before);
  });

  test('what keeps it waiting is another thing now: it says so', async () => {
    const workspace = await open();
    const { aws, deal, submit, message } = workspace;
    deal();
    aws.injectFault(onSubmit({ type: 'throttle' }));
    await submit('O1001');
    await message('AWS is busy');
    aws.injectFault({ operation: 'GetOpportunity', kind: { type: 'html-503', execute: false } });
    await letPass(workspace, MINUTE);
    expect(inChannel(workspace).map(reads)).toEqual([
      expect.stringContaining("AWS can't be reached, or doesn't answer as it should"),
    ]);
  });

  test('an edit whose answer was lost counts as one that may stand there: what it says is put right', async () => {
    const workspace = await open(PAUSED);
    const { slack, aws, deal, submit, message, restart } = workspace;
    deal();
    aws.injectFault(onSubmit({ type: 'throttle' }));
    await submit('O1001');
    await message('Kept, not sent yet: O1001');
    await restart({ PAUSED: '0' });
    slack.injectFault({ method: 'chat.update', kind: { type: 'reset', execute: true } });
    await message('Waiting for AWS: O1001');
    slack.clearFaults();
    await restart({ PAUSED: '1' });
    await letPass(workspace, MINUTE);
    await message('Kept, not sent yet: O1001');
    expect(inChannel(workspace)).toHaveLength(1);
  });
});

overSocketMode('Cancel on a message that was tried again meanwhile', (open) => {
  test.each([
    ['as it stands there', 'now'],
    ['as it stood before its last change, with block_ids that Slack has replaced', 'before'],
  ] as const)('%s: it is taken back, and never sent', async (_, screen) => {
    const workspace = await open(PAUSED);
    const { slack, aws, deal, submit, message, restart } = workspace;
    deal();
    const heal = aws.injectFault(onSubmit({ type: 'throttle' }));
    await submit('O1001');
    const before = await message('Kept, not sent yet: O1001');
    await restart({ PAUSED: '0' });
    const now = await message('Waiting for AWS: O1001');
    expect(now.blocks.map(({ block_id }) => block_id)).not.toEqual(
      before.blocks.map(({ block_id }) => block_id),
    );
    await tryForMinutes(workspace);
    const seen = screen === 'now' ? now : before;
    expect(buttons(seen)).toContain('Cancel');
    const { ts } = now;
    await slack.clickButton({ user: ben, channel: deals, ts, actionId: 'cancel_submission', seen });
    await message('Taken back: it was not sent', { user: ben });
    await message('Cancelled: O1001');
    heal();
    const sent = aws.requests('SubmitOpportunity').length;
    await letPass(workspace, 5 * MINUTE);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(sent);
    expect(aws.submissionsExecuted('O1001')).toBe(0);
    expect(slack.messages(deals, ana).map(reads).join()).not.toContain('Approval pending');
  });
});
