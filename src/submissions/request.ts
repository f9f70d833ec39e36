import type { Bot } from '../bot.ts';
import { commitForm, type NotTaken } from '../forms/commit.ts';
import { type Choices, isEditForm, isShown } from '../forms/form.ts';
import { findingsFor, isBlocked } from '../opportunities/readiness.ts';
import type { NotAllowed, Who } from '../permissions.ts';
import type { Recorded } from './audit.ts';
import { type BatchChoices, goingOf, plansOf } from './batch-choices.ts';
import type { BatchItem, BatchRecorded } from './batches.ts';
import { isSetBack, type Submission } from './submission.ts';

type Requested =
  | Recorded
  | NotTaken
  /** AWS will probably refuse it, and the person hasn't said that they want it all the same. */
  | { readonly type: 'probably-refused' };

type RequestBot = Pick<Bot, 'store' | 'permissions' | 'clock' | 'log' | 'wake'>;

/**
 * Records a person's request to submit what their form showed. When this has answered `recorded`, `again` or
 * `open`, the submission is safe with us; it goes to AWS later.
 */
export function request(
  bot: RequestBot,
  input: {
    readonly formId: string;
    readonly who: Who;
    readonly choices: Choices;
    /** The person wants it sent in spite of what readiness found. */
    readonly anyway: boolean;
  },
): Promise<Requested> {
  const { choices, anyway } = input;
  return commitForm<Requested>(bot, input, async (form) => {
    if (!isShown(form) || isEditForm(form)) return { instead: { type: 'unknown-form' } };
    const { readiness } = form;
    if (!anyway && readiness !== undefined && isBlocked(findingsFor(readiness, choices))) {
      return { instead: { type: 'probably-refused' } };
    }
    return { record: (at) => bot.store.record(form, choices, at) };
  });
}

type BatchRequested =
  | BatchRecorded
  | NotTaken
  /** The person has left out every one of them. */
  | { readonly type: 'all-left-out' }
  /** What would go isn't what the form showed: a choice was made that it doesn't show yet. */
  | { readonly type: 'shown-otherwise' };

/**
 * Records a person's request to submit several opportunities: one batch a form. When this has answered `recorded` or
 * `again`, all of them are safe with us; they go to AWS later, one after the other.
 */
export function requestBatch(
  bot: RequestBot,
  input: {
    readonly formId: string;
    readonly who: Who;
    readonly choices: BatchChoices;
    /** What the form showed as going, by `goingOf`. */
    readonly shown: string | undefined;
  },
): Promise<BatchRequested> {
  const { choices, shown } = input;
  return commitForm<BatchRequested>(bot, input, async (form) => {
    const forms = await bot.store.batchForms(form.id);
    if (forms.length === 0) return { instead: { type: 'unknown-form' } };
    const plans = plansOf(forms, choices);
    const { visibility } = choices;
    const items = plans.flatMap(
      ({ form: one, involvementType = choices.involvementType, goes }): BatchItem[] =>
        goes && isShown(one) ? [{ form: one, choices: { involvementType, visibility } }] : [],
    );
    if (goingOf(plans) !== shown) return { instead: { type: 'shown-otherwise' } };
    if (items.length === 0) return { instead: { type: 'all-left-out' } };
    return { record: (at) => bot.store.recordBatch(form, items, at) };
  });
}

/** A button of a submission that somebody presses: anyone who may submit where it was asked for. */
interface Press {
  readonly id: string;
  readonly who: Who;
}

/** What whoever presses gets instead. */
type PressRefused = NotAllowed | { readonly type: 'unknown-submission' };

/** The submission that a button is pressed for; or what whoever presses gets instead. */
async function pressedFor(
  { store, permissions }: Pick<Bot, 'store' | 'permissions'>,
  { id, who }: Press,
): Promise<Submission | PressRefused> {
  const submission = await store.find(id);
  if (submission === undefined) return { type: 'unknown-submission' };
  const permission = await permissions.ask(who, submission.channelId);
  return permission.type === 'allowed' ? submission : permission;
}

export type Cancelled =
  | { readonly type: 'cancelled' }
  | { readonly type: 'too-late' }
  /** An edit is at AWS already, and what was to be submitted then isn't. */
  | { readonly type: 'only-saved' }
  /** The records were set back: it isn't known whether it was sent. */
  | { readonly type: 'perhaps-sent' }
  | PressRefused;

type CancelBot = Pick<Bot, 'store' | 'permissions' | 'clock' | 'lineage' | 'wake'>;

/** Takes back a request that isn't being sent yet. The database decides the race. */
export async function cancel(bot: CancelBot, press: Press): Promise<Cancelled> {
  const { store, clock, lineage, wake } = bot;
  // Where the records were set back, that is noted of each that waits, before it is read.
  await lineage.setBack(clock.now());
  const submission = await pressedFor(bot, press);
  if ('type' in submission) return submission;
  if (isSetBack(submission)) return { type: 'perhaps-sent' };
  if (!(await store.cancel(submission.id, press.who.userId, clock.now()))) return { type: 'too-late' };
  wake();
  return { type: 'cancelled' };
}

export type RestCancelled =
  /** `count`: how many were taken back; none: the last went out meanwhile. */
  { readonly type: 'cancelled'; readonly count: number } | NotAllowed | { readonly type: 'unknown-batch' };

/** Takes back what of a batch isn't being sent yet, for anyone who may submit. The database decides each race. */
export async function cancelRest(
  { store, permissions, clock, lineage, wake }: CancelBot,
  { batchId, who }: { readonly batchId: string; readonly who: Who },
): Promise<RestCancelled> {
  const batch = await store.batch(batchId);
  if (batch === undefined) return { type: 'unknown-batch' };
  const permission = await permissions.ask(who, batch.channelId);
  if (permission.type !== 'allowed') return permission;
  await lineage.setBack(clock.now());
  const waiting = (await store.batchSubmissions(batchId)).filter(
    (submission) => submission.state === 'requested' && !isSetBack(submission),
  );
  let count = 0;
  // The last first: the first is what goes out meanwhile.
  for (const { id } of waiting.reverse()) {
    if (await store.cancel(id, who.userId, clock.now())) count += 1;
  }
  wake();
  return { type: 'cancelled', count };
}

export type LetGo =
  | { readonly type: 'let-go' }
  /** It is settled, or reading may still settle it. */
  | { readonly type: 'not-to-let-go' }
  | PressRefused;

/**
 * Ends the wait for what reading couldn't settle for a day: the opportunity can be submitted anew. The record stays, and is
 * read on.
 */
export async function letGo(
  bot: Pick<Bot, 'store' | 'permissions' | 'clock' | 'wake'>,
  press: Press,
): Promise<LetGo> {
  const submission = await pressedFor(bot, press);
  if ('type' in submission) return submission;
  const { id, problem } = submission;
  const mayLetGo = problem?.type === 'unsettled' && problem.mayLetGo;
  if (!mayLetGo || !(await bot.store.letGo(id, press.who.userId, bot.clock.now()))) {
    return { type: 'not-to-let-go' };
  }
  bot.wake();
  return { type: 'let-go' };
}

export type TriedNow =
  | { readonly type: 'due' }
  | { readonly type: 'just-now' }
  /** Nothing keeps it waiting, or nothing that a try now could help. */
  | { readonly type: 'not-waiting' }
  | PressRefused;

/** Milliseconds in which a request is tried once, however often and by however many that is asked for. */
const ONCE_IN_MS = 10_000;

/** Tries a request now that waits for AWS. What has gone out is never tried again. */
export async function tryNow(
  bot: Pick<Bot, 'store' | 'permissions' | 'clock' | 'intervalMs' | 'paused' | 'wake'>,
  press: Press,
): Promise<TriedNow> {
  const { store, clock, intervalMs, paused, wake } = bot;
  const submission = await pressedFor(bot, press);
  if ('type' in submission) return submission;
  const { id, state } = submission;
  if (paused || state !== 'requested') return { type: 'not-waiting' };
  const at = clock.now();
  const turn = `try-now ${id} ${Math.floor(at.getTime() / ONCE_IN_MS)}`;
  if ((await store.firstDeliveries([turn], at)).length === 0) return { type: 'just-now' };
  if (!(await store.tryNow(id, at, intervalMs))) return { type: 'not-waiting' };
  wake();
  return { type: 'due' };
}
