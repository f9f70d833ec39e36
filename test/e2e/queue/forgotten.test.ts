import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { letPass, MINUTE, SECOND } from '../passing-time.ts';
import { overSocketMode, type Workspace } from '../workspace.ts';

/** Does something to the one record behind the bot's back. */
function inTheDatabase<T>({ folder }: Workspace, act: (database: SqliteDatabase.Database) => T): T {
  const database = new SqliteDatabase(join(folder, 'bot.sqlite'));
  try {
    return act(database);
  } finally {
    database.close();
  }
}

const stateIn = (workspace: Workspace): unknown =>
  inTheDatabase(workspace, (database) => database.prepare('select state from submissions').pluck().get());

overSocketMode('what a bot has sent', (open) => {
  test('is not known where it died between the fence and the answer: the next one sends nothing', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    const { aws, clock, deal, submit, message } = workspace;
    deal();
    await submit('O1001');
    await message('Kept, not sent yet: O1001');
    await workspace.end();
    const at = clock.now().toISOString();
    inTheDatabase(workspace, (database) =>
      database
        .prepare("update submissions set state = 'sending', sending_at = ?, due_at = ?, problem = null")
        .run(at, at),
    );
    await workspace.begin({ PAUSED: '0' });
    await message('Not sure AWS got it: O1001');
    await letPass(workspace, MINUTE, 10 * SECOND);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('is written again where the database has lost it, and nothing is sent a second time', async () => {
    // Else the read before sending would find it.
    const workspace = await open({ observed: { submitLagMs: 90 * SECOND } });
    const { aws, clock, deal, submit, message } = workspace;
    deal();
    await submit('O1001');
    await message('Approval pending: O1001');
    inTheDatabase(workspace, (database) =>
      database
        .prepare(
          `update submissions set state = 'requested', sending_at = null, sent_by = null, due_at = ?,
            lease_owner = null, lease_until = null`,
        )
        .run(clock.now().toISOString()),
    );
    clock.jump(2 * SECOND);
    await vi.waitUntil(() => stateIn(workspace) === 'submitted');
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });
});
