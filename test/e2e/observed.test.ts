import { expect, test } from 'vitest';
import { isObject, type JsonObject } from '../../demo/json.ts';
import { flips, type Observed } from '../../demo/partner-central/observed.ts';
import { openFix, PROBLEM } from './fix/changing.ts';
import { letPass, MINUTE, SECOND } from './passing-time.ts';
import { MENDED } from './walks.ts';
import { reads } from './words-on-screen.ts';
import { ana, deals, overSocketMode, type Workspace } from './workspace.ts';

/** A deal with all in it that reports contradict each other about. */
const DISPUTED: JsonObject = {
  'Customer.Account.Address.CountryCode': 'US',
  'Customer.Account.Address.StateOrRegion': 'New York',
  'Customer.Account.Address.PostalCode': '1',
  'Customer.Contacts': [{ Email: 'kai@northwind.example' }],
  'Project.SalesActivities': [],
  'Project.ExpectedCustomerSpend': [
    { Amount: '18500', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'Acme' },
  ],
  Marketing: { Source: 'None', CampaignName: 'Harbour days', AwsFundingUsed: 'No' },
};

const atAws = ({ aws }: Workspace, id: string): JsonObject =>
  aws.opportunity('AWS', id)?.opportunity ?? expect.fail(`${id} is gone`);

/** What AWS holds, but for what an edit and AWS's own review may change. */
function kept({ LastModifiedDate: _, LifeCycle, Project, Marketing, ...rest }: JsonObject): JsonObject {
  const without = (section: unknown, ...names: readonly string[]) =>
    Object.fromEntries(
      Object.entries(isObject(section) ? section : {}).filter(
        // AWS's own Get has nulls where it has nothing, and an update may bring them back.
        ([name, value]) => !names.includes(name) && value !== null && value !== undefined,
      ),
    );
  return {
    ...rest,
    LifeCycle: without(LifeCycle, 'ReviewStatus'),
    Project: without(Project, 'CustomerBusinessProblem', 'ExpectedCustomerSpend', 'SalesActivities'),
    Marketing: without(Marketing, 'Source'),
  };
}

/** What the channel is told of a deal now. */
const said = ({ slack }: Workspace, id: string): string =>
  slack
    .messages(deals)
    .filter(({ text, threadTs, ephemeralTo }) => text.includes(id) && threadTs === undefined && !ephemeralTo)
    .map(reads)
    .join('\n');

/** Submits it whatever the form says, and holds what is said against what AWS did. */
async function submitAndCompare(workspace: Workspace, id: string, involvement: string, visibility: string) {
  const { aws, submit, message } = workspace;
  await submit(id, { involvement, visibility });
  await message(new RegExp(`(Approval pending|AWS needs something changed first): ${id}`));
  await letPass(workspace, 10 * SECOND);
  const executed = aws.submissionsExecuted(id);
  expect(executed).toBeLessThanOrEqual(1);
  expect(said(workspace, id)).toContain(
    executed === 1 ? `Approval pending: ${id}` : `AWS needs something changed first: ${id}`,
  );
  expect(said(workspace, id)).not.toMatch(/The opportunity\*|HTTP \d|lifeCycle\.|project\./);
  const sent = aws.requests('SubmitOpportunity').filter(({ body }) => JSON.stringify(body).includes(id));
  expect(sent).toHaveLength(1);
}

/** Saves an edit of the open form; whatever AWS makes of it, nothing else of the deal changes and no status is lost. */
async function editAndCompare(
  workspace: Workspace,
  id: string,
  others: Readonly<Record<string, string | readonly string[]>> = {},
): Promise<void> {
  const { slack, message } = workspace;
  const before = kept(atAws(workspace, id));
  await slack.fillIn(ana, { [PROBLEM]: MENDED, ...others });
  await slack.submitView(ana);
  expect(slack.view(ana)?.errors).toEqual({});
  await message(
    new RegExp(
      `(Saved|Sent back to AWS|AWS did not save your changes|Approval pending|AWS needs something changed first)[^:]*: ${id}`,
    ),
  );
  await letPass(workspace, 3 * MINUTE, 30 * SECOND);
  const after = atAws(workspace, id);
  expect(kept(after)).toEqual(before);
  expect(after.LifeCycle).toHaveProperty('ReviewStatus', expect.stringMatching(/\w/));
}

overSocketMode('whatever AWS really does where reports differ', (open) => {
  const named = flips.map((flip): [string, Partial<Observed>] => [JSON.stringify(flip), flip]);

  test.each(named)('%s: no deal is harmed, none sent twice, and what is said is so', async (_, observed) => {
    const workspace = await open({ observed });
    const { deal, look, slack } = workspace;
    deal({ id: 'O1001', reviewStatus: 'Action Required', fields: DISPUTED });
    await openFix(workspace);
    await editAndCompare(workspace, 'O1001');

    deal({ id: 'O1002', fields: { ...DISPUTED, [PROBLEM]: '' } });
    await look('O1002');
    await slack.clickViewButton({ user: ana, actionId: 'fix_here' });
    await slack.waitForView(ana, ({ values }) => PROBLEM in values);
    await editAndCompare(workspace, 'O1002', {
      involvement_type: 'For Visibility Only',
      visibility: 'Full',
      lock: ['understood'],
    });

    const today = workspace.clock.now().toISOString().slice(0, 10);
    deal({ id: 'O1003', fields: { 'LifeCycle.TargetCloseDate': today } });
    await submitAndCompare(workspace, 'O1003', 'Co-Sell', 'Limited');
    deal({ id: 'O1004', fields: { 'Project.SalesActivities': [] } });
    await submitAndCompare(workspace, 'O1004', 'For Visibility Only', 'Full');
  });
});
