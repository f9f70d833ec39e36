import { expect, test } from 'vitest';
import { idle } from '../passing-time.ts';
import { inChannel, inThreads } from '../review/thread.ts';
import { buttons, reads } from '../words-on-screen.ts';
import { ana, ben, gus, overSocketMode, sam, type Workspace } from '../workspace.ts';
import {
  atAws,
  CLOSE_DATE,
  changeElsewhere,
  fieldsIn,
  inThread,
  NEW_PROBLEM,
  openFix,
  PROBLEM,
  sentBack,
} from './changing.ts';

const REFUSED = [
  ['a guest', gus, "Guests can't"],
  ['somebody of another workspace', sam, 'Only people of the workspace'],
] as const;

/** Submitted with this bot and sent back: the message in the channel, with its button. */
async function inTheChannel(workspace: Workspace) {
  const { deal, submit, aws, message, press } = workspace;
  deal({ id: 'O1001', companyName: 'Northwind Fisheries' });
  await submit('O1001');
  const pending = await message('Approval pending: O1001');
  // The deal is read once more after that.
  await idle(workspace);
  aws.review('AWS', 'O1001', 'Action Required', { comments: 'Please say more.' });
  await press(pending, 'check_status');
  return message('Action required: O1001');
}

overSocketMode('who may change a deal', (open) => {
  test.each(REFUSED)('%s who presses Fix and send back sees nothing of it', async (_, user, words) => {
    const workspace = await open();
    const { press, modal, aws } = workspace;
    const message = await inTheChannel(workspace);
    await idle(workspace);
    const asked = aws.requests().length;
    await press(message, 'fix_opportunity', { user });
    expect(reads(await modal(words, { user }))).not.toContain('Northwind');
    expect(aws.requests()).toHaveLength(asked);
  });

  test('a colleague may fix what somebody else submitted, and is named', async () => {
    const workspace = await open();
    const { press, modal, slack } = workspace;
    const message = await inTheChannel(workspace);
    await press(message, 'fix_opportunity', { user: ben });
    await modal('AWS asks for changes', { user: ben });
    await slack.fillIn(ben, { [PROBLEM]: NEW_PROBLEM });
    await slack.submitView(ben);
    await modal('Sent back to AWS', { user: ben });
    await inThread(workspace, `<@${ben}> changed Customer business problem. AWS has saved it.`);
    expect(inThreads(workspace).concat(inChannel(workspace)).map(reads).join('\n')).not.toContain('harbours');
  });

  test('who became a guest after opening the form can neither save, nor search solutions', async () => {
    const workspace = await open();
    const { deal, slack, look, modal, later, aws } = workspace;
    deal({ id: 'O1001', fields: { 'RelatedEntityIdentifiers.Solutions': [], [CLOSE_DATE]: '2020-01-31' } });
    await look('O1001');
    await slack.clickViewButton({ user: ana, actionId: 'fix_here' });
    await modal('What AWS will ask for');
    await slack.fillIn(ana, {
      [CLOSE_DATE]: '2031-02-28',
      involvement_type: 'Co-Sell',
      lock: ['understood'],
    });
    slack.addUser({ id: ana, name: 'ana', realName: 'Ana', kind: 'guest' });
    await later(61_000);
    const [note, ...others] = await slack.optionsFor(ana, 'RelatedEntityIdentifiers.Solutions', 'lake');
    expect([note?.text.text, others]).toEqual(["Guests can't look up or submit opportunities", []]);
    expect(aws.requests('ListSolutions')).toEqual([]);
    await slack.submitView(ana);
    await modal("Guests can't");
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
  });

  test('who was deactivated after saving, before it was sent: nothing is sent', async () => {
    const workspace = await open();
    const { slack, aws, later } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    const heal = aws.injectFault({ operation: 'GetOpportunity', kind: { type: 'throttle' } });
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await slack.submitView(ana);
    await workspace.message('Your changes wait for AWS: O1001');
    slack.addUser({ id: ana, name: 'ana', realName: 'Ana', kind: 'deactivated' });
    heal();
    await later(61_000);
    await workspace.message('Not saved: no longer allowed: O1001');
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
  });

  test('what one person typed is not offered to another', async () => {
    const workspace = await open();
    const { slack, aws, modal, message } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    aws.injectFault({
      operation: 'UpdateOpportunity',
      times: 1,
      kind: { type: 'error', name: 'ValidationException' },
    });
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await slack.submitView(ana);
    await modal('AWS did not save your changes');
    const told = await message('AWS did not save your changes: O1001');
    const [, editId] =
      /"action_id":"review_edit".*?"value":"([^"]+)"/.exec(JSON.stringify(told.blocks)) ?? [];
    expect(editId).toBeDefined();

    // Slack shows the button to nobody else; a payload can say what it likes.
    const { id, view } = await openFix(workspace, { user: ben });
    await slack.deliver('interactive', {
      type: 'block_actions',
      api_app_id: slack.appId,
      team: { id: slack.team.id },
      user: { id: ben, team_id: slack.team.id },
      container: { type: 'view', view_id: id },
      view: { ...view, id },
      actions: [{ type: 'button', action_id: 'review_edit', block_id: 'b', value: editId }],
    });
    const form = await slack.waitForView(
      ben,
      (shown) => shown.view.private_metadata !== view.private_metadata && reads(shown).includes('AWS asks'),
    );
    expect(reads(form)).not.toContain('What you typed is kept');
    expect(JSON.stringify(form.values)).not.toContain(NEW_PROBLEM);
  });
});

overSocketMode('the doors to changing a deal', (open) => {
  test('submitted elsewhere: by status, and it is followed here from then on', async () => {
    const workspace = await open();
    const { command, message, press, slack, modal, aws } = workspace;
    sentBack(workspace);
    await command('status O1001');
    const answer = await message('This bot has no record of O1001');
    expect(buttons(answer)).toEqual(['Fix and send back']);
    await press(answer, 'fix_opportunity');
    await modal('AWS asks for changes');
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await slack.submitView(ana);
    await modal('Sent back to AWS');
    const [followed] = inChannel(workspace);
    expect(followed && reads(followed)).toContain('Approval pending: O1001');
    await inThread(workspace, 'AWS has saved it.');
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('submitted elsewhere, and GetOpportunity fails right after it was saved: it is followed here all the same', async () => {
    const operation = 'GetOpportunity';
    const workspace = await open();
    const { message, slack, aws, later } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    const stop = aws.onChange(() => {
      if (aws.requests('UpdateOpportunity').length === 0) return;
      stop();
      aws.injectFault({ operation, times: 1, kind: { type: 'html-503', execute: false } });
    });
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await slack.submitView(ana);
    await expect.poll(() => aws.requests(operation).length, { timeout: 5000 }).toBeGreaterThan(0);
    await later(2000);
    await message('Sent back to AWS: O1001');
    await inThread(workspace, 'AWS has saved it.');
  });

  test('from the decision in the thread, and a button of long ago says where it stands', async () => {
    const workspace = await open();
    const { press, modal, slack, aws } = workspace;
    await inTheChannel(workspace);
    const decision = await inThread(workspace, 'Action required: O1001');
    expect(buttons(decision)).toEqual(['Fix and send back']);
    await press(decision, 'fix_opportunity');
    await modal('AWS asks for changes');
    await slack.closeView(ana);
    aws.review('AWS', 'O1001', 'Approved');
    await press(decision, 'fix_opportunity');
    await modal("Nothing can be changed now.* AWS's review says: *Approved*");
  });

  test('its history has the change, with the fields by name', async () => {
    const workspace = await open();
    const { press, modal, slack, command, message } = workspace;
    await press(await inTheChannel(workspace), 'fix_opportunity');
    await modal('AWS asks for changes');
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await slack.submitView(ana);
    await modal('Sent back to AWS');
    await message('Approval pending: O1001');
    await command('status O1001');
    await press(await message("AWS's review says: *Submitted*"), 'history');
    const told = reads(await modal(/History of .*O1001/));
    expect(told).toContain('Changed in Slack: Customer business problem');
    expect(told).toContain('Sent the changes to AWS');
    expect(told).toContain('AWS has the changes');
    expect(told).not.toContain('harbours');
  });

  test('a second person is told that changes are on their way', async () => {
    const workspace = await open();
    const { slack, aws, modal } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    await openFix(workspace, { user: ben });
    aws.injectFault({ operation: 'UpdateOpportunity', kind: { type: 'throttle' } });
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await slack.submitView(ana);
    await slack.fillIn(ben, { [PROBLEM]: 'Another text about harbours, long enough.' });
    await slack.submitView(ben);
    expect(reads(await modal('already on their way', { user: ben }))).toContain(`<@${ana}> saved them`);
  });
});

overSocketMode('what a form for changing a deal takes', (open) => {
  test('every field as long as AWS allows, ten amounts, and comments of 2,000 characters', async () => {
    const workspace = await open();
    const { slack, modal } = workspace;
    const text = (length: number) => 'Ä & <b> 🐟 wörds '.repeat(200).slice(0, length);
    sentBack(workspace, {
      title: text(255),
      reviewComments: text(2000),
      reviewStatusReason: text(2000),
      fields: {
        [PROBLEM]: text(2000),
        'Customer.Account.Address.StreetAddress': text(255),
        'Project.ExpectedCustomerSpend': Array.from({ length: 10 }, (_, index) => ({
          Amount: `${index + 1}00.00`,
          CurrencyCode: 'USD',
          Frequency: 'Monthly',
          TargetCompany: text(80),
          EstimationUrl: `https://calculator.example/${'x'.repeat(200)}`,
        })),
      },
    });
    await openFix(workspace);
    await slack.fillIn(ana, { 'Project.ExpectedCustomerSpend[9].Amount': '12.50' });
    await slack.submitView(ana);
    await modal('Sent back to AWS');
    expect(atAws(workspace, 'Project.ExpectedCustomerSpend.9.Amount')).toBe('12.5');
    expect(atAws(workspace, 'Project.ExpectedCustomerSpend.8.Amount')).toBe('900');
  });

  test('what is wrong is said below its field, and nothing is recorded', async () => {
    const workspace = await open();
    const { slack, aws } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    await slack.fillIn(ana, {
      [CLOSE_DATE]: '2020-01-31',
      [PROBLEM]: 'Too short.',
      'Customer.Account.WebsiteUrl': 'http://localhost',
      'Project.ExpectedCustomerSpend[0].Amount': '-5',
      'Customer.Account.Address.CountryCode': 'US',
      'Customer.Account.Address.StateOrRegion': null,
    });
    expect(await slack.submitView(ana)).toMatchObject({
      payload: {
        response_action: 'errors',
        errors: {
          [CLOSE_DATE]: 'Set a date from tomorrow on, as UTC counts days.',
          [PROBLEM]: 'Write 20 to 2,000 characters.',
          'Customer.Account.WebsiteUrl': "Give the customer's public website.",
          'Project.ExpectedCustomerSpend[0].Amount': expect.stringContaining('above 0'),
          'Customer.Account.Address.StateOrRegion': 'In the United States AWS asks for the state.',
        },
      },
    });
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
  });

  test('nothing changed is nothing to save; HTML entities that were not touched count as nothing', async () => {
    const workspace = await open();
    const { slack } = workspace;
    sentBack(workspace, { fields: { [PROBLEM]: 'Dover &amp; Sons want their reports &lt;sooner&gt;.' } });
    const form = await openFix(workspace);
    expect(form.values[PROBLEM]?.field).toMatchObject({ value: 'Dover & Sons want their reports <sooner>.' });
    expect(await slack.submitView(ana)).toMatchObject({ payload: { response_action: 'errors' } });
    await slack.fillIn(ana, { [CLOSE_DATE]: '2031-02-28' });
    await slack.submitView(ana);
    await workspace.modal('Sent back to AWS');
    expect(atAws(workspace, PROBLEM)).toBe('Dover &amp; Sons want their reports &lt;sooner&gt;.');
  });

  test('of a National Security deal only what AWS does not redact, and no message names a field', async () => {
    const workspace = await open();
    const { slack, modal, message } = workspace;
    sentBack(workspace, {
      reviewComments: 'A secret remark.',
      fields: {
        NationalSecurity: 'Yes',
        'Customer.Account.Industry': 'Government',
      },
    });
    const form = await openFix(workspace);
    expect(Object.keys(form.values)).toEqual([CLOSE_DATE]);
    expect(reads(form)).not.toContain('A secret remark');
    await slack.fillIn(ana, { [CLOSE_DATE]: '2031-02-28' });
    await slack.submitView(ana);
    await modal('Sent back to AWS');
    expect(reads(await message('Sent back to AWS: O1001'))).not.toContain('close date');
    await inThread(workspace, `<@${ana}> changed it. AWS has saved it.`);
  });

  test.each(['Action Required', 'Pending Submission'] as const)(
    'what AWS has redacted is never written back: %s, nothing can be changed',
    async (reviewStatus) => {
      const workspace = await open();
      const { look, slack, modal, aws } = workspace;
      sentBack(workspace, {
        reviewStatus,
        fields: { 'Project.Title': 'Redacted', 'LifeCycle.TargetCloseDate': '2020-01-31' },
      });
      await look('O1001');
      await slack.clickViewButton({ user: ana, actionId: 'fix_here' });
      await modal('AWS shows parts of this opportunity redacted');
      expect(aws.requests('UpdateOpportunity')).toEqual([]);
    },
  );

  test('of what AWS redacts once the change was saved nothing goes out, and the person is told', async () => {
    const workspace = await open();
    const { slack, aws, modal } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    changeElsewhere(workspace, 'Project', { Title: 'Redacted' });
    await slack.fillIn(ana, { [CLOSE_DATE]: '2031-02-28' });
    await slack.submitView(ana);
    await modal("Not saved: it can't be changed from here");
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
  });

  test('a solution can be associated all the same: that writes nothing back', async () => {
    const workspace = await open();
    const { deal, look, slack, modal, aws } = workspace;
    deal({
      id: 'O1001',
      title: 'Redacted',
      fields: { 'RelatedEntityIdentifiers.Solutions': [], 'Project.OtherSolutionDescription': undefined },
    });
    await look('O1001');
    await slack.clickViewButton({ user: ana, actionId: 'fix_here' });
    const form = await modal('can be mended here');
    expect(fieldsIn(form)).toEqual(['RelatedEntityIdentifiers.Solutions']);
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
  });
});
