import { expect, test } from 'vitest';
import { withFields } from '../../../demo/partner-central/data.ts';
import { DAY, HOUR, letPass, MINUTE, within } from '../passing-time.ts';
import { buttons, reads } from '../words-on-screen.ts';
import { ana, ben, gus, overBothTransports, type Workspace } from '../workspace.ts';
import { inChannel, inDm, inThreads } from './thread.ts';

/** A deal that AWS has approved and put nobody on yet. */
async function approved(workspace: Workspace, given = {}, how = {}): Promise<void> {
  const { aws, deal, submit, message, slack } = workspace;
  deal({ id: 'O1001', companyName: 'Northwind Fisheries', ...given });
  await submit('O1001', how);
  await message('Approval pending: O1001');
  await slack.closeView(ana);
  aws.review('AWS', 'O1001', 'Approved');
  await within(workspace, MINUTE, () => inThreads(workspace).length === 1);
}

const summaries = ({ aws }: Workspace) => aws.requests('GetAwsOpportunitySummary').length;

/** AWS's own people, as its reference has them; what was recorded is one PDM. */
const people = [
  {
    FirstName: 'Imani',
    LastName: 'Fischer',
    Email: 'imani.fischer@aws.example',
    BusinessTitle: 'AWSSalesRep',
  },
  { FirstName: 'Tomás', LastName: 'Oyelaran', Email: 'tomas.oyelaran@aws.example', BusinessTitle: 'PSM' },
];

overBothTransports('after AWS has approved', (start) => {
  const open = () => start({ observed: { awsTeamFrom: 'assignment', insights: 'scored' } });

  test('Details has AWS’s people, what AWS suggests and its scores, for whoever may see the deal', async () => {
    const workspace = await open();
    const { aws, message, modal, press } = workspace;
    await approved(workspace);
    const decision = inThreads(workspace)[0] ?? (await message('Approved by AWS: O1001'));
    await press(decision, 'show_details');
    expect(reads(await modal('AWS names nobody of its own on it yet.'))).toContain(
      'Share the workload estimate',
    );

    aws.assignTeam('AWS', 'O1001', people);
    await press(decision, 'show_details', { user: ben });
    const details = await modal('Imani Fischer', { user: ben });
    const shown = reads(details);
    expect(shown).toContain('Imani Fischer, AWS sales representative, imani.fischer@aws.example');
    expect(shown).toContain('Tomás Oyelaran, PSM');
    expect(shown).toContain('*AWS engagement score*\nMedium');
    expect(shown).toContain('*AWS opportunity quality*\n71 (Improving)');
    expect(shown).toContain('*AWS co-sell motion*\nAWS Field-engaged');
    expect(shown).toContain('• *A solution:* An AWS solution for data lakes');
    expect([...inChannel(workspace), ...inThreads(workspace)].map(reads).join()).not.toMatch(/Imani|Medium/);

    await within(workspace, MINUTE, () => inDm(workspace, ana).length === 1);
    const asked = summaries(workspace);
    await press(decision, 'show_details', { user: gus });
    await modal("Guests can't look up", { user: gus });
    expect(summaries(workspace)).toBe(asked);
  });

  test('a deal that has become a National Security deal since: its person hears that AWS has put people on it, not whom', async () => {
    const workspace = await open();
    const { aws } = workspace;
    await approved(workspace);
    const stored = aws.opportunity('AWS', 'O1001') ?? expect.fail();
    aws.seed(withFields(stored, { NationalSecurity: 'Yes' }));
    aws.assignTeam('AWS', 'O1001', people);
    await within(workspace, HOUR, () => inDm(workspace, ana).length === 1, MINUTE);
    const told = inDm(workspace, ana).map(reads).join();
    expect(told).toContain('AWS has put people on it: O1001');
    expect(told).not.toMatch(/Imani|Tomás/);
  });

  test('AWS’s score and what it recommends are in Details before it has decided, and of people nothing is said', async () => {
    const workspace = await open();
    const { deal, submit, message, modal, press } = workspace;
    deal({ id: 'O1001' });
    await submit('O1001');
    await press(await message('Approval pending: O1001'), 'show_details');
    const shown = reads(await modal('71 (Improving)'));
    expect(shown).toContain('*A solution:* An AWS solution');
    expect(shown).not.toContain('AWS names nobody');
  });

  test.each([
    ['that AWS calls Partner-led', { cosellMotion: 'Partner-led' }, {}],
    ['that is For Visibility Only', {}, { involvement: 'For Visibility Only' }],
  ])(
    'on a deal %s nobody is expected: it is looked at once, and Details misses nobody',
    async (_, given, how) => {
      const workspace = await open();
      const { aws, press } = workspace;
      await approved(workspace, given, how);
      // One look for the form, and one for whom AWS has put on it.
      await letPass(workspace, 3 * DAY, HOUR);
      expect(summaries(workspace)).toBe(2);
      const [decision] = inThreads(workspace);
      await press(decision ?? expect.fail(), 'show_details');
      expect(reads(await workspace.modal('71 (Improving)'))).not.toContain('AWS names nobody');
      // Should AWS put people on it all the same, whoever looks sees them.
      aws.assignTeam('AWS', 'O1001', people);
      await press(decision ?? expect.fail(), 'show_details');
      await workspace.modal('Imani Fischer');
    },
  );

  test('before that, and of a National Security deal, AWS’s side is neither read nor shown', async () => {
    const workspace = await open();
    const { aws, modal, press } = workspace;
    await approved(workspace, {
      fields: {
        NationalSecurity: 'Yes',
        'Customer.Account.Industry': 'Government',
        'Customer.Account.Address.CountryCode': 'US',
      },
    });
    aws.assignTeam('AWS', 'O1001', people);
    await within(workspace, HOUR, () => inDm(workspace, ana).length === 1, MINUTE);
    const told = inDm(workspace, ana).map(reads).join();
    expect(told).toContain('AWS has put people on it: O1001');
    expect(told).not.toMatch(/Imani|Northwind/);
    const before = summaries(workspace);
    const [decision] = inThreads(workspace);
    if (decision === undefined) throw new Error('The decision was not told.');
    await press(decision, 'show_details');
    expect(reads(await modal('National Security deal'))).not.toMatch(/Imani|Medium/);
    expect(summaries(workspace)).toBe(before);
  });

  test('when AWS first puts people on it, the person who submitted hears of it once, as a direct message', async () => {
    const workspace = await open();
    const { aws, slack } = workspace;
    await approved(workspace);
    await letPass(workspace, 2 * DAY, HOUR);
    expect(inDm(workspace, ana)).toEqual([]);
    aws.assignTeam('AWS', 'O1001', people);
    await within(workspace, 3 * DAY, () => inDm(workspace, ana).length === 1, HOUR);
    await workspace.restart();
    aws.assignTeam('AWS', 'O1001', []);
    await letPass(workspace, DAY, HOUR);
    aws.assignTeam('AWS', 'O1001', people);
    await letPass(workspace, 10 * DAY, DAY);

    const [told, ...repeated] = inDm(workspace, ana);
    expect(repeated).toEqual([]);
    expect(told && reads(told)).toContain('AWS has put people on it: O1001');
    expect(told && reads(told)).toContain('Imani Fischer, AWS sales representative');
    expect(told && buttons(told)).toEqual(['Details']);
    expect(inDm(workspace, ben)).toEqual([]);
    expect(slack.calls('chat.postMessage').filter(({ ok }) => !ok)).toEqual([]);
  });

  test('people whom only the opportunity names are AWS’s by their title, and are told as those of the summary are', async () => {
    const workspace = await open();
    const { aws, press } = workspace;
    await approved(workspace);
    const stored = aws.opportunity('AWS', 'O1001') ?? expect.fail();
    const OpportunityTeam = [
      {
        FirstName: 'Ola',
        LastName: 'Nordmann',
        BusinessTitle: 'OpportunityOwner',
        Email: 'ola@partner.example',
      },
      { FirstName: 'Imani', LastName: 'Fischer', BusinessTitle: 'PDM', Email: 'Imani.Fischer@aws.example' },
    ];
    aws.seed(withFields(stored, { OpportunityTeam }));
    await within(workspace, HOUR, () => inDm(workspace, ana).length === 1, MINUTE);
    const told = inDm(workspace, ana).map(reads).join();
    expect(told).toContain('Imani Fischer, PDM');
    expect(told).not.toContain('Nordmann');

    aws.assignTeam('AWS', 'O1001', people);
    const [decision] = inThreads(workspace);
    await press(decision ?? expect.fail(), 'show_details');
    const shown = reads(await workspace.modal('Tomás Oyelaran'));
    expect(shown.match(/Imani Fischer/g)).toHaveLength(1);
    expect(shown).not.toContain('Nordmann');
  });

  test('who may no longer see the deal hears that there are people, not who', async () => {
    const workspace = await open();
    const { aws, slack } = workspace;
    await approved(workspace);
    slack.addUser({ id: ana, name: 'ana', realName: 'Ana', kind: 'guest' });
    await letPass(workspace, 5 * MINUTE, MINUTE);
    aws.assignTeam('AWS', 'O1001', people);
    await within(workspace, DAY, () => inDm(workspace, ana).length === 1, 10 * MINUTE);
    const told = inDm(workspace, ana).map(reads).join();
    expect(told).toContain('AWS has put people on it: O1001');
    expect(told).not.toContain('Imani');
  });

  test('where AWS puts nobody on it, it is asked a few times a day at most, and after sixty days no more', async () => {
    const workspace = await open();
    const { aws } = workspace;
    const before = summaries(workspace);
    await approved(workspace);
    await letPass(workspace, 2 * DAY, HOUR);
    expect(summaries(workspace) - before).toBeLessThan(16);
    await letPass(workspace, 70 * DAY, DAY);
    const asked = summaries(workspace);
    expect(asked - before).toBeLessThan(30);
    aws.assignTeam('AWS', 'O1001', people);
    await letPass(workspace, 20 * DAY, 2 * DAY);
    expect(summaries(workspace)).toBe(asked);
    expect(inDm(workspace, ana)).toEqual([]);
  });

  test('AWS could not be asked when it was time: it is asked again when it can', async () => {
    const workspace = await open();
    const { aws } = workspace;
    await approved(workspace);
    aws.assignTeam('AWS', 'O1001', people);
    const heal = aws.injectFault({
      operation: 'GetAwsOpportunitySummary',
      kind: { type: 'html-503', execute: false },
    });
    await letPass(workspace, HOUR, MINUTE);
    expect(inDm(workspace, ana)).toEqual([]);
    heal();
    await within(workspace, 10 * MINUTE, () => inDm(workspace, ana).length === 1, MINUTE);
  });
});
