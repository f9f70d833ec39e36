import type { BlockAction } from '@slack/bolt';
import type { Bot } from '../bot.ts';
import { type Choices, newForm } from '../forms/form.ts';
import type { Who } from '../permissions.ts';
import { answerAddress } from './posting.ts';

/** Who asks for a form or a view, and from where. */
export interface Origin {
  readonly triggerId: string;
  readonly who: Who;
  readonly channelId: string;
  /** The thread in which the outcome belongs; none: in the channel itself. */
  readonly threadTs?: string | undefined;
  /** Where the person can be answered, by `answerAddress`. */
  readonly responseUrl: string | undefined;
}

/**
 * Where the outcome belongs: where it was asked for, unless `about` says otherwise. A response_url answers in the channel it
 * came from, for everybody there to see: for another channel there is none.
 */
export function destinationOf(
  origin: Origin,
  about: { readonly channelId?: string; readonly threadTs?: string | undefined } | undefined,
) {
  const channelId = about?.channelId ?? origin.channelId;
  return {
    channelId,
    threadTs: about?.threadTs ?? origin.threadTs,
    responseUrl: channelId === origin.channelId ? origin.responseUrl : undefined,
  };
}

/** Who pressed a button, and where. */
export const originOf = (body: BlockAction): Origin => ({
  triggerId: body.trigger_id,
  who: whoOf(body),
  channelId: body.channel?.id ?? '',
  responseUrl: answerAddress(body),
});

/**
 * The person of an interaction. `team` is where they are (null where the app is installed for the organisation),
 * `user.team_id` where they are at home, which may be another workspace of it (slackapi/bolt-js#1875) or a stranger's.
 */
export function whoOf(body: {
  readonly user: { readonly id: string; readonly team_id?: string };
  readonly team?: { readonly id: string } | null;
}): Who {
  return { userId: body.user.id, teamId: body.user.team_id ?? body.team?.id ?? '' };
}

/** What a form is to be about. */
export interface About {
  readonly opportunityId: string;
  readonly choices?: Choices | undefined;
  /** Where the outcome belongs, if that isn't where the form was asked for. */
  readonly channelId?: string;
  readonly threadTs?: string | undefined;
  /** The batch that a submission would belong to. */
  readonly batchId?: string | undefined;
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
