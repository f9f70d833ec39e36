import { expect, test } from 'vitest';
import { withFields } from '../../../demo/partner-central/data.ts';
import { letPass, MINUTE, SECOND } from '../passing-time.ts';
import { reads } from '../words-on-screen.ts';
import { ana, deals, overSocketMode, type Workspace } from '../workspace.ts';
import { NEW_PROBLEM, openFix, PROBLEM, sentBack } from './changing.ts';

const SAVED = 'Saved: O1001';
const STILL = 'Saved, and AWS still shows Action Required: O1001';
/** Whether the update alone makes AWS review it again, nobody recorded. */
const UNREVIEWED = { afterActionRequired: 'Action Required' } as const;
const REVIEWED = 'Sent back to AWS: O1001';

/** What the person who saved a change was told of it, oldest first. */
const told = ({ slack }: Workspace): readonly string[] =>
  slack
    .messages(deals)
    .filter(({ ephemeralTo, text }) => ephemeralTo === ana && /^(Saved|Sent back|Not saved)/.test(text))
    .map(({ text }) => text);

overSocketMode('after a deal that AWS had sent back was changed', (open) => {
  /** AWS takes the update, and its review stays as it is. */
  const saveUnreviewed = async (workspace: Workspace): Promise<void> => {
    const { slack, modal } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await slack.submitView(ana);
    expect(reads(await modal(SAVED))).toContain("It doesn't show yet that it reviews the opportunity again.");
  };

  test('it is said that it is saved, and after two minutes that AWS still shows Action Required', async () => {
    const workspace = await open({ observed: UNREVIEWED });
    await saveUnreviewed(workspace);
    await letPass(workspace, MINUTE);
    expect(told(workspace)).toEqual([SAVED]);
    await letPass(workspace, 2 * MINUTE);
    expect(told(workspace)).toEqual([SAVED, STILL]);
    const still = reads(await workspace.message(STILL));
    expect(still).toContain("Whether it reviews the opportunity again isn't known");
    expect(still).toContain('ask your AWS contact');
    const reading = workspace.aws.requests('GetOpportunity').length;
    await letPass(workspace, 5 * MINUTE);
    expect(workspace.aws.requests('GetOpportunity').length).toBe(reading);
    expect(told(workspace)).toHaveLength(2);
  });

  test('that AWS reviews it again is said once a read shows it, over a restart too', async () => {
    const workspace = await open({ observed: UNREVIEWED });
    await saveUnreviewed(workspace);
    await letPass(workspace, 20 * SECOND);
    await workspace.restart();
    workspace.aws.review('AWS', 'O1001', 'Submitted');
    await letPass(workspace, 30 * SECOND);
    expect(told(workspace)).toEqual([SAVED, REVIEWED]);
    expect(reads(await workspace.message(REVIEWED))).toContain('its review says Submitted');
    await letPass(workspace, 3 * MINUTE);
    expect(told(workspace)).toHaveLength(2);
  });

  test("where AWS can't be read for two minutes, that is what is said", async () => {
    const workspace = await open({ observed: UNREVIEWED });
    await saveUnreviewed(workspace);
    workspace.aws.injectFault({ operation: 'GetOpportunity', kind: { type: 'html-503', execute: false } });
    await letPass(workspace, 3 * MINUTE);
    expect(told(workspace)).toEqual([SAVED, SAVED]);
    await workspace.message("Its review couldn't be read since");
  });

  test('where it is Pending Submission again, that it can be submitted is said', async () => {
    const workspace = await open({ observed: UNREVIEWED });
    await saveUnreviewed(workspace);
    workspace.aws.seed(
      withFields(workspace.aws.opportunity('AWS', 'O1001') ?? expect.fail(), {
        'LifeCycle.ReviewStatus': 'Pending Submission',
      }),
    );
    await letPass(workspace, 30 * SECOND);
    expect(told(workspace)).toEqual([SAVED, SAVED]);
    await workspace.message('The opportunity can be submitted.');
  });

  test('where its status has gone, that is said', async () => {
    const workspace = await open({ observed: UNREVIEWED });
    await saveUnreviewed(workspace);
    const stored = workspace.aws.opportunity('AWS', 'O1001');
    workspace.aws.seed(withFields(stored ?? expect.fail(), { 'LifeCycle.ReviewStatus': undefined }));
    await letPass(workspace, 30 * SECOND);
    expect(told(workspace)).toEqual([SAVED, 'Saved, and AWS shows no review status: O1001']);
  });

  test.each(['Action Required', 'Submitted'] as const)(
    'in Sandbox nobody reviews, whatever it shows then: %s',
    async (afterActionRequired) => {
      const workspace = await open({
        settings: { PARTNER_CENTRAL_CATALOG: 'Sandbox' },
        observed: { afterActionRequired },
      });
      const { aws, slack, modal } = workspace;
      sentBack(workspace);
      await openFix(workspace);
      await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
      await slack.submitView(ana);
      expect(reads(await modal(SAVED))).toContain('In Sandbox nobody reviews');
      await letPass(workspace, 3 * MINUTE);
      expect(told(workspace)).toEqual([SAVED]);
      expect(aws.opportunity('Sandbox', 'O1001')?.opportunity).toMatchObject({
        LifeCycle: { ReviewStatus: afterActionRequired },
        Project: { CustomerBusinessProblem: NEW_PROBLEM },
      });
    },
  );
});

overSocketMode('what an update of a deal says beside the edit', (open) => {
  const save = async ({ slack }: Workspace): Promise<void> => {
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await slack.submitView(ana);
  };

  test('the review status as it was read, and what AWS wrote beside it', async () => {
    const workspace = await open();
    sentBack(workspace);
    await openFix(workspace);
    await save(workspace);
    await workspace.message(REVIEWED);
    expect(workspace.aws.requests('UpdateOpportunity')[0]?.body).toMatchObject({
      LifeCycle: { ReviewStatus: 'Action Required', ReviewComments: 'Please say more.' },
    });
  });

  test('a draft keeps its status, and its marketing source becomes None, as the form says', async () => {
    const workspace = await open();
    const { aws, deal, look, slack, modal, message, choose } = workspace;
    deal({ fields: { [PROBLEM]: '', Marketing: undefined } });
    await look('O1001');
    await slack.clickViewButton({ user: ana, actionId: 'fix_here' });
    await modal('saving sets it to None (no marketing campaign)');
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await choose();
    await message('Approval pending: O1001');
    expect(aws.requests('UpdateOpportunity')[0]?.body).toMatchObject({
      LifeCycle: { ReviewStatus: 'Pending Submission' },
      Marketing: { Source: 'None' },
    });
  });

  test('after a conflict it is made from a new read, and ends where the new status allows no edit', async () => {
    const workspace = await open();
    const { aws, modal } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    aws.injectFault({
      operation: 'UpdateOpportunity',
      kind: { type: 'error', name: 'ConflictException' },
    });
    const stop = aws.onChange(() => {
      if (aws.requests('UpdateOpportunity').length === 0) return;
      stop();
      aws.review('AWS', 'O1001', 'In review');
    });
    await save(workspace);
    expect(reads(await modal("Not saved: it can't be changed now"))).toContain(
      "AWS's review says: In review.",
    );
    expect(aws.requests('UpdateOpportunity')).toHaveLength(1);
  });

  test('where AWS would take no update of it no form is offered, and one that is open sends nothing', async () => {
    const workspace = await open();
    const { aws, command, message, press, modal } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    await command('status O1001');
    const standing = await message('This bot has no record of O1001');
    const stored = aws.opportunity('AWS', 'O1001');
    aws.seed(withFields(stored ?? expect.fail(), { PrimaryNeedsFromAws: [] }));
    await save(workspace);
    await modal("Not saved: it can't be changed from here");
    await press(standing, 'fix_opportunity');
    expect(reads(await modal('Nothing can be changed from Slack'))).toContain('lacks this');
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
  });
});
