import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backUpSqlite } from '../../../src/database/sqlite-files.ts';
import { awsError, onSubmit } from '../aws-faults.ts';
import { letPass, MINUTE } from '../passing-time.ts';
import { pressOf } from '../press-of.ts';
import { inDm } from '../review/thread.ts';
import { reads } from '../words-on-screen.ts';
import { ana, ben, deals, overSocketMode, type Workspace } from '../workspace.ts';
import { atAws, CLOSE_DATE } from './changing.ts';

/** The person's form for a deal without a close date, filled in. */
async function filledIn(workspace: Workspace, user: string = ana, date = '2031-02-28') {
  const { look, slack, modal } = workspace;
  await look('O1001', { user });
  await slack.clickViewButton({ user, actionId: 'fix_here' });
  const form = await modal('What AWS will ask for', { user });
  await slack.fillIn(user, { [CLOSE_DATE]: date, involvement_type: 'Co-Sell', lock: ['understood'] });
  return form;
}

const LATE_DEAL = { id: 'O1001', fields: { [CLOSE_DATE]: '2020-01-31' } };
const throttled = { operation: 'UpdateOpportunity', kind: { type: 'throttle' } } as const;
const noSubmission = ({ aws }: Workspace) => expect(aws.requests('SubmitOpportunity')).toEqual([]);

overSocketMode('Save and submit, pressed again', (open) => {
  test('twice at once: saved once, submitted once', async () => {
    const workspace = await open();
    const { deal, slack, aws, message } = workspace;
    deal(LATE_DEAL);
    await filledIn(workspace);
    await Promise.all([slack.submitView(ana), slack.submitView(ana)]);
    await message('Approval pending: O1001');
    await letPass(workspace, MINUTE);
    expect(aws.requests('UpdateOpportunity')).toHaveLength(1);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test('by two people: one of them is told that it is on its way', async () => {
    const workspace = await open();
    const { deal, slack, aws, message } = workspace;
    deal(LATE_DEAL);
    await filledIn(workspace);
    await filledIn(workspace, ben, '2031-03-31');
    await Promise.all([slack.submitView(ana), slack.submitView(ben)]);
    await message('Approval pending: O1001');
    await letPass(workspace, MINUTE);
    expect(aws.requests('UpdateOpportunity')).toHaveLength(1);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  test('the same press once it was cancelled: it says that, also while sending is paused', async () => {
    const workspace = await open();
    const { deal, slack, aws, message, press, restart } = workspace;
    deal(LATE_DEAL);
    await filledIn(workspace);
    const sent = pressOf(workspace, ana);
    const heal = aws.injectFault(throttled);
    await slack.submitView(ana);
    await press(await message('Your changes wait for AWS: O1001'), 'cancel_edit');
    await message('Cancelled: not saved: O1001');
    heal();
    await restart({ PAUSED: '1' });
    const again = JSON.stringify(await slack.deliver('interactive', sent));
    expect(again).toContain('Cancelled: not saved');
    expect(again).not.toContain('then submitted');
    noSubmission(workspace);
  });

  test('with changes, where a first press submitted the deal as it was and that was cancelled: nothing of it is taken, and what was typed stays', async () => {
    const workspace = await open();
    const { deal, slack, aws, submit, message, press, modal } = workspace;
    deal({ id: 'O1001' });
    aws.injectFault({
      ...onSubmit(
        awsError('ValidationException', {
          body: {
            Reason: 'BUSINESS_VALIDATION_FAILED',
            ErrorList: [{ FieldName: 'project.title', Message: 'no', Code: 'INVALID_VALUE' }],
          },
        }),
      ),
      times: 1,
    });
    await submit('O1001');
    await slack.closeView(ana);
    await press(await message('AWS needs something changed first: O1001'), 'fix_opportunity');
    await modal('AWS refused this');
    await slack.fillIn(ana, { lock: ['understood'] });
    // Slack doesn't hear the answer, and the form stays.
    const heal = aws.injectFault({ operation: 'SubmitOpportunity', kind: { type: 'throttle' } });
    await slack.deliver('interactive', pressOf(workspace, ana));
    await press(await message('Waiting for AWS: O1001'), 'cancel_submission');
    await message('Cancelled: O1001');
    heal();
    await slack.fillIn(ana, { 'Project.Title': 'A better title' });
    expect(await slack.submitView(ana)).toMatchObject({
      payload: {
        response_action: 'errors',
        errors: { 'Project.Title': expect.stringContaining('sent before') },
      },
    });
    await letPass(workspace, MINUTE);
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
    expect(aws.submissionsExecuted('O1001')).toBe(0);
  });
});

overSocketMode('between saving and submitting', (open) => {
  test('the right is lost: saved, and not sent', async () => {
    const workspace = await open();
    const { deal, slack, aws, message } = workspace;
    deal(LATE_DEAL);
    await filledIn(workspace);
    const stop = aws.onChange(() => {
      if (atAws(workspace, CLOSE_DATE) !== '2031-02-28') return;
      stop();
      slack.addUser({ id: ana, name: 'ana', realName: 'Ana', kind: 'guest' });
    });
    await slack.submitView(ana);
    await message('Not sent: no longer allowed: O1001');
    await letPass(workspace, MINUTE);
    noSubmission(workspace);
  });

  test('the records are set back to before it was saved: nobody is told that nothing was submitted', async () => {
    const workspace = await open();
    const { deal, slack, aws, message, end, begin, folder } = workspace;
    deal(LATE_DEAL);
    await filledIn(workspace);
    const heal = aws.injectFault(throttled);
    await slack.submitView(ana);
    await message('Your changes wait for AWS: O1001');
    const copy = join(folder, 'copy.sqlite');
    await backUpSqlite(folder, copy);
    heal();
    await letPass(workspace, MINUTE);
    await message('Approval pending: O1001');
    await end();
    for (const name of ['bot.sqlite', 'bot.sqlite-wal', 'bot.sqlite-shm'])
      await rm(join(folder, name), { force: true });
    await copyFile(copy, join(folder, 'bot.sqlite'));
    await begin();
    await letPass(workspace, 50 * MINUTE, MINUTE);
    const told = [...slack.messages(deals), ...inDm(workspace, ana)].map(reads).join('\n---\n');
    expect(told).toContain('Saved; not sure it was submitted: O1001');
    expect(told).not.toMatch(/nothing was submitted/i);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
    expect(aws.requests('UpdateOpportunity').filter(({ executed }) => executed)).toHaveLength(1);
  });
});
