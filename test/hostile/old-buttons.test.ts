import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ACTION } from '../../src/slack/ids.ts';
import { DAY } from '../e2e/passing-time.ts';
import { reads } from '../e2e/words-on-screen.ts';
import { ana, ben, deals, gus, overHttp, sam, type Workspace } from '../e2e/workspace.ts';
import { type Captured, captureDeliveries } from './captured.ts';

const CUSTOMER = 'Zugspitz Kabel';

/** A deal that was submitted, and the press of a button of its message as Slack sends it. */
async function submitted(workspace: Workspace): Promise<Captured> {
  const { deal, submit, message, press } = workspace;
  deal({ id: 'O1001', companyName: CUSTOMER, title: CUSTOMER });
  await submit('O1001');
  const pending = await message('Approval pending: O1001');
  const { captured, close } = await captureDeliveries(workspace);
  await press(pending, 'check_status');
  await close();
  const [pressed] = captured;
  if (pressed === undefined) throw new Error('Nothing was delivered.');
  return pressed;
}

/** The same press, of another button, with another value, by somebody else. */
function pressOf(
  { kind, payload }: Captured,
  changes: {
    readonly actionId?: string;
    readonly value?: string;
    readonly user?: string;
    readonly team?: string;
  },
): Captured {
  const [action] = Array.isArray(payload.actions) ? payload.actions : [];
  const { actionId, value, user, team } = changes;
  return {
    kind,
    payload: {
      ...payload,
      actions: [
        {
          ...action,
          ...(actionId === undefined ? {} : { action_id: actionId }),
          ...(value === undefined ? {} : { value }),
        },
      ],
      ...(user === undefined && team === undefined
        ? {}
        : {
            user: {
              ...Object(payload.user),
              ...(user === undefined ? {} : { id: user }),
              ...(team === undefined ? {} : { team_id: team }),
            },
          }),
    },
  };
}

/** The ID of the record that the button is about. */
const recordOf = ({ payload }: Captured): string =>
  /"value":"([^"]+)"/.exec(JSON.stringify(payload.actions))?.[1] ?? '';

/** Nothing went to AWS that changes anything there. */
const writes = ({ aws }: Workspace) =>
  aws.requests().filter(({ operation }) => !/^(Get|List)/.test(operation)).length;

const VALUES = ['a-record-that-is-gone', '', 'O1001', 'needs 1', '\u0000', 'x'.repeat(2000)];

overHttp('buttons that are older than what the bot knows', (open) => {
  test('the database was restored from before the record: each button is answered, and does nothing', {
    timeout: 40_000,
  }, async () => {
    const workspace = await open();
    const { slack, folder, end, begin, look, message } = workspace;
    const pressed = await submitted(workspace);
    await look('O1001');
    await end();
    for (const file of await readdir(folder)) await rm(join(folder, file), { recursive: true });
    await begin();

    const before = writes(workspace);
    for (const actionId of ['check_status', 'show_details', 'history', 'cancel_submission']) {
      const answer = await slack.deliver(pressed.kind, pressOf(pressed, { actionId }).payload);
      expect(answer).toMatchObject({ acknowledged: true });
      await expect
        .poll(
          () =>
            // One trigger opens one modal: that no other opens is said.
            [...slack.messages(deals, ana), ...slack.views(ana)].filter((shown) =>
              /This bot has no record|press the button again/.test(reads(shown)),
            ).length,
        )
        .toBeGreaterThan(0);
      for (const { ts } of slack.messages(deals, ana).filter((shown) => shown.ephemeralTo === ana)) {
        slack.deleteMessage(deals, ts);
      }
      while (slack.view(ana) !== undefined) await slack.closeView(ana);
    }
    expect(writes(workspace)).toBe(before);
    // AWS has it all the same, and the bot says so to whoever asks for it.
    expect(reads(await look('O1001'))).toContain('AWS has it');
    expect(await message('Approval pending: O1001')).toBeDefined();
  });

  test.each([
    ['a guest', { user: gus }],
    ['somebody of another workspace', { user: sam, team: 'T07ELSEWHER' }],
    ['somebody with the same ID in another workspace', { user: ben, team: 'T07ELSEWHER' }],
  ])(
    '%s presses each button there is: nothing is shown, nothing happens',
    {
      timeout: 40_000,
    },
    async (_, who) => {
      const workspace = await open();
      const { slack } = workspace;
      const pressed = await submitted(workspace);
      const [before, asked] = [writes(workspace), workspace.aws.requests('GetOpportunity').length];
      const presses = Object.values(ACTION).flatMap((actionId) =>
        [recordOf(pressed), 'O1001'].map((value) => pressOf(pressed, { actionId, value, ...who })),
      );
      await Promise.all(presses.map(({ kind, payload }) => slack.deliver(kind, payload)));
      await workspace.later(0);
      const seen = [...slack.messages(deals, who.user), ...slack.views(who.user)].map(reads);
      expect(seen.filter((text) => text.includes(CUSTOMER))).toEqual([]);
      expect(writes(workspace)).toBe(before);
      expect(workspace.aws.requests('GetOpportunity')).toHaveLength(asked);
    },
  );

  test('a value that no button of ours ever had is answered in words, whatever the button', {
    timeout: 40_000,
  }, async () => {
    const workspace = await open();
    const { slack } = workspace;
    const pressed = await submitted(workspace);
    const before = writes(workspace);
    const presses = Object.values(ACTION).flatMap((actionId) =>
      VALUES.map((value) => pressOf(pressed, { actionId, value })),
    );
    await Promise.all(presses.map(({ kind, payload }) => slack.deliver(kind, payload)));
    await workspace.later(0);
    expect(writes(workspace)).toBe(before);
    // All of them share one response_url, which Slack takes five times.
    const failures = workspace
      .log()
      .split('\n')
      .filter((line) => line.includes('a listener failed'));
    expect(failures.filter((line) => !line.includes('slack_bolt_respond_error'))).toEqual([]);
  });

  test('a week later: the form is no longer valid, and the buttons still are', async () => {
    const workspace = await open();
    const { slack, later, look, message, press, modal } = workspace;
    await submitted(workspace);
    workspace.deal({ id: 'O1002' });
    await look('O1002');
    await slack.fillIn(ana, { involvement_type: 'Co-Sell', lock: ['understood'] });
    await later(8 * DAY);
    await later(2 * 60 * 60 * 1000);
    await slack.submitView(ana);
    await modal('This form is no longer valid');
    await press(await message('Approval pending: O1001'), 'show_details');
    expect(reads(await modal(CUSTOMER))).toContain('Submitted');
    expect(workspace.aws.submissionsExecuted('O1002')).toBe(0);
  });
});
