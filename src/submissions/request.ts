import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Permissions, Refusal, Who } from './permissions.ts';
import { isBlocked } from './readiness.ts';
import type { Store } from './store.ts';
import type { Choices, Draft, Submission } from './submission.ts';
import { LATE, within } from './within.ts';

/** Why nothing was recorded of what a person sent, or why that isn't known. */
export type NotRecorded =
  | { readonly type: 'not-permitted'; readonly why: Refusal }
  | { readonly type: 'permission-unknown' }
  /** AWS will probably refuse it, and the person hasn't said that they want it all the same. */
  | { readonly type: 'probably-refused' }
  /** The form isn't this person's, or is too old to be known. */
  | { readonly type: 'unknown-form' }
  /** The database couldn't be reached: nothing was recorded. */
  | { readonly type: 'unavailable' }
  /** The commit's answer was lost or late: it may have been recorded, and pressing again is safe. */
  | { readonly type: 'in-doubt' };

export type Requested =
  | { readonly type: 'recorded' | 'again' | 'open'; readonly submission: Submission }
  | NotRecorded;

/** Milliseconds; together they leave the acknowledgement its place in Slack's 3 s. */
const DRAFT_WITHIN_MS = 500;
const PERMISSION_WITHIN_MS = 800;
const COMMIT_WITHIN_MS = 1500;

export interface RequestDependencies {
  readonly store: Store;
  readonly permissions: Permissions;
  readonly clock: Clock;
  readonly log: Logger;
  /** Tells the worker that there is something to do. */
  readonly wake: () => void;
}

/** What is to be committed of a form; or an answer instead. */
export type Plan<Answer> = { readonly record: (at: Date) => Promise<Answer> } | { readonly instead: Answer };

/**
 * The way of everything that a person sends with a form: it is their own form, they may, and then the commit. Each has
 * its time, so that the acknowledgement comes in Slack's. `plan` reads what the form showed, and what is to be written.
 */
export async function takeRequest<Answer>(
  input: { readonly draftId: string; readonly who: Who },
  plan: (draft: Draft) => Promise<Plan<Answer>>,
  { store, permissions, clock, log, wake }: RequestDependencies,
): Promise<Answer | NotRecorded> {
  const planned = async () => {
    const draft = await store.draft(input.draftId);
    if (draft?.userId !== input.who.userId || draft.teamId !== input.who.teamId) return undefined;
    return { draft, plan: await plan(draft) };
  };
  let recordingBegan = false;
  try {
    const read = await within(clock, DRAFT_WITHIN_MS, planned());
    if (read === LATE) return { type: 'unavailable' };
    if (read === undefined) return { type: 'unknown-form' };
    if ('instead' in read.plan) return read.plan.instead;
    const permission = await within(
      clock,
      PERMISSION_WITHIN_MS,
      permissions.ask(input.who, read.draft.channelId),
    );
    if (permission === LATE || permission.allowed === 'unknown') return { type: 'permission-unknown' };
    if (!permission.allowed) return { type: 'not-permitted', why: permission.why };

    recordingBegan = true;
    const recording = read.plan.record(clock.now()).finally(wake);
    const recorded = await within(clock, COMMIT_WITHIN_MS, recording);
    if (recorded === LATE) {
      recording.catch((error: unknown) => log.error({ error }, 'a commit answered too late, and failed'));
      return { type: 'in-doubt' };
    }
    return recorded;
  } catch (error) {
    log.error({ error }, 'a request could not be recorded');
    return recordingBegan && !neverConnected(error) ? { type: 'in-doubt' } : { type: 'unavailable' };
  }
}

/**
 * Records a person's request to submit what their form showed. When this has answered `recorded`, `again` or
 * `open`, the submission is safe with us; it goes to AWS later.
 */
export function request(
  input: {
    readonly draftId: string;
    readonly who: Who;
    readonly choices: Choices;
    /** The person wants it sent in spite of what readiness found. */
    readonly anyway: boolean;
  },
  dependencies: RequestDependencies,
): Promise<Requested> {
  return takeRequest<Requested>(
    input,
    async (draft) => {
      const { opportunityId, lastModifiedDate } = draft;
      if (opportunityId === undefined || lastModifiedDate === undefined)
        return { instead: { type: 'unknown-form' } };
      if (!input.anyway && isBlocked(draft.readiness?.[input.choices.involvementType] ?? [])) {
        return { instead: { type: 'probably-refused' } };
      }
      const shown = { ...draft, opportunityId, lastModifiedDate };
      return { record: (at) => dependencies.store.record(shown, input.choices, at) };
    },
    dependencies,
  );
}

/** True only where no connection to the database stood, so that nothing can have been written. */
function neverConnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.message === 'timeout exceeded when trying to connect') return true;
  return 'code' in error && (error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND');
}
