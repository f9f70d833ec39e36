import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { portOf } from '../../src/observability/health.ts';
import { NEW_PROBLEM, PROBLEM } from './fix/changing.ts';
import { letPass, MINUTE, within } from './passing-time.ts';
import { inChannel, inThreads } from './review/thread.ts';
import { ana, ben, deals, overBothTransports, type Workspace } from './workspace.ts';

overBothTransports('an answer to one person', (open) => {
  /** A decision in the thread of its submission's message. */
  const decided = async (workspace: Workspace) => {
    workspace.deal();
    await workspace.submit('O1001');
    await workspace.message('Approval pending: O1001');
    await letPass(workspace, MINUTE);
    workspace.aws.review('AWS', 'O1001', 'Action Required');
    await within(workspace, MINUTE, () => inThreads(workspace).length > 0);
    const [decision] = inThreads(workspace);
    if (decision === undefined) throw new Error('There is no decision.');
    return decision;
  };

  test('who pressed in a message that has a thread is answered in the channel, where they are', async () => {
    const workspace = await open();
    await decided(workspace);
    const [message] = inChannel(workspace);
    if (message === undefined) throw new Error('There is no message.');
    await workspace.press(message, 'check_status', { user: ben });
    expect((await workspace.message("AWS's review says", { user: ben })).threadTs).toBeUndefined();
  });

  test.each([
    ['fails', { type: 'http-500' }],
    ['says no with a status of 200', { type: 'error', error: 'used_url' }],
  ] as const)('the response_url %s: it comes as a DM, for them alone', async (_, kind) => {
    const workspace = await open();
    const { slack } = workspace;
    await decided(workspace);
    const [message] = inChannel(workspace);
    slack.injectFault({ method: 'response_url', kind });
    await workspace.press(message ?? expect.fail(), 'check_status', { user: ben });
    await workspace.message("AWS's review says", { channel: slack.directMessage(ben).id });
    await workspace.command('help', { user: ben });
    await workspace.message('/submit-opportunity O1234567', { channel: slack.directMessage(ben).id });
  });

  test('an address that is not at Slack gets nothing: the answer comes as a DM', async () => {
    const workspace = await open();
    const { slack } = workspace;
    const got: unknown[] = [];
    const elsewhere = createServer((request, response) => {
      got.push(request.url);
      response.end('ok');
    }).listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    await slack.deliver('slash_commands', {
      command: '/submit-opportunity',
      text: 'help',
      user_id: ben,
      team_id: slack.team.id,
      channel_id: deals,
      api_app_id: slack.appId,
      trigger_id: '1.2.3',
      response_url: `http://127.0.0.1:${portOf(elsewhere)}/commands/T1/2/secret`,
    });
    await workspace.message('/submit-opportunity O1234567', { channel: slack.directMessage(ben).id });
    elsewhere.close();
    expect(got).toEqual([]);
    expect(workspace.log()).toContain('leads away from Slack');
    expect(workspace.log()).not.toContain('T1/2/secret');
  });

  test('what came of a change is told in the thread that the form was opened from', async () => {
    const workspace = await open();
    const { slack } = workspace;
    const decision = await decided(workspace);
    await workspace.press(decision, 'fix_opportunity');
    await workspace.modal('AWS asks for changes');
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await slack.submitView(ana);
    const told = await workspace.message('Sent back to AWS: O1001');
    expect([told.ephemeralTo, told.threadTs]).toEqual([ana, decision.threadTs]);
  });

  test('Slack opened no form for who pressed in a thread: the button that brings another is there too', async () => {
    const workspace = await open();
    const decision = await decided(workspace);
    workspace.slack.injectFault({
      method: 'views.open',
      times: 1,
      kind: { type: 'error', error: 'expired_trigger_id' },
    });
    await workspace.press(decision, 'fix_opportunity');
    const said = await workspace.message('took too long');
    expect([said.ephemeralTo, said.threadTs]).toEqual([ana, decision.threadTs]);
  });
});
