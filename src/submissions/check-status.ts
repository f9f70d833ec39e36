import { type AwsPerson, awsPeople } from '../aws/aws-people.ts';
import type { PartnerCentralError } from '../aws/errors.ts';
import { isNationalSecurity } from '../aws/national-security.ts';
import type { AwsOpportunitySummary, Opportunity } from '../aws/opportunity.ts';
import { type ReviewStatus, reviewStatus } from '../aws/review-status.ts';
import type { Bot } from '../bot.ts';
import { reviewIn } from '../opportunities/review-read.ts';
import { type NotAllowed, notAllowed, type Who } from '../permissions.ts';
import type { Entry } from './submission.ts';

/** What AWS said of it, as far as it could be read. */
type Read =
  | {
      readonly type: 'read';
      /** As it is now. */
      readonly entry: Entry;
      readonly opportunity: Opportunity;
      readonly review: ReviewStatus;
      readonly at: Date;
    }
  | { readonly type: 'unreadable'; readonly entry: Entry; readonly error: PartnerCentralError };

/** What a person gets who asks for a submission's state or its details. */
export type Asked = Read | NotAllowed | { readonly type: 'unknown-submission' };

export type ReviewBot = Pick<Bot, 'store' | 'aws' | 'clock' | 'compare'>;
type AskBot = ReviewBot & Pick<Bot, 'permissions' | 'followChannel'>;

/**
 * Reads the opportunity at AWS for a person who may see it, and writes down what the review says. A submission in
 * doubt is settled by the worker, at once. `id`: of a submission, or of an opportunity's record.
 */
export async function ask(bot: AskBot, input: { readonly id: string; readonly who: Who }): Promise<Asked> {
  const entry = await bot.store.entry(input.id);
  if (entry === undefined) return { type: 'unknown-submission' };
  // By the channel it was asked for in: the button may stand in a DM.
  const channelId = entry.channelId ?? bot.followChannel;
  const instead = notAllowed(await bot.permissions.ask(input.who, channelId));
  if (instead !== undefined) return instead;
  return readReview(bot, entry, input.who);
}

/** The same for an entry and a person whose permission was asked already. */
export async function readReview(
  { store, aws, clock, compare }: ReviewBot,
  entry: Entry,
  who: Who,
): Promise<Read> {
  const at = clock.now();
  const read = await aws.getOpportunity({
    Catalog: entry.catalog,
    Identifier: entry.opportunityId,
  });
  if (!read.ok) return { type: 'unreadable', entry, error: read.error };
  await compare.compare([reviewIn(read.value)], { at, requestId: read.requestId, actor: who.userId });
  const review = reviewStatus(read.value.LifeCycle?.ReviewStatus);
  return {
    type: 'read',
    entry: (await store.entry(entry.id)) ?? entry,
    opportunity: read.value,
    review,
    at,
  };
}

/** AWS's own side of a deal. */
export interface AwsSide {
  readonly people: readonly AwsPerson[];
  /** Undefined: it can't be read now. */
  readonly summary: AwsOpportunitySummary | undefined;
}

/** What *Details* shows. */
export interface Details {
  readonly asked: Asked;
  /** Undefined: not approved yet, or not to be shown. */
  readonly awsSide: AwsSide | undefined;
}

/** Reads the deal for a person who may see it and, once it is approved, what AWS has on it. */
export async function details(
  bot: AskBot & Pick<Bot, 'wake'>,
  input: { readonly id: string; readonly who: Who },
): Promise<Details> {
  const { aws, store, clock, wake } = bot;
  const asked = await ask(bot, input);
  if (asked.type !== 'read' || asked.review.status !== 'Approved') return { asked, awsSide: undefined };
  const { entry, opportunity } = asked;
  if (entry.nationalSecurity || isNationalSecurity(opportunity)) return { asked, awsSide: undefined };
  const read = await aws.getAwsOpportunitySummary({
    Catalog: entry.catalog,
    RelatedOpportunityIdentifier: entry.opportunityId,
  });
  const summary = read.ok ? read.value : undefined;
  const people = awsPeople(opportunity, summary);
  // Whoever looks may be the first to see them: the person who submitted hears of it as well.
  if (people.length > 0 && (await store.teamSeen(entry, clock.now()))) wake();
  return { asked, awsSide: { people, summary } };
}
