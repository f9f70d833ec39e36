import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { Bot } from '../../../bot.ts';

export type ViewArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** A form of ours that comes back, by its callback_id. */
export interface View {
  readonly id: string;
  submitted(bot: Bot, args: ViewArgs): Promise<void>;
}
