import type { Opportunity } from '../../aws/opportunity.ts';
import { type AwsPerson, awsPeople, isNationalSecurity, reviewStatus } from '../../aws/terms.ts';
import { FORGOTTEN } from '../../database/schema.ts';
import { ownWordsBlocks, peopleText } from '../../slack/blocks/deal.ts';
import { type Message, section } from '../../slack/blocks/elements.ts';
import { factsLine } from '../../slack/blocks/outcome.ts';
import type { DealPage } from '../../slack/text.ts';
import type { Owned } from '../../submissions/submission.ts';
import { dealMessage, type KindBot, kind, loggedOf, showsDetails } from './kind.ts';

/* Direct messages to whoever submitted a deal here or took it on: they may show the deal, where that person may still see it. */

/** AWS's reason for rejecting a deal. */
export const reason = kind<Owned, { readonly submission: Owned; readonly deal: Opportunity | undefined }>({
  async audience(bot, { recordId }) {
    const owner = await toOwner(bot, recordId);
    if (owner === undefined || owner.about.nationalSecurity) return undefined;
    // Where the channel may see details, the decision has it.
    return (await showsDetails(bot, owner.about.channelId)) ? undefined : owner;
  },
  async load(bot, submission) {
    const deal = await dealFor(bot, submission);
    // Under another status, what AWS says is about something else.
    const isRejected = reviewStatus(deal?.LifeCycle?.ReviewStatus).status === 'Rejected';
    return { submission, deal: isRejected ? deal : undefined };
  },
  render: reasonMessage,
  logged: loggedOf,
});

export function reasonMessage(shown: {
  readonly submission: Owned;
  /** Undefined: it isn't to be shown, or couldn't be read. */
  readonly deal: Opportunity | undefined;
  readonly dealPage: DealPage;
}): Message {
  const { submission, deal, dealPage } = shown;
  const ownWords = deal === undefined ? [] : ownWordsBlocks({ state: 'elsewhere' }, deal);
  const known =
    deal === undefined
      ? 'See why asks AWS for it, if you may see the deal.'
      : ownWords.length === 0
        ? 'AWS gave no reason.'
        : '';
  return dealMessage({
    entry: submission,
    says: {
      sign: 'rejected',
      headline: 'Why AWS rejected it',
      known,
      next: '',
      nextSteps: deal === undefined ? ['see-why'] : [],
    },
    blocks: [...ownWords, ...submittedIn(submission)],
    dealPage,
  });
}

/** AWS has put people on an approved deal. */
export const team = kind<Owned, { readonly submission: Owned; readonly people: readonly AwsPerson[] }>({
  audience: (bot, { recordId }) => toOwner(bot, recordId),
  async load(bot, submission) {
    const deal = await dealFor(bot, submission);
    if (deal === undefined) return { submission, people: [] };
    const summary = await bot.aws.getAwsOpportunitySummary({
      Catalog: submission.catalog,
      RelatedOpportunityIdentifier: submission.opportunityId,
    });
    return { submission, people: awsPeople(deal, summary.ok ? summary.value : undefined) };
  },
  render: teamMessage,
  logged: loggedOf,
});

export function teamMessage(shown: {
  readonly submission: Owned;
  /** Empty where they aren't to be shown, or can't be. */
  readonly people: readonly AwsPerson[];
  readonly dealPage: DealPage;
}): Message {
  const { submission, people, dealPage } = shown;
  return dealMessage({
    entry: submission,
    says: {
      sign: 'approved',
      headline: 'AWS has put people on it',
      known: submission.nationalSecurity ? '' : 'Details has what AWS says of the deal.',
      next: '',
      nextSteps: ['show-details'],
    },
    blocks: [...(people.length === 0 ? [] : [section(peopleText(people))]), ...submittedIn(submission)],
    dealPage,
  });
}

/** Undefined: there is nobody any more. */
async function toOwner({ store }: Pick<KindBot, 'store'>, recordId: string) {
  const about = await store.hearerOf(recordId);
  if (about === undefined || about.userId === FORGOTTEN) return undefined;
  return { about, to: { type: 'person', userId: about.userId } } as const;
}

/** The deal, where its owner may still see it. Never a National Security deal. */
async function dealFor(
  { permissions, aws }: Pick<KindBot, 'permissions' | 'aws'>,
  submission: Owned,
): Promise<Opportunity | undefined> {
  if (submission.nationalSecurity) return undefined;
  const permission = await permissions.ask(submission, submission.channelId);
  if (permission.type !== 'allowed') return undefined;
  const { catalog, opportunityId } = submission;
  const deal = await aws.getOpportunity({ Catalog: catalog, Identifier: opportunityId });
  // It may have become a National Security deal since, and only this read says so.
  return deal.ok && !isNationalSecurity(deal.value) ? deal.value : undefined;
}

/** Why they get a direct message. */
const submittedIn = ({ channelId }: Owned) => factsLine([`You submitted it in <#${channelId}>.`]);
