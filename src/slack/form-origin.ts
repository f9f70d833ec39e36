import type { Bot } from '../bot.ts';
import { type Choices, newForm } from '../forms/form.ts';
import { saying } from './blocks/saying.ts';
import { notOpenedMessage, type Origin, placeOf } from './origin.ts';
import { answerOne } from './private-answer.ts';
import * as messages from './words.ts';

/** What the form is to be about; `undefined`: the person is asked. */
export interface About {
  readonly opportunityId: string;
  readonly choices?: Choices | undefined;
  /** Where the outcome belongs, if that isn't where the form was asked for. */
  readonly channelId?: string;
  readonly threadTs?: string | undefined;
  /** The batch that a submission would belong to. */
  readonly batchId?: string | undefined;
}

/** Keeps who asked and where, for what comes after the view; without it only *Try again* is lost. */
export async function remember(
  { store, clock, catalog, log }: Pick<Bot, 'store' | 'clock' | 'catalog' | 'log'>,
  formId: string,
  origin: Origin,
  about: About | undefined,
): Promise<void> {
  try {
    const { who } = origin;
    const request = { ...about, ...placeOf(origin, about), formId, who, opportunityId: about?.opportunityId };
    await store.saveForm(newForm(request, { catalog, createdAt: clock.now(), userId: who.userId }));
  } catch (error) {
    log.error({ error }, 'a form could not be saved');
  }
}

/** Says that Slack didn't open what was asked for, and what to do. */
export function sayNotOpened(
  bot: Pick<Bot, 'posting' | 'slack' | 'log'>,
  type: 'expired' | 'failed',
  origin: Origin,
  opportunityIds: readonly string[],
): Promise<void> {
  // From the home tab: a button in a direct message would lead elsewhere.
  const isNowhere = origin.responseUrl === undefined && type === 'expired';
  const said = isNowhere ? saying(messages.pressAgain) : notOpenedMessage(type, origin, opportunityIds);
  return answerOne(bot, { userId: origin.who.userId, address: origin.responseUrl }, said);
}
