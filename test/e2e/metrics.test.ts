import { expect, test } from 'vitest';
import { awsError, onSubmit } from './aws-faults.ts';
import { NEW_PROBLEM, openFix, PROBLEM, sentBack } from './fix/changing.ts';
import { HOUR, idle, letPass, MINUTE, within } from './passing-time.ts';
import { inThreads } from './review/thread.ts';
import { samplesAt } from './samples.ts';
import { ana, overBothTransports, overSocketMode, type Workspace } from './workspace.ts';

/** The database is asked at most every 5 s. */
const metrics = async (workspace: Workspace) => {
  workspace.clock.jump(5000);
  await idle(workspace);
  const samples = await samplesAt(workspace.opsPort());
  return (name: string) => samples.get(`opportunity_bot_${name}`);
};

overBothTransports('metrics', (open, transport) => {
  test('of one submission, from the command to the decision', async () => {
    const workspace = await open();
    workspace.deal({ id: 'O1001' });

    const before = await metrics(workspace);
    expect(before('interactions_total{kind="command",outcome="ok"}')).toBeUndefined();
    expect(before('submissions{state="submitted"}')).toBe(0);
    expect(before('worker_alive')).toBe(1);
    expect(before('database_up')).toBe(1);
    expect(before('socket_connected')).toBe(transport === 'Socket Mode' ? 1 : undefined);
    expect(
      before(
        `build_info{version="test",catalog="AWS",transport="${transport === 'HTTP' ? 'http' : 'socket'}"}`,
      ),
    ).toBe(1);

    await workspace.submit('O1001');
    await workspace.message('Approval pending: O1001');
    await idle(workspace);
    const pending = await metrics(workspace);
    expect(pending('interactions_total{kind="command",outcome="ok"}')).toBe(1);
    expect(pending('interactions_total{kind="view_submission",outcome="ok"}')).toBe(1);
    expect(pending('acknowledgement_seconds_count{kind="command"}')).toBe(1);
    expect(pending('acknowledgement_seconds_bucket{le="3",kind="view_submission"}')).toBe(1);
    expect(pending('aws_call_seconds_count{operation="SubmitOpportunity",outcome="ok"}')).toBe(1);
    expect(pending('aws_call_seconds_count{operation="GetOpportunity",outcome="ok"}')).toBeGreaterThanOrEqual(
      3,
    );
    expect(pending('submissions{state="submitted"}')).toBe(1);
    expect(pending('waiting_for_aws')).toBe(1);
    expect(pending('untold')).toBe(0);
    expect(pending('oldest_seconds{what="untold"}')).toBe(0);

    await letPass(workspace, HOUR, MINUTE);
    const waiting = await metrics(workspace);
    expect(waiting('oldest_seconds{what="waiting_for_aws"}')).toBeGreaterThan(3600);
    expect(waiting('last_read_timestamp_seconds{by="poll"}')).toBeGreaterThan(
      workspace.clock.now().getTime() / 1000 - 120,
    );

    workspace.aws.review('AWS', 'O1001', 'Approved');
    await within(workspace, MINUTE, () => inThreads(workspace).length === 1);
    const decided = await metrics(workspace);
    expect(decided('waiting_for_aws')).toBe(0);
    expect(decided('oldest_seconds{what="waiting_for_aws"}')).toBe(0);
    expect(decided('messages_total{kind="decision",outcome="told"}')).toBe(1);
    expect(decided('untold')).toBe(0);
  });
});

overSocketMode('metrics', (open) => {
  test('news of an old submission that nobody could be told is as old as the news', async () => {
    const workspace = await open();
    const { slack, aws } = workspace;
    workspace.deal({ id: 'O1001' });
    await workspace.submit('O1001');
    await workspace.message('Approval pending: O1001');
    await letPass(workspace, 3 * HOUR, 10 * MINUTE);

    slack.injectFault({ method: 'chat.update', kind: { type: 'error', error: 'internal_error' } });
    aws.review('AWS', 'O1001', 'In review');
    await letPass(workspace, 5 * MINUTE);
    const now = await metrics(workspace);
    expect(now('untold')).toBe(1);
    expect(now('messages_total{kind="submission",outcome="later"}')).toBeGreaterThan(1);
    expect(now('oldest_seconds{what="untold"}')).toBeGreaterThan(200);
    expect(now('oldest_seconds{what="untold"}')).toBeLessThan(400);
  });

  test('a submission in doubt, and what AWS refuses, are counted as such', async () => {
    const workspace = await open();
    workspace.deal({ id: 'O1001' });
    workspace.deal({ id: 'O1002' });
    workspace.aws.injectFault(onSubmit({ type: 'html-503', execute: false }, 1));
    await workspace.submit('O1001');
    await workspace.message(/Not sure AWS got it/);
    await workspace.slack.closeView(ana);
    workspace.aws.injectFault(onSubmit(awsError('ValidationException'), 1));
    await workspace.submit('O1002');
    await workspace.message(/O1002/);
    await letPass(workspace, MINUTE);
    const now = await metrics(workspace);
    expect(now('submissions{state="uncertain"}')).toBe(1);
    expect(now('oldest_seconds{what="in_doubt"}')).toBeGreaterThan(55);
    expect(now('submissions{state="refused"}')).toBe(1);
    expect(now('aws_call_seconds_count{operation="SubmitOpportunity",outcome="unknown"}')).toBe(1);
    expect(now('aws_call_seconds_count{operation="SubmitOpportunity",outcome="refused"}')).toBe(1);
  });

  test('a change of a deal that waits for AWS, and then is saved', async () => {
    const workspace = await open();
    sentBack(workspace);
    await openFix(workspace);
    const heal = workspace.aws.injectFault({ operation: 'UpdateOpportunity', kind: { type: 'throttle' } });
    await workspace.slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await workspace.slack.submitView(ana);
    await workspace.message('Your changes wait for AWS: O1001');
    await letPass(workspace, 10 * MINUTE);
    const waiting = await metrics(workspace);
    expect(waiting('edits{state="requested"}')).toBe(1);
    expect(waiting('oldest_seconds{what="edit"}')).toBeGreaterThan(590);
    heal();
    await letPass(workspace, 2 * MINUTE);
    await workspace.message('Sent back to AWS: O1001');
    const settled = await metrics(workspace);
    expect(settled('edits{state="requested"}')).toBe(0);
    expect(settled('edits{state="saved"}')).toBe(1);
    expect(settled('oldest_seconds{what="edit"}')).toBe(0);
  });

  test('who paused sending: the setting, or AWS that does not let the bot in', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    workspace.deal({ id: 'O1001' });
    expect((await metrics(workspace))('paused{by="setting"}')).toBe(1);
    await workspace.submit('O1001');
    await letPass(workspace, HOUR, MINUTE);
    expect((await metrics(workspace))('oldest_seconds{what="unsent"}')).toBeGreaterThan(3500);

    workspace.aws.injectFault({ kind: awsError('UnrecognizedClientException') });
    await workspace.restart({ PAUSED: '0' });
    await letPass(workspace, MINUTE);
    const now = await metrics(workspace);
    expect(now('paused{by="setting"}')).toBe(0);
    expect(now('paused{by="aws"}')).toBe(1);
    expect(now('aws_call_seconds_count{operation="GetOpportunity",outcome="operator"}')).toBeGreaterThan(0);
  });

  test('no label names a person, an opportunity or a channel', async () => {
    const workspace = await open();
    workspace.deal({ id: 'O1001' });
    await workspace.submit('O1001');
    await workspace.message('Approval pending: O1001');
    const labels = [...(await samplesAt(workspace.opsPort())).keys()].flatMap((name) =>
      [...name.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', value = '']) => ({ label, value })),
    );
    expect([...new Set(labels.map(({ label }) => label))].sort()).toEqual([
      'by',
      'catalog',
      'kind',
      'le',
      'operation',
      'outcome',
      'state',
      'transport',
      'version',
      'what',
    ]);
    expect(labels.filter(({ value }) => /O1001|^[UCDT][A-Z0-9]{5,}$/.test(value))).toEqual([]);
  });

  test('however many read them, the database is asked every five seconds at most', async () => {
    const workspace = await open();
    const first = await metrics(workspace);
    expect(first('submissions{state="requested"}')).toBe(0);
    workspace.deal({ id: 'O1001' });
    await workspace.submit('O1001');
    await workspace.message('Approval pending: O1001');
    const soon = await samplesAt(workspace.opsPort());
    expect(soon.get('opportunity_bot_submissions{state="submitted"}')).toBe(0);
    expect((await metrics(workspace))('submissions{state="submitted"}')).toBe(1);
  });
});
