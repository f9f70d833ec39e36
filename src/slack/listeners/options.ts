import type { AllMiddlewareArgs, SlackOptionsMiddlewareArgs } from '@slack/bolt';
import type { Bot } from '../../bot.ts';
import { suggest, suggestDeal } from '../../submissions/pick.ts';
import { parseCommandText } from '../command-text.ts';
import { pickOptions, solutionOptions } from '../forms/pick.ts';
import { ACTION } from '../ids.ts';
import { parseOpportunityId } from '../opportunity-ids.ts';
import { whoOf } from '../payloads.ts';

/** What a list offers for what somebody types into it. */
type OptionsListener = (
  bot: Bot,
  args: SlackOptionsMiddlewareArgs<'block_suggestion'> & AllMiddlewareArgs,
) => Promise<void>;

/** Listeners by the action_id of the list that they are for. */
export const options: Readonly<Record<string, OptionsListener>> = {
  // The list of opportunities to submit. A pasted link is searched for the ID in it.
  async [ACTION.pick](bot, { ack, body, payload }) {
    const typed = parseCommandText(payload.value);
    // Of a number alone it isn't known yet whether more digits come.
    const isId = typed.type === 'opportunity' && /[^\d\s]/.test(payload.value);
    const typedId = isId ? typed.opportunityId : undefined;
    const suggestions = await suggest(bot, {
      formId: body.view?.private_metadata ?? '',
      who: whoOf(body),
      query: typedId ?? payload.value,
    });
    await ack(pickOptions(suggestions, typedId));
  },
  // The list of solutions in the form for changing a deal.
  async [ACTION.pickSolution](bot, { ack, body, payload }) {
    const formId = body.view?.private_metadata ?? '';
    await ack(solutionOptions(await bot.solutions({ formId, who: whoOf(body), query: payload.value })));
  },
  // The list of all deals, in the form that filters the home tab.
  async [ACTION.findDeal](bot, { ack, body, payload }) {
    const suggestions = await suggestDeal(bot, { who: whoOf(body), query: payload.value });
    await ack(pickOptions(suggestions, parseOpportunityId(payload.value.trim())));
  },
};
