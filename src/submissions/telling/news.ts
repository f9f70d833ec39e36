import type { Clock } from '../../clock.ts';
import { type AwsPerson, awsPeople } from '../../partner-central/aws-people.ts';
import { isNationalSecurity } from '../../partner-central/national-security.ts';
import type { Catalog, PartnerCentral } from '../../partner-central/operations.ts';
import type { Opportunity } from '../../partner-central/opportunity.ts';
import type { Batch } from '../batches/batch.ts';
import { type ChangeNews, createChangeNews } from '../changes/change-news.ts';
import type { Changes } from '../changes/changes.ts';
import { FORGOTTEN } from '../keeping/forgotten.ts';
import type { Permissions } from '../permissions.ts';
import { type Digest, readDigest } from '../reminders/digest.ts';
import type { ReminderAbout } from '../reminders/reminder.ts';
import type { Review } from '../review/reviews.ts';
import type { Store } from '../store.ts';
import type { Submission } from '../submission.ts';
import type { Prepared } from './prepared.ts';
import type { TellingContent } from './telling-content.ts';
import type { Place, Telling, Tellings } from './tellings.ts';

/** What there is to tell, read when it is told: the record as it is now, and the deal only where the place may see it. */
export type News =
  /** The one message of a submission. */
  | {
      readonly type: 'message';
      readonly submission: Submission;
      readonly details: Opportunity | undefined;
      /** Requests that go out before this one, while it is waiting. */
      readonly waitingBefore: number;
      /** Where the message of its batch stands; undefined: it stands alone. */
      readonly batch: Place | undefined;
    }
  /** AWS's decision, for the thread of that message. */
  | {
      readonly type: 'decision';
      readonly submission: Submission;
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
      readonly submissions: readonly Submission[];
    }
  /** A reminder, for the thread of that message. */
  | {
      readonly type: 'reminder';
      readonly submission: Submission;
      readonly about: ReminderAbout;
      /** Since when it has been so. */
      readonly since: Date;
      readonly message: Place | undefined;
    }
  | { readonly type: 'digest'; readonly channelId: string; readonly digest: Digest }
  /** AWS has put people of its own on it. */
  | {
      readonly type: 'team';
      readonly submission: Submission;
      /** Empty: they can't be read now, or aren't for this person's eyes. */
      readonly people: readonly AwsPerson[];
    }
  /** AWS's decision on an opportunity that this bot didn't submit. */
  | {
      readonly type: 'elsewhere';
      readonly channelId: string;
      readonly review: Review;
      readonly reviewStatus: string;
      readonly details: Opportunity | undefined;
    }
  | ChangeNews;

/** A digest that couldn't be posted for so long (milliseconds) is no news any more. */
const DIGEST_LIVES_MS = 24 * 60 * 60 * 1000;

/** Finds what there is to tell, and where: the record, as it is now. */
export type PrepareNews = (telling: Telling) => Promise<Prepared<News>>;

export interface NewsDependencies {
  readonly store: Store;
  readonly changes: Changes;
  readonly tellings: Tellings;
  readonly partnerCentral: PartnerCentral;
  readonly permissions: Permissions;
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
  const { store, tellings, partnerCentral, permissions, clock, detailChannels } = dependencies;
  const { catalog: ownCatalog, followChannel, digestChannel, paused } = dependencies;
  const { changeNews, sentBackNews } = createChangeNews(dependencies);

  const detailsFor = async (
    deal: Pick<Submission, 'channelId' | 'catalog' | 'opportunityId'>,
  ): Promise<Opportunity | undefined> => {
    if (!detailChannels.includes(deal.channelId)) return undefined;
    const read = await partnerCentral.getOpportunity({
      Catalog: deal.catalog,
      Identifier: deal.opportunityId,
    });
    return read.ok ? read.value : undefined;
  };

  const batchPlace = async ({ batchId }: Submission): Promise<Place | undefined> =>
    batchId === undefined ? undefined : tellings.batchPlace(batchId);

  const messageNews = async (submissionId: string): Promise<Prepared<News>> => {
    const submission = await store.find(submissionId);
    if (submission === undefined) return { type: 'nothing' };
    const batch = await batchPlace(submission);
    if (batch === undefined && submission.batchId !== undefined) {
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
  const threadOf = async (submission: Submission): Promise<Place | undefined> => {
    const message = await tellings.messagePlace(submission.id);
    // With news, its thread may be found to be gone while the message is edited.
    return message !== undefined && (await tellings.messageHasNews(submission.id)) ? undefined : message;
  };
  const MESSAGE_FIRST = { type: 'wait', why: 'the message it belongs to comes first' } as const;

  const decisionNews = async (submissionId: string, reviewStatus: string): Promise<Prepared<News>> => {
    const submission = await store.find(submissionId);
    if (submission === undefined) return { type: 'nothing' };
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
    const submission = await store.find(content.submissionId);
    const since = await store.reminderStands(content.submissionId, content.about, content.turn);
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

  /** For the person who submitted, where they may still see the deal. */
  const peopleFor = async (submission: Submission): Promise<readonly AwsPerson[]> => {
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

  const teamNews = async (submissionId: string): Promise<Prepared<News>> => {
    const submission = await store.find(submissionId);
    if (submission === undefined || submission.userId === FORGOTTEN) return { type: 'nothing' };
    return {
      type: 'news',
      channelId: submission.userId,
      read: async () => ({ type: 'team', submission, people: await peopleFor(submission) }),
    };
  };

  const elsewhereNews = async (reviewId: string, sequence: number): Promise<Prepared<News>> => {
    const decision = await store.decisionElsewhere(reviewId, sequence);
    if (followChannel === undefined || decision === undefined) return { type: 'nothing' };
    const { review, reviewStatus } = decision;
    const deal = { channelId: followChannel, catalog: ownCatalog, opportunityId: review.opportunityId };
    return {
      type: 'news',
      channelId: followChannel,
      read: async () => ({
        type: 'elsewhere',
        channelId: followChannel,
        review,
        reviewStatus,
        details: await detailsFor(deal),
      }),
    };
  };

  return (telling) => {
    const { content } = telling;
    switch (content.kind) {
      case 'reminder':
        return reminderNews(content);
      case 'digest':
        return digestNews(telling);
      case 'message':
        return messageNews(content.submissionId);
      case 'decision':
        return decisionNews(content.submissionId, content.reviewStatus);
      case 'sent-back':
        return sentBackNews(content.submissionId, content.changeId);
      case 'change':
        return changeNews(content.changeId);
      case 'batch':
        return batchNews(content.batchId);
      case 'team':
        return teamNews(content.submissionId);
      case 'elsewhere':
        return elsewhereNews(content.reviewId, content.sequence);
    }
  };
}
