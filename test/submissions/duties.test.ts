import { describe, expect, test } from 'vitest';
import { createDuties } from '../../src/submissions/duties.ts';
import { onEachDatabase } from '../database/databases.ts';
import { at, LEASE_MS } from './records.ts';

const EVERY_MS = 600_000;

onEachDatabase((database) => {
  const duties = () => createDuties(database());
  const take = (owner: string, ms: number, from = duties()) =>
    from.take('poll', { owner, at: at(ms), leaseUntil: at(ms + LEASE_MS) });
  const done = (owner: string, ms: number, value: string) =>
    duties().done('poll', {
      owner,
      at: at(ms),
      value,
      succeeded: true,
      againAt: at((Math.floor(ms / EVERY_MS) + 1) * EVERY_MS),
    });

  describe('a duty that only one replica does', () => {
    test('of all replicas that would, one gets it', async () => {
      const { replicas } = database();
      const answers = await Promise.all(
        Array.from({ length: 9 }, (_, n) =>
          take(`replica ${n}`, 0, createDuties(replicas[n % replicas.length] ?? database())),
        ),
      );
      expect(answers.filter((answer) => answer !== undefined)).toEqual([{ value: '' }]);
    });

    test('it comes round again when its time has come, with what was to be remembered', async () => {
      await take('one', 0);
      await done('one', 10, 'where we were');
      expect(await take('two', EVERY_MS - 1)).toBeUndefined();
      expect(await take('two', EVERY_MS)).toEqual({ value: 'where we were' });
    });

    test('whoever dies with it loses it by time', async () => {
      await duties().take('sweep', { owner: 'dies', at: at(0), leaseUntil: at(LEASE_MS) });
      const next = (ms: number) =>
        duties().take('sweep', { owner: 'next', at: at(ms), leaseUntil: at(ms + LEASE_MS) });
      expect(await next(LEASE_MS - 1)).toBeUndefined();
      expect(await next(LEASE_MS)).toEqual({ value: '' });
    });

    test('a long one that is renewed stays with whoever does it', async () => {
      await duties().take('sweep', { owner: 'one', at: at(0), leaseUntil: at(LEASE_MS) });
      await duties().renew('sweep', { owner: 'one', leaseUntil: at(3 * LEASE_MS) });
      await duties().renew('sweep', { owner: 'stranger', leaseUntil: at(0) });
      expect(
        await duties().take('sweep', {
          owner: 'two',
          at: at(2 * LEASE_MS),
          leaseUntil: at(4 * LEASE_MS),
        }),
      ).toBeUndefined();
    });

    test('whoever lost it cannot write over what the next one remembers', async () => {
      await take('slow', 0);
      await take('next', EVERY_MS);
      await done('slow', EVERY_MS + 1, 'old');
      await done('next', EVERY_MS + 2, 'new');
      expect(await take('third', 2 * EVERY_MS)).toEqual({ value: 'new' });
    });

    test('two duties have nothing to do with each other', async () => {
      await take('one', 0);
      expect(await duties().take('sweep', { owner: 'two', at: at(0), leaseUntil: at(1) })).toEqual({
        value: '',
      });
    });
  });
});
