import { expect, test } from 'vitest';
import { STOP_WITHIN_MS } from '../../../src/app.ts';
import { HOUR, letPass } from '../passing-time.ts';
import { reads } from '../words-on-screen.ts';
import { ana, ben, overSocketMode, type Workspace } from '../workspace.ts';
import { atAws, changeElsewhere, NEW_PROBLEM, openFix, PROBLEM, sentBack } from './changing.ts';

const SELLERS = 'S07SELLERS0';

overSocketMode('a change whose way to AWS is troubled', (open) => {
  const save = async (workspace: Workspace) => {
    await workspace.slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await workspace.slack.submitView(ana);
  };
  const executed = ({ aws }: Workspace) => aws.requests('UpdateOpportunity').filter((each) => each.executed);

  /** AWS saves it and its answer is lost; the read before sending goes through, those after it don't, until healed. */
  const loseTheAnswer = ({ aws }: Workspace): (() => void) => {
    aws.injectFault({ operation: 'UpdateOpportunity', times: 1, kind: { type: 'html-503', execute: true } });
    let heal = () => {};
    const stop = aws.onChange(() => {
      if (aws.requests('UpdateOpportunity').length === 0) return;
      stop();
      heal = aws.injectFault({ operation: 'GetOpportunity', kind: { type: 'html-503', execute: false } });
    });
    return () => heal();
  };

  test.each([
    ['was executed: a read shows it, and nothing is sent again', true, 1],
    ['was not executed: it is sent again', false, 2],
  ])('the answer is lost, and the update %s', async (_, execute, requests) => {
    const workspace = await open();
    const { aws, message, later } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    aws.injectFault({ operation: 'UpdateOpportunity', times: 1, kind: { type: 'reset', execute } });
    await save(workspace);
    await later(2000);
    await message('Sent back to AWS: O1001');
    expect(aws.requests('UpdateOpportunity')).toHaveLength(requests);
    expect(executed(workspace)).toHaveLength(1);
    expect(atAws(workspace, PROBLEM)).toBe(NEW_PROBLEM);
  });

  test('while AWS cannot be read it is not known, and the person is told so; then it is', async () => {
    const workspace = await open();
    const { command, message } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    const heal = loseTheAnswer(workspace);
    await save(workspace);
    expect(reads(await message('Not sure AWS saved your changes'))).toContain('AWS may have');
    await command('status O1001');
    await message(`<@${ana}> has changed it in Slack. Whether AWS has the changes isn't known yet`);
    heal();
    await letPass(workspace, 3 * 60_000);
    await message('Sent back to AWS: O1001');
    expect(executed(workspace)).toHaveLength(1);
  });

  test('throttled: it waits, says so, survives a restart, and goes out', async () => {
    const workspace = await open();
    const { aws, command, message, later } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    const heal = aws.injectFault({ operation: 'UpdateOpportunity', kind: { type: 'throttle' } });
    await save(workspace);
    await message('Your changes wait for AWS: O1001');
    await command('status O1001');
    await message('has changed it in Slack. The changes are on their way to AWS.');
    await workspace.restart();
    heal();
    await later(70_000);
    await message('Sent back to AWS: O1001');
    expect(executed(workspace)).toHaveLength(1);
  });

  test('in doubt while AWS throttles everything: it waits for its turn, and is not read over and over', async () => {
    const workspace = await open();
    const { aws, choose, deal, look, message } = workspace;
    sentBack(workspace);
    deal({ id: 'O1002' });
    await look('O1002', { user: ben });
    await openFix(workspace);
    aws.injectFault({ operation: 'UpdateOpportunity', times: 1, kind: { type: 'reset', execute: false } });
    await save(workspace);
    await message('Not sure AWS saved your changes');
    const retryAfterMs = 10 * 60_000;
    const heal = aws.injectFault({
      operation: 'SubmitOpportunity',
      kind: { type: 'throttle', retryAfterMs },
    });
    await choose({}, { user: ben });
    await expect.poll(() => aws.requests('SubmitOpportunity').length, { timeout: 5000 }).toBe(1);
    const before = aws.requests('GetOpportunity').length;
    await letPass(workspace, 60_000);
    expect(aws.requests('GetOpportunity').length - before).toBeLessThan(5);
    heal();
    await letPass(workspace, retryAfterMs, 60_000);
    await message('Sent back to AWS: O1001');
    expect(executed(workspace)).toHaveLength(1);
  });

  test('the process stops while AWS has the update in hand: the next one reads, and sends nothing again', async () => {
    const workspace = await open();
    const { aws, clock, message, later } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    aws.injectFault({ operation: 'UpdateOpportunity', times: 1, kind: { type: 'hang', execute: true } });
    await save(workspace);
    await expect.poll(() => aws.requests('UpdateOpportunity').length, { timeout: 5000 }).toBe(1);
    const ended = workspace.end();
    clock.jump(STOP_WITHIN_MS);
    await ended;
    await workspace.begin();
    await later(61_000);
    await later(2000);
    await message('Sent back to AWS: O1001');
    expect(aws.requests('UpdateOpportunity')).toHaveLength(1);
  });

  test('paused by the operator: kept, said, sent once that is over', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    const { aws, modal, message, later } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    await save(workspace);
    await modal('Whoever runs this bot has paused sending');
    await later(5000);
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
    await workspace.restart({ PAUSED: '0' });
    await message('Sent back to AWS: O1001');
  });

  test('the operator pauses sending while it waits, and ends that: each is said', async () => {
    const workspace = await open();
    const { aws, message, restart } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    aws.injectFault({ operation: 'UpdateOpportunity', kind: { type: 'throttle', retryAfterMs: 10 * HOUR } });
    await save(workspace);
    await message('Your changes wait for AWS: O1001');
    await restart({ PAUSED: '1' });
    const kept = await message('Your changes are kept, not sent yet: O1001');
    expect(reads(kept)).toContain('Whoever runs this bot has paused sending. Nothing has been saved yet.');
    await restart({ PAUSED: '0' });
    await message('Your changes wait for AWS: O1001');
  });

  test('saved while sending is paused, of which the form says all: when that ends there is only the outcome to read', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    const { aws, modal, message, restart, slack } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    await save(workspace);
    await modal('Whoever runs this bot has paused sending');
    const heal = aws.injectFault({ operation: 'GetOpportunity', kind: { type: 'latency', ms: 500 } });
    await restart({ PAUSED: '0' });
    await message('Sent back to AWS: O1001');
    heal();
    expect(JSON.stringify(slack.calls())).not.toContain('Your changes are');
  });

  test('in doubt when sending is paused: a read shows that AWS does not have it, and it is kept', async () => {
    const workspace = await open();
    const { aws, message, later, restart } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    aws.injectFault({ operation: 'UpdateOpportunity', kind: { type: 'reset', execute: false } });
    await save(workspace);
    await message('Not sure AWS saved your changes');
    await restart({ PAUSED: '1' });
    aws.clearFaults();
    const asked = aws.requests('UpdateOpportunity').length;
    await later(61_000);
    expect(reads(await message('Your changes are kept, not sent yet: O1001'))).toContain(
      'Nothing has been saved yet.',
    );
    await later(5 * 60_000);
    expect(aws.requests('UpdateOpportunity')).toHaveLength(asked);
    await restart({ PAUSED: '0' });
    await message('Sent back to AWS: O1001');
  });

  test.each([
    ['AWS has it: it is saved', true, false, 'Sent back to AWS: O1001', 'AWS has saved your changes.'],
    [
      'AWS shows the deal as the form showed it: nothing was changed',
      false,
      false,
      'Not saved within 24 hours: O1001',
      'Nothing was changed.',
    ],
    [
      'AWS shows it changed otherwise since: not known, and not that it could not be read',
      false,
      true,
      'Not known whether AWS saved your changes: O1001',
      'no read has shown that AWS has them',
    ],
  ])('in doubt, and the bot runs again after a day; %s', async (_, execute, isChanged, outcome, words) => {
    const workspace = await open();
    const { aws, message, end, begin, clock, slack } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    aws.injectFault({ operation: 'UpdateOpportunity', kind: { type: 'html-503', execute } });
    const stop = aws.onChange(() => {
      if (aws.requests('UpdateOpportunity').length === 0) return;
      stop();
      aws.injectFault({ operation: 'GetOpportunity', kind: { type: 'html-503', execute: false } });
    });
    await save(workspace);
    await message('Not sure AWS saved your changes');
    await end();
    aws.clearFaults();
    if (isChanged) changeElsewhere(workspace, 'Project', { Title: 'Harbour reports' });
    clock.jump(25 * HOUR);
    await begin();
    await letPass(workspace, 5 * 60_000);
    const told = reads(await message(outcome, { channel: slack.directMessage(ana).id }));
    expect(told).toContain(words);
    expect(aws.requests('UpdateOpportunity')).toHaveLength(1);
  });

  test('in doubt when the bot works in another catalog: after a day that is still what is known', async () => {
    const workspace = await open();
    const { message, later, moveTo } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    loseTheAnswer(workspace);
    await save(workspace);
    await message('Not sure AWS saved your changes');
    await moveTo('Sandbox');
    await later(2 * HOUR);
    await later(23 * HOUR);
    await message('Not known whether AWS saved your changes: O1001', {
      channel: workspace.slack.directMessage(ana).id,
    });
  });

  test('a bot that works in another catalog now holds it back; back in its own it goes out', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    const { aws, message, later, moveTo } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    await save(workspace);
    await later(5000);
    await moveTo('Sandbox', { PAUSED: '0' });
    await message('Your changes are held back: O1001');
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
    await moveTo('AWS', { PAUSED: '0' });
    await later(HOUR);
    await message('Sent back to AWS: O1001', { channel: workspace.slack.directMessage(ana).id });
  });

  test('a whole day without AWS: dropped, and said; nothing reaches AWS later', async () => {
    const workspace = await open();
    const { aws, message, later } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    const heal = aws.injectFault({
      operation: 'UpdateOpportunity',
      kind: { type: 'error', name: 'UnrecognizedClientException' },
    });
    await save(workspace);
    await message("Your changes wait: the bot can't sign in to AWS: O1001");
    await later(25 * HOUR);
    await message('Not saved within 24 hours: O1001', {
      user: ana,
      channel: workspace.slack.directMessage(ana).id,
    });
    heal();
    await later(HOUR);
    expect(executed(workspace)).toEqual([]);
  });

  test('what AWS refuses is named, its own words for this person alone', async () => {
    const workspace = await open();
    const { aws, slack, modal, message } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    aws.injectFault({
      operation: 'UpdateOpportunity',
      times: 1,
      kind: {
        type: 'error',
        name: 'ValidationException',
        message: 'Forty harbours is not a customer.',
        body: {
          Reason: 'BUSINESS_VALIDATION_FAILED',
          ErrorList: [{ FieldName: PROBLEM, Code: 'INVALID_VALUE', Message: 'Forty harbours?' }],
        },
      },
    });
    await save(workspace);
    const told = reads(await modal('AWS did not save your changes'));
    expect(told).toContain('*Customer business problem*: needs 20 to 2,000 characters');
    expect(told).toContain('Forty harbours is not a customer.');
    expect((await message('AWS did not save your changes: O1001')).ephemeralTo).toBe(ana);
    await slack.clickViewButton({ user: ana, actionId: 'review_edit' });
    expect((await modal('*What you typed is kept.*')).values[PROBLEM]?.field).toMatchObject({
      value: NEW_PROBLEM,
    });
  });

  test('whoever may not see the deal any more when they are told reads what came of it, and none of AWS’s words', async () => {
    const workspace = await open({ settings: { SUBMITTERS: SELLERS } });
    const { aws, slack, later, message, modal } = workspace;
    slack.addUserGroup({ id: SELLERS, handle: 'sellers', users: [ana] });
    sentBack(workspace);
    await openFix(workspace);
    const kind = { type: 'error', name: 'ValidationException', message: 'Forty harbours?' } as const;
    aws.injectFault({ operation: 'UpdateOpportunity', times: 1, kind });
    slack.injectFault({ method: 'response_url', kind: { type: 'http-500' } });
    const heal = slack.injectFault({ method: 'chat.postMessage', kind: { type: 'http-500' } });
    await save(workspace);
    expect(reads(await modal('AWS did not save your changes'))).toContain('Forty harbours?');
    slack.addUserGroup({ id: SELLERS, handle: 'sellers', users: [ben] });
    await later(61_000);
    heal();
    await later(60_000);
    const told = await message('AWS did not save your changes: O1001', {
      channel: slack.directMessage(ana).id,
    });
    expect(reads(told)).not.toContain('Forty harbours?');
  });
});
