import { expect, test } from 'vitest';
import { awsError } from '../aws-faults.ts';
import { idle, letPass, SECOND } from '../passing-time.ts';
import { reads } from '../words-on-screen.ts';
import { ana, ben, deals, general, gus, overSocketMode, sam, type Workspace } from '../workspace.ts';
import { fillIn, idsOf, lookAtSeveral, row, submitSeveral } from './several.ts';

const PAST = { 'LifeCycle.TargetCloseDate': '2020-01-31' };
const submitted = ({ aws }: Workspace) => aws.requests('SubmitOpportunity').map(({ body }) => body);
/** What readiness says below a row. */
const below = (shown: ReturnType<typeof reads>, id: string) =>
  shown.split('\n').slice(shown.split('\n').findIndex((line) => line.startsWith(`*${id}*`)) + 1);

overSocketMode('the form for several', (open) => {
  test('each has a row with its readiness, and those that can’t be submitted are named with the reason', async () => {
    const workspace = await open();
    const { deal, aws, submit, message, slack } = workspace;
    deal({ id: 'O1001', companyName: 'Northwind Fisheries' });
    deal({ id: 'O1002', fields: PAST });
    deal({ id: 'O1003', fields: { OpportunityType: 'Flat Renewal' } });
    deal({ id: 'O1005', fields: { PrimaryNeedsFromAws: [] } });
    deal({
      id: 'O1004',
      fields: {
        NationalSecurity: 'Yes',
        'Customer.Account.Industry': 'Government',
        'Customer.Account.Address.CountryCode': 'US',
      },
    });
    deal({ id: 'O3001', reviewStatus: 'In review' });
    deal({ id: 'O3002', reviewStatus: 'Action Required', reviewComments: 'Not for other eyes' });
    deal({ id: 'O3003', origin: 'AWS Referral' });
    deal({ id: 'O3004', accessDenied: true });
    deal({ id: 'O3005' });
    aws.injectFault({ operation: 'SubmitOpportunity', kind: { type: 'throttle' } });
    await submit('O3005', {}, { user: ben });
    await message('Waiting for AWS: O3005');
    await slack.closeView(ben);

    const ids = ['O1001', 'O1002', 'O1003', 'O1004', 'O1005', 'O3001', 'O3002', 'O3003', 'O3004', 'O3005'];
    const view = await lookAtSeveral(workspace, [...ids, 'o1001']);
    const shown = reads(view);
    expect(shown).toContain('*5 opportunities* can be submitted.');
    expect(shown).toContain('Production: AWS sellers see what is submitted');
    expect(below(shown, 'O1001').find((line) => line.includes('Ready'))).toBe('✅ Ready.');
    expect(below(shown, 'O1005').find((line) => line.includes('Ready'))).toContain('Ready so far.');
    expect(shown).toContain('*O1001* · Northwind Fisheries');
    expect(shown).toContain('⚠️ *AWS refused this in Sandbox:* Target close date.');
    expect(shown).toContain('*Worth improving:* Related opportunity.');
    expect(shown).toContain('*O1004* · National Security deal');
    expect(shown).toContain('• *O3001*: AWS has it already; its review says: In review');
    expect(shown).toContain('• *O3002*: AWS has sent it back and asks for changes');
    expect(shown).toContain('• *O3003*: AWS referred it to you');
    expect(shown).toContain("• *O3004*: AWS doesn't let this bot see it");
    expect(shown).toContain(`• *O3005*: it is already on its way; <@${ben}> asked for it`);
    expect(shown).not.toContain('Not for other eyes');
  });

  test('where none can be submitted there is no form, but why', async () => {
    const workspace = await open();
    workspace.deal({ id: 'O3001', reviewStatus: 'In review' });
    const view = await workspace.look('O3001 O9999');
    expect(reads(view)).toContain('*None of them can be submitted.*');
    expect(reads(view)).toContain("• *O9999*: it isn't there");
    expect(view.view).not.toHaveProperty('submit');
  });

  test('one choice for all, and rows that differ from it: each goes out as it was chosen, or not', async () => {
    const workspace = await open();
    await lookAtSeveral(workspace, idsOf(4));
    await fillIn(workspace, { visibility: 'Full' });
    await submitSeveral(workspace, {
      [row('O1002')]: 'For Visibility Only',
      [row('O1003')]: 'leave-out',
      [row('O1004')]: 'Co-Sell',
    });
    await letPass(workspace, 2 * SECOND, 200);
    const sent = (Identifier: string, InvolvementType: string) => ({
      Catalog: 'AWS',
      Identifier,
      InvolvementType,
      Visibility: 'Full',
    });
    expect(submitted(workspace)).toEqual([
      sent('O1001', 'Co-Sell'),
      sent('O1002', 'For Visibility Only'),
      sent('O1004', 'Co-Sell'),
    ]);
  });

  test('readiness changes with the choice for all and with a row’s own, and what was filled in stays', async () => {
    const workspace = await open();
    const { deal, slack } = workspace;
    deal({ id: 'O1001', fields: { PrimaryNeedsFromAws: [] } });
    await lookAtSeveral(workspace, idsOf(2));
    const now = () => {
      const view = slack.view(ana);
      if (view === undefined) throw new Error('The form is closed.');
      return view;
    };
    const blocks = () => now().view.blocks.map(({ block_id }) => block_id);
    const refused = () => reads(now()).includes('Primary needs from AWS');
    expect(refused()).toBe(false);
    await fillIn(workspace, { visibility: 'Limited', involvement_type: 'Co-Sell' });
    expect(refused()).toBe(true);
    // Of both: Co-Sell beside Limited.
    expect(blocks()).toContain('anyway-0-1');
    await fillIn(workspace, { [row('O1001')]: 'For Visibility Only' });
    expect(refused()).toBe(false);
    expect(blocks()).toContain('anyway-1');
    expect(now().values.visibility?.visibility_of_all).toMatchObject({
      selected_option: { value: 'Limited' },
    });
    await fillIn(workspace, { [row('O1001')]: 'leave-out' });
    expect(below(reads(now()), 'O1001')).toContain('Left out.');
  });

  test('what AWS will probably refuse goes out only with a further yes, which is for these alone', async () => {
    const workspace = await open();
    const { deal, slack, aws } = workspace;
    deal({ id: 'O1001', fields: PAST });
    deal({ id: 'O1002', fields: PAST });
    await lookAtSeveral(workspace, idsOf(3));
    await fillIn(workspace, { involvement_type: 'Co-Sell', lock: 'understood' });
    await expect(slack.submitView(ana)).rejects.toThrow(/anyway-0-1/);
    await fillIn(workspace, { 'anyway-0-1': 'anyway', [row('O1002')]: 'leave-out' });
    // One was taken out: the question is another one.
    await expect(slack.submitView(ana)).rejects.toThrow(/anyway-0/);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
    await fillIn(workspace, { 'anyway-0': 'anyway' });
    expect(await slack.submitView(ana)).toMatchObject({ acknowledged: true });
    await workspace.modal('Recorded: 2 opportunities');
  });

  test('a form whose checkbox came too late is asked again, on a field it has', async () => {
    const workspace = await open();
    const { deal, slack, aws } = workspace;
    deal({ id: 'O1001', fields: { PrimaryNeedsFromAws: [] } });
    await lookAtSeveral(workspace, idsOf(2));
    slack.injectFault({ method: 'views.update', kind: { type: 'error', error: 'internal_error' } });
    await slack.fillIn(ana, { involvement_type: 'Co-Sell', lock: 'understood' });
    await slack.submitView(ana);
    expect(slack.view(ana)?.errors.involvement_type).toContain('AWS will probably refuse some of them');
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('every row left out is answered in the form, and the confirmation is asked for', async () => {
    const workspace = await open();
    const { slack, aws } = workspace;
    await lookAtSeveral(workspace, idsOf(2));
    await fillIn(workspace, {
      involvement_type: 'Co-Sell',
      [row('O1001')]: 'leave-out',
      [row('O1002')]: 'leave-out',
    });
    await expect(slack.submitView(ana)).rejects.toThrow(/lock/);
    await fillIn(workspace, { lock: 'understood' });
    await slack.submitView(ana);
    expect(slack.view(ana)?.errors.involvement_type).toContain('You have left out every one of them');
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('25 go at once, looked up at a pace that AWS allows; 26 are too many, and that is said', async () => {
    const workspace = await open({ quotas: true });
    const { command, modal, slack, aws, clock } = workspace;
    for (const id of idsOf(26)) workspace.deal({ id, title: 'x'.repeat(255), companyName: '&<>'.repeat(40) });
    await command(idsOf(25).join(' '));
    await modal('Looking up 25 opportunities… 0 so far.');
    while (slack.view(ana)?.view.type === 'modal' && !('submit' in (slack.view(ana)?.view ?? {}))) {
      clock.jump(250);
      await idle(workspace);
    }
    expect(reads(await modal('*25 opportunities* can be submitted'))).not.toContain('Left out');
    const progress = slack.calls('views.update').map(({ arguments: given }) => JSON.stringify(given));
    expect(progress.some((update) => /25 opportunities… [1-9]\d* so far/.test(update))).toBe(true);
    await slack.closeView(ana);
    const before = aws.requests().length;
    await command(idsOf(26).join(','));
    await modal('That is 26 opportunities');
    expect(aws.requests()).toHaveLength(before);
  });

  test('the trigger has expired: a button opens the form for the same ones; too many are said without a form', async () => {
    const workspace = await open();
    const { slack, command, message, press, modal } = workspace;
    for (const id of idsOf(2)) workspace.deal({ id });
    const expired = { type: 'error', error: 'expired_trigger_id' } as const;
    const heal = slack.injectFault({ method: 'views.open', kind: expired });
    await command(idsOf(2).join(' '));
    const offer = await message('took too long');
    await command(idsOf(26).join(' '));
    expect((await message('That is 26 opportunities')).ephemeralTo).toBe(ana);
    heal();
    await press(offer, 'open_form');
    await modal('*2 opportunities* can be submitted');
  });

  test('where AWS doesn’t answer for one it is asked again, and then a button looks again at all', async () => {
    const workspace = await open();
    const { aws, modal, slack, command } = workspace;
    for (const id of idsOf(2)) workspace.deal({ id });
    aws.injectFault({ operation: 'GetOpportunity', kind: awsError('InternalServerException'), times: 3 });
    await command(idsOf(2).join(' '));
    await modal('Looking up');
    await letPass(workspace, 2 * SECOND, 250);
    expect(reads(await modal('*1 opportunity* can be submitted'))).toMatch(
      /O100[12]\*: AWS couldn't be reached/,
    );
    await slack.clickViewButton({ user: ana, actionId: 'look_again' });
    await letPass(workspace, SECOND, 250);
    await modal('*2 opportunities* can be submitted');
    await submitSeveral(workspace);
    await letPass(workspace, 2 * SECOND, 250);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(2);
  });

  test.each([
    ['a guest', gus, {}, "Guests can't look up or submit"],
    ['somebody of another workspace', sam, {}, 'Only people of the workspace this bot belongs to'],
    ['who is not listed', ben, { SUBMITTERS: ana }, "You aren't on the list"],
    ['who asks outside CHANNELS', ana, { CHANNELS: general }, "This bot isn't used in this channel"],
  ])('%s sees no deal, and AWS is asked for nothing', async (_, user, settings, words) => {
    const workspace = await open({ settings });
    const { aws, modal, command } = workspace;
    for (const id of idsOf(2)) workspace.deal({ id, companyName: 'Northwind Fisheries' });
    await command('O1001 O1002', { user });
    expect(reads(await modal(words, { user }))).not.toContain('Northwind');
    expect(aws.requests()).toEqual([]);
  });

  test("somebody else's form, or one sent by who became a guest, records nothing", async () => {
    const workspace = await open();
    const { slack, aws, later, modal } = workspace;
    const view = await lookAtSeveral(workspace, idsOf(2));
    await fillIn(workspace, { involvement_type: 'Co-Sell', lock: 'understood' });
    const answer = await slack.deliver('interactive', {
      type: 'view_submission',
      team: { id: slack.team.id },
      user: { id: ben, team_id: slack.team.id },
      view: {
        id: view.id,
        type: 'modal',
        callback_id: 'submit-opportunities',
        private_metadata: view.view.private_metadata,
        state: { values: slack.view(ana)?.values ?? {} },
      },
    });
    expect(JSON.stringify(answer)).toContain('This form is no longer valid');
    slack.addUser({ id: ana, name: 'ana', realName: 'Ana', kind: 'guest' });
    await later(61 * SECOND);
    await slack.submitView(ana);
    await modal("Guests can't look up or submit");
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
    expect(slack.messages(deals)).toEqual([]);
  });
});
