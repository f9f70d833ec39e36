import type { RuleName } from '../aws/evidence.ts';
import type { Bot } from '../bot.ts';
import { commitForm, type NotTaken } from '../forms/commit.ts';
import { type Choices, type EditForm, isEditForm } from '../forms/form.ts';
import { findingsFor, type ReadinessFinding } from '../opportunities/readiness.ts';
import { notAllowed, type Who } from '../permissions.ts';
import { type Cancelled, cancel } from '../submissions/request.ts';
import type { Submission } from '../submissions/submission.ts';
import type { Edit, TypedFields } from './edit.ts';
import { mendedBy, SOLUTIONS } from './field-kinds.ts';
import { stampOf, tidy } from './fields.ts';
import { type FieldProblem, problemsOf } from './problems.ts';

/** How the deal is to be submitted once it is saved. */
export interface Submit {
  readonly choices: Choices;
  /** The person wants that in spite of what readiness found and they left as it is. */
  readonly anyway: boolean;
}

export type EditSaved =
  | { readonly type: 'recorded' | 'again' | 'open'; readonly edit: Edit }
  /** Nothing differs from what the form showed: it was recorded to be submitted as it is. */
  | {
      readonly type: 'submitted-as-it-is';
      readonly requested: { readonly type: 'recorded' | 'again' | 'open'; readonly submission: Submission };
    }
  /** This form has submitted the deal as it was before: nothing of what is typed now was recorded. */
  | { readonly type: 'sent-before' }
  /** Nothing differs, and nothing is to be submitted. */
  | { readonly type: 'nothing-changed' }
  /** By AWS's path. */
  | { readonly type: 'invalid'; readonly problems: ReadonlyMap<string, FieldProblem> }
  /** AWS will probably refuse it for these, and the person hasn't said that they want it all the same. */
  | { readonly type: 'probably-refused'; readonly findings: readonly ReadinessFinding[] }
  | NotTaken;

/**
 * Records what a person typed into their form for editing a deal, and that it is to be submitted then, where they chose
 * how. An edit or a submission that this answers with is committed; it goes to AWS later.
 */
export function saveEdit(
  bot: Pick<Bot, 'store' | 'edits' | 'permissions' | 'clock' | 'log' | 'wake'>,
  input: {
    readonly formId: string;
    readonly who: Who;
    /** Everything the form held, by AWS's path. */
    readonly typed: TypedFields;
    /** Undefined: it is only to be saved. */
    readonly submit?: Submit | undefined;
  },
): Promise<EditSaved> {
  const { store, edits, clock } = bot;
  return commitForm<EditSaved>(bot, input, async (form) => {
    if (!isEditForm(form)) return { instead: { type: 'unknown-form' } };
    const { nationalSecurity, catalog, editing } = form;
    const { shown } = editing;
    // A deal that AWS has sent back isn't submitted again: AWS reviews it by itself.
    const submit = editing.status === 'Pending Submission' ? input.submit : undefined;
    const all: TypedFields = new Map(
      [...input.typed].filter(([path]) => shown.has(path)).map(([path, typed]) => [path, tidy(typed)]),
    );
    const changed: TypedFields = new Map(
      [...all].filter(([path, typed]) => stampOf(form.id, path, typed) !== shown.get(path)),
    );
    const problems = problemsOf(changed, all, { nationalSecurity, catalog, now: clock.now() });
    if (problems.size > 0) return { instead: { type: 'invalid', problems } };
    const left = submit === undefined || submit.anyway ? [] : stillBlocking(form, changed, submit.choices);
    if (left.length > 0) return { instead: { type: 'probably-refused', findings: left } };
    if (changed.size > 0) {
      const isUsed = submit !== undefined && (await store.submissionOfForm(form.id)) !== undefined;
      return isUsed
        ? { instead: { type: 'sent-before' } }
        : { record: (at) => edits.recordEdit(form, changed, at, submit?.choices) };
    }
    if (submit === undefined) return { instead: { type: 'nothing-changed' } };
    // The form was sent before, with something typed: that is what was asked for.
    const earlier = await edits.editOfForm(form.id);
    if (earlier !== undefined) return { instead: { type: 'again', edit: earlier } };
    return {
      record: async (at) => ({
        type: 'submitted-as-it-is',
        requested: await store.record(form, submit.choices, at),
      }),
    };
  });
}

/** What AWS will probably refuse it for, with these choices: what readiness found and nothing typed mends. */
function stillBlocking(
  { readiness, nationalSecurity }: EditForm,
  changed: TypedFields,
  choices: Choices,
): readonly ReadinessFinding[] {
  if (readiness === undefined) return [];
  const isTouched = (path: string) =>
    [...changed.keys()].some((other) => other === path || other.startsWith(`${path}[`));
  // Every update brings a marketing source: the form isn't shown where it would lack one and can't say that there is no
  // campaign.
  const brings = (rule: RuleName) =>
    rule === 'marketing-source' && [...changed.keys()].some((path) => path !== SOLUTIONS);
  return findingsFor(readiness, choices).filter(
    ({ rule, weight }) =>
      weight === 'block' && !mendedBy(rule, nationalSecurity).some(isTouched) && !brings(rule),
  );
}

/**
 * *Cancel*, for anyone who may submit: takes back an edit that isn't being sent yet, and the submission that was to
 * follow, unless that is being sent itself. The database decides the race.
 */
export async function cancelEdit(
  bot: Pick<Bot, 'edits' | 'store' | 'permissions' | 'clock' | 'lineage' | 'wake'>,
  input: { readonly id: string; readonly who: Who },
): Promise<Cancelled> {
  const { edits, permissions, clock, lineage, wake } = bot;
  // Where the records were set back, this notes it on all that wait: they may have been sent.
  await lineage.setBack(clock.now());
  const edit = await edits.findEdit(input.id);
  if (edit === undefined) return { type: 'unknown-submission' };
  const instead = notAllowed(await permissions.ask(input.who, edit.channelId));
  if (instead !== undefined) return instead;
  if (edit.problem?.type === 'set-back') return { type: 'perhaps-sent' };
  const cancelled = await edits.cancelEdit(edit.id, input.who.userId, clock.now());
  if (cancelled === undefined) {
    // AWS has it, or is getting it. What follows may be recorded by now, and wait.
    const then = (await edits.findEdit(edit.id))?.thenSubmit;
    if (then?.type === 'recorded') return cancel(bot, { id: then.submissionId, who: input.who });
    return { type: then?.type === 'dropped' && then.why === 'cancelled' ? 'only-saved' : 'too-late' };
  }
  wake();
  return { type: 'cancelled' };
}
