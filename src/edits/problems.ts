import type { RuleName } from '../aws/evidence.ts';
import { listSpelling } from '../aws/lists.ts';
import { opportunitySchema } from '../aws/opportunity.ts';
import { type JsonObject, withoutIndexes, withValueAt } from '../aws/values.ts';
import type { EditForm } from '../forms/form.ts';
import { findingsOf } from '../opportunities/readiness.ts';
import type { Typed, TypedFields } from './edit.ts';
import { CONTACTS, COUNTRY, FOLLOWERS, mostAt, SPEND } from './field-kinds.ts';
import { isDay } from './fields.ts';

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
    // It comes into the form with that value; whoever is faster than Slack is told at the field they chose it in.
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
