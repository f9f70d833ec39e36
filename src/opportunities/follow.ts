import { type RawBuilder, sql } from 'kysely';
import type { ListOpportunitiesRequest } from '../aws/operations.ts';
import type { OpportunitySummary } from '../aws/opportunity.ts';
import type { Bot } from '../bot.ts';
import { fromNow, sleep } from '../clock.ts';
import type { ScheduledJob } from '../worker/scheduled-jobs.ts';
import { listed, reviewListed } from './opportunity.ts';
import { askAfter, cursorAfter, readCursor } from './poll-cursor.ts';

/** Milliseconds between two polls: a decision is found within 60 s. */
export const POLL_EVERY_MS = 50_000;
/** Between two sweeps over everything that waits for AWS. */
export const SWEEP_EVERY_MS = 6 * 60 * 60 * 1000;
/** Between two tries of a sweep, or of the baseline, that AWS didn't answer to its end. */
const AGAIN_MS = 10 * 60_000;
/** AWS takes at most 20 IDs in one list. */
const IDS_A_CALL = 20;

/** Everything but Pending Submission: what has been submitted. */
const REVIEWED = ['Submitted', 'In review', 'Action Required', 'Approved', 'Rejected'] as const;
const UNDECIDED = ['Submitted', 'In review', 'Action Required'] as const;

type ListBot = Pick<Bot, 'aws' | 'clock' | 'log' | 'catalog'>;

/**
 * Follows AWS's decisions with lists: what a poll costs depends on what changed, not on how much waits. Because
 * AWS doesn't document that a review moves `LastModifiedDate`, a slow sweep by review status catches what the
 * polls can't see.
 *
 * @param follows as part of a query, whether there is anything that AWS's review concerns
 */
export function followJobs(
  bot: ListBot & Pick<Bot, 'store' | 'compare' | 'followChannel' | 'deals'>,
  follows: RawBuilder<boolean>,
): readonly ScheduledJob[] {
  const { store, clock, catalog, compare, deals } = bot;
  // Opportunities that this bot didn't submit are followed too.
  const elsewhere = bot.followChannel !== undefined;

  /** Between two calls in a row. */
  const pause = () => sleep(clock, BETWEEN_CALLS_MS);

  /** Each page is compared at once. */
  const compareEachPage: EachPage = (filter, onPage) =>
    eachPage(bot, filter, async (page, askedAt) => {
      await onPage(page, askedAt);
      await compare.compare(page.map(reviewListed), { ...listed(askedAt), actor: 'aws' });
    });

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
          // By no status: a filter leaves out what has lost its own, which somebody has to hear of.
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
        await pause();
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
   * Where opportunities submitted elsewhere are followed too, and haven't been so far: notes how every review stands,
   * and tells nobody, because what was decided before is no news.
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
        async (page, askedAt) => {
          await keep();
          const reading = { ...listed(askedAt), actor: 'aws', elsewhere: 'note' } as const;
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

/** Between two calls in a row: at most two reads a second of the quota of 10, which other tools share. */
const BETWEEN_CALLS_MS = 500;
const PAGE_SIZE = 100;

/** Goes through a list page by page; false where AWS stopped answering. */
type EachPage = (
  filter: Omit<ListOpportunitiesRequest, 'Catalog' | 'MaxResults' | 'NextToken'>,
  /** `askedAt`: when the read began. */
  onPage: (page: readonly OpportunitySummary[], askedAt: Date) => Promise<void>,
) => Promise<boolean>;

/** Reads lists in the background: at leisure, and with failures left to the next round. */
async function eachPage(
  { aws, clock, log, catalog }: ListBot,
  filter: Parameters<EachPage>[0],
  onPage: Parameters<EachPage>[1],
): Promise<boolean> {
  let token: string | undefined;
  for (let first = true; ; first = false) {
    if (!first) await sleep(clock, BETWEEN_CALLS_MS);
    const askedAt = clock.now();
    const answer = await aws.listOpportunities({
      Catalog: catalog,
      MaxResults: PAGE_SIZE,
      ...filter,
      ...(token === undefined ? {} : { NextToken: token }),
    });
    if (!answer.ok) {
      const { code, kind, requestId } = answer.error;
      log.warn(
        { code, kind, requestId },
        'AWS could not be asked how the reviews stand; the next round asks again',
      );
      return false;
    }
    await onPage(answer.value.OpportunitySummaries, askedAt);
    token = answer.value.NextToken;
    if (token === undefined) return true;
  }
}
