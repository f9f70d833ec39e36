import { type AwsPerson, awsPeople } from '../aws/aws-people.ts';
import { isNationalSecurity } from '../aws/national-security.ts';
import type { PartnerCentral } from '../aws/operations.ts';
import type { Opportunity } from '../aws/opportunity.ts';
import type { Catalog } from '../aws/terms.ts';
import type { Clock } from '../clock.ts';
import type { Edits } from '../edits/edits.ts';
import type { Permissions } from '../permissions.ts';
import type { Channels } from '../slack/channels.ts';
import type { Batch } from '../submissions/batch.ts';
import { FORGOTTEN } from '../submissions/forgotten.ts';
import type { Store } from '../submissions/store.ts';
import type { Entry, Owned, Reviewed } from '../submissions/submission.ts';
import { type Digest, readDigest } from './digest.ts';
import { createEditNews, type EditNews } from './edit-news.ts';
import type { ReminderAbout, TellingContent } from './outbox.ts';
import type { Place, Prepared, Telling, Tellings } from './tellings.ts';

/** What there is to tell, read when it is told: the record as it is now, and the deal only where the place may see it. */
export type News =
  /** The one message of a submission, or of what was taken on here. */
  | {
      readonly type: 'message';
      readonly submission: Owned;
      readonly details: Opportunity | undefined;
      /** Requests that go out before this one, while it is waiting. */
      readonly waitingBefore: number;
      /** Where the message of its batch stands; undefined: it stands alone. */
      readonly batch: Place | undefined;
    }
  /** AWS's decision, for the thread of that message. */
  | {
      readonly type: 'decision';
      readonly submission: Owned;
      readonly reviewStatus: string;
      readonly details: Opportunity | undefined;
      /** Where the one message stands. */
      readonly message: Place | undefined;
    }
  /** The one message of a batch. */
  | {
      readonly type: 'batch';
      readonly batch: Batch;
      /** The newest record of each opportunity, in the order in which they were asked for. */
      readonly submissions: readonly Reviewed[];
    }
  /** A reminder, for the thread of that message. */
  | {
      readonly type: 'reminder';
      readonly submission: Owned;
      readonly about: ReminderAbout;
      /** Since when it has been so. */
      readonly since: Date;
      readonly message: Place | undefined;
    }
  | { readonly type: 'digest'; readonly channelId: string; readonly digest: Digest }
  /** AWS has put people of its own on it. */
  | {
      readonly type: 'team';
      readonly submission: Owned;
      /** Empty: they can't be read now, or aren't for this person's eyes. */
      readonly people: readonly AwsPerson[];
    }
  /** AWS's decision on an opportunity that this bot didn't submit. */
  | {
      readonly type: 'elsewhere';
      readonly channelId: string;
      readonly opportunity: Pick<Entry, 'id' | 'opportunityId'>;
      readonly reviewStatus: string;
      readonly details: Opportunity | undefined;
    }
  | EditNews;

/** A digest that couldn't be posted for so long (milliseconds) is no news any more. */
const DIGEST_LIVES_MS = 24 * 60 * 60 * 1000;

/** Finds what there is to tell, and where: the record, as it is now. */
export type PrepareNews = (telling: Telling) => Promise<Prepared<News>>;

export interface NewsDependencies {
  readonly store: Store;
  readonly edits: Edits;
  readonly tellings: Tellings;
  readonly partnerCentral: PartnerCentral;
  readonly permissions: Permissions;
  readonly channels: Channels;
  readonly clock: Clock;
  readonly catalog: Catalog;
  readonly detailChannels: readonly string[];
  /** Where decisions on opportunities submitted elsewhere are told. */
  readonly followChannel: string | undefined;
  /** Where the weekly digest is told. */
  readonly digestChannel: string | undefined;
  /** Sending is switched off by the operator. */
  readonly paused: boolean;
}

/** Reads what there is to tell from the records and, where the place may see it, from AWS. */
export function createNews(dependencies: NewsDependencies): PrepareNews {
  const { store, tellings, partnerCentral, permissions, channels, clock, detailChannels } = dependencies;
  const { catalog: ownCatalog, followChannel, digestChannel, paused } = dependencies;
  const { editNews, sentBackNews } = createEditNews(dependencies);

  const detailsFor = async (
    deal: Pick<Owned, 'channelId' | 'catalog' | 'opportunityId'>,
  ): Promise<Opportunity | undefined> => {
    if (!detailChannels.includes(deal.channelId)) return undefined;
    const [read, isInside] = await Promise.all([
      partnerCentral.getOpportunity({ Catalog: deal.catalog, Identifier: deal.opportunityId }),
      channels.isInside(deal.channelId),
    ]);
    return read.ok && isInside ? read.value : undefined;
  };

  const batchPlace = async (entry: Owned): Promise<Place | undefined> =>
    'batchId' in entry && entry.batchId !== undefined ? tellings.batchPlace(entry.batchId) : undefined;

  const messageNews = async (submission: Owned | undefined): Promise<Prepared<News>> => {
    if (submission === undefined) return { type: 'nothing' };
    const batch = await batchPlace(submission);
    if (batch === undefined && 'batchId' in submission && submission.batchId !== undefined) {
      return { type: 'wait', why: 'the message of its batch comes first' };
    }
    return {
      type: 'news',
      channelId: submission.channelId,
      read: async () => ({
        type: 'message',
        submission,
        details: await detailsFor(submission),
        waitingBefore: submission.state === 'requested' ? await store.waitingBefore(submission) : 0,
        batch,
      }),
    };
  };

  /** Where the one message stands, for what goes into its thread; undefined: that message comes first. */
  const threadOf = async (submission: Owned): Promise<Place | undefined> => {
    const message = await tellings.messagePlace(submission);
    // With news, its thread may be found to be gone while the message is edited.
    return message !== undefined && (await tellings.messageHasNews(submission)) ? undefined : message;
  };
  const MESSAGE_FIRST = { type: 'wait', why: 'the message it belongs to comes first' } as const;

  const decisionNews = async (recordId: string, step: number): Promise<Prepared<News>> => {
    const submission = await store.hearerOf(recordId);
    const reviewStatus = await store.statusAt(recordId, step);
    if (submission === undefined || reviewStatus === undefined) return { type: 'nothing' };
    const message = await threadOf(submission);
    if (message === undefined) return MESSAGE_FIRST;
    return {
      type: 'news',
      channelId: submission.channelId,
      read: async () => ({
        type: 'decision',
        submission,
        reviewStatus,
        details: await detailsFor(submission),
        message,
      }),
    };
  };

  const reminderNews = async (
    content: Extract<TellingContent, { kind: 'reminder' }>,
  ): Promise<Prepared<News>> => {
    const submission = await store.hearerOf(content.recordId);
    const since = await store.reminderStands(content.recordId, content.about, content.turn);
    if (submission === undefined || since === undefined) return { type: 'nothing' };
    const message = await threadOf(submission);
    if (message === undefined) return MESSAGE_FIRST;
    const { about } = content;
    const { channelId } = submission;
    return {
      type: 'news',
      channelId,
      read: async () => ({
        type: 'reminder',
        submission,
        about,
        since,
        message,
      }),
    };
  };

  const digestNews = async ({ createdAt }: Telling): Promise<Prepared<News>> => {
    const at = clock.now();
    if (digestChannel === undefined || at.getTime() - createdAt.getTime() > DIGEST_LIVES_MS) {
      return { type: 'nothing' };
    }
    return {
      type: 'news',
      channelId: digestChannel,
      read: async () => ({
        type: 'digest',
        channelId: digestChannel,
        digest: await readDigest(store, { catalog: ownCatalog, paused, at }),
      }),
    };
  };

  const batchNews = async (batchId: string): Promise<Prepared<News>> => {
    const batch = await store.batch(batchId);
    if (batch === undefined) return { type: 'nothing' };
    return {
      type: 'news',
      channelId: batch.channelId,
      read: async () => ({ type: 'batch', batch, submissions: await store.batchSubmissions(batchId) }),
    };
  };

  /** For whose it is, where they may still see the deal. */
  const peopleFor = async (submission: Owned): Promise<readonly AwsPerson[]> => {
    if (submission.nationalSecurity) return [];
    const permission = await permissions.ask(submission, submission.channelId);
    if (permission.allowed !== true) return [];
    // It may have become a National Security deal since, and only this read says so.
    const deal = await partnerCentral.getOpportunity({
      Catalog: submission.catalog,
      Identifier: submission.opportunityId,
    });
    if (!deal.ok || isNationalSecurity(deal.value)) return [];
    const summary = await partnerCentral.getAwsOpportunitySummary({
      Catalog: submission.catalog,
      RelatedOpportunityIdentifier: submission.opportunityId,
    });
    return awsPeople(deal.value, summary.ok ? summary.value : undefined);
  };

  const teamNews = async (recordId: string): Promise<Prepared<News>> => {
    const submission = await store.hearerOf(recordId);
    if (submission === undefined || submission.userId === FORGOTTEN) return { type: 'nothing' };
    return {
      type: 'news',
      channelId: submission.userId,
      read: async () => ({ type: 'team', submission, people: await peopleFor(submission) }),
    };
  };

  /** Where somebody here has come to work on it, it is told in their thread. */
  const elsewhereNews = async (recordId: string, step: number): Promise<Prepared<News>> => {
    const [opportunity, reviewStatus, hearer] = await Promise.all([
      store.entry(recordId),
      store.statusAt(recordId, step),
      store.hearerOf(recordId),
    ]);
    if (followChannel === undefined || opportunity === undefined || reviewStatus === undefined) {
      return { type: 'nothing' };
    }
    if (hearer !== undefined) return { type: 'nothing' };
    return {
      type: 'news',
      channelId: followChannel,
      read: async () => ({
        type: 'elsewhere',
        channelId: followChannel,
        opportunity,
        reviewStatus,
        details: await detailsFor({ ...opportunity, channelId: followChannel }),
      }),
    };
  };

  return async (telling) => {
    const { content } = telling;
    switch (content.kind) {
      case 'reminder':
        return reminderNews(content);
      case 'digest':
        return digestNews(telling);
      case 'message':
        return messageNews(await store.find(content.submissionId));
      case 'taken-on':
        return messageNews(await store.takenOn(content.recordId));
      case 'decision':
        return decisionNews(content.recordId, content.step);
      case 'sent-back':
        return sentBackNews(content.recordId, content.editId);
      case 'edit':
        return editNews(content.editId);
      case 'batch':
        return batchNews(content.batchId);
      case 'team':
        return teamNews(content.recordId);
      case 'elsewhere':
        return elsewhereNews(content.recordId, content.step);
    }
  };
}
