import { expect, test } from 'vitest';
import { connect } from '../../src/database/connect.ts';
import { aRead, storeOn } from '../submissions/records.ts';
import { awsError, onSubmit } from './aws-faults.ts';
import { idle } from './passing-time.ts';
import { buttons, reads } from './words-on-screen.ts';
import { ana, ben, overBothTransports, type Workspace } from './workspace.ts';

/** Presses *History* of O1001's message; answers what the person then reads. */
async function historyOf({ message, modal, press }: Workspace, title: string) {
  await press(await message(title), 'history');
  return modal(/History of .*O1001/);
}

overBothTransports('History', (open) => {
  test('tells a submission’s life: when, who, what, and AWS’s request IDs, to this person only', async () => {
    const workspace = await open();
    const { slack, aws, deal, submit, message, press } = workspace;
    deal({ companyName: 'Northwind Fisheries' });
    await submit('O1001', { involvement: 'For Visibility Only', visibility: 'Limited' });
    const pending = await message('Approval pending: O1001');
    // The first poll comes with the first deal there is to follow.
    await idle(workspace);
    aws.review('AWS', 'O1001', 'In review');
    await press(pending, 'check_status', { user: ben });
    await message('In review at AWS: O1001');

    const history = await historyOf(workspace, 'In review at AWS: O1001');
    const told = reads(history);
    expect(told).toMatch(
      new RegExp(`<!date\\^.* · <@${ana}>\nAsked for it to be submitted: For Visibility Only, Limited`),
    );
    expect(told).toMatch(/ · the bot\nBegan to send the submission to AWS/);
    expect(told).toMatch(/ · the bot\nAWS accepted it.*\nAWS request ID: [0-9a-f-]{36}/);
    expect(told).toMatch(new RegExp(` · <@${ben}>\nAWS's review: In review \\(before: Submitted\\)`));
    expect(told.indexOf('Asked for')).toBeLessThan(told.indexOf('AWS accepted it'));
    expect(told).toContain('History of *Northwind Fisheries* · O1001');
    expect(buttons(history)).toEqual([]);
    expect(slack.calls('chat.postEphemeral').filter(({ ok }) => !ok)).toEqual([]);
  });

  test('of a refused one it says with which of AWS’s codes', async () => {
    const workspace = await open();
    workspace.deal();
    workspace.aws.injectFault(onSubmit(awsError('AccessDeniedException', { message: 'Northwind is wrong' })));
    await workspace.submit('O1001');
    const history = reads(await historyOf(workspace, "AWS doesn't let the bot submit this: O1001"));
    expect(history).toContain('Not accepted: AccessDeniedException');
    expect(history).not.toContain('is wrong');
  });

  test('one that was taken back has its history too', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    const { deal, submit, message, press } = workspace;
    deal();
    await submit('O1001');
    await press(await message('Kept, not sent yet: O1001'), 'cancel_submission', { user: ben });
    const history = reads(await historyOf(workspace, 'Cancelled: O1001'));
    expect(history).toMatch(new RegExp(`<@${ben}>\nTook it back before it was sent`));
  });

  test('of a National Security deal it leaves the choices out', async () => {
    const workspace = await open();
    const { deal, submit, message, command, press } = workspace;
    deal({
      fields: {
        NationalSecurity: 'Yes',
        'Customer.Account.Industry': 'Government',
        'Customer.Account.Address.CountryCode': 'US',
      },
    });
    await submit('O1001');
    await message('Approval pending: O1001');
    await command('status O1001');
    await press(await message("AWS's review says"), 'history');
    const history = reads(await workspace.modal(/History of .*O1001/));
    expect(history).toContain('Asked for it to be submitted');
    expect(history).not.toContain('Co-Sell');
  });

  test('a long one is read page by page, in place', async () => {
    const workspace = await open();
    const { clock, folder, deal, submit, message, modal, press, command } = workspace;
    deal();
    await submit('O1001');
    await message('Approval pending: O1001');
    await workspace.end();
    const database = await connect({ type: 'sqlite', folder }, { onLostConnection: () => {} });
    const store = storeOn(database);
    for (let round = 1; round <= 30; round += 1) {
      const read = aRead(`Round ${round} ${'<&>*'.repeat(40)}`);
      await store.noteReviews('AWS', [read], { at: clock.now(), actor: 'aws', elsewhere: 'leave' });
    }
    await database.close();
    await workspace.begin();

    await command('status O1001');
    await press(await message("AWS's review says"), 'history');
    const turn = (actionId: string) => workspace.slack.clickViewButton({ user: ana, actionId });
    const first = await modal('1 to 15 of 35');
    expect(buttons(first)).toEqual(['Later']);
    await turn('history_later');
    const second = await modal('16 to 30 of');
    expect(second.id).toBe(first.id);
    expect(buttons(second)).toEqual(['Earlier', 'Later']);
    await turn('history_later');
    expect(buttons(await modal('31 to 35 of 35'))).toEqual(['Earlier']);
    await turn('history_earlier');
    await modal('16 to 30 of');
  });

  test('who was shown the button and has become a guest since learns nothing', async () => {
    const { slack, later, deal, submit, message, modal, press } = await open();
    deal();
    await submit('O1001');
    await press(await message('Approval pending: O1001'), 'show_details');
    await modal('Data lake');
    slack.addUser({ id: ana, name: 'ana', realName: 'Ana', kind: 'guest' });
    await later(61_000);
    await slack.clickViewButton({ user: ana, actionId: 'history' });
    expect(reads(await modal("Guests can't"))).not.toContain('O1001');
  });

  test('the details that somebody has open are emptied when it is noticed that they may not see them any more', async () => {
    const { slack, later, deal, submit, message, modal, press, command } = await open();
    deal();
    await submit('O1001');
    await press(await message('Approval pending: O1001'), 'show_details');
    await modal('Data lake');
    slack.addUser({ id: ana, name: 'ana', realName: 'Ana', kind: 'guest' });
    await later(61_000);
    await command('list');
    expect(reads(await modal("Guests can't"))).not.toContain('Data lake');
  });

  test.each([
    [
      'Slack refuses what it is shown',
      { method: 'views.update', times: 1, kind: { type: 'error', error: 'invalid_arguments' } },
    ],
    [
      'the trigger had expired',
      { method: 'views.open', times: 1, kind: { type: 'error', error: 'expired_trigger_id' } },
    ],
  ] as const)('%s: a sentence says so, and nobody waits before an empty window', async (_, fault) => {
    const { slack, deal, submit, later, message, modal, press } = await open();
    deal();
    await submit('O1001');
    const pending = await message('Approval pending: O1001');
    // The form has turned into the outcome.
    await later(0);
    slack.injectFault(fault);
    await press(pending, 'show_details');
    if (fault.method === 'views.open') await message('Please press the button again', { user: ana });
    else await modal('Something went wrong on our side');
  });
});
