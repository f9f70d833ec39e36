import SqliteDatabase from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { letPass, MINUTE, SECOND } from '../passing-time.ts';
import { ana, board, overSocketMode } from '../workspace.ts';

/** Counts this process's transactions with SQLite: each that is begun, and each statement outside of one. */
function countTransactions(): () => number {
  let count = 0;
  const { prepare } = SqliteDatabase.prototype;
  const spy = vi.spyOn(SqliteDatabase.prototype, 'prepare').mockImplementation(function (
    this: SqliteDatabase.Database,
    sql: string,
  ) {
    return new Proxy(prepare.call(this, sql), {
      get: (statement, name) => {
        const member: unknown = Reflect.get(statement, name);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]): unknown => {
          if (!this.inTransaction) count += 1;
          return Reflect.apply(member, statement, given);
        };
      },
    });
  });
  onTestFinished(() => spy.mockRestore());
  return () => count;
}

overSocketMode('a bot that has nothing to do', (open) => {
  test('asks the database at most twice a second, with a deal to follow and a home tab open', async () => {
    const transactions = countTransactions();
    const workspace = await open({
      settings: { REMIND_WAITING_DAYS: '10', REMIND_CLOSE_DATE: '1', FOLLOW_CHANNEL: board },
    });
    const { clock, slack } = workspace;
    workspace.deal();
    await workspace.submit('O1001');
    await workspace.message('Approval pending: O1001');
    await slack.openHome(ana);
    await letPass(workspace, MINUTE);

    const [before, began] = [transactions(), clock.monotonic()];
    await letPass(workspace, 5 * MINUTE, SECOND);
    const seconds = (clock.monotonic() - began) / SECOND;
    const perSecond = (transactions() - before) / seconds;
    console.log(`Idle: ${perSecond.toFixed(2)} transactions a second.`);
    expect(perSecond).toBeGreaterThan(0.5);
    expect(perSecond).toBeLessThanOrEqual(2);
  });
});
