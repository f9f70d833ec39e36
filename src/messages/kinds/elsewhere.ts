import type { Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity } from '../../aws/readable.ts';
import { ownWordsBlocks } from '../../slack/blocks/deal.ts';
import { context, type Message, section } from '../../slack/blocks/elements.ts';
import { buttonFor, linkedHeadline } from '../../slack/blocks/next-steps.ts';
import type { DealPage } from '../../slack/deal-page.ts';
import { escapeMrkdwn } from '../../slack/text.ts';
import * as words from '../../slack/words.ts';
import { type Decision, explainDecision } from '../../submissions/explain.ts';
import type { Entry } from '../../submissions/submission.ts';
import { detailsFor, kind } from './kind.ts';

interface About {
  readonly channelId: string;
  readonly opportunity: Entry;
  readonly reviewStatus: string;
}

/** AWS's decision on an opportunity that this bot didn't submit, where nobody here works on it: else their thread has it. */
export const elsewhere = kind<About, About & { readonly details: Opportunity | undefined }>({
  async audience({ store, followChannel }, { recordId, subject }) {
    const [opportunity, reviewStatus, hearer] = await Promise.all([
      store.entry(recordId),
      store.statusAt(recordId, Number(subject)),
      store.hearerOf(recordId),
    ]);
    if (followChannel === undefined || opportunity === undefined || reviewStatus === undefined) {
      return undefined;
    }
    if (hearer !== undefined) return undefined;
    return {
      about: { channelId: followChannel, opportunity, reviewStatus },
      to: { type: 'channel', channelId: followChannel },
    };
  },
  load: async (bot, about) => ({
    ...about,
    details: await detailsFor(bot, { ...about.opportunity, channelId: about.channelId }),
  }),
  render: ({ dealPage }, { opportunity, reviewStatus, details }) =>
    elsewhereMessage({ opportunity, decision: explainDecision(reviewStatus), dealPage, details }),
  logged: ({ opportunity }) => ({ opportunity: opportunity.opportunityId }),
});

/** It names nobody, because nobody here is known to have submitted it. `details` is given only for a channel that may see them. */
export function elsewhereMessage(options: {
  readonly opportunity: Pick<Entry, 'id' | 'opportunityId'>;
  /** By `explainDecision`. */
  readonly decision: Decision;
  readonly dealPage: DealPage;
  readonly details?: Opportunity | undefined;
}): Message {
  const { opportunity, decision, dealPage, details } = options;
  const headline = words.notification(decision.headline, opportunity.opportunityId);
  return {
    text: escapeMrkdwn(headline),
    blocks: [
      section(
        [
          `*${linkedHeadline(decision.headline, opportunity.opportunityId, dealPage)}*`,
          escapeMrkdwn(decision.known),
          escapeMrkdwn(decision.next),
        ].join('\n'),
      ),
      ...(details === undefined || isNationalSecurity(details)
        ? []
        : ownWordsBlocks({ state: 'elsewhere' }, details)),
      context(words.submittedElsewhere),
      {
        type: 'actions',
        elements: decision.nextSteps
          // Nothing here is kept up to date: asking AWS comes before its details.
          .flatMap((step) => (step === 'show-details' ? (['check-status', step] as const) : [step]))
          .map((step) => buttonFor(step, opportunity, dealPage)),
      },
    ],
  };
}
