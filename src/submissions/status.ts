import type { PartnerCentralError } from '../aws/errors.ts';
import type { AwsOpportunitySummary, Opportunity } from '../aws/opportunity.ts';
import {
  type AwsPerson,
  awsPeople,
  isNationalSecurity,
  mayNamePeople,
  type ReviewStatus,
  reviewStatus,
} from '../aws/terms.ts';
import type { Bot } from '../bot.ts';
import type { Edit } from '../edits/edit.ts';
import { type CompareBot, compareReviews } from '../opportunities/follow.ts';
import { dealIn, mayBeSecret, reviewIn } from '../opportunities/opportunity.ts';
import { teamSeen } from '../opportunities/team.ts';
import type { NotAllowed, Who } from '../permissions.ts';
import type { EntryPage } from './entries.ts';
import { type Explanation, explain } from './explain.ts';
import type { Entry, Submission } from './submission.ts';

/** What AWS says of an opportunity, with what stands for it here since. */
interface Read {
  readonly type: 'read';
  readonly entry: Entry;
  readonly opportunity: Opportunity;
  readonly review: ReviewStatus;
  readonly at: Date;
}
interface Unreadable {
  readonly type: 'unreadable';
  readonly entry: Entry;
  readonly error: PartnerCentralError;
}

/** What a person gets who asks for a submission's state or its details. */
export type StatusChecked = Read | Unreadable | NotAllowed | { readonly type: 'unknown-submission' };

type ReviewBot = CompareBot & Pick<Bot, 'aws'>;
type AskBot = ReviewBot & Pick<Bot, 'permissions' | 'followChannel'>;

/**
 * Reads the opportunity at AWS for a person who may see it, and writes down what the review says. A submission in
 * doubt is settled by the worker, at once. `id`: of a submission, or of an opportunity's record.
 */
export async function checkStatus(
  bot: AskBot,
  input: { readonly id: string; readonly who: Who },
): Promise<StatusChecked> {
  const entry = await bot.store.entry(input.id);
  if (entry === undefined) return { type: 'unknown-submission' };
  // By the channel it was asked for in: the button may stand in a DM.
  const channelId = entry.channelId ?? bot.followChannel;
  const permission = await bot.permissions.ask(input.who, channelId);
  if (permission.type !== 'allowed') return permission;
  return readReview(bot, entry, input.who);
}

/** The same for an entry and a person whose permission was asked already. */
async function readReview(bot: ReviewBot, entry: Entry, who: Who): Promise<Read | Unreadable> {
  const { store, aws, clock } = bot;
  const at = clock.now();
  const read = await aws.getOpportunity({ Catalog: entry.catalog, Identifier: entry.opportunityId });
  if (!read.ok) return { type: 'unreadable', entry, error: read.error };
  // The bot may have been moved to the other catalog since.
  const { catalog } = entry;
  const reading = { at, requestId: read.requestId, actor: who.userId };
  await compareReviews({ ...bot, catalog }, [reviewIn(read.value)], reading);
  return {
    type: 'read',
    entry: (await store.entry(entry.id)) ?? entry,
    opportunity: read.value,
    review: reviewStatus(read.value.LifeCycle?.ReviewStatus),
    at,
  };
}

/** AWS's own side of a deal. */
export interface AwsSide {
  readonly people: readonly AwsPerson[];
  /** It names nobody, and may still do so. */
  readonly awaited: boolean;
  /** Undefined: it can't be read now. */
  readonly summary: AwsOpportunitySummary | undefined;
}

/** What *Details* shows. */
export interface Details {
  readonly asked: StatusChecked;
  /** Undefined: AWS has none yet, or it isn't to be shown. */
  readonly awsSide: AwsSide | undefined;
}

/** Reads the deal for a person who may see it, and what AWS has on it. */
export async function details(
  bot: AskBot & Pick<Bot, 'database' | 'newId'>,
  input: { readonly id: string; readonly who: Who },
): Promise<Details> {
  const asked = await checkStatus(bot, input);
  return { asked, awsSide: asked.type === 'read' ? await readAwsSide(bot, asked) : undefined };
}

async function readAwsSide(
  bot: Pick<Bot, 'database' | 'newId' | 'aws' | 'clock' | 'wake'>,
  { entry, opportunity, review }: Read,
): Promise<AwsSide | undefined> {
  const { aws, clock, wake } = bot;
  if (entry.nationalSecurity || isNationalSecurity(opportunity)) return undefined;
  const read = await aws.getAwsOpportunitySummary({
    Catalog: entry.catalog,
    RelatedOpportunityIdentifier: entry.opportunityId,
  });
  const isApproved = review.status === 'Approved';
  // Before a submission AWS may have no summary, and until it has approved the deal nobody misses one.
  if (!read.ok && !isApproved) return undefined;
  const summary = read.ok ? read.value : undefined;
  const people = awsPeople(isApproved ? opportunity : undefined, summary);
  // Whoever looks may be the first to see them: the person who submitted hears of it as well.
  if (people.length > 0 && (await teamSeen(bot, entry, clock.now()))) wake();
  const awaited = isApproved && people.length === 0 && summary !== undefined && mayNamePeople(summary);
  return { people, awaited, summary };
}

/** Where a person asks from. */
export interface Asking {
  readonly who: Who;
  readonly channelId: string;
}

/** What AWS says now, as far as it could be asked. `customer` undefined: they aren't to be named. */
type AwsSays =
  | (Pick<Read, 'type' | 'review' | 'at'> & { readonly customer?: string | undefined })
  | Pick<Unreadable, 'type' | 'error'>;

/** What is known of an opportunity with a record here, and without. */
interface Known {
  readonly aws: AwsSays;
  /** An edit of it that AWS may still get. */
  readonly openEdit: Edit | undefined;
}

/** Where one opportunity stands, by its record here and by AWS. */
export type OpportunityStatus =
  | NotAllowed
  | (Known & {
      readonly type: 'record';
      readonly entry: Entry;
      readonly explanation: Explanation;
      /** Another request of which nobody knows whether AWS has executed it, or will. */
      readonly doubt: Submission | undefined;
    })
  | (Known & { readonly type: 'no-record'; readonly opportunityId: string });

/** A record in a line. */
export interface Line {
  readonly entry: Entry;
  readonly headline: string;
  /** Undefined: they aren't to be named, or AWS's list isn't there. */
  readonly customer?: string | undefined;
}
export interface Lines extends Omit<EntryPage, 'entries'> {
  readonly lines: readonly Line[];
}

export type Unsettled =
  | NotAllowed
  | { readonly type: 'unsettled'; readonly needsYou: Lines; readonly underWay: Lines };

export type Listed = NotAllowed | { readonly type: 'list'; readonly own: Lines; readonly team: Lines };

/** Records in one part of an answer. */
const SHOWN = 10;

type RecordsBot = Pick<Bot, 'store' | 'permissions' | 'catalog' | 'paused' | 'deals'>;

/** The customer of a deal that was read, for somebody who may see it. */
export const customerIn = (
  { Customer, ...opportunity }: Opportunity,
  entry?: Pick<Entry, 'nationalSecurity'>,
): string | undefined =>
  entry?.nationalSecurity === true || isNationalSecurity(opportunity)
    ? undefined
    : Customer?.Account?.CompanyName;

/** Milliseconds that whoever asks waits for AWS's list: without it their deals go by their IDs. */
const NAMES_WITHIN_MS = 1000;

/**
 * Names the customers of records, by AWS's list, to somebody who may see them; not of what is or may be a National Security
 * deal, nor of the other catalog: the same ID may stand for another deal there.
 */
export async function customersOf({
  deals,
  catalog,
}: Pick<Bot, 'deals' | 'catalog'>): Promise<
  (entry: Pick<Entry, 'catalog' | 'opportunityId' | 'nationalSecurity'>) => string | undefined
> {
  const list = await deals.read(NAMES_WITHIN_MS, 'kept');
  return (entry) => {
    const isListed = list.type === 'list' && entry.catalog === catalog && !entry.nationalSecurity;
    const summary = isListed ? list.deals.get(entry.opportunityId) : undefined;
    return summary === undefined || mayBeSecret(summary) ? undefined : dealIn(summary).companyName;
  };
}

async function linesOf(bot: RecordsBot, page: Promise<EntryPage>): Promise<Lines> {
  const [{ entries, more, orMore }, customerOf] = await Promise.all([page, customersOf(bot)]);
  const lines = entries.map((entry) => ({
    entry,
    customer: customerOf(entry),
    headline: explain(entry, bot).headline,
  }));
  return { lines, more, orMore };
}

/** Where an opportunity stands: reads AWS, and writes down what its review says. */
export async function standingOf(
  bot: RecordsBot & ReviewBot & Pick<Bot, 'edits'>,
  opportunityId: string,
  asking: Asking,
): Promise<OpportunityStatus> {
  const { store, edits, permissions, aws, clock, catalog, paused } = bot;
  const permission = await permissions.ask(asking.who, asking.channelId);
  if (permission.type !== 'allowed') return permission;
  const [entry, doubt, openEdit] = await Promise.all([
    store.entryOf(catalog, opportunityId),
    store.doubtOf(catalog, opportunityId),
    edits.openEditOf(catalog, opportunityId),
  ]);
  if (entry === undefined) {
    const read = await aws.getOpportunity({ Catalog: catalog, Identifier: opportunityId });
    const says: AwsSays = read.ok
      ? {
          type: 'read',
          review: reviewStatus(read.value.LifeCycle?.ReviewStatus),
          at: clock.now(),
          customer: customerIn(read.value),
        }
      : { type: 'unreadable', error: read.error };
    return { type: 'no-record', opportunityId, aws: says, openEdit };
  }
  const says = await readReview(bot, entry, asking.who);
  const waitingBefore = says.entry.state === 'requested' ? await store.waitingBefore(says.entry) : 0;
  return {
    type: 'record',
    entry: says.entry,
    explanation: explain(says.entry, { catalog, paused, waitingBefore }),
    aws: says.type === 'read' ? { ...says, customer: customerIn(says.opportunity, says.entry) } : says,
    openEdit,
    doubt: doubt?.id === entry.id ? undefined : doubt,
  };
}

/** What of the person's own isn't settled: what needs them, and what waits for AWS. */
export async function latestUnsettled(bot: RecordsBot, asking: Asking): Promise<Unsettled> {
  const { store, permissions, catalog } = bot;
  const permission = await permissions.ask(asking.who, asking.channelId);
  if (permission.type !== 'allowed') return permission;
  const userId = await permissions.idOf(asking.who.userId);
  const [needsYou, underWay] = await Promise.all([
    linesOf(bot, store.entriesOfPerson(catalog, userId, SHOWN, 'needs')),
    linesOf(bot, store.entriesOfPerson(catalog, userId, SHOWN, 'waiting')),
  ]);
  return { type: 'unsettled', needsYou, underWay };
}

/** The latest records: the person's own, and everybody else's. */
export async function latestRecords(bot: RecordsBot, asking: Asking): Promise<Listed> {
  const { store, permissions, catalog } = bot;
  const permission = await permissions.ask(asking.who, asking.channelId);
  if (permission.type !== 'allowed') return permission;
  const userId = await permissions.idOf(asking.who.userId);
  const [own, team] = await Promise.all([
    linesOf(bot, store.entriesOfPerson(catalog, userId, SHOWN)),
    linesOf(bot, store.entriesOfOthers(catalog, userId, SHOWN)),
  ]);
  return { type: 'list', own, team };
}
