import type { PartnerCentralError } from '../aws/errors.ts';
import { type ReviewStatus, reviewStatus } from '../aws/review-status.ts';
import type { Catalog } from '../aws/terms.ts';
import type { Change } from '../edits/edit.ts';
import type { Changes } from '../edits/edits.ts';
import { type NotAllowed, notAllowed, type Who } from '../permissions.ts';
import { type ReviewDependencies, readReview } from './check-status.ts';
import type { EntryPage } from './entries.ts';
import { type Explanation, explain } from './explain.ts';
import type { Entry } from './submission.ts';

/** Where a person asks from. */
export interface Asking {
  readonly who: Who;
  readonly channelId: string;
}

/** Named so on the home tab. */
export type NotTold = NotAllowed;

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
      readonly openChange: Change | undefined;
    }
  | {
      readonly type: 'no-record';
      readonly opportunityId: string;
      readonly aws: AwsSays;
      /** A change of it that AWS may still get. */
      readonly openChange: Change | undefined;
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

export interface StandingDependencies extends Omit<ReviewDependencies, 'followChannel'> {
  readonly changes: Pick<Changes, 'openChangeOf'>;
  readonly catalog: Catalog;
  /** Sending is switched off by the operator. */
  readonly paused: boolean;
}

/** Records in one part of an answer. */
const SHOWN = 10;

export type Standings = ReturnType<typeof createStandings>;

/** Answers what a person asks of the records. Permission comes before anything else, as at every door. */
export function createStandings(dependencies: StandingDependencies) {
  const { store, changes, partnerCentral, permissions, clock, catalog, paused } = dependencies;

  const refusal = async ({ who, channelId }: Asking): Promise<NotAllowed | undefined> =>
    notAllowed(await permissions.ask(who, channelId));

  const lines = ({ entries, more, orMore }: EntryPage): Lines => ({
    more,
    orMore,
    lines: entries.map((entry) => ({
      entry,
      headline: explain(entry, { catalog, paused, waitingBefore: 0 }).headline,
    })),
  });

  return {
    /** Reads AWS, and writes down what its review says. */
    async ofOne(opportunityId: string, asking: Asking): Promise<Standing> {
      const refused = await refusal(asking);
      if (refused !== undefined) return refused;
      const [entry, openChange] = await Promise.all([
        store.entryOf(catalog, opportunityId),
        changes.openChangeOf(catalog, opportunityId),
      ]);
      if (entry === undefined) {
        const read = await partnerCentral.getOpportunity({ Catalog: catalog, Identifier: opportunityId });
        const aws: AwsSays = read.ok
          ? {
              type: 'read',
              review: reviewStatus(read.value.LifeCycle?.ReviewStatus),
              at: clock.now(),
            }
          : { type: 'unreadable', error: read.error };
        return { type: 'no-record', opportunityId, aws, openChange };
      }
      const aws = await readReview(entry, asking.who, dependencies);
      const waitingBefore = aws.entry.state === 'requested' ? await store.waitingBefore(aws.entry) : 0;
      return {
        type: 'record',
        entry: aws.entry,
        explanation: explain(aws.entry, { catalog, paused, waitingBefore }),
        aws,
        openChange,
      };
    },

    async unsettled(asking: Asking): Promise<Unsettled> {
      const refused = await refusal(asking);
      if (refused !== undefined) return refused;
      const { userId } = asking.who;
      const [needsYou, underWay] = await Promise.all([
        store.latestInPart(catalog, 'needs', userId, SHOWN),
        store.latestInPart(catalog, 'waiting', userId, SHOWN),
      ]);
      return { type: 'unsettled', needsYou: lines(needsYou), underWay: lines(underWay) };
    },

    async latest(asking: Asking): Promise<Listed> {
      const refused = await refusal(asking);
      if (refused !== undefined) return refused;
      const { userId } = asking.who;
      const [own, team] = await Promise.all([
        store.entriesOfPerson(catalog, userId, SHOWN),
        store.entriesOfOthers(catalog, userId, SHOWN),
      ]);
      return { type: 'list', own: lines(own), team: lines(team) };
    },
  };
}
