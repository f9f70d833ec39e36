import { expect } from 'vitest';
import { PROBLEM } from './fix/changing.ts';
import { letPass, MINUTE } from './passing-time.ts';
import { reads } from './words-on-screen.ts';
import { ana, type Workspace } from './workspace.ts';

export const MENDED = 'Forty harbours report on paper; the reports come weeks too late.';

/** Prospect, as every new deal is; AWS is only informed. Recorded 2025-12 (Sandbox). */
export async function prospectForVisibilityOnly(workspace: Workspace): Promise<void> {
  const { aws, deal, submit, message } = workspace;
  deal({ id: 'O1001', fields: { PrimaryNeedsFromAws: [], 'Project.SalesActivities': [] } });
  const recorded = await submit('O1001', { involvement: 'For Visibility Only' });
  expect(reads(recorded)).toContain('*Recorded.*');
  const pending = reads(await message('Approval pending: O1001'));
  expect(pending).toContain('For Visibility Only');
  // AWS fills it in with a value outside its own list, and the bot lives with it.
  expect(aws.opportunity('AWS', 'O1001')?.opportunity.PrimaryNeedsFromAws).toEqual([
    'Do Not Need Support from AWS Sales Rep',
  ]);
  aws.review('AWS', 'O1001', 'Approved');
  await letPass(workspace, 2 * MINUTE);
  await message('Approved by AWS: O1001');
}

/** No solution associated, but described. Recorded 2025-02 (Sandbox). */
export async function coSellWithDescription({ deal, look, choose, message }: Workspace): Promise<void> {
  deal({
    id: 'O1002',
    fields: {
      'RelatedEntityIdentifiers.Solutions': [],
      'Project.OtherSolutionDescription': 'Quota reports on a data lake',
    },
  });
  expect(reads(await look('O1002'))).toContain('*Looks complete.*');
  await choose();
  expect(reads(await message('Approval pending: O1002'))).toContain('Co-Sell');
}

/** AWS's own spelling: no text of its own, `lifeCycle.…`, `project.…`. Two reports (Sandbox 2026). */
export async function refusedForTwoFields(workspace: Workspace): Promise<void> {
  const { aws, deal, submit, message } = workspace;
  deal({
    id: 'O1003',
    fields: { 'LifeCycle.TargetCloseDate': '2020-01-31', 'Project.SalesActivities': [] },
  });
  await submit('O1003');
  const refused = reads(await message('AWS needs something changed first: O1003'));
  expect(refused).toMatch(/• \*Target close date\*/);
  expect(refused).toMatch(/• \*Sales activities\*/);
  expect(refused).not.toMatch(/The opportunity\*|HTTP|lifeCycle|project\./);
  expect(aws.submissionsExecuted('O1003')).toBe(0);
}

/** *Fix*, then *Save and submit*: the edit leaves the deal as AWS can take it. */
export async function draftEditedThenSubmitted(workspace: Workspace): Promise<void> {
  const { aws, deal, look, slack, modal, message } = workspace;
  deal({ id: 'O1004', fields: { [PROBLEM]: '', Marketing: undefined } });
  await look('O1004');
  await slack.clickViewButton({ user: ana, actionId: 'fix_here' });
  await modal('saving sets it to None');
  await slack.fillIn(ana, {
    [PROBLEM]: MENDED,
    involvement_type: 'Co-Sell',
    visibility: 'Full',
    lock: ['understood'],
  });
  await slack.submitView(ana);
  await message('Approval pending: O1004');
  expect(aws.opportunity('AWS', 'O1004')?.opportunity).toMatchObject({
    LifeCycle: { ReviewStatus: 'Submitted', Stage: 'Prospect' },
    Project: { CustomerBusinessProblem: MENDED },
    Marketing: { Source: 'None' },
  });
  expect(aws.submissionsExecuted('O1004')).toBe(1);
}

/** A deal that an update has emptied of its status: a state that people can read. */
export async function statusIsNull({ aws, deal, look, command, message }: Workspace): Promise<void> {
  deal({ id: 'O1006', reviewStatus: null });
  const shown = await look('O1006');
  expect(reads(shown)).toContain('AWS shows no review status');
  expect(reads(shown)).toContain("AWS's support");
  expect(shown.view).not.toHaveProperty('submit');
  await command('status O1006');
  await message(/O1006[\s\S]*no review status/);
  expect(
    aws.requests('SubmitOpportunity').filter(({ body }) => JSON.stringify(body).includes('O1006')),
  ).toEqual([]);
}
