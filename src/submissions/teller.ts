import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { PartnerCentral } from '../partner-central/operations.ts';
import type { Opportunity } from '../partner-central/opportunity.ts';
import type { Store } from './store.ts';
import type { Submission } from './submission.ts';
import type { Place, Telling, Tellings } from './tellings.ts';

/** What there is to tell: the record, and the deal itself only where the channel may see it. */
export interface News {
  readonly submission: Submission;
  readonly content: Telling['content'];
  /** Where the submission's one message stands, for what goes into its thread. */
  readonly message: Place | undefined;
  readonly details: Opportunity | undefined;
  /** Requests that go out before this one, while it is waiting. */
  readonly waitingBefore: number;
}

/** What came of telling it. */
export type Told =
  | { readonly type: 'told'; readonly place: Place; readonly responseUrlUses: number }
  /** Nobody could be reached now. */
  | {
      readonly type: 'later';
      readonly error: string;
      readonly retryAfterMs: number | undefined;
      readonly responseUrlUses: number;
    };

/** How submissions reach people. */
export interface People {
  tell(news: News, telling: Telling): Promise<Told>;
}

export interface Teller {
  tell(telling: Telling): Promise<void>;
}

/** Renders a claimed telling from the record as it is now, and notes where it went. */
export function createTeller(dependencies: {
  readonly store: Store;
  readonly tellings: Tellings;
  readonly people: People;
  readonly partnerCentral: PartnerCentral;
  readonly clock: Clock;
  readonly log: Logger;
  readonly owner: string;
  readonly detailChannels: readonly string[];
  readonly random: () => number;
}): Teller {
  const { store, tellings, people, partnerCentral, clock, log, owner, detailChannels, random } = dependencies;

  const detailsFor = async (submission: Submission): Promise<Opportunity | undefined> => {
    if (!detailChannels.includes(submission.channelId)) return undefined;
    const read = await partnerCentral.getOpportunity({
      Catalog: submission.catalog,
      Identifier: submission.opportunityId,
    });
    return read.ok ? read.value : undefined;
  };

  /** Channels that Slack has asked us to leave alone for a while, and until when (the clock's milliseconds). */
  const busyUntil = new Map<string, number>();

  return {
    async tell(telling) {
      const submission = await store.find(telling.submissionId);
      if (submission === undefined) return;
      const busy = (busyUntil.get(submission.channelId) ?? 0) - clock.now().getTime();
      if (busy > 0) {
        await tellings.postpone(telling, owner, {
          dueAt: new Date(clock.now().getTime() + busy),
          error: 'ratelimited',
          responseUrlUses: telling.responseUrlUses,
        });
        return;
      }
      busyUntil.delete(submission.channelId);
      const message = await tellings.messagePlace(submission.id);
      if (
        telling.content.kind === 'decision' &&
        (message === undefined || (await tellings.messageHasNews(submission.id)))
      ) {
        // The message comes first: its thread doesn't stand yet, or is found to be gone while it is edited.
        await tellings.postpone(telling, owner, {
          dueAt: new Date(clock.now().getTime() + 1000),
          error: 'the message it belongs to comes first',
          responseUrlUses: telling.responseUrlUses,
        });
        return;
      }
      const told = await people.tell(
        {
          submission,
          content: telling.content,
          message,
          details: await detailsFor(submission),
          waitingBefore: submission.state === 'requested' ? await store.waitingBefore(submission) : 0,
        },
        telling,
      );
      if (told.type === 'later' && told.retryAfterMs !== undefined) {
        busyUntil.set(submission.channelId, clock.now().getTime() + told.retryAfterMs);
      }
      if (told.type === 'told') {
        await tellings.told(telling, owner, told.place, told.responseUrlUses);
        return;
      }
      log.warn(
        { submission: submission.id, error: told.error, tries: telling.tries + 1 },
        'a message could not be posted',
      );
      const waitMs =
        told.retryAfterMs ?? Math.max(500, random() * Math.min(15 * 60_000, 1000 * 2 ** telling.tries));
      await tellings.postpone(telling, owner, {
        dueAt: new Date(clock.now().getTime() + waitMs),
        error: told.error,
        responseUrlUses: told.responseUrlUses,
      });
    },
  };
}
