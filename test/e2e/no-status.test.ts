import { expect, test } from 'vitest';
import { withFields } from '../../demo/partner-central/data.ts';
import { onSubmit } from './aws-faults.ts';
import { letPass, MINUTE, within } from './passing-time.ts';
import { inChannel, inThreads } from './review/thread.ts';
import { overSocketMode, type Workspace } from './workspace.ts';

/** AWS answers all the same, and leaves the review's status out. */
function saysNoStatus({ aws }: Workspace): void {
  const stored = aws.opportunity('AWS', 'O1001');
  if (stored === undefined) throw new Error('There is no such opportunity.');
  aws.seed(withFields(stored, { 'LifeCycle.ReviewStatus': undefined }));
}

const says = (workspace: Workspace, words: string) => () =>
  inChannel(workspace).some(({ text }) => text.startsWith(words));

overSocketMode("while AWS doesn't say where the review stands", (open) => {
  test('a request waits: it is neither sent nor called submitted, and goes out once AWS says', async () => {
    const workspace = await open();
    const { aws } = workspace;
    const stored = workspace.deal();
    await workspace.look('O1001');
    saysNoStatus(workspace);
    await workspace.choose();
    await within(workspace, MINUTE, says(workspace, 'Waiting for AWS'));
    await letPass(workspace, 10 * MINUTE, MINUTE);
    expect(says(workspace, 'Waiting for AWS')()).toBe(true);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
    aws.seed(stored);
    await within(workspace, 2 * MINUTE, says(workspace, 'Approval pending'));
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  test('a doubt stays a doubt, and is settled once AWS says', async () => {
    const workspace = await open();
    const { aws } = workspace;
    workspace.deal();
    aws.injectFault(onSubmit({ type: 'reset', execute: true }, 1));
    await workspace.submit('O1001');
    await workspace.message("We don't know yet, and are looking: O1001");
    saysNoStatus(workspace);
    await letPass(workspace, 20 * MINUTE, MINUTE);
    expect(says(workspace, "We don't know yet")()).toBe(true);
    aws.review('AWS', 'O1001', 'Submitted');
    await within(workspace, 3 * MINUTE, says(workspace, 'Approval pending'));
  });

  test('a decision that is known stays, whoever asks', async () => {
    const workspace = await open();
    workspace.deal();
    await workspace.submit('O1001');
    await workspace.message('Approval pending: O1001');
    workspace.aws.review('AWS', 'O1001', 'Approved');
    await within(workspace, MINUTE, says(workspace, 'Approved by AWS'));
    saysNoStatus(workspace);
    const [message] = inChannel(workspace);
    await workspace.press(message ?? expect.fail(), 'check_status');
    await workspace.message("AWS doesn't say where its review stands");
    await letPass(workspace, MINUTE);
    expect(says(workspace, 'Approved by AWS')()).toBe(true);
    workspace.aws.review('AWS', 'O1001', 'Approved');
    await letPass(workspace, 2 * MINUTE);
    expect(inThreads(workspace)).toHaveLength(1);
  });
});
