import type { Who } from '../submissions/permissions.ts';
import * as messages from '../words/messages.ts';
import { button, section } from './blocks/elements.ts';
import { ACTION } from './ids.ts';
import { openFormValue } from './open-form-value.ts';
import { type Response, respondAt } from './response-url.ts';

/** From where somebody asks for the form. */
export interface Door {
  readonly triggerId: string;
  readonly who: Who;
  readonly channelId: string;
  /** The thread in which the outcome belongs; none: in the channel itself. */
  readonly threadTs?: string | undefined;
  readonly responseUrl: string | undefined;
}

/**
 * Where the outcome belongs: at the door, but for what `about` says. A response_url answers in the channel it came
 * from, for everybody there to see: it is no way into another channel.
 */
export function placeOf(
  door: Door,
  about: { readonly channelId?: string; readonly threadTs?: string | undefined } | undefined,
) {
  const channelId = about?.channelId ?? door.channelId;
  return {
    channelId,
    threadTs: about?.threadTs ?? door.threadTs,
    responseUrl: channelId === door.channelId ? door.responseUrl : undefined,
  };
}

/** Says to the person at the door what no view could say. */
export async function answerPrivately(
  { responseUrl }: Door,
  text: string,
  blocks?: Response['blocks'],
): Promise<void> {
  if (responseUrl === undefined) return;
  await respondAt(responseUrl, {
    response_type: 'ephemeral',
    replace_original: false,
    text,
    ...(blocks === undefined ? {} : { blocks }),
  });
}

/** Slack didn't open the form: says so, and where its trigger had expired, offers a button that brings another. */
export function answerNotOpened(
  type: 'expired' | 'failed',
  door: Door,
  opportunityIds: readonly string[],
): Promise<void> {
  if (type === 'failed') return answerPrivately(door, messages.formFailed);
  return answerPrivately(door, messages.triggerExpired, [
    section(messages.triggerExpired),
    {
      type: 'actions',
      elements: [
        button({
          text: messages.openForm,
          label: messages.openForm,
          actionId: ACTION.openForm,
          value: openFormValue({ opportunityIds, threadTs: door.threadTs }),
          style: 'primary',
        }),
      ],
    },
  ]);
}
