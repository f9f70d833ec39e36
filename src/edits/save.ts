import type { RuleName } from '../aws/evidence.ts';
import { listSpelling } from '../aws/lists.ts';
import { opportunitySchema } from '../aws/opportunity.ts';
import { type JsonObject, withoutIndexes, withValueAt } from '../aws/values.ts';
import type { Bot } from '../bot.ts';
import { commitForm, type NotTaken } from '../forms/commit.ts';
import { type Choices, type EditForm, isEditForm } from '../forms/form.ts';
import { findingsFor, findingsOf, type ReadinessFinding } from '../opportunities/readiness.ts';
import type { Who } from '../permissions.ts';
import type { Recorded } from '../submissions/audit.ts';
import { type Cancelled, cancel } from '../submissions/request.ts';
import type { Edit, Typed, TypedFields } from './edit.ts';
import { CONTACTS, COUNTRY, FOLLOWERS, mendedBy, mostAt, SOLUTIONS, SPEND } from './field-kinds.ts';
import { isDay, stampOf, tidy } from './fields.ts';

/** How the deal is to be submitted once it is saved. */
export interface Submit {
  readonly choices: Choices;
  /** The person wants that in spite of what readiness found and they left as it is. */
  readonly anyway: boolean;
}

export type EditSaved =
  | { readonly type: 'recorded' | 'again' | 'open'; readonly edit: Edit }
  /** Nothing differs from what the form showed: it was recorded to be submitted as it is. */
  | { readonly type: 'submitted-as-it-is'; readonly requested: Recorded }
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
  const permission = await permissions.ask(input.who, edit.channelId);
  if (permission.type !== 'allowed') return permission;
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

/** What is wrong with what was typed: by a rule of readiness, or by one of the form's own. */
export type FieldProblem =
  | RuleName
  | 'too-long'
  | 'not-a-day'
  | 'amount'
  | 'currency'
  | 'target-company'
  | 'frequency'
  | 'contact-name'
  | 'email'
  | 'phone'
  | 'opportunity-id';

/** AWS's own pattern for an amount, without 0, which it refuses all the same. */
const AMOUNT = /^(?=.*[1-9])(0|[1-9][0-9]{0,30})(\.[0-9]{0,2})?$/;
/** AWS's own patterns, or what they let through ("Contact", "Project", AWS Partner Central API reference). */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^\+[1-9]\d{1,14}$/;
const OPPORTUNITY_ID = /^O\d{1,19}$/;

/**
 * What is wrong with the fields a person changed, by AWS's path. What was wrong before and wasn't touched keeps nobody
 * from saving the rest.
 *
 * @param all everything the form holds, what wasn't changed too.
 */
export function problemsOf(
  changed: TypedFields,
  all: TypedFields,
  { nationalSecurity, catalog, now }: Pick<EditForm, 'nationalSecurity' | 'catalog'> & { readonly now: Date },
): ReadonlyMap<string, FieldProblem> {
  const found = new Map<string, FieldProblem>();
  const note = (path: string, problem: FieldProblem | undefined) => {
    if (problem !== undefined && !found.has(path)) found.set(path, problem);
  };
  for (const [path, typed] of changed) {
    if (typeof typed === 'string' && typed.length > mostAt(path)) note(path, 'too-long');
    note(path, ownProblem(path, typed, all));
  }
  for (const [path, typed] of all) {
    const entry = /^(.*\[\d+\])\.\w+$/.exec(path)?.[1];
    // One member of an amount, or of a contact, asks for the others. What was there before isn't judged.
    const touched = entry !== undefined && [...changed.keys()].some((other) => other.startsWith(`${entry}.`));
    if (touched && typed === '') note(path, ownProblem(path, typed, all));
  }
  for (const [leader, { path, value, rule }] of FOLLOWERS) {
    // The form shows it once that value is chosen; who sends it before then is told at the field where they chose.
    if (changed.get(leader) === value && !hasText(all.get(path))) note(all.has(path) ? path : leader, rule);
  }
  const chosen = { involvementType: undefined, visibility: 'Full', catalog, now } as const;
  for (const { rule, weight, path } of findingsOf(asOpportunity(all, nationalSecurity), chosen)) {
    const follows = FOLLOWS.get(rule);
    const asked = changed.has(path) || (follows !== undefined && changed.has(follows));
    if (weight === 'block' && all.has(path) && asked) note(path, rule);
  }
  return found;
}

/** Rules about one field that a change of another one brings up. */
const FOLLOWS: ReadonlyMap<RuleName, string> = new Map([
  ['state', COUNTRY],
  ['state-list', COUNTRY],
  ['postal-code', COUNTRY],
]);

function ownProblem(path: string, typed: Typed, all: TypedFields): FieldProblem | undefined {
  if (typeof typed !== 'string') return undefined;
  const says = (problem: FieldProblem, holds: boolean) => (holds ? undefined : problem);
  switch (withoutIndexes(path)) {
    case 'LifeCycle.TargetCloseDate':
      return says('not-a-day', typed === '' || isDay(typed));
    case 'Project.RelatedOpportunityIdentifier':
      return says('opportunity-id', typed === '' || OPPORTUNITY_ID.test(typed));
    case `${SPEND}.Amount`: {
      // AWS computes it from an estimate.
      const estimated = typed === '' && hasText(all.get(path.replace(/Amount$/, 'EstimationUrl')));
      return says('amount', estimated || AMOUNT.test(typed));
    }
    case `${SPEND}.CurrencyCode`:
      return says('currency', listSpelling(path, typed) === typed);
    case `${SPEND}.TargetCompany`:
      return says('target-company', listSpelling(path, typed) === typed);
    case `${SPEND}.Frequency`:
      return says('frequency', typed !== '');
    case `${CONTACTS}.FirstName`:
    case `${CONTACTS}.LastName`:
      return says('contact-name', typed !== '' || !isNamed(path, all));
    case `${CONTACTS}.Email`:
      return says('email', typed === '' || EMAIL.test(typed));
    case `${CONTACTS}.Phone`:
      return says('phone', typed === '' || PHONE.test(typed));
    default:
      return undefined;
  }
}

/** Whether anything is given of the contact that a path belongs to. */
const isNamed = (path: string, all: TypedFields): boolean => {
  const entry = path.replace(/\w+$/, '');
  return [...all].some(([other, typed]) => other.startsWith(entry) && hasText(typed));
};

const hasText = (typed: Typed | undefined): boolean => typeof typed === 'string' && typed.trim() !== '';

/** Holds only what the form holds: what rules about anything else find is left out afterwards. */
function asOpportunity(all: TypedFields, nationalSecurity: boolean) {
  const json = [...all].reduce<JsonObject>(
    (fields, [path, typed]) => withValueAt(fields, path, typed === '' ? undefined : typed),
    { Id: 'O0', LastModifiedDate: '-', NationalSecurity: nationalSecurity ? 'Yes' : 'No' },
  );
  return opportunitySchema.parse(json);
}
