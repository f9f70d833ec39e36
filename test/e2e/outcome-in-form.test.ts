import { expect, test } from 'vitest';
import { onSubmit } from './aws-faults.ts';
import { idle, letPass, MINUTE, SECOND } from './passing-time.ts';
import { buttons, markup, reads } from './words-on-screen.ts';
import { ana, deals, overBothTransports } from './workspace.ts';

const GROUP = 'S07SELLERS0';
const REFUSED = { 'Project.CustomerUseCase': undefined };

overBothTransports('the form after Submit, while it stays open', (open) => {
  test('turns from Recorded into what came of it, with a link to the message', async () => {
    const { slack, deal, submit, message, modal } = await open();
    deal();
    expect(reads(await submit('O1001'))).toContain('*Recorded.*');
    const shown = await modal('Approval pending: O1001');
    const { ts } = await message('Approval pending: O1001');
    expect(markup(shown)).toContain(
      `<https://${slack.team.domain}.slack.com/archives/${deals}/p${ts.replace('.', '')}|Open its message>`,
    );
    expect(shown.view).toMatchObject({ title: { text: 'Approval pending' } });
    // Where it goes on, nothing "appears here".
    expect(reads(shown)).not.toContain('here');
    expect(buttons(shown)).toEqual([]);
  });

  test('costs no call to Slack before the message says it', async () => {
    const workspace = await open();
    const { slack, deal, submit, modal } = workspace;
    deal();
    await submit('O1001');
    await modal('Approval pending: O1001');
    const methods = slack.calls().map(({ method }) => method);
    const told = methods.lastIndexOf('chat.update');
    expect(methods.indexOf('chat.getPermalink')).toBeGreaterThan(told);
    expect(methods.lastIndexOf('views.update')).toBeGreaterThan(told);
    expect(methods.slice(methods.indexOf('chat.postMessage'), told)).not.toContain('views.update');
  });

  test('refused: the fields, and Fix brings the form for them in its place, with the choices kept', async () => {
    const { slack, deal, submit, modal } = await open();
    deal({ fields: REFUSED });
    await submit('O1001', { involvement: 'For Visibility Only' });
    const shown = await modal('AWS needs something changed first');
    expect(reads(shown)).toContain('*Use case*');
    expect(shown.view).toMatchObject({ title: { text: 'Nothing submitted' } });
    await slack.clickViewButton({ user: ana, actionId: 'fix_opportunity' });
    const form = await modal(/AWS refused this <!date/);
    expect(form.view).toMatchObject({ callback_id: 'fix-opportunity' });
    expect(JSON.stringify(form.values)).toContain('For Visibility Only');
  });

  test('refused, of a National Security deal: neither what AWS objects to nor a button that is not there', async () => {
    const { deal, submit, modal } = await open();
    deal({
      fields: {
        ...REFUSED,
        NationalSecurity: 'Yes',
        'Customer.Account.Industry': 'Government',
        'Customer.Account.Address.CountryCode': 'US',
      },
    });
    await submit('O1001');
    const shown = await modal('AWS needs something changed first');
    expect(reads(shown)).toContain("What AWS objects to isn't shown here");
    expect(reads(shown)).not.toContain('Use case');
    expect(buttons(shown)).toEqual(['Try again']);
  });

  test('and the form for submitting it says so first, as long as nobody has changed the deal', async () => {
    const { deal, submit, modal, look } = await open();
    const { opportunity } = deal({ fields: REFUSED });
    await submit('O1001');
    await modal('AWS needs something changed first');
    const again = reads(await look('O1001'));
    expect(again).toMatch(/^\n\*AWS refused this <!date[^>]*>:\*\n• \*Use case\*: is missing/);
    expect(again).not.toContain('Looks complete');
    deal({ fields: { LastModifiedDate: `${opportunity.LastModifiedDate.slice(0, 4)}-11-30T08:00:00Z` } });
    expect(reads(await look('O1001'))).toContain('Looks complete');
  });

  test('the deal had changed: Try again brings the form in its place, with the choices kept', async () => {
    const { slack, deal, look, choose, modal } = await open();
    deal({ title: 'As it was' });
    await look('O1001');
    deal({ title: 'As it is', fields: { LastModifiedDate: '2026-11-22T20:00:00.123Z' } });
    await choose({ involvement: 'For Visibility Only' });
    const shown = await modal('Not sent: the opportunity has changed');
    expect(shown.view).toMatchObject({ title: { text: 'Nothing submitted' } });
    await slack.clickViewButton({ user: ana, actionId: 'try_again' });
    const form = await modal('As it is');
    expect(form.values.involvement_type?.involvement_type).toMatchObject({
      selected_option: { value: 'For Visibility Only' },
    });
  });

  test('no answer came: that it is not sure', async () => {
    const { aws, deal, submit, modal } = await open();
    deal();
    aws.injectFault(onSubmit({ type: 'reset', execute: false }, 1));
    await submit('O1001');
    const shown = await modal('Not sure AWS got it');
    expect(shown.view).toMatchObject({ title: { text: 'Not sure yet' } });
    expect(reads(shown)).toContain("Please don't submit it elsewhere.");
  });

  test('it waits, and may be cancelled there', async () => {
    const { slack, aws, deal, submit, modal, message } = await open();
    deal();
    const heal = aws.injectFault({
      operation: 'SubmitOpportunity',
      kind: { type: 'throttle', retryAfterMs: 900_000 },
    });
    await submit('O1001');
    const shown = await modal('Waiting for AWS: O1001');
    expect(buttons(shown)).toEqual(['Try now', 'Cancel']);
    await slack.clickViewButton({ user: ana, actionId: 'cancel_submission' });
    await modal('Taken back');
    await message('Cancelled: O1001');
    heal();
  });

  test('Slack takes the acknowledgement later than AWS answers: it turns all the same', async () => {
    const { slack, deal, look, choose, modal } = await open();
    deal();
    await look('O1001');
    slack.takeAnswersAfter(600);
    await choose();
    await modal('Approval pending: O1001');
  });

  test('Slack is slow over the link of what was told first: what came afterwards stays', async () => {
    const workspace = await open();
    const { slack, aws, deal, submit, message, modal, clock } = workspace;
    deal();
    aws.injectFault(onSubmit({ type: 'throttle' }, 1));
    const slow = { type: 'latency', ms: 20 * SECOND } as const;
    slack.injectFault({ method: 'chat.getPermalink', times: 1, kind: slow });
    await submit('O1001');
    await message('Waiting for AWS: O1001');
    await letPass(workspace, 5 * SECOND, SECOND);
    await modal('Approval pending: O1001');
    clock.jump(20 * SECOND);
    await idle(workspace);
    expect(reads(slack.view(ana) ?? expect.fail())).toContain('Approval pending: O1001');
  });

  test('closed: nothing happens, and nobody is troubled', async () => {
    const workspace = await open();
    const { slack, deal, submit, message, log } = workspace;
    deal();
    await submit('O1001');
    await slack.closeView(ana);
    await message('Approval pending: O1001');
    await letPass(workspace, 10 * SECOND, SECOND);
    expect(slack.view(ana)).toBeUndefined();
    expect(log()).not.toMatch(/views\.update failed|could not be shown/);
  });

  test('whoever may no longer see the deal reads that instead', async () => {
    const { slack, aws, deal, submit, message, modal, later } = await open({
      settings: { SUBMITTERS: GROUP },
    });
    slack.addUserGroup({ id: GROUP, handle: 'sellers', users: [ana] });
    deal();
    const heal = aws.injectFault({ operation: 'SubmitOpportunity', kind: { type: 'throttle' } });
    await submit('O1001');
    await modal('Waiting for AWS: O1001');
    slack.addUserGroup({ id: GROUP, handle: 'sellers', users: [] });
    await later(61_000);
    heal();
    await message('Not sent: no longer allowed: O1001');
    const shown = await modal("You can't submit yet");
    expect(reads(shown)).not.toContain('O1001');
  });

  test('not what comes later than two minutes after Submit', async () => {
    const workspace = await open();
    const { slack, aws, clock, deal, submit, message, modal } = workspace;
    deal();
    const heal = aws.injectFault({ operation: 'SubmitOpportunity', kind: { type: 'throttle' } });
    await submit('O1001');
    await modal('Waiting for AWS: O1001');
    await idle(workspace);
    clock.jump(3 * MINUTE);
    heal();
    await message('Approval pending: O1001');
    const asked = slack.calls('chat.getPermalink').length;
    await letPass(workspace, 10 * SECOND, SECOND);
    await modal('Waiting for AWS: O1001');
    expect(slack.calls('chat.getPermalink')).toHaveLength(asked);
  });
});
