import { describe, expect, test } from 'vitest';
import { passFence, sendWindow } from '../../src/attempts/attempt.ts';
import { createTurns } from '../../src/attempts/pace.ts';
import { type Fence, SEND_WITHIN_MS } from '../../src/attempts/sendable.ts';
import type { Clock } from '../../src/clock.ts';
import { at } from '../submissions/records.ts';

/** Two clocks that are set by hand, each alone. */
function twoClocks() {
  const clocks = { wall: 0, monotonic: 0 };
  return {
    clocks,
    clock: {
      now: () => at(clocks.wall),
      monotonic: () => clocks.monotonic,
      after: (ms: number, run: () => void) => {
        clocks.wall += ms;
        clocks.monotonic += ms;
        run();
        return () => {};
      },
    },
  };
}

const botWith = (clock: Clock, isOurs = true) => ({
  clock,
  hold: { isOurs: () => isOurs },
  inTurn: createTurns(),
});

describe('what has passed the fence may be sent for so long', () => {
  const passed = { record: { sendingAt: at(0) }, fencedAt: 0 };

  test.each([
    ['the wall clock, as on a machine that was suspended', { wall: SEND_WITHIN_MS, monotonic: 0 }],
    ['the monotonic clock, as where the wall clock was set back', { wall: 0, monotonic: SEND_WITHIN_MS }],
  ])('by %s alone', (_, late) => {
    const { clocks, clock } = twoClocks();
    const { maySend } = sendWindow(clock, passed);
    expect(maySend()).toBe(true);
    Object.assign(clocks, {
      wall: late.wall - Number(late.wall > 0),
      monotonic: late.monotonic - Number(late.monotonic > 0),
    });
    expect(maySend()).toBe(true);
    Object.assign(clocks, late);
    expect(maySend()).toBe(false);
  });
});

describe('the fence', () => {
  test('asks at each slot whether the person still may, and where they may not nothing passes', async () => {
    const { clock } = twoClocks();
    const asked: number[] = [];
    const begun: number[] = [];
    const passed = passFence(botWith(clock), {
      readAt: 0,
      begin: async () => {
        begun.push(clock.monotonic());
        return { type: 'wait', until: new Date(clock.now().getTime() + 1000) };
      },
      putOff: async () => expect.fail('It is not ours to put off.'),
      isStillAllowed: async () => {
        asked.push(clock.monotonic());
        return asked.length < 5;
      },
    });
    expect(await passed).toBeUndefined();
    expect(begun).toEqual([0, 1000, 2000]);
    // Once before it has its turn.
    expect(asked).toEqual([0, 0, 1000, 2000, 3000]);
  });

  test('a person of whom Slack takes its time to say whether they may holds back nobody else', async () => {
    const { clock } = twoClocks();
    const said = Promise.withResolvers<boolean>();
    const bot = botWith(clock);
    const pass = (record: string) =>
      passFence(bot, {
        readAt: 0,
        begin: async () => ({ type: 'sending', record }),
        putOff: async () => expect.fail('It is not ours to put off.'),
        isStillAllowed: async () => record !== 'one' || said.promise,
      });
    const one = pass('one');
    expect(await pass('another')).toMatchObject({ record: 'another' });
    said.resolve(true);
    expect(await one).toMatchObject({ record: 'one' });
  });

  function answering(answers: Fence<string>[], isOurs = true) {
    const { clock } = twoClocks();
    const putOff: Date[] = [];
    const begun: Date[] = [];
    const pass = () =>
      passFence(botWith(clock, isOurs), {
        readAt: 0,
        begin: async () => {
          begun.push(clock.now());
          return answers.shift() ?? expect.fail('It was asked once too often.');
        },
        putOff: async (until) => {
          putOff.push(until);
        },
        isStillAllowed: async () => true,
      });
    return { pass, putOff, begun };
  }

  test('is lost where somebody else has the record: nothing may be sent', async () => {
    expect(await answering([{ type: 'lost' }]).pass()).toBeUndefined();
  });

  test('puts off what would have to wait until its read is old', async () => {
    const { pass, putOff } = answering([{ type: 'wait', until: at(25_000) }]);
    expect(await pass()).toBeUndefined();
    expect(putOff).toEqual([at(25_000)]);
  });

  test('is not even asked by a bot that has lost its database', async () => {
    const { pass, begun } = answering([], false);
    expect(await pass()).toBeUndefined();
    expect(begun).toEqual([]);
  });
});
