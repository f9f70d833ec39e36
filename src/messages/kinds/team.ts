import { type AwsPerson, awsPeople } from '../../aws/terms.ts';
import { peopleText } from '../../slack/blocks/deal.ts';
import { type Message, section } from '../../slack/blocks/elements.ts';
import type { DealPage } from '../../slack/text.ts';
import type { Owned } from '../../submissions/submission.ts';
import { dealForOwner, dealMessage, kind, loggedOf, submittedIn, toOwner } from './kind.ts';

/** AWS has put people on an approved deal: a direct message to its owner. */
export const team = kind<Owned, { readonly submission: Owned; readonly people: readonly AwsPerson[] }>({
  audience: (bot, { recordId }) => toOwner(bot, recordId),
  async load(bot, submission) {
    const deal = await dealForOwner(bot, submission);
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
