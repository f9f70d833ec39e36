import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Bot } from '../../../bot.ts';

export type ActionArgs<Action extends BlockAction = BlockAction> = SlackActionMiddlewareArgs<Action> &
  AllMiddlewareArgs;
export type ButtonArgs = ActionArgs<BlockAction<ButtonAction>>;

/** A button of ours, by the action_ids it has. */
export interface Button {
  readonly ids: readonly string[];
  pressed(bot: Bot, args: ButtonArgs): Promise<void>;
}

/** A menu, or an input of an open form that tells of each choice at once, by the action_ids it has. */
export interface Choice {
  readonly ids: readonly string[];
  chosen(bot: Bot, args: ActionArgs): Promise<void>;
}
