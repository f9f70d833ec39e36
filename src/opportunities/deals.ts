import { LRUCache } from 'lru-cache';
import type { PartnerCentralError } from '../aws/errors.ts';
import type { PartnerCentral } from '../aws/operations.ts';
import type { OpportunitySummary } from '../aws/opportunity.ts';
import { type Catalog, isNationalSecurity } from '../aws/terms.ts';
import { type Clock, DAY_MS, within } from '../clock.ts';
import type { Logger } from '../observability/log.ts';
import {
  askAfter,
  cursorAfter,
  type Lister,
  type PollCursor,
  pagesOf,
  type WhyNoList,
  whyNoList,
} from './listing.ts';
import { type Candidate, candidateIn } from './pick-list.ts';
import { findingsOf } from './readiness.ts';

/** All deals of the partner, as far as AWS's list is known. */
export type DealList =
  | {
      readonly type: 'list';
      /** By their IDs; the texts are as AWS wrote them. */
      readonly deals: ReadonlyMap<string, OpportunitySummary>;
      /** Whether that is all there is: `so-far` while AWS is answering or fails. */
      readonly reach: 'all' | 'so-far';
      /** As of when; undefined: it hasn't been read to its end. */
      readonly readAt: Date | undefined;
    }
  | { readonly type: 'unavailable'; readonly why: WhyNoList };

/** Milliseconds between the starts of two full readings, at the least: ten thousand deals are a hundred calls. */
const FULL_EVERY_MS = 6 * 60 * 60_000;
/** Milliseconds for which the list counts as new to whoever waits for it, and to whoever doesn't. */
const FRESH_MS = { new: 60_000, kept: 10 * 60_000 } as const;
/** Milliseconds after a failure in which AWS isn't asked again; twice as many after each further one. */
const HELD_BACK_MS = 30_000;

/** The list as it was read to its end, kept up to date. Moments without a date are the monotonic clock's. */
interface Kept {
  readonly deals: Map<string, OpportunitySummary>;
  readonly fullAt: number;
  /** Where the reading of what changed has come to. */
  cursor: PollCursor;
  upToDateAt: number;
  readAt: Date;
}

/**
 * Every deal of the partner, whoever submitted it and wherever, in memory only: read when somebody looks, whole at most
 * once in six hours, and in between only what AWS has changed since (`LastModifiedDate`), which the polls of a bot that
 * follows reviews bring with them.
 */
export function createDeals(lister: Lister) {
  const { clock, log } = lister;
  let kept: Kept | undefined;
  /** What a first reading has found until now. */
  let soFar: ReadonlyMap<string, OpportunitySummary> = new Map();
  let failed: { readonly why: WhyNoList; readonly at: number; readonly times: number } | undefined;
  let reading: Promise<void> | undefined;

  const folded = new WeakMap<OpportunitySummary, Candidate>();

  const age = (at: number): number => clock.monotonic() - at;

  /** Reads what was modified after a moment, or all; answers the error of the page that couldn't be read. */
  const eachPage = async (
    after: Date | undefined,
    onPage: (page: readonly OpportunitySummary[]) => void,
  ): Promise<PartnerCentralError | undefined> => {
    const filter = {
      // What changes while it is read turns up on the first page again: no page is left out for it.
      Sort: { SortBy: 'LastModifiedDate', SortOrder: after === undefined ? 'DESCENDING' : 'ASCENDING' },
      ...(after === undefined ? {} : { LastModifiedDate: { AfterLastModifiedDate: after.toISOString() } }),
    } as const;
    for await (const read of pagesOf(lister, filter)) {
      if (!read.ok) return read.error;
      onPage(read.page);
    }
    return undefined;
  };

  const readAll = async (): Promise<PartnerCentralError | undefined> => {
    const [at, fullAt] = [clock.now(), clock.monotonic()];
    const deals = new Map<string, OpportunitySummary>();
    if (kept === undefined) soFar = deals;
    const error = await eachPage(undefined, (page) => addNewer(deals, page));
    if (error !== undefined) return error;
    // What came by a poll meanwhile is newer than its page.
    if (kept !== undefined)
      addNewer(
        deals,
        [...kept.deals.values()].filter(({ Id }) => deals.has(Id)),
      );
    kept = {
      deals,
      fullAt,
      cursor: cursorAfter(undefined, [...deals.values()], at),
      upToDateAt: fullAt,
      readAt: at,
    };
    soFar = new Map();
    return undefined;
  };

  const readChanges = async (list: Kept): Promise<PartnerCentralError | undefined> => {
    const [at, began] = [clock.now(), clock.monotonic()];
    const changed: OpportunitySummary[] = [];
    const error = await eachPage(askAfter(list.cursor, at), (page) => changed.push(...page));
    if (error === undefined) take(list, changed, at, began);
    return error;
  };

  const take = (list: Kept, changed: readonly OpportunitySummary[], at: Date, began: number): void => {
    addNewer(list.deals, changed);
    list.cursor = cursorAfter(list.cursor, changed, at);
    list.upToDateAt = Math.max(list.upToDateAt, began);
    list.readAt = at;
  };

  const begin = async (): Promise<void> => {
    const list = kept === undefined || age(kept.fullAt) >= FULL_EVERY_MS ? undefined : kept;
    try {
      const error = await (list === undefined ? readAll() : readChanges(list));
      if (error === undefined) {
        failed = undefined;
        return;
      }
      const { code, kind, requestId } = error;
      log.warn({ code, kind, requestId }, 'AWS could not be asked for the deals on a home tab');
      fail(whyNoList(error));
    } catch (error) {
      log.error({ error }, 'the list of deals could not be read');
      fail('busy');
    }
  };
  const fail = (why: WhyNoList): void => {
    failed = { why, at: clock.monotonic(), times: (failed?.times ?? 0) + 1 };
  };

  const isDue = (freshMs: number): boolean => {
    if (
      failed !== undefined &&
      age(failed.at) < Math.min(FULL_EVERY_MS, HELD_BACK_MS * 2 ** (failed.times - 1))
    )
      return false;
    return kept === undefined || age(kept.upToDateAt) >= freshMs || age(kept.fullAt) >= FULL_EVERY_MS;
  };

  return {
    /** A poll has read what was modified after `after`: where that follows on what is known, the list is as of `at`. */
    polled(
      changed: readonly OpportunitySummary[],
      { after, at }: { readonly after: Date; readonly at: Date },
    ): void {
      if (kept === undefined) return;
      if (after.getTime() <= Date.parse(kept.cursor.newest)) take(kept, changed, at, clock.monotonic());
      else addNewer(kept.deals, changed);
    },

    /** The deals to search through, the newest change first. Each is folded once. */
    candidates: (): readonly Candidate[] =>
      [...(kept?.deals ?? soFar).values()]
        .sort((one, other) => (one.LastModifiedDate < other.LastModifiedDate ? 1 : -1))
        .map((summary) => {
          const candidate = folded.get(summary) ?? candidateIn(summary);
          folded.set(summary, candidate);
          return candidate;
        }),

    /** What there is within `ms`. Never rejects. `kept`: where nobody waits, an older list is as good as a new one. */
    async read(ms: number, wanted: 'new' | 'kept'): Promise<DealList> {
      if (reading === undefined && isDue(FRESH_MS[wanted])) {
        reading = begin().finally(() => {
          reading = undefined;
        });
      }
      if (reading !== undefined) await within(clock, ms, reading);
      if (kept !== undefined) return { type: 'list', deals: kept.deals, reach: 'all', readAt: kept.readAt };
      if (soFar.size > 0) return { type: 'list', deals: soFar, reach: 'so-far', readAt: undefined };
      return { type: 'unavailable', why: reading === undefined ? (failed?.why ?? 'busy') : 'busy' };
    },
  };
}

/** AWS's lists may lag: what is known of a deal gives way only to what is as new. */
function addNewer(deals: Map<string, OpportunitySummary>, page: readonly OpportunitySummary[]): void {
  for (const summary of page) {
    const known = deals.get(summary.Id);
    if (known === undefined || Date.parse(summary.LastModifiedDate) >= Date.parse(known.LastModifiedDate))
      deals.set(summary.Id, summary);
  }
}

/** What the list doesn't say of a deal that isn't submitted yet. Holds no value of the deal. */
export interface DealCheck {
  /** AWS's paths of what keeps AWS from taking it, whatever involvement is chosen. */
  readonly missing: readonly string[];
  readonly nationalSecurity: boolean;
  /** AWS referred it to the partner: it isn't submitted. */
  readonly isReferral: boolean;
}

/** Checks that are kept, one for each change of a deal; those not looked at the longest go first. */
const KEPT = 5000;
/** Deals looked up within a day: two reads each. */
const CHECKS_A_DAY = 200;
/** Deals looked up at the same time. */
const AT_ONCE = 3;

/**
 * Looks up what is missing in the deals that somebody has before their eyes, once for each change of a deal, in memory
 * only. What a day's reads don't reach is looked up the next day, or by whoever opens its form.
 */
export function createDealChecks(dependencies: {
  readonly aws: Pick<PartnerCentral, 'getOpportunity' | 'getAwsOpportunitySummary'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalog: Catalog;
}) {
  const { aws, clock, log, catalog } = dependencies;
  /** Starts of the lookups of the last day, by the monotonic clock. */
  let started: readonly number[] = [];

  const lookUp = async ({ Id }: OpportunitySummary): Promise<DealCheck | undefined> => {
    started = [...started, clock.monotonic()];
    const [read, summary] = await Promise.all([
      aws.getOpportunity({ Catalog: catalog, Identifier: Id }),
      aws.getAwsOpportunitySummary({ Catalog: catalog, RelatedOpportunityIdentifier: Id }),
    ]);
    if (!read.ok) {
      const { code, kind, requestId } = read.error;
      log.warn({ code, kind, requestId, opportunity: Id }, 'AWS could not be asked what a deal still needs');
      return undefined;
    }
    const given = { involvementType: undefined, visibility: 'Full', catalog, now: clock.now() } as const;
    const missing = findingsOf(read.value, given).flatMap(({ weight, path }) =>
      weight === 'block' ? [path] : [],
    );
    return {
      missing: [...new Set(missing)],
      nationalSecurity: isNationalSecurity(read.value),
      isReferral: summary.ok && summary.value.Origin === 'AWS Referral',
    };
  };

  /** By deal and last change, as the list has them: several who look at the same one share its lookup. */
  const checks = new LRUCache<string, DealCheck, OpportunitySummary>({
    max: KEPT,
    fetchMethod: (_key, _stale, { context }) =>
      lookUp(context).catch((error: unknown) => {
        log.error({ error }, 'a deal could not be checked');
        return undefined;
      }),
  });
  const keyOf = ({ Id, LastModifiedDate }: OpportunitySummary): string => `${Id} ${LastModifiedDate}`;

  return {
    /** What is known of a deal as its list's entry has it, without asking AWS. */
    known: (deal: OpportunitySummary): DealCheck | undefined => checks.get(keyOf(deal)),

    /**
     * Looks up those that aren't known as they are now, while the day's reads last; then nobody waits for a lookup that another
     * has under way. Never rejects.
     */
    async read(deals: readonly OpportunitySummary[]): Promise<void> {
      const left = deals.filter((deal) => !checks.has(keyOf(deal)));
      const worker = async (): Promise<void> => {
        for (let deal = left.shift(); deal !== undefined; deal = left.shift()) {
          started = started.filter((at) => clock.monotonic() - at < DAY_MS);
          if (started.length >= CHECKS_A_DAY) return;
          await checks.fetch(keyOf(deal), { context: deal });
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
    },
  };
}
