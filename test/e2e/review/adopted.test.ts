import { expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.ts';
import { createPartnerCentral } from '../../../src/partner-central/operations.ts';
import { opportunitySchema } from '../../../src/partner-central/opportunity.ts';
import { adopt } from '../../../src/submissions/review/adopt.ts';
import type { Submission } from '../../../src/submissions/submission.ts';
import { storeOn } from '../../submissions/records.ts';
import { letPass, MINUTE, within } from '../passing-time.ts';
import { reads } from '../words-on-screen.ts';
import { ana, ben, deals, overBothTransports, type Workspace } from '../workspace.ts';
import { inChannel, inThreads } from './thread.ts';

/** What a door that lets people fix an opportunity does once it may. */
async function takenOn(workspace: Workspace, id: string, userId: string): Promise<Submission | undefined> {
  const { aws, clock, folder, slack } = workspace;
  const connection = await connect({ type: 'sqlite', folder }, { onLostConnection: () => {} });
  const partnerCentral = createPartnerCentral({
    endpoint: new URL(aws.url),
    region: 'us-east-1',
    credentials: async () => aws.credentials,
    clock,
    userAgent: 'test',
    timeouts: {},
  });
  try {
    return await adopt(
      {
        opportunity: opportunitySchema.parse(aws.opportunity('AWS', id)?.opportunity),
        who: { userId, teamId: slack.team.id },
        channelId: deals,
        threadTs: undefined,
      },
      { store: storeOn(connection), partnerCentral, clock, catalog: 'AWS', wake: () => {} },
    );
  } finally {
    await partnerCentral.close();
    await connection.close();
  }
}

overBothTransports('an opportunity submitted elsewhere that somebody takes on here', (open) => {
  test('by fixing it from Slack: it gets a message of its own, and AWS’s decisions name that person, in one place', async () => {
    const workspace = await open({ settings: { FOLLOW_CHANNEL: deals } });
    const { aws, deal, message, press, modal, slack } = workspace;
    await letPass(workspace, MINUTE);
    deal({ id: 'O2001', reviewStatus: 'Submitted', companyName: 'Northwind Fisheries' });
    aws.review('AWS', 'O2001', 'Action Required');
    await within(workspace, MINUTE, () => inChannel(workspace).length === 1);

    await press(await message('Action required: O2001'), 'fix_opportunity', { user: ben });
    await modal('Send back to AWS', { user: ben });
    await slack.fillIn(ben, { 'LifeCycle.TargetCloseDate': '2031-02-28' });
    await slack.submitView(ben);
    await modal('Sent back to AWS', { user: ben });
    const own = await message('Approval pending: O2001');
    expect(reads(own)).toContain(`*Taken on by*\n<@${ben}>`);
    expect(reads(own)).not.toContain('Northwind');

    aws.review('AWS', 'O2001', 'Approved');
    await within(workspace, MINUTE, () => inThreads(workspace).some(({ text }) => text.includes('Approved')));
    await letPass(workspace, 10 * MINUTE);
    expect(inChannel(workspace).at(-1)?.ts).toBe(own.ts);
    expect(inThreads(workspace).map(reads).join()).toContain(`<@${ben}> *Approved by AWS: O2001*`);
    expect(inChannel(workspace).map(({ text }) => text)).toEqual([
      'Action required: O2001',
      'Approved by AWS: O2001',
    ]);
  });

  test('two people who take it on are told of the same record', async () => {
    const workspace = await open();
    workspace.deal({ id: 'O2001', reviewStatus: 'Action Required' });
    const [first, second] = [await takenOn(workspace, 'O2001', ana), await takenOn(workspace, 'O2001', ben)];
    expect(first?.userId).toBe(ana);
    expect(second?.id).toBe(first?.id);
  });

  test('what this bot submitted stays whose it is; what AWS hasn’t got, or keeps to itself, is nobody’s', async () => {
    const workspace = await open();
    const { aws, deal, submit, message } = workspace;
    deal({ id: 'O1001' });
    await submit('O1001');
    await message('Approval pending: O1001');
    expect(await takenOn(workspace, 'O1001', ben)).toMatchObject({ userId: ana, state: 'submitted' });

    deal({ id: 'O1002' });
    expect(await takenOn(workspace, 'O1002', ben)).toBeUndefined();
    deal({ id: 'O1003', reviewStatus: 'Action Required' });
    aws.injectFault({
      operation: 'GetAwsOpportunitySummary',
      kind: { type: 'error', name: 'AccessDeniedException' },
    });
    expect(await takenOn(workspace, 'O1003', ben)).toBeUndefined();
  });
});
