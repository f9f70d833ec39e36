import type { ModalView } from '@slack/types';
import type { Bot } from '../bot.ts';
import { actions, button, type Message, saying } from './blocks/elements.ts';
import { cannotTake, ourFault } from './forms/modal.ts';
import { ACTION } from './ids.ts';
import { openFormValue } from './opportunity-ids.ts';
import type { Origin } from './origin.ts';
import { type AnswerBot, answerOne, pressAgain } from './private-answer.ts';
import { openForm } from './words.ts';

const triggerExpired = 'That took too long for Slack to open the form. Nothing was submitted.';
const formFailed = "Slack didn't open the form. Nothing was submitted. Please give the command again.";

/** What opening a view takes, and looking up what it is to show. */
export type OpenBot = AnswerBot &
  Pick<
    Bot,
    'views' | 'store' | 'edits' | 'aws' | 'permissions' | 'lists' | 'clock' | 'catalog' | 'dealPage' | 'newId'
  >;

/** A view of ours that is open. With `hash` it is changed only if nobody changed it meanwhile. */
export interface OpenView {
  readonly id: string;
  readonly hash?: string;
}

/**
 * Opens a view for whoever asked. Nothing waits in front of it, because a trigger lives 3 s. Undefined: Slack didn't open
 * it, and the person is told so.
 */
export async function openView(
  bot: AnswerBot & Pick<Bot, 'views'>,
  origin: Origin,
  view: ModalView,
  name: string,
  opportunityIds: readonly string[] = [],
): Promise<OpenView | undefined> {
  const opened = await bot.views.open(origin.triggerId, view, name);
  if (opened.type === 'opened') return opened;
  await sayNotOpened(bot, opened.type, origin, opportunityIds);
  return undefined;
}

/** Says that Slack didn't open what was asked for, and what to do. `opportunityIds`: what it was to be about. */
export function sayNotOpened(
  bot: AnswerBot,
  type: 'expired' | 'failed',
  origin: Origin,
  opportunityIds: readonly string[],
): Promise<void> {
  const said = notOpened(type, origin, opportunityIds);
  return answerOne(bot, { userId: origin.who.userId, address: origin.responseUrl }, said);
}

/** Where the trigger had expired, a button brings another. */
function notOpened(type: 'expired' | 'failed', origin: Origin, opportunityIds: readonly string[]): Message {
  if (type === 'failed') return saying(formFailed);
  // From the home tab: a button in a direct message would lead elsewhere.
  if (origin.responseUrl === undefined) return saying(pressAgain);
  const { text, blocks } = saying(triggerExpired);
  const again = button({
    text: openForm,
    label: openForm,
    actionId: ACTION.openForm,
    value: openFormValue({ opportunityIds, threadTs: origin.threadTs }),
    style: 'primary',
  });
  return { text, blocks: [...blocks, actions([again])] };
}

/** What an open view is to show. `smaller`: in its place, where Slack refuses that. */
export interface MadeView {
  readonly view: ModalView;
  readonly smaller?: ModalView;
}

/**
 * Makes what an open view is to show. AWS's failures and Slack's are data: where `read` throws, our own records can't be
 * reached. `sorry`: says why there is nothing else to show.
 */
export async function makeView<Found>(
  { log }: Pick<Bot, 'log'>,
  read: () => Promise<Found>,
  render: (found: Found) => ModalView,
  sorry: (why: string) => ModalView,
  cannot = cannotTake,
): Promise<MadeView> {
  const found = await fromRecords({ log }, read);
  if (found === 'unavailable') return { view: sorry(cannot) };
  try {
    return { view: render(found), smaller: sorry(ourFault) };
  } catch (error) {
    log.error({ error }, 'what a view is to show could not be made');
    return { view: sorry(ourFault) };
  }
}

/** Shows it. A smaller view is better than one that loads for ever. */
export async function showView(
  { views }: Pick<Bot, 'views'>,
  { id, hash }: OpenView,
  { view, smaller }: MadeView,
): Promise<void> {
  const isShown = await views.update(id, view, hash);
  if (!isShown && smaller !== undefined) await views.update(id, smaller, hash);
}

/** What our own records say; `unavailable` where they can't be reached. */
export async function fromRecords<T>(
  { log }: Pick<Bot, 'log'>,
  read: () => Promise<T>,
): Promise<T | 'unavailable'> {
  try {
    return await read();
  } catch (error) {
    log.error({ error }, 'what a view is to be about could not be read');
    return 'unavailable';
  }
}
