import type { BlockAction } from '@slack/bolt';
import type { Who } from '../permissions.ts';
import type { Message } from './blocks/elements.ts';
import { button } from './blocks/elements.ts';
import { saying } from './blocks/saying.ts';
import { ACTION } from './ids.ts';
import { openFormValue } from './open-form-value.ts';
import { answerAddress } from './response-url.ts';
import * as messages from './words.ts';

/** From where somebody asks for the form. */
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
 * Where the outcome belongs: where it was asked for, but for what `about` says. A response_url answers in the channel it came
 * from, for everybody there to see: it is no way into another channel.
 */
export function placeOf(
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

/** Slack didn't open the form: says so, and where its trigger had expired, offers a button that brings another. */
export function notOpenedMessage(
  type: 'expired' | 'failed',
  origin: Origin,
  opportunityIds: readonly string[],
): Message {
  if (type === 'failed') return saying(messages.formFailed);
  const { text, blocks } = saying(messages.triggerExpired);
  return {
    text,
    blocks: [
      ...blocks,
      {
        type: 'actions',
        elements: [
          button({
            text: messages.openForm,
            label: messages.openForm,
            actionId: ACTION.openForm,
            value: openFormValue({ opportunityIds, threadTs: origin.threadTs }),
            style: 'primary',
          }),
        ],
      },
    ],
  };
}

/** A button in a message, as what a form was asked for with. */
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
