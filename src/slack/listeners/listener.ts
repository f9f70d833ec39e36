import type {
  AllMiddlewareArgs,
  BlockAction,
  SlackActionMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { Bot } from '../../bot.ts';
import type { Who } from '../../permissions.ts';
import type { Message } from '../blocks/elements.ts';
import { answerPress } from '../private-answer.ts';

/** A press of a button, which has been acknowledged. `value`: the button's own. */
interface Press {
  readonly value: string;
  readonly who: Who;
  readonly body: BlockAction;
}

/** A button of ours, by the action_ids it has. */
export interface Button {
  readonly ids: readonly string[];
  pressed(bot: Bot, press: Press): Promise<void>;
}

/** A button whose value is a record's ID, and whose press is answered for that person's eyes only. */
export const answeredButton = (
  id: string,
  answer: (bot: Bot, input: { readonly id: string; readonly who: Who }) => Promise<Message>,
): Button => ({
  ids: [id],
  pressed: (bot, { value, who, body }) => answerPress(bot, body, () => answer(bot, { id: value, who })),
});

/** What was chosen, which has been acknowledged. */
export type ChoiceArgs = Pick<SlackActionMiddlewareArgs<BlockAction>, 'action' | 'body'>;

/** A menu, or an input of an open form that tells of each choice at once, by the action_ids it has. */
export interface Choice {
  readonly ids: readonly string[];
  chosen(bot: Bot, chosen: ChoiceArgs): Promise<void>;
}

/** A form of ours that comes back, by its callback_id. It acknowledges itself: with what was wrong, or what comes next. */
export interface View {
  readonly id: string;
  submitted(bot: Bot, args: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs): Promise<void>;
}
