import type { AllMiddlewareArgs, SlackOptionsMiddlewareArgs } from '@slack/bolt';
import type { Bot } from '../../bot.ts';
import { suggest, suggestDeal } from '../../submissions/pick.ts';
import { parseCommandText } from '../command-text.ts';
import { pickOptions, solutionOptions } from '../forms/pick.ts';
import { ACTION } from '../ids.ts';
import { parseOpportunityId } from '../opportunity-ids.ts';
import { whoOf } from '../origin.ts';

type OptionsArgs = SlackOptionsMiddlewareArgs<'block_suggestion'> & AllMiddlewareArgs;

/** A list that offers something for what is typed, by its action_id. */
interface Options {
  readonly id: string;
  typed(bot: Bot, args: OptionsArgs): Promise<void>;
}

/** Somebody types into the list of opportunities: what it offers. A pasted link is searched for the ID in it. */
const pickOpportunity: Options = {
  id: ACTION.pick,
  async typed(bot, { ack, body, payload }) {
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
};

/** Somebody types into the list of solutions in the form for changing a deal. */
const pickSolution: Options = {
  id: ACTION.pickSolution,
  async typed(bot, { ack, body, payload }) {
    const formId = body.view?.private_metadata ?? '';
    await ack(solutionOptions(await bot.solutions({ formId, who: whoOf(body), query: payload.value })));
  },
};

/** Somebody types into the list of all deals, in the form that filters the home tab. */
const findDeal: Options = {
  id: ACTION.findDeal,
  async typed(bot, { ack, body, payload }) {
    const suggestions = await suggestDeal(bot, { who: whoOf(body), query: payload.value });
    await ack(pickOptions(suggestions, parseOpportunityId(payload.value.trim())));
  },
};

const OPTIONS: readonly Options[] = [pickOpportunity, pickSolution, findDeal];

export function registerOptions(bot: Bot): void {
  for (const { id, typed } of OPTIONS) {
    bot.slack.app.options<'block_suggestion'>({ type: 'block_suggestion', action_id: id }, (args) =>
      typed(bot, args),
    );
  }
}
