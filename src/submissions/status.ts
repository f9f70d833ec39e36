import type { PartnerCentralError } from '../aws/errors.ts';
import { type ReviewStatus, reviewStatus } from '../aws/review-status.ts';
import type { Bot } from '../bot.ts';
import type { Edit } from '../edits/edit.ts';
import { type NotAllowed, notAllowed, type Who } from '../permissions.ts';
import { type ReviewBot, readReview } from './check-status.ts';
import type { EntryPage } from './entries.ts';
import { type Explanation, explain } from './explain.ts';
import type { Entry, Submission } from './submission.ts';

/** Where a person asks from. */
export interface Asking {
  readonly who: Who;
  readonly channelId: string;
}

/** What AWS says now, as far as it could be asked. */
export type AwsSays =
  | { readonly type: 'read'; readonly review: ReviewStatus; readonly at: Date }
  | { readonly type: 'unreadable'; readonly error: PartnerCentralError };

/** Where one opportunity stands, by its record here and by AWS. */
export type Standing =
  | NotAllowed
  | {
      readonly type: 'record';
      readonly entry: Entry;
      readonly explanation: Explanation;
      readonly aws: AwsSays;
      readonly openEdit: Edit | undefined;
      /** Another request of which nobody knows whether AWS has executed it, or will. */
      readonly doubt: Submission | undefined;
    }
  | {
      readonly type: 'no-record';
      readonly opportunityId: string;
      readonly aws: AwsSays;
      /** An edit of it that AWS may still get. */
      readonly openEdit: Edit | undefined;
    };

/** A record in a line. */
export interface Line {
  readonly entry: Entry;
  readonly headline: string;
}
export interface Lines {
  readonly lines: readonly Line[];
  readonly more: number;
  readonly orMore: boolean;
}

/** What of the person's own isn't settled. */
export type Unsettled =
  | NotAllowed
  | { readonly type: 'unsettled'; readonly needsYou: Lines; readonly underWay: Lines };

/** The latest records: the person's own, and everybody else's. */
export type Listed = NotAllowed | { readonly type: 'list'; readonly own: Lines; readonly team: Lines };

/** Records in one part of an answer. */
const SHOWN = 10;

type RecordsBot = Pick<Bot, 'store' | 'permissions' | 'catalog' | 'paused'>;

/** Permission comes before anything else. */
async function refusal(
  { permissions }: Pick<Bot, 'permissions'>,
  { who, channelId }: Asking,
): Promise<NotAllowed | undefined> {
  return notAllowed(await permissions.ask(who, channelId));
}

const linesOf = (
  { catalog, paused }: Pick<Bot, 'catalog' | 'paused'>,
  { entries, more, orMore }: EntryPage,
): Lines => ({
  more,
  orMore,
  lines: entries.map((entry) => ({
    entry,
    headline: explain(entry, { catalog, paused, waitingBefore: 0 }).headline,
  })),
});

/** Where an opportunity stands: reads AWS, and writes down what its review says. */
export async function standingOf(
  bot: RecordsBot & ReviewBot & Pick<Bot, 'edits'>,
  opportunityId: string,
  asking: Asking,
): Promise<Standing> {
  const { store, edits, aws, clock, catalog, paused } = bot;
  const refused = await refusal(bot, asking);
  if (refused !== undefined) return refused;
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
    aws: says,
    openEdit,
    doubt: doubt?.id === entry.id ? undefined : doubt,
  };
}

/** What of the person's own isn't settled. */
export async function unsettled(bot: RecordsBot, asking: Asking): Promise<Unsettled> {
  const { store, permissions, catalog } = bot;
  const refused = await refusal(bot, asking);
  if (refused !== undefined) return refused;
  const userId = await permissions.idOf(asking.who.userId);
  const [needsYou, underWay] = await Promise.all([
    store.latestInPart(catalog, 'needs', userId, SHOWN),
    store.latestInPart(catalog, 'waiting', userId, SHOWN),
  ]);
  return { type: 'unsettled', needsYou: linesOf(bot, needsYou), underWay: linesOf(bot, underWay) };
}

/** The latest records, the person's own apart. */
export async function latestRecords(bot: RecordsBot, asking: Asking): Promise<Listed> {
  const { store, permissions, catalog } = bot;
  const refused = await refusal(bot, asking);
  if (refused !== undefined) return refused;
  const userId = await permissions.idOf(asking.who.userId);
  const [own, team] = await Promise.all([
    store.entriesOfPerson(catalog, userId, SHOWN),
    store.entriesOfOthers(catalog, userId, SHOWN),
  ]);
  return { type: 'list', own: linesOf(bot, own), team: linesOf(bot, team) };
}
