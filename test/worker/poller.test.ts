import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { jumpClock } from '../../demo/jump-clock.ts';
import { createPoller, type WorkKind } from '../../src/worker/poller.ts';
import { onEachDatabase } from '../database/databases.ts';

onEachDatabase((database) => {
  /** A poller of one kind of work, of which so much is due now, and more at `nextAt`. */
  function polling({ atOnce = 2, due = 0, fails = false } = {}) {
    const clock = jumpClock();
    const state = { due, looks: 0, errors: 0, nextAt: undefined as Date | undefined };
    const under: (() => void)[] = [];
    const kind: WorkKind = {
      name: 'work',
      atOnce,
      watch: (at) => {
        state.looks += 1;
        const { nextAt } = state;
        if (nextAt !== undefined && nextAt <= at) {
          state.nextAt = undefined;
          state.due += 1;
        }
        return {
          due: sql<1 | null>`case when ${sql.lit(state.due)} > 0 then 1 end`,
          next: sql<string | null>`cast(${state.nextAt?.toISOString() ?? null} as text)`,
        };
      },
      take: async () => {
        if (state.due === 0) return undefined;
        state.due -= 1;
        if (fails) throw new Error('as it happens');
        return { id: `${state.due}`, work: () => new Promise<void>((resolve) => under.push(resolve)) };
      },
    };
    const poller = createPoller({
      db: database().db,
      kinds: [kind],
      clock,
      onError: () => {
        state.errors += 1;
      },
    });
    return { poller, clock, state, under };
  }
  test('as many are worked on at once as the kind allows; whoever is done takes the next', async () => {
    const { poller, state, under } = polling({ due: 5 });
    poller.start();
    await expect.poll(() => under.length).toBe(2);
    expect(state.due).toBe(3);
    under[0]?.();
    await expect.poll(() => under.length).toBe(3);
    expect(state.due).toBe(2);
    const stopping = poller.stop();
    for (const done of under) done();
    await stopping;
    expect(under).toHaveLength(3);
  });

  test('it looks when it is woken, when the next falls due, and otherwise each second', async () => {
    const { poller, clock, state, under } = polling();
    poller.start();
    await expect.poll(() => state.looks).toBe(1);
    state.due = 1;
    poller.wake();
    await expect.poll(() => under.length).toBe(1);
    state.nextAt = new Date(clock.now().getTime() + 400);
    under[0]?.();
    await expect.poll(() => state.looks).toBe(3);
    clock.jump(400);
    await expect.poll(() => under.length).toBe(2);
    under[1]?.();
    await poller.stop();
  });

  test('what fails is reported, and tried again with the next look, not at once', async () => {
    const { poller, clock, state } = polling({ due: 3, fails: true });
    poller.start();
    await expect.poll(() => state.errors).toBe(1);
    clock.jump(1000);
    await expect.poll(() => state.errors).toBe(2);
    expect(state.due).toBe(1);
    await poller.stop();
  });
});
