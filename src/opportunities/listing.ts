import { z } from 'zod';
import type { PartnerCentralError } from '../aws/errors.ts';
import type { ListOpportunitiesRequest, PartnerCentral } from '../aws/operations.ts';
import type { OpportunitySummary } from '../aws/opportunity.ts';
import type { Catalog } from '../aws/terms.ts';
import { parsedJson } from '../aws/values.ts';
import { type Clock, DAY_MS, sleep } from '../clock.ts';
import type { Logger } from '../observability/log.ts';

/** What it takes to read AWS's list of opportunities. */
export interface Lister {
  readonly aws: Pick<PartnerCentral, 'listOpportunities'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalog: Catalog;
}

/** AWS's most in one page. */
const PAGE_SIZE = 100;

/** AWS's lists may lag behind GetOpportunity by so much (milliseconds). */
const LISTS_LAG_MS = 5 * 60_000;

/** A page; or the error of the page that couldn't be read, after which there is none. */
type Page =
  | {
      readonly ok: true;
      readonly page: readonly OpportunitySummary[];
      /** `at`: when its read began. `asOf`: what it shows may be as old as that. */
      readonly at: Date;
      readonly asOf: Date;
      readonly isLast: boolean;
    }
  | { readonly ok: false; readonly error: PartnerCentralError };

/** Milliseconds between two pages somebody waits for: half of the quota of 10 reads a second. */
const BETWEEN_PAGES_MS = 200;

/**
 * Reads a list page by page, with `betweenMs` between two. ("ListOpportunities",
 * https://docs.aws.amazon.com/partner-central/latest/APIReference/API_ListOpportunities.html)
 */
export async function* pagesOf(
  { aws, clock, catalog }: Pick<Lister, 'aws' | 'clock' | 'catalog'>,
  filter: Omit<ListOpportunitiesRequest, 'Catalog' | 'MaxResults' | 'NextToken'>,
  betweenMs = BETWEEN_PAGES_MS,
): AsyncGenerator<Page, void> {
  let token: string | undefined;
  for (;;) {
    const at = clock.now();
    const answer = await aws.listOpportunities({
      Catalog: catalog,
      MaxResults: PAGE_SIZE,
      ...filter,
      ...(token === undefined ? {} : { NextToken: token }),
    });
    if (!answer.ok) {
      yield answer;
      return;
    }
    token = answer.value.NextToken;
    const page = answer.value.OpportunitySummaries;
    const asOf = new Date(at.getTime() - LISTS_LAG_MS);
    yield { ok: true, page, at, asOf, isLast: token === undefined };
    if (token === undefined) return;
    await sleep(clock, betweenMs);
  }
}

/** Why there is no list: AWS hasn't answered or couldn't, the bot can't sign in, or it may not list. */
export type WhyNoList = 'busy' | 'operator' | 'refused';

/** Why an error of AWS's leaves no list. */
export const whyNoList = ({ kind }: PartnerCentralError): WhyNoList =>
  kind === 'operator' || kind === 'refused' ? kind : 'busy';

const cursorSchema = z.object({
  /** AWS's newest `LastModifiedDate`. AWS's times are compared with AWS's only, ours with ours. */
  newest: z.iso.datetime(),
  /** Our time, when it was first read. */
  readAt: z.iso.datetime(),
  /** It was asked for again so long afterwards that nothing older can still turn up. */
  settled: z.boolean(),
});

/** Where the polls have come to. */
export type PollCursor = z.infer<typeof cursorSchema>;

/** A cursor as the job keeps it; undefined: there is none yet, or none that this version knows. */
export const readCursor = (text: string): PollCursor | undefined =>
  cursorSchema.safeParse(parsedJson(text)).data;

/**
 * What the next poll asks for: everything modified after this moment of AWS's. As the lists lag it asks again for what
 * changed shortly before the newest that it knows, until nothing older can turn up any more: else a thousand
 * opportunities changed in one import would be read again with every poll.
 */
export function askAfter(cursor: PollCursor | undefined, at: Date): Date {
  // The first poll of all.
  if (cursor === undefined) return new Date(at.getTime() - DAY_MS);
  return new Date(Date.parse(cursor.newest) - (cursor.settled ? 0 : LISTS_LAG_MS));
}

/**
 * The cursor after a poll that began at `at` and read all its pages; `modified` are the dates in them. Where it found
 * nothing at all the next one begins where it began, however much later that is.
 */
export function cursorAfter(
  cursor: PollCursor | undefined,
  modified: readonly { readonly LastModifiedDate: string }[],
  at: Date,
): PollCursor {
  const before = cursor ?? {
    newest: askAfter(cursor, at).toISOString(),
    readAt: at.toISOString(),
    settled: true,
  };
  const newest = modified
    .map(({ LastModifiedDate }) => Date.parse(LastModifiedDate))
    .filter(Number.isFinite)
    .reduce((one, other) => Math.max(one, other), Date.parse(before.newest));
  if (newest > Date.parse(before.newest)) {
    return { newest: new Date(newest).toISOString(), readAt: at.toISOString(), settled: false };
  }
  return { ...before, settled: before.settled || at.getTime() - Date.parse(before.readAt) > LISTS_LAG_MS };
}
