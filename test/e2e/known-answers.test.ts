import { expect, test } from 'vitest';
import { onSubmit } from './aws-faults.ts';
import { behindItsBack } from './behind-its-back.ts';
import { HOUR, idle, MINUTE, within } from './passing-time.ts';
import { inChannel } from './review/thread.ts';
import { overSocketMode, type Workspace } from './workspace.ts';

/** As after a crash of a database that had acknowledged the fence and didn't have it on disk. */
const loseTheFence = (workspace: Workspace) =>
  behindItsBack(workspace, (db) =>
    db
      .updateTable('submissions')
      .set({ state: 'requested', sending_at: null, sent_by: null, lease_owner: null, lease_until: null })
      .execute(),
  );

const says = (workspace: Workspace, words: string) => () =>
  inChannel(workspace).some(({ text }) => text.startsWith(words));

/** A submission whose call is out; `fault` is what becomes of it once `loss` has happened. */
async function isOut(workspace: Workspace) {
  const { aws } = workspace;
  workspace.deal();
  await workspace.submit('O1001');
  await expect.poll(() => aws.requests('SubmitOpportunity').length).toBe(1);
}

overSocketMode('a database that forgets while a request is out', (open) => {
  test('AWS accepts it, and its reads lag: the answer is written, and nothing is sent again', async () => {
    const workspace = await open();
    const { aws } = workspace;
    aws.injectFault(onSubmit({ type: 'latency', ms: 300 }, 1));
    await isOut(workspace);
    await loseTheFence(workspace);
    await workspace.message('Approval pending: O1001');
    await within(workspace, HOUR, says(workspace, 'Approval pending'), 10 * MINUTE);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test('it forgets once the answer was written, too: written again', async () => {
    const workspace = await open();
    const { aws } = workspace;
    await isOut(workspace);
    await workspace.message('Approval pending: O1001');
    await idle(workspace);
    await loseTheFence(workspace);
    await behindItsBack(workspace, (db) =>
      db.updateTable('submissions').set({ due_at: workspace.clock.now().toISOString() }).execute(),
    );
    await within(workspace, MINUTE, () =>
      workspace.log().includes('the database has lost that a submission was sent'),
    );
    await idle(workspace);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
    expect(says(workspace, 'Approval pending')()).toBe(true);
  });

  test('no answer comes: it is a doubt, and nothing is sent again', async () => {
    const workspace = await open();
    const { aws } = workspace;
    aws.injectFault({ operation: 'SubmitOpportunity', times: 1, kind: { type: 'latency', ms: 300 } });
    aws.injectFault(onSubmit({ type: 'reset', execute: false }, 1));
    await isOut(workspace);
    await loseTheFence(workspace);
    await within(workspace, 20 * MINUTE, says(workspace, 'Probably not submitted'), MINUTE);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test('the record is gone: what AWS answered is in the log and counted, not swallowed', async () => {
    const workspace = await open();
    const { aws } = workspace;
    aws.injectFault(onSubmit({ type: 'latency', ms: 300 }, 1));
    await isOut(workspace);
    await behindItsBack(workspace, async (db) => {
      for (const table of ['outbox', 'submission_events', 'submissions'] as const)
        await db.deleteFrom(table).execute();
    });
    await expect
      .poll(workspace.log, { timeout: 5000 })
      .toContain('what AWS answered could not be written down');
    const metrics = await (await fetch(`http://127.0.0.1:${workspace.opsPort()}/metrics`)).text();
    expect(metrics).toContain('opportunity_bot_lost_total{what="answer"} 1');
  });
});
