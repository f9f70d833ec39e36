import { expect, test } from 'vitest';
import type { StandInMessage } from '../../demo/slack/stand-in.ts';
import { awsError, onSubmit } from './aws-faults.ts';
import { lookAtSeveral, submitSeveral } from './batch/several.ts';
import { NEW_PROBLEM, openFix, PROBLEM, sentBack } from './fix/changing.ts';
import { idle } from './passing-time.ts';
import { reads } from './words-on-screen.ts';
import { ana, ben, deals, gus, overSocketMode, sam, type Workspace } from './workspace.ts';

const CUSTOMER = 'Northwind Fisheries';

/** Who may not, and what they are told. Only Ana is listed. */
const PEOPLE = [
  ['a guest', gus, /Guests can't look up or submit/],
  ['somebody of another workspace', sam, /Only people of the workspace|People of other workspaces/],
  ['who is not listed', ben, /You can't submit yet/],
] as const;

/** What Ana has left in the channel: messages whose buttons everybody there sees. */
interface Left {
  readonly pending: StandInMessage;
  readonly refused: StandInMessage;
  /** Without the fields. */
  readonly saidNo: StandInMessage;
  readonly sentBack: StandInMessage;
  readonly decision: StandInMessage;
  readonly waiting: StandInMessage;
  readonly batch: StandInMessage;
}

async function leave(workspace: Workspace): Promise<Left> {
  const { aws, slack, deal, submit, message, command, restart } = workspace;
  const make = (id: string, given = {}) => deal({ id, companyName: CUSTOMER, title: CUSTOMER, ...given });
  make('O1001');
  await submit('O1001');
  const pending = await message('Approval pending: O1001');
  make('O1002', { fields: { 'Marketing.Source': undefined } });
  await submit('O1002');
  const refused = await message('AWS needs something changed first: O1002');
  make('O1007');
  aws.injectFault(onSubmit(awsError('ValidationException'), 1));
  await submit('O1007');
  const saidNo = await message('AWS needs something changed first: O1007');
  make('O1003');
  await submit('O1003');
  await message('Approval pending: O1003');
  aws.review('AWS', 'O1003', 'Action Required', { comments: `${CUSTOMER}: say more.` });
  await command('status O1003');
  const sentBack = await slack.waitForMessage(
    deals,
    (shown) => !shown.threadTs && !shown.ephemeralTo && reads(shown).includes('Action required: O1003'),
  );
  const decision = await slack.waitForMessage(
    deals,
    (shown) => shown.threadTs === sentBack.ts && reads(shown).includes('Action required: O1003'),
  );
  await restart({ PAUSED: '1' });
  for (const id of ['O1004', 'O1005', 'O1006']) make(id);
  await submit('O1004');
  const waiting = await message('Kept, not sent yet: O1004');
  await lookAtSeveral(workspace, ['O1005', 'O1006']);
  await submitSeveral(workspace);
  const batch = await message('2 waiting');
  await slack.closeView(ana);
  await idle(workspace);
  return { pending, refused, saidNo, sentBack, decision, waiting, batch };
}

type Opened = readonly [Workspace, user: string, Left];
const types =
  (text: string) =>
  ([{ command }, user]: Opened) =>
    command(text, { user });
const presses =
  (message: keyof Left, actionId: string) =>
  ([{ press }, user, left]: Opened) =>
    press(left[message], actionId, { user });

/** Every door that somebody who may not can stand before, and what it is. */
const DOORS: Readonly<Record<string, (opened: Opened) => Promise<unknown>>> = {
  'the command with an ID': types('O1001'),
  'the command alone, with its list': async ([{ slack, command, modal }, user]) => {
    await command('', { user });
    await modal(/Guests|workspace|can't submit yet/, { user });
    expect(slack.view(user)?.view).not.toHaveProperty('submit');
  },
  'the command with several IDs': types('O1001 O1002 O1005'),
  'status of one': types('status O1001'),
  status: types('status'),
  list: types('list'),
  help: types('help'),
  'the shortcut in the menu of a message': async ([{ slack }, user]) => {
    const { ts } = await slack.say({ user: ana, channel: deals, text: 'O1001 and O1003' });
    await slack.messageShortcut({
      user,
      channel: deals,
      ts,
      callbackId: 'submit_opportunity_from_message',
    });
  },
  'a mention': ([{ slack }, user]) =>
    slack.say({ user, channel: deals, text: `<@${slack.botUserId}> O1001` }),
  'Check status': presses('pending', 'check_status'),
  Details: presses('pending', 'show_details'),
  History: presses('pending', 'history'),
  'Try again': presses('saidNo', 'try_again'),
  'Fix, of what AWS refused': presses('refused', 'fix_opportunity'),
  'Fix and send back, on the message': presses('sentBack', 'fix_opportunity'),
  'Fix and send back, on the decision in the thread': presses('decision', 'fix_opportunity'),
  'Details of the decision': presses('decision', 'show_details'),
  Cancel: presses('waiting', 'cancel_submission'),
  'Cancel the rest': presses('batch', 'cancel_rest'),
};

overSocketMode('every door', (open) => {
  test('whoever may not is shown no detail, makes nothing happen at AWS, and is told why', {
    timeout: 30_000,
  }, async () => {
    const workspace = await open({ settings: { SUBMITTERS: ana } });
    const { slack, aws } = workspace;
    const left = await leave(workspace);
    const before = aws.requests().length;
    for (const [person, user, words] of PEOPLE) {
      for (const [door, go] of Object.entries(DOORS)) {
        const known = slack.messages(deals, user).length;
        await go([workspace, user, left]);
        const answer = () =>
          [
            ...slack
              .messages(deals, user)
              .slice(known)
              .filter(({ ephemeralTo }) => ephemeralTo === user),
            ...slack.views(user),
          ]
            .map(reads)
            .join('\n');
        await expect.poll(answer, { message: `${person}: ${door}`, interval: 5 }).toMatch(words);
        await idle(workspace);
        expect(answer(), `${person}: ${door}`).not.toMatch(/Northwind|Data lake|Approval pending:/);
        while (slack.view(user) !== undefined) await slack.closeView(user);
      }
    }
    expect(aws.requests()).toHaveLength(before);
    await workspace.restart({ PAUSED: '0' });
    // What they would have taken back is sent.
    await workspace.message('2 with AWS');
    expect(aws.submissionsExecuted('O1004')).toBe(1);
  });

  test("somebody else's form for changing a deal saves nothing, whoever sends it", async () => {
    const workspace = await open();
    const { slack, aws } = workspace;
    sentBack(workspace);
    const form = await openFix(workspace);
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    const values = slack.view(ana)?.values ?? {};
    for (const user of [ben, gus]) {
      const answer = await slack.deliver('interactive', {
        type: 'view_submission',
        team: { id: slack.team.id },
        user: { id: user, team_id: slack.team.id },
        view: {
          id: form.id,
          type: 'modal',
          callback_id: 'fix-opportunity',
          private_metadata: form.view.private_metadata,
          state: { values },
        },
      });
      expect(JSON.stringify(answer)).toContain('This form is no longer valid');
    }
    await idle(workspace);
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
    await slack.submitView(ana);
    await workspace.modal('Sent back to AWS');
  });
});
