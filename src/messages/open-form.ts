import type { ModalView } from '@slack/types';
import type { Bot } from '../bot.ts';
import { sleep } from '../clock.ts';
import { notAllowed, type Who } from '../permissions.ts';
import type { Place } from './queue.ts';

/** The form that a message began with: its person may still have it open, and sees there what came of it. */
export interface OpenForm {
  /** The `external_id` that its view has since it was sent. */
  readonly name: string;
  readonly who: Who;
  readonly channelId: string;
  readonly sentAt: Date;
  /** `link`: to the message; undefined: Slack gave none. */
  readonly view: (link: string | undefined) => ModalView;
}

/** Milliseconds for which a form that was sent is brought up to date. */
const FOR_MS = 2 * 60_000;
/** Milliseconds before each try: until Slack has taken the acknowledgement the view doesn't have its name. */
const TRY_AFTER_MS = [0, 300, 700, 2000];

/**
 * Shows in a form what its message says, once that has been told: by whoever told it, which is one replica. It waits for
 * Slack, and nobody waits for it. `read` makes the form as the records are then. A form that was closed isn't found,
 * and that is all.
 */
export async function showInForm(
  {
    views,
    posting,
    permissions,
    clock,
    log,
  }: Pick<Bot, 'views' | 'posting' | 'permissions' | 'clock' | 'log'>,
  place: Place,
  form: OpenForm,
  read: () => Promise<OpenForm | undefined>,
): Promise<void> {
  try {
    if (clock.now().getTime() - form.sentAt.getTime() > FOR_MS) return;
    const link = place.via === 'response_url' ? undefined : await posting.permalink(place);
    if (notAllowed(await permissions.ask(form.who, form.channelId)) !== undefined) return;
    for (const afterMs of TRY_AFTER_MS) {
      if (afterMs > 0) await sleep(clock, afterMs);
      // While Slack was asked, something newer may have been told, and shown.
      const shown = await read();
      if (shown === undefined || (await views.replace(shown.name, shown.view(link)))) return;
    }
  } catch (error) {
    log.warn({ error }, 'what came of a form could not be shown in it');
  }
}
