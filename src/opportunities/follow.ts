import { type RawBuilder, sql } from 'kysely';
import type { OpportunitySummary } from '../aws/opportunity.ts';
import { REVIEW_STATUSES } from '../aws/terms.ts';
import type { Bot } from '../bot.ts';
import { fromNow, sleep } from '../clock.ts';
import type { ScheduledJob } from '../worker/scheduled-jobs.ts';
import { askAfter, cursorAfter, pagesOf, readCursor } from './listing.ts';
import { isReviewed, type Reading, type ReviewRead, reviewListed } from './opportunity.ts';

/** Milliseconds between two polls: a decision is found within 60 s. */
export const POLL_EVERY_MS = 50_000;
/** Between two sweeps over everything that waits for AWS. */
export const SWEEP_EVERY_MS = 6 * 60 * 60 * 1000;
/** Between two tries of a sweep, or of the baseline, that AWS didn't answer to its end. */
const AGAIN_MS = 10 * 60_000;
/** Between two calls in a row (milliseconds): at most two reads a second of the quota of 10, which other tools share. */
const BETWEEN_CALLS_MS = 500;
/** AWS takes at most 20 IDs in one list. */
const IDS_A_CALL = 20;

/** What has been submitted. */
const REVIEWED = REVIEW_STATUSES.filter(isReviewed);
const UNDECIDED = ['Submitted', 'In review', 'Action Required'] as const;

/** What it takes to compare what was read at AWS with the records. */
export type CompareBot = Pick<Bot, 'store' | 'jobs' | 'followChannel' | 'clock' | 'catalog' | 'wake'>;

/**
 * Whether decisions on what nobody here asked for or works on are news. Before the baseline of this catalog was taken
 * nobody knows which are.
 */
export const tellsElsewhere = async ({
  followChannel,
  jobs,
  catalog,
}: Pick<Bot, 'followChannel' | 'jobs' | 'catalog'>): Promise<boolean> =>
  followChannel !== undefined && (await jobs.value('baseline')) === catalog;

/**
 * Compares what was read of opportunities (at most a hundred), by a list or one by one, with the records of those that are
 * followed here. AWS is right where they differ. What it means for a doubt is for the worker to conclude, once.
 */
export async function compareReviews(
  bot: CompareBot,
  reads: readonly ReviewRead[],
  reading: Omit<Reading, 'elsewhere'>,
): Promise<void> {
  const { store, clock, catalog, wake } = bot;
  const elsewhere = (await tellsElsewhere(bot)) ? 'tell' : 'leave';
  const steps = await store.noteReviews(catalog, reads, { ...reading, elsewhere });
  const submitted = reads
    .filter(({ status }) => isReviewed(status))
    .map(({ opportunityId }) => opportunityId);
  const hurried = await store.hurryDoubts(catalog, submitted, clock.now());
  if (steps > 0 || hurried) wake();
}

/**
 * Follows AWS's decisions with lists: what a poll costs depends on what changed, not on how much waits. Because
 * AWS doesn't document that a review moves `LastModifiedDate`, a slow sweep by review status catches what the
 * polls can't see.
 *
 * @param follows as part of a query, whether there is anything that AWS's review concerns
 */
export function followJobs(
  bot: CompareBot & Pick<Bot, 'aws' | 'log' | 'deals'>,
  follows: RawBuilder<boolean>,
): readonly ScheduledJob[] {
  const { store, clock, log, catalog, deals } = bot;
  // Opportunities that this bot didn't submit are followed too.
  const elsewhere = bot.followChannel !== undefined;

  /** Compares each page of a list at once; false: AWS has stopped answering, and the next round asks again. */
  const compareEachPage = async (
    filter: Parameters<typeof pagesOf>[1],
    onPage: (page: readonly OpportunitySummary[], readAt: Pick<Reading, 'at' | 'asOf'>) => Promise<void>,
  ): Promise<boolean> => {
    for await (const read of pagesOf(bot, filter, BETWEEN_CALLS_MS)) {
      if (!read.ok) {
        const { code, kind, requestId } = read.error;
        log.warn(
          { code, kind, requestId },
          'AWS could not be asked how the reviews stand; the next round asks again',
        );
        return false;
      }
      const { page, at, asOf } = read;
      await onPage(page, { at, asOf });
      await compareReviews(bot, page.map(reviewListed), { at, asOf, actor: 'aws' });
    }
    return true;
  };

  const when = elsewhere ? {} : { when: () => follows };

  /** Asks AWS what changed since the last poll. */
  const poll: ScheduledJob = {
    name: 'poll',
    ...when,
    run: async ({ at, value, keep }) => {
      const cursor = readCursor(value);
      const after = askAfter(cursor, at);
      const modified: OpportunitySummary[] = [];
      const succeeded = await compareEachPage(
        {
          Sort: { SortBy: 'LastModifiedDate', SortOrder: 'ASCENDING' },
          LastModifiedDate: { AfterLastModifiedDate: after.toISOString() },
          // Not by status: a filter leaves out what has lost its own, and somebody has to hear of that.
        },
        async (page) => {
          await keep();
          modified.push(...page);
        },
      );
      // The list of all deals is brought up to date by the same read.
      if (succeeded) deals.polled(modified, { after, at });
      const next = succeeded ? cursorAfter(cursor, modified, at) : cursor;
      return {
        succeeded,
        value: next === undefined ? '' : JSON.stringify(next),
        againAt: new Date(at.getTime() + POLL_EVERY_MS),
      };
    },
  };

  /** Compares everything that waits for AWS. */
  const sweep: ScheduledJob = {
    name: 'sweep',
    ...when,
    run: async ({ at, keep }) => {
      const seen = new Set<string>();
      let succeeded = await compareEachPage(
        {
          Sort: { SortBy: 'LastModifiedDate', SortOrder: 'ASCENDING' },
          LifeCycleReviewStatus: UNDECIDED,
        },
        async (page) => {
          await keep();
          for (const { Id } of page) seen.add(Id);
        },
      );
      // What waits with us but not with AWS has been decided, or moved back.
      const rest = (await store.undecided(catalog)).filter((opportunityId) => !seen.has(opportunityId));
      for (let start = 0; succeeded && start < rest.length; start += IDS_A_CALL) {
        await sleep(clock, BETWEEN_CALLS_MS);
        succeeded = await compareEachPage({ Identifier: rest.slice(start, start + IDS_A_CALL) }, keep);
      }
      return {
        succeeded,
        value: at.toISOString(),
        againAt: fromNow(clock, succeeded ? SWEEP_EVERY_MS : AGAIN_MS),
      };
    },
  };

  /**
   * Where opportunities submitted elsewhere are to be followed from now on: notes how every review stands, and tells
   * nobody, because what was decided before is no news.
   */
  const baseline: ScheduledJob = {
    name: 'baseline',
    when: () => sql<boolean>`value <> ${catalog}`,
    run: async ({ keep }) => {
      const succeeded = await compareEachPage(
        {
          Sort: { SortBy: 'LastModifiedDate', SortOrder: 'ASCENDING' },
          LifeCycleReviewStatus: REVIEWED,
        },
        async (page, readAt) => {
          await keep();
          const reading = { ...readAt, actor: 'aws', elsewhere: 'note' } as const;
          await store.noteReviews(catalog, page.map(reviewListed), reading);
        },
      );
      return {
        succeeded,
        value: succeeded ? catalog : '',
        againAt: fromNow(clock, succeeded ? 0 : AGAIN_MS),
      };
    },
  };

  return [poll, sweep, ...(elsewhere ? [baseline] : [])];
}
