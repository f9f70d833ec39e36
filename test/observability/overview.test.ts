import { describe, expect, test } from 'vitest';
import { createOutbox } from '../../src/messages/queue.ts';
import { readOverview } from '../../src/observability/overview.ts';
import { onEachDatabase } from '../database/databases.ts';
import { at, claimedAt, recorded, sendingAt, storeOn, takeAll } from '../submissions/records.ts';

const MINUTE = 60_000;

onEachDatabase((database) => {
  const store = () => storeOn(database());
  const overview = (ms: number) => readOverview(database().db, at(ms));
  const stateOf = async (name: string, ms: number) =>
    (await overview(ms)).states.find(({ state }) => state === name);
  const tell = async (ms: number) => {
    const outbox = createOutbox(database());
    for (const message of await takeAll(() => outbox.claim('messages', { owner: 'w', at: at(ms) }))) {
      await outbox.told(message, 'w', { via: 'channel', channelId: 'C1', ts: '1.0', threadTs: undefined }, 0);
    }
  };

  describe('how the bot stands', () => {
    test('a request that was sent, refused for now and waits again is as old as it was asked for', async () => {
      await recorded(store(), {}, at(0));
      const sending = await sendingAt(store(), 'w', at(MINUTE));
      await store().transition(sending, 'w', {
        to: 'requested',
        at: at(2 * MINUTE),
        actor: 'bot',
        why: 'ThrottlingException',
        dueAt: at(3 * MINUTE),
      });
      expect(await stateOf('requested', 3 * MINUTE)).toMatchObject({
        count: 1,
        oldest: at(0).toISOString(),
      });
    });

    test('what is untold is as old as its news, not as the message that will say it', async () => {
      const { id } = await recorded(store(), {}, at(0));
      expect((await overview(0)).untold).toEqual({ count: 1, oldest: at(0).toISOString() });
      await tell(0);
      expect((await overview(1)).untold).toEqual({ count: 0, oldest: null });

      await store().cancel(id, 'U1', at(60 * MINUTE));
      expect((await overview(61 * MINUTE)).untold).toEqual({
        count: 1,
        oldest: at(60 * MINUTE).toISOString(),
      });
    });

    test('so is what can’t be told, where somebody looks for it', async () => {
      const { id } = await recorded(store(), {}, at(0));
      await tell(0);
      await store().cancel(id, 'U1', at(60 * MINUTE));
      const outbox = createOutbox(database());
      const message = await outbox.claim('messages', { owner: 'w', at: at(61 * MINUTE) });
      if (message === undefined) throw new Error('Nothing was untold.');
      await outbox.postpone(message, 'w', {
        dueAt: at(63 * MINUTE),
        error: 'internal_error',
      });
      expect((await overview(64 * MINUTE)).attention).toEqual([
        {
          submission: id,
          opportunity: 'O1001',
          state: 'cancelled',
          since: at(60 * MINUTE).toISOString(),
          problem: "can't be told: internal_error",
        },
      ]);
    });

    test('more news before the first was told leaves it as old as the first', async () => {
      await recorded(store(), {}, at(0));
      await tell(0);
      const claimed = await claimedAt(store(), 'w', at(10 * MINUTE));
      const problem = { type: 'waiting', code: 'ThrottlingException', throttled: true } as const;
      const next = { at: at(10 * MINUTE), dueAt: at(11 * MINUTE), tries: 1 };
      await store().postpone(claimed, 'w', { ...next, problem });
      const again = await claimedAt(store(), 'w', at(20 * MINUTE));
      await store().postpone(again, 'w', { ...next, at: at(20 * MINUTE), problem: undefined });
      expect((await overview(30 * MINUTE)).untold.oldest).toBe(at(10 * MINUTE).toISOString());
    });
  });
});
