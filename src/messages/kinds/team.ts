import { type AwsPerson, awsPeople, isNationalSecurity } from '../../aws/readable.ts';
import { FORGOTTEN } from '../../database/schema.ts';
import { peopleText } from '../../slack/blocks/aws-side.ts';
import { type Message, section } from '../../slack/blocks/elements.ts';
import { actions, buttonFor, factsLine, menuFor, sayingBlock } from '../../slack/blocks/outcome.ts';
import type { DealPage } from '../../slack/text.ts';
import { notification, submittedIn } from '../../slack/words.ts';
import type { Owned } from '../../submissions/submission.ts';
import { type KindBot, kind, loggedOf } from './kind.ts';

const teamHeadline = 'AWS has put people on it';
const seeDetails = 'Details has what AWS says of the deal.';

/** AWS has put people on an approved deal: a direct message to the person who submitted it. */
export const team = kind<Owned, { readonly submission: Owned; readonly people: readonly AwsPerson[] }>({
  async audience({ store }, { recordId }) {
    const submission = await store.hearerOf(recordId);
    if (submission === undefined || submission.userId === FORGOTTEN) return undefined;
    return { about: submission, to: { type: 'person', userId: submission.userId } };
  },
  load: async (bot, submission) => ({ submission, people: await peopleFor(bot, submission) }),
  render: ({ dealPage }, { submission, people }) => teamMessage({ submission, people, dealPage }),
  logged: loggedOf,
});

/** For whose it is, where they may still see the deal. */
async function peopleFor(
  { permissions, aws }: Pick<KindBot, 'permissions' | 'aws'>,
  submission: Owned,
): Promise<readonly AwsPerson[]> {
  if (submission.nationalSecurity) return [];
  const permission = await permissions.ask(submission, submission.channelId);
  if (permission.allowed !== true) return [];
  const { catalog, opportunityId } = submission;
  // It may have become a National Security deal since, and only this read says so.
  const deal = await aws.getOpportunity({ Catalog: catalog, Identifier: opportunityId });
  if (!deal.ok || isNationalSecurity(deal.value)) return [];
  const summary = await aws.getAwsOpportunitySummary({
    Catalog: catalog,
    RelatedOpportunityIdentifier: opportunityId,
  });
  return awsPeople(deal.value, summary.ok ? summary.value : undefined);
}

export function teamMessage(options: {
  readonly submission: Owned;
  /** Empty where they aren't to be shown, or can't be. */
  readonly people: readonly AwsPerson[];
  readonly dealPage: DealPage;
}): Message {
  const { submission, people, dealPage } = options;
  const known = submission.nationalSecurity ? '' : seeDetails;
  return {
    text: notification(teamHeadline, submission.opportunityId),
    blocks: [
      sayingBlock(
        { sign: 'approved', headline: teamHeadline, known, next: '' },
        submission.opportunityId,
        dealPage,
      ),
      ...(people.length === 0 ? [] : [section(peopleText(people))]),
      ...factsLine([submittedIn(`<#${submission.channelId}>`)]),
      actions([buttonFor('show-details', submission), menuFor(submission, dealPage)]),
    ],
  };
}
