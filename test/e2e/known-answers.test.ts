import { expect, test } from 'vitest';
import { connectBeside } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/schema.ts';
import { awsError, type FaultKind, onSubmit } from './aws-faults.ts';
import { HOUR, idle, letPass, MINUTE, within } from './passing-time.ts';
import { inChannel } from './review/thread.ts';
import { buttons, reads } from './words-on-screen.ts';
import { overSocketMode, type Workspace } from './workspace.ts';

/** Does something to the database behind the bot's back. */
async function behindItsBack({ folder }: Workspace, work: (db: Database) => Promise<unknown>): Promise<void> {
  const { db, close } = await connectBeside({ type: 'sqlite', folder });
  try {
    await work(db);
  } finally {
    await close();
  }
}

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

overSocketMode('a copy of the database that is put back', (open) => {
  /** A request waits in it, and AWS shows the deal like this by now. */
  const putBack = async (
    reviewStatus: string,
    before: (workspace: Workspace) => unknown = () => {},
    paused: '0' | '1' = '0',
  ): Promise<Workspace> => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    const { clock, deal, submit, message, end, begin } = workspace;
    deal();
    await submit('O1001');
    await message('Kept, not sent yet: O1001');
    await end();
    const copy = { id: 1, copied_at: clock.now().toISOString() };
    await behindItsBack(workspace, (db) =>
      db
        .insertInto('lineage')
        .values(copy)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(copy))
        .execute(),
    );
    clock.jump(MINUTE);
    deal({ reviewStatus });
    before(workspace);
    await begin({ PAUSED: paused });
    return workspace;
  };

  test.each<[string, FaultKind]>([
    ['AWS is away', { type: 'html-503', execute: false }],
    ["the bot's access to AWS is broken", awsError('UnrecognizedClientException')],
  ])(
    '%s until it is over, and then has it: nor then is it claimed that nothing was sent',
    async (_, kind) => {
      const workspace = await putBack('Submitted', ({ aws }) =>
        aws.injectFault({ operation: 'GetOpportunity', kind }),
      );
      await letPass(workspace, 40 * MINUTE, MINUTE);
      workspace.aws.clearFaults();
      await within(workspace, HOUR, () => !says(workspace, 'Kept')(), MINUTE);
      const told = reads(await workspace.message('O1001'));
      expect(told).toContain("we can't tell whose request did it");
      expect(told).not.toContain('it was not sent');
    },
  );

  test('while sending is paused it is not said that nothing has reached AWS, and Cancel is not offered', async () => {
    const workspace = await putBack('Pending Submission', undefined, '1');
    const kept = await workspace.message('Kept: AWS is looked at first: O1001');
    expect(reads(kept)).toContain("isn't known whether this was sent");
    expect(reads(kept)).toContain('Whoever runs this bot has paused it');
    expect(reads(kept)).not.toContain('Nothing has reached AWS');
    expect(buttons(kept)).toEqual([]);
  });

  test('Cancel is refused before anybody has looked at it: whether it was sent is not known', async () => {
    // The message stands as it did before that was noticed.
    const workspace = await putBack(
      'Pending Submission',
      ({ slack }) => slack.injectFault({ method: 'chat.update', kind: { type: 'http-500' } }),
      '1',
    );
    await workspace.press(await workspace.message('Kept, not sent yet: O1001'), 'cancel_submission');
    await workspace.message("isn't known whether it was sent");
    expect(reads(await workspace.message('Kept'))).not.toContain('Cancelled');
  });

  test('first looked at when the wait is over, and AWS has it: nobody is told that it was not sent', async () => {
    const workspace = await putBack('Submitted', undefined, '1');
    await workspace.message('Kept: AWS is looked at first: O1001');
    await letPass(workspace, HOUR, 10 * MINUTE);
    await workspace.restart({ PAUSED: '0' });
    const told = reads(await workspace.message("we can't tell whose request did it: O1001"));
    expect(told).not.toContain('it was not sent');
  });

  test.each([
    ['AWS shows it to nobody', 'ResourceNotFoundException', 'AWS'],
    ['AWS denies the bot a look', 'AccessDeniedException', 'AWS'],
    ['the bot works in another catalog, which denies it a look', 'AccessDeniedException', 'Sandbox'],
  ] as const)(
    '%s for more than a day, and has it: nobody is told that it was not sent',
    async (_, name, catalog) => {
      const workspace = await putBack('Submitted', undefined, '1');
      workspace.aws.injectFault({ operation: 'GetOpportunity', kind: awsError(name) });
      await workspace.moveTo(catalog, { PAUSED: '0' });
      await letPass(workspace, 26 * HOUR, HOUR);
      const kept = reads(await workspace.message('Kept: AWS is looked at first: O1001'));
      expect(kept).toContain("isn't known whether this was sent");
      workspace.aws.clearFaults();
      await letPass(workspace, HOUR, 10 * MINUTE);
      await workspace.message("we can't tell whose request did it: O1001");
      expect(workspace.aws.requests('SubmitOpportunity')).toEqual([]);
    },
  );

  test('AWS has sent it back by now: whose request that was about is not claimed', async () => {
    const workspace = await putBack('Action Required');
    await within(workspace, HOUR, () => !says(workspace, 'Kept')(), MINUTE);
    const { message } = workspace;
    expect(reads(await message('O1001'))).not.toContain('Nothing was submitted');
    expect(workspace.aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('the deal has changed: that nothing was submitted is said once AWS has had its time to show it', async () => {
    const workspace = await putBack('Pending Submission');
    await workspace.message('Kept: AWS is looked at first: O1001');
    await within(workspace, HOUR, says(workspace, 'Not sent: the opportunity has changed'), MINUTE);
    expect(workspace.aws.requests('SubmitOpportunity')).toEqual([]);
  });
});
