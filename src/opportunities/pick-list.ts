import type { PartnerCentralError } from '../aws/errors.ts';
import type { OpportunitySummary } from '../aws/opportunity.ts';
import { readable } from '../aws/values.ts';
import { within } from '../clock.ts';
import { type Lister, pagesOf, type WhyNoList, whyNoList } from './listing.ts';
import { isLost } from './opportunity.ts';

/** An opportunity to choose, as AWS's list has it; the texts are as AWS wrote them. */
export interface Candidate {
  readonly id: string;
  readonly companyName: string | undefined;
  readonly stage: string | undefined;
  readonly targetCloseDate: string | undefined;
  /** What a search looks through: customer, ID and stage, folded. */
  readonly searched: string;
}

/** Nobody types a longer query, and a search compares it with thousands of opportunities. */
const QUERY_LENGTH = 200;

/** What AWS would take of a list of those that are *Pending Submission*: Closed Lost is left out. */
export const candidatesOf = (summaries: readonly OpportunitySummary[]): readonly Candidate[] =>
  summaries.filter(({ LifeCycle }) => !isLost(LifeCycle?.Stage)).map(candidateIn);

export function candidateIn({ Id, Customer, LifeCycle }: OpportunitySummary): Candidate {
  const companyName = Customer?.Account?.CompanyName;
  const stage = LifeCycle?.Stage;
  return {
    id: Id,
    companyName,
    stage,
    targetCloseDate: LifeCycle?.TargetCloseDate,
    searched: fold([companyName ?? '', Id, stage ?? ''].join('\n')),
  };
}

/** Two lists as one: the newer one, then what only the older one has. */
export function merged(newer: readonly Candidate[], older: readonly Candidate[]): readonly Candidate[] {
  const known = new Set(newer.map(({ id }) => id));
  return [...newer, ...older.filter(({ id }) => !known.has(id))];
}

/**
 * The candidates in which every word of `query` occurs, in their order; one whose ID was typed whole comes first.
 * `without`: IDs that are left out.
 */
export function search(
  candidates: readonly Candidate[],
  query: string,
  without: ReadonlySet<string>,
): readonly Candidate[] {
  const typed = fold(query.slice(0, QUERY_LENGTH));
  const words = typed.split(/\s+/).filter((word) => word !== '');
  const found = candidates.filter(
    ({ id, searched }) => !without.has(id) && words.every((word) => searched.includes(word)),
  );
  const exact = found.filter(({ id }) => fold(id) === typed.trim());
  return exact.length === 0 ? found : [...exact, ...found.filter(({ id }) => fold(id) !== typed.trim())];
}

/** Letters that people also type plainly, though Unicode sees no accent in them. */
const PLAIN_LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({ ø: 'o', ł: 'l', đ: 'd', ð: 'd', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ı: 'i' }),
);

/** As a person would type it in a hurry: no case, no accents, HTML entities decoded. */
export function fold(text: string): string {
  return readable(text)
    .normalize('NFKD')
    .replaceAll(/\p{M}|\p{Cf}/gu, '')
    .toLowerCase()
    .replaceAll(/[øłđðßæœþı]/g, (letter) => PLAIN_LETTERS.get(letter) ?? letter);
}

/** What there is to pick from now. */
export type PickList =
  | {
      readonly type: 'list';
      /** Most recently changed first. */
      readonly candidates: readonly Candidate[];
      /** Whether that is all there is: `so-far` while AWS is answering or fails, `bounded` where there are more than we read. */
      readonly reach: 'all' | 'bounded' | 'so-far';
    }
  | { readonly type: 'unavailable'; readonly why: WhyNoList };

/** Milliseconds for which AWS's lists may go on showing what it has accepted as Pending Submission. */
export const ACCEPTED_LATELY_MS = 10 * 60_000;
/** Milliseconds for which a list counts as new. */
const FRESH_MS = 45_000;
/** Milliseconds for which a list is better than none, while AWS is slow or fails. */
const KEPT_MS = 10 * 60_000;
/** Milliseconds after a failure in which AWS isn't asked again, however much is typed. */
const HELD_BACK_MS = 3000;
/** Three thousand opportunities: the older ones are reached by their ID. */
const PAGES = 30;

/**
 * The opportunities that are Pending Submission, read when somebody picks and kept for a moment: whoever types
 * meanwhile shares one reading.
 */
export function createPickList(lister: Lister) {
  const { clock, log } = lister;
  let kept: { readonly list: Extract<PickList, { type: 'list' }>; readonly at: number } | undefined;
  let failed: { readonly why: WhyNoList; readonly at: number } | undefined;
  let reading: { readonly found: Candidate[]; readonly done: Promise<void> } | undefined;

  const isYounger = (than: number, made: { readonly at: number } | undefined): boolean =>
    made !== undefined && clock.monotonic() - made.at < than;

  const older = (): readonly Candidate[] => (isYounger(KEPT_MS, kept) ? (kept?.list.candidates ?? []) : []);

  const readPages = async (found: Candidate[]): Promise<'all' | 'bounded' | PartnerCentralError> => {
    const filter = {
      Sort: { SortBy: 'LastModifiedDate', SortOrder: 'DESCENDING' },
      LifeCycleReviewStatus: ['Pending Submission'],
    } as const;
    let pages = 0;
    for await (const read of pagesOf(lister, filter)) {
      if (!read.ok) return read.error;
      // What changes while we read can turn up on two pages.
      const fresh = merged(found, candidatesOf(read.page));
      found.push(...fresh.slice(found.length));
      pages += 1;
      if (pages === PAGES && !read.isLast) return 'bounded';
    }
    return 'all';
  };

  const settle = (found: readonly Candidate[], outcome: 'all' | 'bounded' | PartnerCentralError): void => {
    const at = clock.monotonic();
    if (outcome === 'all' || outcome === 'bounded') {
      kept = { list: { type: 'list', candidates: found, reach: outcome }, at };
      failed = undefined;
      return;
    }
    log.warn(
      { code: outcome.code, kind: outcome.kind, requestId: outcome.requestId },
      'AWS could not be asked what can be submitted',
    );
    failed = { why: whyNoList(outcome), at };
    if (found.length > 0) {
      // Better than none, and not new enough to keep anybody from asking again.
      kept = {
        list: { type: 'list', candidates: merged(found, older()), reach: 'so-far' },
        at: at - FRESH_MS,
      };
    }
  };

  const begin = (): { readonly found: Candidate[]; readonly done: Promise<void> } => {
    const found: Candidate[] = [];
    const done = readPages(found)
      .then((outcome) => settle(found, outcome))
      .catch((error: unknown) => {
        log.error({ error }, 'the list of what can be submitted could not be read');
        failed = { why: 'busy', at: clock.monotonic() };
      })
      .finally(() => {
        reading = undefined;
      });
    return { found, done };
  };

  const prepare = (): void => {
    if (isYounger(FRESH_MS, kept) || isYounger(HELD_BACK_MS, failed)) return;
    reading ??= begin();
  };

  return {
    /** Begins to read, unless there is a list that is new, or AWS has just failed. */
    prepare,

    /** What there is within `ms`: the whole list, or what is known so far. Never rejects. */
    async read(ms: number): Promise<PickList> {
      prepare();
      const found = reading?.found ?? [];
      if (reading !== undefined) await within(clock, ms, reading.done);
      if (kept !== undefined && isYounger(FRESH_MS, kept)) return kept.list;
      const candidates = merged(found, older());
      if (candidates.length > 0) return { type: 'list', candidates, reach: 'so-far' };
      return { type: 'unavailable', why: reading === undefined ? (failed?.why ?? 'busy') : 'busy' };
    },
  };
}
