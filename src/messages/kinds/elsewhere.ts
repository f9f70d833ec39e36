import type { Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity } from '../../aws/terms.ts';
import { ownWordsBlocks } from '../../slack/blocks/deal.ts';
import type { Message } from '../../slack/blocks/elements.ts';
import { factsLine } from '../../slack/blocks/outcome.ts';
import { type Decision, explainDecision } from '../../submissions/explain.ts';
import type { Entry } from '../../submissions/submission.ts';
import type { DecisionShown } from './decision.ts';
import { dealMessage, detailsFor, kind } from './kind.ts';

interface DecidedElsewhere {
  readonly channelId: string;
  readonly opportunity: Entry;
  readonly decision: Decision;
}

/** AWS's decision on an opportunity that this bot didn't submit, where nobody here works on it: else their thread has it. */
export const elsewhere = kind<
  DecidedElsewhere,
  DecidedElsewhere & { readonly details: Opportunity | undefined }
>({
  async audience({ store, followChannel: channelId }, { recordId, subject, place }) {
    const [opportunity, reviewStatus, hearer] = await Promise.all([
      store.entry(recordId),
      store.statusAt(recordId, Number(subject)),
      store.hearerOf(recordId),
    ]);
    if (channelId === undefined || opportunity === undefined || reviewStatus === undefined) return undefined;
    if (hearer !== undefined && place === undefined) return undefined;
    const decision = explainDecision(reviewStatus, opportunity.reviewStatus);
    return { about: { channelId, opportunity, decision }, to: { type: 'channel', channelId } };
  },
  load: async (bot, about) => ({
    ...about,
    details: await detailsFor(bot, { ...about.opportunity, channelId: about.channelId }),
  }),
  render: elsewhereMessage,
  logged: ({ opportunity }) => ({ opportunity: opportunity.opportunityId }),
});

/** It names nobody, because nobody here is known to have submitted it. */
export function elsewhereMessage(
  shown: DecisionShown & { readonly opportunity: Pick<Entry, 'id' | 'opportunityId'> },
): Message {
  const { opportunity, decision, dealPage, details } = shown;
  return dealMessage({
    entry: opportunity,
    // Nothing here is kept up to date: AWS can be asked.
    says: { ...decision, nextSteps: [...decision.nextSteps, 'check-status'] },
    blocks: [
      ...(details === undefined || isNationalSecurity(details)
        ? []
        : ownWordsBlocks({ state: 'elsewhere' }, details)),
      ...factsLine(["It wasn't submitted with this bot; this channel follows AWS's decisions on those too."]),
    ],
    dealPage,
  });
}
