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
import { answerPress } from '../open-view.ts';

/**
 * What somebody did, which has been acknowledged: pressed a button, or chose in a menu or in an input that tells of each
 * choice at once. `value`: the button's; empty where it isn't one.
 */
interface Acted extends Pick<SlackActionMiddlewareArgs<BlockAction>, 'action' | 'body'> {
  readonly value: string;
  readonly who: Who;
  /** The modal it was done in; undefined: in a message, or on the home tab. */
  readonly modal: { readonly viewId: string; readonly formId: string } | undefined;
}

export type ActionListener = (bot: Bot, acted: Acted) => Promise<void>;

/** Listeners by the action_id that they are for. */
export type ActionListeners = Readonly<Record<string, ActionListener>>;

/** Of a button whose value is a record's ID, and whose press is answered for that person's eyes only. */
export const answered =
  (
    answer: (bot: Bot, input: { readonly id: string; readonly who: Who }) => Promise<Message>,
  ): ActionListener =>
  (bot, { value, who, body }) =>
    answerPress(bot, body, () => answer(bot, { id: value, who }));

/** Of a form that comes back. It acknowledges itself: with what was wrong, or what comes next. */
export type ViewListener = (
  bot: Bot,
  args: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs,
) => Promise<void>;
