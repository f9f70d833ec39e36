import type { JsonObject } from '../json.ts';
import type { SlackFault } from './stand-in.ts';

/**
 * What `chat.postMessage` says however often it is asked: of the place, of a reply there, of the blocks. From its own page
 * (https://docs.slack.dev/reference/methods/chat.postMessage) but for `message_limit_exceeded`, which was observed.
 */
export const LASTING_REFUSALS = {
  place: [
    'access_denied',
    'app_access_restricted',
    'channel_is_frozen',
    'ekm_access_denied',
    'message_limit_exceeded',
    'team_access_not_granted',
  ],
  reply: ['cannot_reply_to_message', 'restricted_action_thread_locked'],
  blocks: ['invalid_blocks', 'msg_blocks_too_long'],
  /** Of a direct message, where the app's Messages tab is switched off. */
  direct: ['messages_tab_disabled'],
} as const;

export type Faults = ReturnType<typeof createFaults>;

/** What is to go wrong, in the order it was asked for. */
export function createFaults() {
  const active: { readonly fault: SlackFault; left: number }[] = [];
  const remove = (entry: (typeof active)[number]): void => {
    const index = active.indexOf(entry);
    if (index >= 0) active.splice(index, 1);
  };
  return {
    inject: (fault: SlackFault): (() => void) => {
      const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
      active.push(entry);
      return () => remove(entry);
    },
    clear: (): void => {
      active.length = 0;
    },
    /** The fault for this call, if any; counts one of its times. */
    take: (method: string, channel: string | undefined, args: JsonObject): SlackFault['kind'] | undefined => {
      const entry = active.find(
        ({ fault }) =>
          (fault.method === undefined || fault.method === method) &&
          (fault.channel === undefined || fault.channel === channel) &&
          (fault.carrying === undefined || args[fault.carrying] !== undefined),
      );
      if (entry === undefined) return undefined;
      entry.left -= 1;
      if (entry.left <= 0) remove(entry);
      return entry.fault.kind;
    },
  };
}
