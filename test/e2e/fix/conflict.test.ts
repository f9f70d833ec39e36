import { expect, test } from 'vitest';
import { buttons, reads } from '../words-on-screen.ts';
import { ana, overSocketMode } from '../workspace.ts';
import { atAws, CLOSE_DATE, changeElsewhere, NEW_PROBLEM, openFix, PROBLEM, sentBack } from './changing.ts';

overSocketMode('a deal that somebody else changes meanwhile', (open) => {
  test('in another field: both changes are kept', async () => {
    const workspace = await open();
    const { slack, modal } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    changeElsewhere(workspace, 'Customer', { New: 'by somebody else' });
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await slack.submitView(ana);
    await modal('Sent back to AWS');
    expect(atAws(workspace, PROBLEM)).toBe(NEW_PROBLEM);
    expect(atAws(workspace, 'Customer.New')).toBe('by somebody else');
  });

  test('in the same field: it is not overwritten; Review and save again keeps what was typed, beside what is there', async () => {
    const workspace = await open();
    const { slack, modal, aws, message } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    const theirs = 'Somebody else wrote this about the harbours.';
    changeElsewhere(workspace, 'Project', { CustomerBusinessProblem: theirs });
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM, [CLOSE_DATE]: '2031-02-28' });
    await slack.submitView(ana);

    const told = await modal('Not saved: somebody else changed the same fields');
    expect(reads(told)).toContain('• *Customer business problem*');
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
    const privately = await message('Not saved: somebody else changed the same fields: O1001');
    expect(privately.ephemeralTo).toBe(ana);
    expect(buttons(privately)).toEqual(['Review and save again', 'Open in Partner Central']);

    await slack.clickViewButton({ user: ana, actionId: 'review_edit' });
    const again = await modal('*What you typed is kept.*');
    expect(reads(again)).toContain(`AWS has now: ${theirs}`);
    expect(again.values[PROBLEM]?.field).toMatchObject({ value: NEW_PROBLEM });
    expect(again.values[CLOSE_DATE]?.field).toMatchObject({ selected_date: '2031-02-28' });
    await slack.submitView(ana);
    await modal('Sent back to AWS');
    expect(atAws(workspace, PROBLEM)).toBe(NEW_PROBLEM);
    expect(atAws(workspace, CLOSE_DATE)).toBe('2031-02-28');
  });

  test('who mended all of it before submission: what was typed is still there, beside what is there', async () => {
    const workspace = await open();
    const { slack, deal, look, modal, choose, message } = workspace;
    deal({ id: 'O1001', fields: { [PROBLEM]: '' } });
    await look('O1001');
    await slack.clickViewButton({ user: ana, actionId: 'fix_here' });
    await modal('What AWS will ask for');
    const theirs = 'Somebody else wrote this about the harbours, and it is long enough for AWS.';
    changeElsewhere(workspace, 'Project', { CustomerBusinessProblem: theirs });
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await choose();
    expect(reads(await modal('Not saved: somebody else changed the same fields'))).toContain(
      'Nothing was submitted.',
    );
    await slack.clickViewButton({ user: ana, actionId: 'review_edit' });
    const again = await modal('*What you typed is kept.*');
    expect(reads(again)).toContain(`AWS has now: ${theirs}`);
    expect(again.values[PROBLEM]?.field).toMatchObject({ value: NEW_PROBLEM });
    await choose();
    await message('Approval pending: O1001');
    expect(atAws(workspace, PROBLEM)).toBe(NEW_PROBLEM);
  });

  test('between our read and our update: AWS refuses it, we read again and send it', async () => {
    const workspace = await open();
    const { slack, modal, aws } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    aws.injectFault({
      operation: 'UpdateOpportunity',
      times: 1,
      kind: { type: 'error', name: 'ConflictException' },
    });
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await slack.submitView(ana);
    await modal('Sent back to AWS');
    expect(aws.requests('UpdateOpportunity').map(({ executed }) => executed)).toEqual([false, true]);
  });

  test('who did the same already leaves nothing to send', async () => {
    const workspace = await open();
    const { slack, modal, aws } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    changeElsewhere(workspace, 'Project', { CustomerBusinessProblem: NEW_PROBLEM });
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await slack.submitView(ana);
    // Somebody else's update: whether AWS reviews it again is for a read to show.
    await modal('AWS has saved your changes');
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
  });

  test('once AWS reviews it nothing is sent, and the person is told', async () => {
    const workspace = await open();
    const { slack, modal, aws } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    aws.review('AWS', 'O1001', 'In review');
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await slack.submitView(ana);
    expect(reads(await modal("Not saved: it can't be changed now"))).toContain(
      "AWS's review says: In review.",
    );
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
  });
});
