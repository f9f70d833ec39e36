import type { BlockAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Bot } from '../bot.ts';
import { newForm } from '../forms/form.ts';
import { actions, button, type Message, saying } from './blocks/elements.ts';
import { cannotTake, loadingView, noticeView, ourFault } from './forms/modal.ts';
import { ACTION } from './ids.ts';
import { openFormValue } from './opportunity-ids.ts';
import { type About, destinationOf, type Origin, originOf } from './payloads.ts';
import { answerAddress } from './posting.ts';
import { type AnswerBot, answerOne } from './private-answer.ts';
import { LABEL, somethingWrong } from './text.ts';

const pressAgain =
  'That took too long for Slack to open a window. Nothing was submitted. Please press the button again.';
const triggerExpired = 'That took too long for Slack to open the form. Nothing was submitted.';
const formFailed = "Slack didn't open the form. Nothing was submitted. Please give the command again.";
/** Of a modal with an answer. */
const answerTitle = 'Opportunity';

/** What opening a view takes, and looking up what it is to show. */
export type OpenBot = AnswerBot &
  Pick<
    Bot,
    | 'views'
    | 'store'
    | 'edits'
    | 'aws'
    | 'permissions'
    | 'pickList'
    | 'clock'
    | 'catalog'
    | 'dealPage'
    | 'newId'
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

/**
 * Says that Slack didn't open what was asked for, and what to do: where the trigger had expired, a button brings another.
 * `opportunityIds`: what it was to be about.
 */
export function sayNotOpened(
  bot: AnswerBot,
  type: 'expired' | 'failed',
  { who, responseUrl: address, threadTs }: Origin,
  opportunityIds: readonly string[],
): Promise<void> {
  const to = { userId: who.userId, address };
  if (type === 'failed') return answerOne(bot, to, saying(formFailed));
  // From the home tab: a button in a direct message would lead elsewhere.
  if (address === undefined) return answerOne(bot, to, saying(pressAgain));
  const { text, blocks } = saying(triggerExpired);
  const again = button({
    text: LABEL.openForm,
    label: LABEL.openForm,
    actionId: ACTION.openForm,
    value: openFormValue({ opportunityIds, threadTs }),
    style: 'primary',
  });
  return answerOne(bot, to, { text, blocks: [...blocks, actions([again])] });
}

/** What an open view is to show. `smaller`: in its place, where Slack refuses that. */
export interface MadeView<Found = unknown> {
  readonly view: ModalView;
  readonly smaller?: ModalView;
  /** What was read for it; undefined: our own records can't be reached. */
  readonly found?: Found;
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
): Promise<MadeView<Found>> {
  const found = await fromRecords({ log }, read);
  if (found === 'unavailable') return { view: sorry(cannot) };
  try {
    return { view: render(found), smaller: sorry(ourFault), found };
  } catch (error) {
    log.error({ error }, 'what a view is to show could not be made');
    return { view: sorry(ourFault), found };
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

/**
 * Keeps who asked and where, for what comes after the view. Where that fails, only *Try again* is lost. `about` undefined:
 * the person is still to be asked.
 */
export async function remember(
  { store, clock, catalog, log }: Pick<Bot, 'store' | 'clock' | 'catalog' | 'log'>,
  formId: string,
  origin: Origin,
  about: About | undefined,
): Promise<void> {
  try {
    const { who } = origin;
    const request = {
      ...about,
      ...destinationOf(origin, about),
      formId,
      who,
      opportunityId: about?.opportunityId,
    };
    await store.saveForm(newForm(request, { catalog, createdAt: clock.now(), userId: who.userId }));
  } catch (error) {
    log.error({ error }, 'a form could not be saved');
  }
}

type ModalBot = AnswerBot & Pick<Bot, 'views' | 'newId' | 'store' | 'clock' | 'catalog'>;

/**
 * Answers whoever pressed a button, for their eyes only: below the message it was pressed in, in its thread. In a modal where
 * it was pressed in a modal, or on the home tab, which is in no channel.
 */
export async function answerPress(
  bot: ModalBot,
  body: BlockAction,
  answer: () => Promise<Message>,
): Promise<void> {
  if (body.view !== undefined) return answerInModal(bot, body, answer);
  await answerOne(bot, { userId: body.user.id, address: answerAddress(body) }, await answer());
}

/** Answers whoever pressed a button in a modal of its own, which loads first; pressed in a modal, in its place. */
export async function answerInModal(
  bot: ModalBot,
  body: BlockAction,
  answer: () => Promise<Message>,
  title = answerTitle,
): Promise<void> {
  const modal = await modalFor(bot, body, title);
  if (modal === undefined) {
    return answerOne(bot, { userId: body.user.id, address: answerAddress(body) }, saying(pressAgain));
  }
  const inModal = ({ blocks }: Message) => noticeView(modal.name, blocks, { title });
  const sorry = inModal(saying(somethingWrong));
  try {
    await showView(bot, modal, { view: inModal(await answer()), smaller: sorry });
  } catch (error) {
    await showView(bot, modal, { view: sorry });
    throw error;
  }
}

/** The modal to answer in, and the name it was opened with; undefined: Slack doesn't open one any more. */
async function modalFor(
  bot: ModalBot,
  body: BlockAction,
  title: string,
): Promise<{ readonly id: string; readonly hash: string; readonly name: string } | undefined> {
  const { view, trigger_id } = body;
  if (view?.type === 'modal') return { id: view.id, hash: view.hash, name: view.private_metadata };
  const name = bot.newId();
  // A trigger lives 3 s: the view first, everything else afterwards.
  const opened = await bot.views.open(trigger_id, loadingView(name, title), name);
  if (opened.type !== 'opened') return undefined;
  // By what is remembered, the modal is emptied where they may not see the deal any more.
  await remember(bot, name, originOf(body), undefined);
  return { id: opened.id, hash: opened.hash, name };
}
