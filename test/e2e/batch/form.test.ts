import { expect, test } from 'vitest';
import { wordsOf } from '../../messages/words.ts';
import { awsError, onSubmit } from '../aws-faults.ts';
import { DAY, idle, letPass, MINUTE, SECOND } from '../passing-time.ts';
import { buttons, reads } from '../words-on-screen.ts';
import { ana, ben, deals, general, gus, overSocketMode, sam, type Workspace } from '../workspace.ts';
import {
  blockOf,
  chooseDeals,
  fillIn,
  formOf,
  idsOf,
  lock,
  lookAtSeveral,
  submitSeveral,
} from './several.ts';

const PAST = { 'LifeCycle.TargetCloseDate': '2020-01-31' };
const CLOSES = { 'LifeCycle.TargetCloseDate': '2031-03-12' };
const NATIONAL_SECURITY = {
  NationalSecurity: 'Yes',
  'Customer.Account.Industry': 'Government',
  'Customer.Account.Address.CountryCode': 'US',
};
const submitted = ({ aws }: Workspace) => aws.requests('SubmitOpportunity').map(({ body }) => body);
const spends = (Amount: string, CurrencyCode = 'USD') => ({
  'Project.ExpectedCustomerSpend': [{ Amount, CurrencyCode, Frequency: 'Monthly', TargetCompany: 'AWS' }],
});
/** What the button that sends the form says. */
const submitButton = (workspace: Workspace): unknown => {
  const { view } = formOf(workspace);
  return 'submit' in view ? view.submit?.text : undefined;
};

overSocketMode('the form for several', (open) => {
  test('each has a line, chosen or left out by its readiness, and those that can’t be submitted are named with the reason', async () => {
    const workspace = await open();
    const { deal, aws, submit, message, slack } = workspace;
    deal({ id: 'O1001', title: 'Fleet data', companyName: 'Northwind &amp; Sons', fields: CLOSES });
    deal({ id: 'O1002', companyName: 'Kestrel', fields: PAST });
    deal({ id: 'O1005', fields: { PrimaryNeedsFromAws: [], ...CLOSES } });
    deal({ id: 'O1004', companyName: 'Secret Ltd', fields: { ...NATIONAL_SECURITY, ...CLOSES } });
    deal({ id: 'O3001', reviewStatus: 'In review' });
    deal({ id: 'O3002', reviewStatus: 'Action Required', reviewComments: 'Not for other eyes' });
    deal({ id: 'O3003', origin: 'AWS Referral' });
    deal({ id: 'O3004', accessDenied: true });
    deal({ id: 'O3005' });
    aws.injectFault({ operation: 'SubmitOpportunity', kind: { type: 'throttle' } });
    await submit('O3005', {}, { user: ben });
    await message('Waiting for AWS: O3005');
    await slack.closeView(ben);

    const ids = ['O1001', 'O1002', 'O1004', 'O1005', 'O3001', 'O3002', 'O3003', 'O3004', 'O3005'];
    const view = await lookAtSeveral(workspace, [...ids, 'o1001']);
    const shown = reads(view);
    expect(shown).toContain('Submit · Production');
    expect(shown).toContain('Fleet data · Northwind & Sons · $18.5K · 12 Mar 2031 · O1001');
    expect(shown).toContain('National Security deal · 12 Mar 2031 · O1004');
    expect(shown).not.toContain('Secret Ltd');
    expect(shown).toMatch(
      /⚠️ Data lake for Kestrel · Kestrel · \$18\.5K · 31 Jan 2020 · O1002: \*Target close date\*/,
    );
    expect(buttons(view)).toEqual(['Fix', 'Look again']);
    expect(shown).toContain('• *O3001*: AWS has it already; its review says: In review');
    expect(shown).toContain('• *O3002*: AWS has sent it back and asks for changes');
    expect(shown).toContain('• *O3003*: AWS referred it to you');
    expect(shown).toContain("• *O3004*: AWS doesn't let this bot see it");
    expect(shown).toContain(`• *O3005*: it is already on its way; <@${ben}> asked for it`);
    expect(shown).not.toContain('Not for other eyes');
    // The decisions first, the lock last, which says for what it is.
    expect(
      view.view.blocks
        .map(({ block_id }) => block_id ?? '')
        .filter((id) => /^(involvement_type|visibility|deals|refused|anyway|lock)\b/.test(id)),
    ).toEqual([
      'involvement_type',
      'visibility',
      expect.stringMatching(/^deals-0-/),
      'refused',
      'refused-O1002',
      'anyway-1',
      'lock-0-2-3',
    ]);
    expect(shown).toContain('3 deals · $37K a month (from 2)');
    expect(shown).toContain('This locks these 3 deals until AWS decides');
    expect(submitButton(workspace)).toBe('Submit 3 deals');
  });

  test('25 take at most 270 words, as many lines, and 12 of whatever AWS refuses', async () => {
    const workspace = await open();
    const closes = new Date(workspace.clock.now().getTime() + 60 * DAY).toISOString().slice(0, 10);
    for (const [index, id] of idsOf(25).entries()) {
      workspace.deal({
        id,
        title: 'Data lake',
        companyName: 'Northwind Fisheries',
        fields: index < 5 ? PAST : { 'LifeCycle.TargetCloseDate': closes },
      });
    }
    const view = await lookAtSeveral(workspace, idsOf(25));
    const rows = view.view.blocks.flatMap((block) =>
      'element' in block && block.element.type === 'checkboxes' ? block.element.options : [],
    );
    expect(rows[0]?.text.text).toMatch(/ · \d+ \w+ · O1006$/);
    // With the rows, of which those that are checked are counted.
    expect(wordsOf(view.view.blocks).length).toBeLessThanOrEqual(270);
  });

  test('where none can be submitted there is no form, but why', async () => {
    const workspace = await open();
    workspace.deal({ id: 'O3001', reviewStatus: 'In review' });
    const view = await workspace.look('O3001 O9999');
    expect(reads(view)).toContain('*None of them can be submitted.*');
    expect(reads(view)).toContain("• *O9999*: it isn't there");
    expect(view.view).not.toHaveProperty('submit');
  });

  test('one choice for all, and deals that differ from it: each goes out as it was chosen, or not', async () => {
    const workspace = await open();
    await lookAtSeveral(workspace, idsOf(3));
    await submitSeveral(workspace, async () => {
      await chooseDeals(workspace, 'deals', ['O1001', 'O1003']);
      await chooseDeals(workspace, 'instead', ['O1003']);
    });
    await letPass(workspace, 2 * SECOND, 200);
    const sent = (Identifier: string, InvolvementType: string) => ({
      Catalog: 'AWS',
      Identifier,
      InvolvementType,
      Visibility: 'Full',
    });
    expect(submitted(workspace)).toEqual([sent('O1001', 'Co-Sell'), sent('O1003', 'For Visibility Only')]);
  });

  test('what goes and what it comes to changes with each choice, for each currency alone, and a yes to the lock is for these only', async () => {
    const workspace = await open();
    const { deal, slack } = workspace;
    deal({ id: 'O1001', fields: spends('1200000') });
    deal({ id: 'O1002', fields: spends('30000', 'EUR') });
    deal({ id: 'O1003', fields: spends('50000') });
    // Only Co-Sell asks for it.
    deal({ id: 'O1004', fields: { PrimaryNeedsFromAws: [], ...spends('100') } });
    await lookAtSeveral(workspace, idsOf(4));
    expect(submitButton(workspace)).toBe('Submit 3 deals');
    await fillIn(workspace, { visibility: 'Limited', involvement_type: 'For Visibility Only' });
    expect(reads(formOf(workspace))).not.toContain('Primary needs');
    await fillIn(workspace, { visibility: 'Full', involvement_type: 'Co-Sell' });
    const shown = reads(formOf(workspace));
    expect(shown).toContain('O1004: *Primary needs from AWS*');
    expect(shown).toContain('2 deals · $1.3M a month\n');
    await lock(workspace);
    await chooseDeals(workspace, 'deals', ['O1003', 'O1004']);
    expect(reads(formOf(workspace))).toContain('1 deal · $50K a month');
    expect(submitButton(workspace)).toBe('Submit 1 deal');
    // What was confirmed was something else.
    await expect(slack.submitView(ana)).rejects.toThrow(/lock-2/);
    await chooseDeals(workspace, 'instead', ['O1004']);
    expect(reads(formOf(workspace))).not.toContain('Primary needs');
    expect(submitButton(workspace)).toBe('Submit 2 deals');
  });

  test('what AWS refuses, or has refused as it is, is left out until somebody says otherwise of that one', async () => {
    const workspace = await open();
    const { deal, aws, submit, message, slack } = workspace;
    deal({ id: 'O1001', fields: PAST });
    deal({ id: 'O1002', fields: PAST });
    deal({ id: 'O1003' });
    const refusal = awsError('ValidationException', {
      body: {
        Reason: 'BUSINESS_VALIDATION_FAILED',
        ErrorList: [{ FieldName: 'project.title', Code: 'INVALID_VALUE', Message: 'No.' }],
      },
    });
    const heal = aws.injectFault(onSubmit(refusal, 1));
    await submit('O1003');
    await message('AWS needs something changed first: O1003');
    heal();
    await slack.closeView(ana);
    const before = submitted(workspace).length;
    const view = await lookAtSeveral(workspace, idsOf(4));
    expect(submitButton(workspace)).toBe('Submit 1 deal');
    expect(reads(view)).toMatch(/O1003: \*AWS refused it .*: Project title\*/);
    expect(buttons(view)).toEqual(['Fix', 'Fix', 'Fix', 'Look again']);
    await submitSeveral(workspace, () => chooseDeals(workspace, 'anyway', ['O1002', 'O1003']));
    await workspace.modal('Recorded: 3 opportunities');
    await letPass(workspace, 5 * SECOND, 200);
    expect(
      submitted(workspace)
        .slice(before)
        .map(({ Identifier }) => Identifier),
    ).toEqual(['O1002', 'O1003', 'O1004']);
  });

  test('what an earlier request may still submit isn’t chosen, and that is said', async () => {
    const workspace = await open();
    const { aws, submit, message, slack } = workspace;
    workspace.deal({ id: 'O1001' });
    const heal = aws.injectFault(onSubmit({ type: 'reset', execute: false }, 1));
    await submit('O1001');
    await message('Not sure AWS got it: O1001');
    heal();
    await letPass(workspace, 20 * MINUTE, MINUTE);
    await slack.closeView(ana);
    const view = await lookAtSeveral(workspace, idsOf(2));
    expect(reads(view)).toContain('An earlier request may still take effect');
    expect(submitButton(workspace)).toBe('Submit 1 deal');
  });

  test('a choice that the form doesn’t show yet sends nothing: what would go is shown first', async () => {
    const workspace = await open();
    const { deal, slack, aws, modal } = workspace;
    deal({ id: 'O1001', fields: { PrimaryNeedsFromAws: [] } });
    await lookAtSeveral(workspace, idsOf(2));
    slack.injectFault({ method: 'views.update', kind: { type: 'error', error: 'internal_error' } });
    await slack.fillIn(ana, {
      involvement_type: 'Co-Sell',
      [blockOf(formOf(workspace), 'lock')]: ['understood'],
    });
    await slack.submitView(ana);
    slack.clearFaults();
    expect(reads(await modal('Your last choice changed what goes'))).toContain('1 deal · $18.5K a month');
    await expect(slack.submitView(ana)).rejects.toThrow(/lock-1/);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
    await lock(workspace);
    await slack.submitView(ana);
    await modal('Recorded: 1 opportunity');
    await letPass(workspace, 2 * SECOND, 200);
    expect(submitted(workspace)).toMatchObject([{ Identifier: 'O1002' }]);
  });

  test('every deal left out is answered in the form, and the confirmation is asked for', async () => {
    const workspace = await open();
    const { slack, aws } = workspace;
    await lookAtSeveral(workspace, idsOf(2));
    await fillIn(workspace, { involvement_type: 'Co-Sell' });
    await chooseDeals(workspace, 'deals', []);
    await expect(slack.submitView(ana)).rejects.toThrow(/lock/);
    await lock(workspace);
    await slack.submitView(ana);
    expect(formOf(workspace).errors.involvement_type).toContain('You have left out every one of them');
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('Fix opens the form for that deal over this one, which is there again with what was chosen', async () => {
    const workspace = await open();
    const { deal, slack } = workspace;
    deal({ id: 'O1001', fields: PAST });
    await lookAtSeveral(workspace, idsOf(2));
    await fillIn(workspace, { involvement_type: 'Co-Sell' });
    await slack.clickViewButton({ user: ana, actionId: 'fix_one' });
    await slack.waitForView(ana, ({ view: { callback_id } }) => callback_id === 'fix-opportunity');
    expect(slack.views(ana)).toHaveLength(2);
    await slack.fillIn(ana, {
      'LifeCycle.TargetCloseDate': '2031-02-28',
      involvement_type: 'Co-Sell',
      lock: ['understood'],
    });
    // Save and submit: it goes on its own.
    await slack.submitView(ana);
    await letPass(workspace, 5 * SECOND, SECOND);
    expect(submitted(workspace)).toMatchObject([{ Identifier: 'O1001' }]);
    await slack.closeView(ana);
    expect(formOf(workspace).values.involvement_type).toMatchObject({
      involvement_of_all: { selected_option: { value: 'Co-Sell' } },
    });
    expect(submitButton(workspace)).toBe('Submit 1 deal');
    await slack.clickViewButton({ user: ana, actionId: 'look_again' });
    await letPass(workspace, SECOND, 250);
    await idle(workspace);
    expect(reads(formOf(workspace))).toContain('• *O1001*: AWS has it already');
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
    expect(reads(await modal('25 deals'))).not.toContain('Left out');
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
    await modal('2 deals');
  });

  test('where AWS doesn’t answer for one it is asked again, and then a button looks again at all', async () => {
    const workspace = await open();
    const { aws, modal, slack, command } = workspace;
    for (const id of idsOf(2)) workspace.deal({ id });
    aws.injectFault({ operation: 'GetOpportunity', kind: awsError('InternalServerException'), times: 3 });
    await command(idsOf(2).join(' '));
    await modal('Looking up');
    await letPass(workspace, 2 * SECOND, 250);
    expect(reads(await modal('1 deal'))).toMatch(/O100[12]\*: AWS couldn't be reached/);
    await slack.clickViewButton({ user: ana, actionId: 'look_again' });
    await letPass(workspace, SECOND, 250);
    await modal('2 deals');
    await submitSeveral(workspace);
    await letPass(workspace, 2 * SECOND, 250);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(2);
  });

  test.each([
    ['a guest', gus, {}, "Guests can't look up or submit"],
    ['somebody of another workspace', sam, {}, 'Only people of the workspace this bot belongs to'],
    ['who is not listed', ben, { SUBMITTERS: ana }, "You can't submit yet"],
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
    await fillIn(workspace, { involvement_type: 'Co-Sell' });
    await lock(workspace);
    const answer = await slack.deliver('interactive', {
      type: 'view_submission',
      team: { id: slack.team.id },
      user: { id: ben, team_id: slack.team.id },
      view: {
        id: view.id,
        type: 'modal',
        callback_id: 'submit-opportunities',
        private_metadata: view.view.private_metadata,
        blocks: view.view.blocks,
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
