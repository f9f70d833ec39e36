import type {
  AllMiddlewareArgs,
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { Bot } from '../../bot.ts';

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

export type ViewArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** A form of ours that comes back, by its callback_id. */
export interface View {
  readonly id: string;
  submitted(bot: Bot, args: ViewArgs): Promise<void>;
}
