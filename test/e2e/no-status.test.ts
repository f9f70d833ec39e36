import { expect, test } from 'vitest';
import { withFields } from '../../demo/partner-central/data.ts';
import { onSubmit } from './aws-faults.ts';
import { openFix, PROBLEM, sentBack } from './fix/changing.ts';
import { openHome } from './home/on-the-tab.ts';
import { letPass, MINUTE, within } from './passing-time.ts';
import { inChannel, inThreads } from './review/thread.ts';
import { reads } from './words-on-screen.ts';
import { ana, overSocketMode, type Workspace } from './workspace.ts';

const SUPPORT = "AWS's support can mend it";

function change({ aws, clock }: Workspace, fields: Readonly<Record<string, unknown>>): void {
  const stored = aws.opportunity('AWS', 'O1001');
  if (stored === undefined) throw new Error('There is no such opportunity.');
  aws.seed(withFields(stored, { LastModifiedDate: clock.now().toISOString(), ...fields }));
}

/** Somebody's update has left the review's status out, and AWS has emptied it. */
const emptied = (workspace: Workspace) => change(workspace, { 'LifeCycle.ReviewStatus': undefined });

const says = (workspace: Workspace, words: string) => () =>
  inChannel(workspace).some(({ text }) => text.startsWith(words));

overSocketMode('a deal that AWS shows no review status for', (open) => {
  test('has no form to submit it, and says what it is and who can mend it', async () => {
    const workspace = await open();
    workspace.deal();
    emptied(workspace);
    const view = reads(await workspace.look('O1001'));
    expect(view).toContain('*AWS shows no review status*');
    expect(view).toContain(SUPPORT);
    await workspace.command('status O1001');
    expect(reads(await workspace.message('This bot has no record of O1001'))).toContain(
      "it can't be submitted or changed from here",
    );
    workspace.deal({ id: 'O1002' });
    const several = reads(await workspace.look('O1001 O1002'));
    expect(several).toContain("AWS shows no review status for it, and without one it can't be submitted");
  });

  test('is not sent where its status went after the form was shown: said, and called neither submitted nor refused', async () => {
    const workspace = await open();
    const { aws, deal, look, choose, message } = workspace;
    deal();
    await look('O1001');
    emptied(workspace);
    await choose();
    const ended = reads(await message('Not sent: AWS shows no review status: O1001'));
    expect(ended).toContain('Nothing was submitted.');
    expect(ended).toContain(SUPPORT);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('is a doubt as long as it was one, and settled once AWS says', async () => {
    const workspace = await open();
    const { aws } = workspace;
    workspace.deal();
    aws.injectFault(onSubmit({ type: 'reset', execute: true }, 1));
    await workspace.submit('O1001');
    await workspace.message('Not sure AWS got it: O1001');
    emptied(workspace);
    await letPass(workspace, 20 * MINUTE, MINUTE);
    expect(says(workspace, 'Not sure AWS got it')()).toBe(true);
    aws.review('AWS', 'O1001', 'Submitted');
    await within(workspace, 3 * MINUTE, says(workspace, "AWS has it; we can't tell whose request did it"));
  });

  test('which this bot submitted: whoever did is told, once, and it stays among what needs them', async () => {
    const workspace = await open();
    const { aws, deal, submit, message, press } = workspace;
    deal();
    await submit('O1001');
    await message('Approval pending: O1001');
    aws.review('AWS', 'O1001', 'Approved');
    await within(workspace, MINUTE, says(workspace, 'Approved by AWS'));
    await letPass(workspace, MINUTE);
    emptied(workspace);
    await within(workspace, 2 * MINUTE, says(workspace, 'AWS shows no review status: O1001'));
    await letPass(workspace, MINUTE);
    emptied(workspace);
    await letPass(workspace, 2 * MINUTE);
    const told = inThreads(workspace).map((each) => reads(each));
    expect(told).toHaveLength(2);
    expect(told[1]).toContain(`<@${ana}> ⚠️ *AWS shows no review status: O1001*`);
    expect(told[1]).toContain(SUPPORT);

    const [shown] = inChannel(workspace);
    await press(shown ?? expect.fail(), 'check_status');
    await message('*AWS shows no review status for this opportunity* (asked');
    await press(shown ?? expect.fail(), 'history');
    expect(reads(await workspace.modal(/History of .*O1001/))).toContain(
      "AWS's review: No review status (before: Approved)",
    );
    const tab = reads(await openHome(workspace, 'Needs you: 1'));
    expect(tab).toContain('AWS shows no review status');
  });

  test('can be changed by no form, and not by one that was open', async () => {
    const workspace = await open();
    const { aws, slack, modal, command, message, press } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    await command('status O1001');
    const standing = await message('This bot has no record of O1001');
    emptied(workspace);
    await slack.fillIn(ana, { [PROBLEM]: 'Forty harbours report on paper; the reports come too late.' });
    await slack.submitView(ana);
    expect(reads(await modal("Not saved: it can't be changed now"))).toContain(SUPPORT);
    await press(standing, 'fix_opportunity');
    await modal('so nothing is changed from here');
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
  });
});

overSocketMode("an answer that isn't AWS's way to say where a review stands", (open) => {
  test('makes a request wait: it is neither sent nor given up, and goes out once AWS says', async () => {
    const workspace = await open();
    const { aws } = workspace;
    const { opportunity } = workspace.deal();
    await workspace.look('O1001');
    const { LifeCycle: _, ...body } = opportunity;
    const heal = aws.injectFault({
      operation: 'GetOpportunity',
      kind: { type: 'error', name: 'None', status: 200, body },
    });
    await workspace.choose();
    await within(workspace, MINUTE, says(workspace, 'Waiting for AWS'));
    await letPass(workspace, 10 * MINUTE, MINUTE);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
    heal();
    await within(workspace, 2 * MINUTE, says(workspace, 'Approval pending'));
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });
});
