import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import {
  createJobs,
  type Ended,
  type JobName,
  type Run,
  type ScheduledJob,
} from '../../src/worker/scheduled-jobs.ts';
import { onEachDatabase, passLeases, type Replica } from '../database/databases.ts';
import { at } from '../submissions/records.ts';

const EVERY_MS = 600_000;
const LEASE_MS = 5 * 60_000;

onEachDatabase((database) => {
  let now = 0;
  const clock: Clock = { now: () => at(now), monotonic: () => now, after: () => () => {} };
  const jobs = (replica: Replica = database()) => createJobs({ ...replica, clock });
  const aJob = (
    name: JobName,
    run: (run: Run) => Partial<Ended> | Promise<Partial<Ended>> = () => ({}),
    when?: ScheduledJob['when'],
  ): ScheduledJob => ({
    name,
    ...(when === undefined ? {} : { when }),
    run: async (given) => ({ succeeded: true, againAt: at(now + EVERY_MS), ...(await run(given)) }),
  });
  const take = async (owner: string, job: ScheduledJob, replica?: Replica) => {
    await jobs(replica).plan([job]);
    return jobs(replica).take([job], { owner });
  };
  const taken = async (owner: string, job: ScheduledJob) => {
    const mine = await take(owner, job);
    if (mine === undefined) throw new Error('It was not due.');
    return mine;
  };

  describe('a job that only one replica does', () => {
    test('of all replicas that would, one gets it', async () => {
      const { replicas } = database();
      const answers = await Promise.all(
        Array.from({ length: 9 }, (_, n) =>
          take(`replica ${n}`, aJob('poll'), replicas[n % replicas.length]),
        ),
      );
      expect(answers.filter((answer) => answer !== undefined)).toMatchObject([{ id: 'poll' }]);
    });

    test('it comes round again when its time has come, with what was to be remembered', async () => {
      now = 0;
      await (
        await taken(
          'one',
          aJob('poll', () => ({ value: 'where we were' })),
        )
      ).work();
      now = EVERY_MS - 1;
      expect(await take('two', aJob('poll'))).toBeUndefined();
      now = EVERY_MS;
      const remembered: string[] = [];
      await (
        await taken(
          'two',
          aJob('poll', ({ value }) => ({ value: `${remembered.push(value)}` })),
        )
      ).work();
      expect(remembered).toEqual(['where we were']);
    });

    test('it is left alone while there is nothing to do', async () => {
      expect(
        await take(
          'one',
          aJob('poll', undefined, () => sql<boolean>`1 = 0`),
        ),
      ).toBeUndefined();
      expect(
        await take(
          'one',
          aJob('poll', undefined, () => sql<boolean>`value = ''`),
        ),
      ).toBeDefined();
    });

    test('whoever dies with it loses it by time', async () => {
      await taken('dies', aJob('sweep'));
      await passLeases(database().db, LEASE_MS / 2);
      expect(await take('next', aJob('sweep'))).toBeUndefined();
      await passLeases(database().db, LEASE_MS / 2);
      expect(await take('next', aJob('sweep'))).toBeDefined();
    });

    test('a long one that is kept stays with whoever does it', async () => {
      const long = aJob('sweep', async ({ keep }) => {
        await passLeases(database().db, LEASE_MS / 2);
        await keep();
        await passLeases(database().db, LEASE_MS / 2);
        expect(await take('two', aJob('sweep'))).toBeUndefined();
        return {};
      });
      await (await taken('one', long)).work();
    });

    test('whoever lost it cannot keep it, nor write over what the next one remembers', async () => {
      now = 0;
      const slow = await taken(
        'slow',
        aJob('poll', async ({ keep }) => {
          await keep();
          return { value: 'old' };
        }),
      );
      await passLeases(database().db, LEASE_MS);
      const next = await taken(
        'next',
        aJob('poll', () => ({ value: 'new' })),
      );
      await slow.work();
      await next.work();
      expect(await jobs().value('poll')).toBe('new');
    });

    test('two jobs have nothing to do with each other', async () => {
      await taken('one', aJob('poll'));
      expect(await take('two', aJob('sweep'))).toMatchObject({ id: 'sweep' });
    });
  });
});
