import type { AllMiddlewareArgs, SlackOptionsMiddlewareArgs } from '@slack/bolt';
import type { Bot } from '../../../bot.ts';

export type OptionsArgs = SlackOptionsMiddlewareArgs<'block_suggestion'> & AllMiddlewareArgs;

/** A list that offers something for what is typed, by its action_id. */
export interface Options {
  readonly id: string;
  typed(bot: Bot, args: OptionsArgs): Promise<void>;
}
