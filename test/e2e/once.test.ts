import { expect, test } from 'vitest';
import { withFields } from '../../demo/partner-central/data.ts';
import { awsError, onSubmit } from './aws-faults.ts';
import { pressOf } from './press-of.ts';
import { buttons, reads } from './words-on-screen.ts';
import { ana, ben, deals, general, overBothTransports } from './workspace.ts';

const FORM = 'How should AWS be involved?';

overBothTransports('one submission, whatever is pressed', (open) => {
  test('Submit pressed twice at once', async () => {
    const { slack, deal, aws, look, message } = await open();
    deal();
    await look('O1001');
    await slack.fillIn(ana, { involvement_type: 'Co-Sell', lock: ['understood'] });
    const answers = await Promise.all([slack.submitView(ana), slack.submitView(ana)]);
    for (const answer of answers) expect(answer).toMatchObject({ acknowledged: true });
    await message('Approval pending');
    expect(slack.messages(deals)).toHaveLength(1);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test("Submit pressed again because Slack didn't hear the first answer: the same answer", async () => {
    const workspace = await open();
    const { slack, deal, aws, look, message } = workspace;
    deal();
    await look('O1001');
    await slack.fillIn(ana, { involvement_type: 'Co-Sell', lock: ['understood'] });
    const press = pressOf(workspace, ana);
    await slack.deliver('interactive', press);
    await message('Approval pending');
    expect(JSON.stringify(await slack.deliver('interactive', press))).toContain('Recorded');
    expect(slack.messages(deals)).toHaveLength(1);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test('Submit pressed again after the bot was started anew', async () => {
    const workspace = await open();
    const { slack, deal, aws, look, message, restart } = workspace;
    deal();
    await look('O1001');
    await slack.fillIn(ana, { involvement_type: 'Co-Sell', lock: ['understood'] });
    const press = pressOf(workspace, ana);
    await restart();
    await slack.deliver('interactive', press);
    await message('Approval pending');
    await restart();
    await slack.deliver('interactive', press);
    expect(slack.messages(deals)).toHaveLength(1);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test('with other choices at the second press: the first ones count, and nothing else is said', async () => {
    const workspace = await open();
    const { slack, deal, aws, look, message } = workspace;
    deal();
    await look('O1001');
    await slack.fillIn(ana, { involvement_type: 'Co-Sell', lock: ['understood'] });
    const first = pressOf(workspace, ana);
    await slack.fillIn(ana, { involvement_type: 'For Visibility Only' });
    const second = pressOf(workspace, ana);
    await slack.deliver('interactive', first);
    await slack.deliver('interactive', second);
    expect(reads(await message('Approval pending'))).toContain('Co-Sell · ');
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test('from two forms of one person', async () => {
    const workspace = await open();
    const { slack, deal, aws, look, message } = workspace;
    deal();
    const presses = [];
    for (const involvement of ['Co-Sell', 'For Visibility Only']) {
      await look('O1001');
      await slack.fillIn(ana, { involvement_type: involvement, lock: ['understood'] });
      presses.push(pressOf(workspace, ana));
    }
    await Promise.all(presses.map((press) => slack.deliver('interactive', press)));
    await message('Approval pending');
    expect(aws.submissionsExecuted('O1001')).toBe(1);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test('by two people at once: both are told that it is on its way, once', async () => {
    const { slack, deal, aws, look, choose, message } = await open();
    deal();
    const heal = aws.injectFault({ operation: 'SubmitOpportunity', kind: { type: 'latency', ms: 150 } });
    await look('O1001', { user: ana });
    await look('O1001', { user: ben, channel: general });
    await choose({}, { user: ana });
    await choose({}, { user: ben });
    const bens = slack.view(ben);
    expect(bens && reads(bens)).toContain(`*Already on its way.* <@${ana}> asked for it`);
    await message('Approval pending');
    heal();
    expect(slack.messages(general)).toEqual([]);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test('by a second person, after the first was through: told that it was submitted already', async () => {
    const { deal, aws, look, choose, message } = await open();
    deal();
    await look('O1001', { user: ben });
    await look('O1001', { user: ana });
    await choose({}, { user: ana });
    await message('Approval pending');
    await choose({}, { user: ben });
    const second = reads(await message('Already submitted: O1001'));
    expect(second).toContain('so it was not sent. AWS shows it as Co-Sell, Full.');
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test("with somebody else's form: no longer valid", async () => {
    const workspace = await open();
    const { slack, deal, aws, look } = workspace;
    deal();
    await look('O1001');
    await slack.fillIn(ana, { involvement_type: 'Co-Sell', lock: ['understood'] });
    const forged = await slack.deliver('interactive', pressOf(workspace, ana, ben));
    expect(JSON.stringify(forged)).toContain('This form is no longer valid');
    expect(slack.messages(deals)).toEqual([]);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('with choices that our form never offered: each is asked for again, nothing is recorded', async () => {
    const workspace = await open();
    const { slack, deal, aws, look } = workspace;
    deal();
    await look('O1001');
    const bare = await slack.deliver('interactive', pressOf(workspace, ana));
    expect(bare).toMatchObject({
      payload: {
        response_action: 'errors',
        errors: { involvement_type: 'Please choose one.', lock: expect.stringContaining('Please confirm') },
      },
    });
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });
});

overBothTransports('what happened to the deal between looking and sending', (open) => {
  test('somebody changed it: not sent, and Try again shows it as it is now', async () => {
    const { slack, deal, aws, look, choose, message, press, modal } = await open();
    deal({ title: 'As it was' });
    await look('O1001');
    deal({ title: 'As it is', fields: { LastModifiedDate: '2026-11-22T20:00:00.123Z' } });
    await choose({ involvement: 'For Visibility Only', visibility: 'Limited' });
    const changed = await message('Not sent: the opportunity has changed: O1001');
    expect(reads(changed)).toContain('Nothing was submitted');
    expect(aws.requests('SubmitOpportunity')).toEqual([]);

    await press(changed, 'try_again');
    const form = await modal(FORM);
    expect(reads(form)).toContain('As it is');
    expect(form.values.visibility?.visibility).toMatchObject({ selected_option: { value: 'Limited' } });
    await slack.fillIn(ana, { lock: ['understood'] });
    await slack.submitView(ana);
    await message('Approval pending');
  });

  test('somebody submitted it elsewhere: already submitted', async () => {
    const { deal, aws, look, choose, message } = await open();
    deal();
    await look('O1001');
    deal({ reviewStatus: 'In review' });
    await choose();
    const already = await message('Already submitted: O1001');
    expect(buttons(already)).toEqual(['Check status']);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('it was submitted elsewhere at the very last moment: AWS refuses, and the message says why', async () => {
    const { deal, aws, look, choose, message } = await open();
    deal();
    await look('O1001');
    aws.injectFault({ operation: 'SubmitOpportunity', kind: { type: 'latency', ms: 200 } });
    await choose();
    await expect.poll(() => aws.requests('SubmitOpportunity').length).toBe(1);
    aws.review('AWS', 'O1001', 'In review');
    await message('Already submitted: O1001');
    expect(aws.submissionsExecuted('O1001')).toBe(0);
  });

  test('AWS has sent it back meanwhile: not sent, and not called submitted', async () => {
    const { deal, aws, look, choose, message } = await open();
    deal();
    await look('O1001');
    deal({ reviewStatus: 'Action Required' });
    await choose();
    const ended = await message('Not sent: AWS has sent it back: O1001');
    expect(reads(ended)).toContain('Nothing was submitted.');
    expect(buttons(ended)).toContain('Fix and send back');
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('it has a status that nobody knows: not sent, and not called submitted', async () => {
    const { deal, aws, look, choose, message } = await open();
    const stored = deal();
    await look('O1001');
    aws.seed(withFields(stored, { 'LifeCycle.ReviewStatus': 'On Hold' }));
    await choose();
    await message('Not sent: AWS says: On Hold: O1001');
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test.each(['Action Required', 'On Hold', undefined])(
    'AWS refuses it, and shows %s then: a refusal, whatever its code',
    async (status) => {
      const { deal, aws, look, choose, message } = await open();
      const stored = deal();
      await look('O1001');
      const ErrorList = [{ Code: 'ACTION_NOT_PERMITTED', Message: '' }];
      aws.injectFault(onSubmit(awsError('ValidationException', { body: { ErrorList } })));
      const stop = aws.onChange(() => {
        if (aws.requests('SubmitOpportunity').length === 0) return;
        stop();
        aws.seed(withFields(stored, { 'LifeCycle.ReviewStatus': status }));
      });
      await choose();
      await message('AWS needs something changed first: O1001');
    },
  );

  test('it disappeared', async () => {
    const { deal, aws, look, choose, message } = await open();
    deal();
    await look('O1001');
    aws.injectFault({
      operation: 'GetOpportunity',
      kind: { type: 'error', name: 'ResourceNotFoundException' },
    });
    await choose();
    await message("AWS doesn't find this opportunity: O1001");
  });

  test('the bot was stopped while it was sending: it finishes, and the next one tells', async () => {
    const { slack, deal, aws, look, choose, message, restart } = await open();
    deal();
    await look('O1001');
    aws.injectFault({ operation: 'SubmitOpportunity', kind: { type: 'latency', ms: 300 } });
    await choose();
    await expect.poll(() => aws.requests('SubmitOpportunity').length).toBe(1);
    await restart();
    await message('Approval pending: O1001');
    expect(slack.messages(deals)).toHaveLength(1);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test('Slack is too slow to say who the person is: the form stays, and pressing again goes through', async () => {
    const { slack, deal, look, later, choose, message } = await open();
    deal();
    await look('O1001');
    await later(61_000);
    slack.injectFault({ method: 'users.info', times: 1, kind: { type: 'latency', ms: 1500 } });
    expect(await choose({ involvement: 'For Visibility Only', visibility: 'Limited' })).toMatchObject({
      acknowledged: true,
    });
    expect(slack.view(ana)?.errors.involvement_type).toContain("We couldn't check whether you may do this");
    expect(slack.messages(deals)).toEqual([]);
    await slack.submitView(ana);
    expect(reads(await message('Approval pending'))).toContain(' · Limited · ');
  });

  test('sending was paused: kept, and sent when it is switched on again', async () => {
    const { deal, aws, submit, message, restart } = await open({ settings: { PAUSED: '1' } });
    deal();
    await submit('O1001');
    expect(reads(await message('Kept, not sent yet: O1001'))).toContain('has paused sending');
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
    await restart({ PAUSED: '0' });
    await message('Approval pending: O1001');
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });
});
