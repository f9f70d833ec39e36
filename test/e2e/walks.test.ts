import { expect, test } from 'vitest';
import { inThread, openFix, PROBLEM } from './fix/changing.ts';
import { letPass, MINUTE } from './passing-time.ts';
import {
  coSellWithDescription,
  draftEditedThenSubmitted,
  MENDED,
  prospectForVisibilityOnly,
  refusedForTwoFields,
  statusIsNull,
} from './walks.ts';
import { reads } from './words-on-screen.ts';
import { ana, overBothTransports } from './workspace.ts';

overBothTransports('the ways that AWS was seen to go', (open) => {
  test('a Prospect for visibility only, until AWS approves it', async () => {
    await prospectForVisibilityOnly(await open());
  });

  test('Co-Sell with a description in place of a solution', async () => {
    await coSellWithDescription(await open());
  });

  test("refused for two fields, in AWS's own spelling", async () => {
    await refusedForTwoFields(await open());
  });

  test('a draft edited, then submitted', async () => {
    await draftEditedThenSubmitted(await open());
  });

  test('a deal whose status is null', async () => {
    await statusIsNull(await open());
  });

  test('sent back, edited, still Action Required, then in review', async () => {
    const workspace = await open({ observed: { afterActionRequired: 'Action Required' } });
    const { aws, deal, submit, message, slack, modal } = workspace;
    deal();
    await submit('O1001');
    await message('Approval pending: O1001');
    aws.review('AWS', 'O1001', 'Action Required', { comments: 'Please say more.' });
    await letPass(workspace, 2 * MINUTE);
    await inThread(workspace, 'Action required');

    await openFix(workspace);
    await slack.fillIn(ana, { [PROBLEM]: MENDED });
    await slack.submitView(ana);
    expect(reads(await modal('Saved: O1001'))).toContain("It doesn't show yet");
    await letPass(workspace, 3 * MINUTE);
    await message('Saved, and AWS still shows Action Required: O1001');
    expect(reads(await message('Action required: O1001'))).not.toContain('In review');

    aws.review('AWS', 'O1001', 'In review');
    await letPass(workspace, 2 * MINUTE);
    await message('In review at AWS: O1001');
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });
});
