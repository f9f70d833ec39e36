import type { Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity } from '../../aws/readable.ts';
import { ownWordsBlocks } from '../../slack/blocks/deal.ts';
import type { Message } from '../../slack/blocks/elements.ts';
import { actions, buttonFor, factsLine, menuFor, sayingBlock } from '../../slack/blocks/outcome.ts';
import type { DealPage } from '../../slack/text.ts';
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
  async audience({ store, followChannel }, { recordId, subject, place }) {
    const [opportunity, reviewStatus, hearer] = await Promise.all([
      store.entry(recordId),
      store.statusAt(recordId, Number(subject)),
      store.hearerOf(recordId),
    ]);
    if (followChannel === undefined || opportunity === undefined || reviewStatus === undefined) {
      return undefined;
    }
    if (hearer !== undefined && place === undefined) return undefined;
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
    elsewhereMessage({
      opportunity,
      decision: explainDecision(reviewStatus, opportunity.reviewStatus),
      dealPage,
      details,
    }),
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
  return {
    text: escapeMrkdwn(words.notification(decision.headline, opportunity.opportunityId)),
    blocks: [
      sayingBlock(decision, opportunity.opportunityId, dealPage),
      ...(details === undefined || isNationalSecurity(details)
        ? []
        : ownWordsBlocks({ state: 'elsewhere' }, details)),
      ...factsLine([words.submittedElsewhere]),
      actions([
        // Nothing here is kept up to date: AWS can be asked.
        ...[...decision.nextSteps, 'check-status' as const].map((step) => buttonFor(step, opportunity)),
        menuFor(opportunity, dealPage),
      ]),
    ],
  };
}
