import type { Bot } from '../bot.ts';
import { LATE, within } from '../clock.ts';
import { knownInTime, type NotAllowed, type Who } from '../permissions.ts';
import type { Form } from './form.ts';

/** Why nothing was recorded of what a person sent, or why that isn't known. */
export type NotTaken =
  | NotAllowed
  /** The form isn't this person's, or is too old to be known. */
  | { readonly type: 'unknown-form' }
  /** The database couldn't be reached: nothing was recorded. */
  | { readonly type: 'unavailable' }
  /** The commit's answer was lost or late: it may have been recorded, and pressing again is safe. */
  | { readonly type: 'in-doubt' };

/** Milliseconds; together they leave the acknowledgement its place in Slack's 3 s. */
const FORM_WITHIN_MS = 500;
const PERMISSION_WITHIN_MS = 800;
const COMMIT_WITHIN_MS = 1500;

/** What is to be committed of a form; or an answer instead. */
type Plan<Answer> =
  | { readonly record: (at: Date) => Promise<Answer> }
  | { readonly instead: Answer | NotTaken };

/**
 * Commits what a person sends with a form: it must be their own form, they must be allowed, and then what `plan` says is
 * written. Each step has its time, so that the acknowledgement is within Slack's.
 */
export async function commitForm<Answer>(
  {
    store,
    permissions,
    clock,
    log,
    wake,
  }: Pick<Bot, 'clock' | 'log' | 'wake'> & {
    readonly store: Pick<Bot['store'], 'form'>;
    readonly permissions: Pick<Bot['permissions'], 'ask' | 'own'>;
  },
  { formId, who }: { readonly formId: string; readonly who: Who },
  plan: (form: Form) => Promise<Plan<Answer>>,
): Promise<Answer | NotTaken> {
  const pressedAt = clock.now();
  const planned = async () => {
    const form = await permissions.own(await store.form(formId), who);
    if (form === undefined) return undefined;
    return { form, plan: await plan(form) };
  };
  let recordingBegan = false;
  try {
    const read = await within(clock, FORM_WITHIN_MS, planned());
    if (read === LATE) return { type: 'unavailable' };
    if (read === undefined) return { type: 'unknown-form' };
    if ('instead' in read.plan) return read.plan.instead;
    const asking = permissions.ask(who, read.form.channelId);
    const permission = knownInTime(await within(clock, PERMISSION_WITHIN_MS, asking));
    if (permission.type !== 'allowed') return permission;

    recordingBegan = true;
    const recording = read.plan.record(pressedAt).finally(wake);
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

/** True only where no connection to the database stood, so that nothing can have been written. */
function neverConnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.message === 'timeout exceeded when trying to connect') return true;
  return 'code' in error && (error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND');
}
