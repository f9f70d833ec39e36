import { expect, test } from 'vitest';
import { letPass, MINUTE } from '../passing-time.ts';
import { inChannel } from '../review/thread.ts';
import { buttons, reads } from '../words-on-screen.ts';
import { ana, ben, overBothTransports, overSocketMode, type Workspace } from '../workspace.ts';
import {
  atAws,
  CLOSE_DATE,
  changeElsewhere,
  fieldsIn,
  NEW_PROBLEM,
  PROBLEM,
  refused,
  refuses,
} from './changing.ts';

const ONLY_SAVED = 'Saved; nothing was submitted';

/** The form for a deal without a close date, filled in but for how to submit. */
async function readyToSave(workspace: Workspace): Promise<void> {
  const { deal, look, slack, modal } = workspace;
  deal({ id: 'O1001', fields: { [CLOSE_DATE]: '2020-01-31' } });
  await look('O1001');
  await slack.clickViewButton({ user: ana, actionId: 'fix_here' });
  await modal('What AWS will ask for');
  await slack.fillIn(ana, { [CLOSE_DATE]: '2031-02-28' });
}

overBothTransports('what AWS refused, fixed and submitted', (open) => {
  test('the fields come first, also those our rules think fine; saved, read again and submitted with one press', async () => {
    const workspace = await open();
    const { deal, slack, aws, message, modal } = workspace;
    deal({ id: 'O1001' });
    const form = await refused(workspace, 'project.customerBusinessProblem', 'Project.Title');
    expect(fieldsIn(form)).toEqual([PROBLEM, 'Project.Title']);
    expect(reads(form)).toContain('*Customer business problem*: needs 20 to 2,000 characters');
    expect(form.values.involvement_type?.involvement_type).toMatchObject({
      selected_option: { value: 'For Visibility Only' },
    });
    expect(form.values.visibility?.visibility).toMatchObject({ selected_option: { value: 'Limited' } });
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    // The lock is confirmed again.
    await expect(slack.submitView(ana)).rejects.toThrow('lock');
    await slack.fillIn(ana, { lock: ['understood'] });
    await slack.submitView(ana);
    expect(reads(await message('Approval pending: O1001'))).toContain('For Visibility Only · Limited');
    await modal('Approval pending');
    expect(atAws(workspace, PROBLEM)).toBe(NEW_PROBLEM);
    expect(aws.requests('UpdateOpportunity')).toHaveLength(1);
    expect(aws.requests('SubmitOpportunity').map(({ executed }) => executed)).toEqual([false, true]);
  });

  test('nothing is changed: it is submitted as it is, and nothing is saved', async () => {
    const workspace = await open();
    const { deal, aws, message, choose } = workspace;
    deal({ id: 'O1001' });
    await refused(workspace, 'Visibility', 'project.title');
    await choose({ visibility: 'Full' });
    await message('Approval pending: O1001');
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });
});

overSocketMode('to be saved and submitted', (open) => {
  test('what AWS refused of a field that cannot be given in Slack is said, with where to change it', async () => {
    const workspace = await open();
    workspace.deal({ id: 'O1001' });
    const form = await refused(
      workspace,
      'lifeCycle.stage',
      'project.expectedCustomerSpend[0].targetCompany',
      'Visibility',
    );
    expect(reads(form)).toContain("*Stage*: isn't a value AWS accepts. Change it in Partner Central.");
    expect(reads(form)).toMatch(/\*Visibility\*: isn't a value AWS accepts$/m);
    expect(fieldsIn(form)).toEqual(['Project.ExpectedCustomerSpend[0].TargetCompany']);
  });

  test('what AWS refused is not said any more once somebody has changed the deal', async () => {
    const workspace = await open();
    const { deal, look, slack, modal } = workspace;
    deal({ id: 'O1001', fields: { 'LifeCycle.NextSteps': undefined, [CLOSE_DATE]: '2020-01-31' } });
    refuses(workspace, 'project.title');
    await workspace.submit('O1001');
    await workspace.message('AWS needs something changed first: O1001');
    await slack.closeView(ana);
    changeElsewhere(workspace, 'Project', { Title: 'Another one' });
    await look('O1001');
    await slack.clickViewButton({ user: ana, actionId: 'fix_here' });
    expect(reads(await modal('What AWS will ask for'))).not.toContain('AWS refused');
  });

  test('while it waits there is no submission; Cancel takes both back', async () => {
    const workspace = await open();
    const { aws, choose, message, press, modal, slack } = workspace;
    await readyToSave(workspace);
    const heal = aws.injectFault({ operation: 'UpdateOpportunity', kind: { type: 'throttle' } });
    await choose();
    expect(buttons(await modal('saved at AWS, then submitted'))).toEqual(['Cancel']);
    const waiting = await message('Your changes wait for AWS: O1001');
    expect(reads(waiting)).toContain('After 15 minutes it is only saved, not submitted.');
    expect(inChannel(workspace)).toEqual([]);
    await press(waiting, 'cancel_edit');
    await message('Taken back: it was not sent');
    expect(reads(await message('Cancelled: not saved: O1001'))).toContain('Nothing was submitted.');
    heal();
    await slack.closeView(ana);
    await letPass(workspace, 2 * MINUTE);
    expect(aws.requests('UpdateOpportunity').map(({ executed }) => executed)).not.toContain(true);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('Cancel while AWS takes the changes: they are saved, and nothing was submitted', async () => {
    const workspace = await open();
    const { aws, choose, message, modal, slack } = workspace;
    await readyToSave(workspace);
    aws.injectFault({ operation: 'UpdateOpportunity', times: 1, kind: { type: 'latency', ms: 5000 } });
    await choose();
    await modal('saved at AWS, then submitted');
    await expect.poll(() => aws.requests('UpdateOpportunity').length).toBe(1);
    await slack.clickViewButton({ user: ana, actionId: 'cancel_edit' });
    await modal('Nothing is submitted.');
    await letPass(workspace, MINUTE);
    expect(reads(await message(`${ONLY_SAVED}: O1001`))).toContain('when Cancel was pressed');
    expect(atAws(workspace, CLOSE_DATE)).toBe('2031-02-28');
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('Cancel once the changes are saved and what follows waits: that is taken back', async () => {
    const workspace = await open();
    const { aws, choose, message, modal, slack } = workspace;
    await readyToSave(workspace);
    const heal = aws.injectFault({ operation: 'SubmitOpportunity', kind: { type: 'throttle' } });
    await choose();
    const view = await modal('saved at AWS, then submitted');
    const [cancel] = view.view.blocks.flatMap((block) =>
      'elements' in block
        ? block.elements.filter((each) => 'action_id' in each && each.action_id === 'cancel_edit')
        : [],
    );
    await message('Waiting for AWS: O1001');
    await slack.deliver('interactive', {
      type: 'block_actions',
      team: { id: slack.team.id, domain: slack.team.domain },
      user: { id: ana, name: 'ana', team_id: slack.team.id },
      api_app_id: slack.appId,
      token: 'none',
      trigger_id: '1.2.3',
      container: { type: 'view', view_id: view.id },
      actions: [{ block_id: 'next', action_ts: '1795777010.000100', ...cancel, type: 'button' }],
      view: { ...view.view, id: view.id, hash: view.hash, state: { values: {} } },
    });
    await message('Cancelled: O1001');
    heal();
    await letPass(workspace, 2 * MINUTE);
    expect(aws.submissionsExecuted('O1001')).toBe(0);
  });

  test("AWS's answer is lost: what a read shows was saved, and nothing was submitted", async () => {
    const workspace = await open();
    const { aws, choose, message, later } = workspace;
    await readyToSave(workspace);
    aws.injectFault({ operation: 'UpdateOpportunity', times: 1, kind: { type: 'reset', execute: true } });
    await choose();
    await later(2000);
    const saved = await message(`${ONLY_SAVED}: O1001`);
    expect(buttons(saved)).toEqual(['Go on to Submit', 'Open in Partner Central']);
    await letPass(workspace, MINUTE);
    expect(atAws(workspace, CLOSE_DATE)).toBe('2031-02-28');
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('AWS does not take the changes: nothing was submitted, and what was typed is kept', async () => {
    const workspace = await open();
    const { aws, choose, message } = workspace;
    await readyToSave(workspace);
    aws.injectFault({
      operation: 'UpdateOpportunity',
      times: 1,
      kind: { type: 'error', name: 'ValidationException' },
    });
    await choose();
    const told = await message('AWS did not save your changes: O1001');
    expect(reads(told)).toContain('Nothing was submitted.');
    await letPass(workspace, MINUTE);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test.each([
    [
      'before it is saved',
      (workspace: Workspace) => changeElsewhere(workspace, 'Project', { Title: 'Other' }),
    ],
    [
      'right after it was saved',
      (workspace: Workspace) => {
        const stop = workspace.aws.onChange(() => {
          if (atAws(workspace, CLOSE_DATE) !== '2031-02-28') return;
          stop();
          changeElsewhere(workspace, 'Project', { Title: 'Other' });
        });
      },
    ],
  ])('somebody changes something else %s: saved, and nothing was submitted', async (_, change) => {
    const workspace = await open();
    const { aws, choose, message } = workspace;
    await readyToSave(workspace);
    change(workspace);
    await choose();
    await letPass(workspace, MINUTE);
    expect(reads(await message(`${ONLY_SAVED}: O1001`))).toContain('has changed in other ways');
    expect(aws.requests('UpdateOpportunity').map(({ executed }) => executed)).toEqual([true]);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('AWS took longer than 15 minutes: saved, and nothing was submitted', async () => {
    const workspace = await open();
    const { aws, choose, message } = workspace;
    await readyToSave(workspace);
    const heal = aws.injectFault({ operation: 'UpdateOpportunity', kind: { type: 'throttle' } });
    await choose();
    await message('Your changes wait for AWS: O1001');
    await letPass(workspace, 16 * MINUTE);
    heal();
    await letPass(workspace, 2 * MINUTE);
    expect(reads(await message(`${ONLY_SAVED}: O1001`))).toContain('longer than 15 minutes');
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('somebody else submits it meanwhile: one request, theirs', async () => {
    const workspace = await open();
    const { aws, look, choose, message, slack } = workspace;
    await readyToSave(workspace);
    await look('O1001', { user: ben });
    aws.injectFault({ operation: 'UpdateOpportunity', kind: { type: 'throttle' }, times: 1 });
    const heal = aws.injectFault({ operation: 'SubmitOpportunity', kind: { type: 'throttle' } });
    await choose();
    await message('Your changes wait for AWS: O1001');
    await choose({}, { user: ben });
    await slack.closeView(ben);
    await letPass(workspace, 2 * MINUTE);
    const told = await message(/Saved; nothing was submitted: O1001|Waiting for AWS: O1001/);
    expect(reads(told)).not.toContain('Approval pending');
    heal();
    await letPass(workspace, 3 * MINUTE);
    expect(aws.submissionsExecuted('O1001')).toBeLessThanOrEqual(1);
    expect(reads(await message(`${ONLY_SAVED}: O1001`))).toContain('Somebody else');
  });

  test('what AWS will ask for and nobody filled in is no way to a submission', async () => {
    const workspace = await open();
    const { deal, look, slack, modal, choose, aws } = workspace;
    deal({ id: 'O1001', fields: { [CLOSE_DATE]: '2020-01-31', 'LifeCycle.NextSteps': undefined } });
    await look('O1001');
    await slack.clickViewButton({ user: ana, actionId: 'fix_here' });
    await modal('What AWS will ask for');
    expect(await choose()).toMatchObject({
      payload: {
        response_action: 'errors',
        errors: { involvement_type: expect.stringContaining('Target close date is missing') },
      },
    });
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('with choices that AWS refuses together: that is what is said', async () => {
    const workspace = await open();
    const { choose, aws } = workspace;
    await readyToSave(workspace);
    expect(await choose({ visibility: 'Limited', anyway: false })).toMatchObject({
      payload: {
        response_action: 'errors',
        errors: { visibility: expect.stringContaining('With Co-Sell choose Full') },
      },
    });
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
  });

  test('a solution and a field: two calls, and the deal is looked at after both', async () => {
    const workspace = await open();
    const { deal, look, slack, modal, choose, aws, message } = workspace;
    const solutions = 'RelatedEntityIdentifiers.Solutions';
    deal({ id: 'O1001', fields: { [solutions]: [], [CLOSE_DATE]: '2020-01-31' } });
    await look('O1001');
    await slack.clickViewButton({ user: ana, actionId: 'fix_here' });
    await modal('What AWS will ask for');
    await slack.optionsFor(ana, solutions, 'lake');
    await slack.fillIn(ana, { [CLOSE_DATE]: '2031-02-28', [solutions]: 'S-0051246' });
    await choose();
    await message('Approval pending: O1001');
    expect(aws.requests('AssociateOpportunity')).toHaveLength(1);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });
});
