import { type JsonObject, withoutIndexes, withValueAt } from '../aws/exact-json.ts';
import { listSpelling } from '../aws/lists.ts';
import { opportunitySchema } from '../aws/opportunity.ts';
import type { Catalog } from '../aws/terms.ts';
import { findingsOf } from '../opportunities/readiness.ts';
import type { RuleName } from '../opportunities/readiness-rules.ts';
import type { Typed, TypedFields } from './edit.ts';
import { isDay } from './fields.ts';

/** What is wrong with what was typed: a rule of readiness, or one of the form's own. */
export type FieldProblem = RuleName | 'too-long' | 'not-a-day' | 'amount' | 'currency' | 'target-company';

/** AWS's own pattern for an amount, but for 0, which it doesn't take in the end. */
const AMOUNT = /^(?=.*[1-9])(0|[1-9][0-9]{0,30})(\.[0-9]{0,2})?$/;

/**
 * What is wrong with the fields a person changed, by AWS's path; readiness's rules where there are any. What was wrong
 * before and wasn't touched keeps nobody from saving the rest.
 *
 * @param all everything the form holds, what wasn't changed too.
 */
export function problemsOf(
  changed: TypedFields,
  all: TypedFields,
  given: {
    readonly nationalSecurity: boolean;
    readonly catalog: Catalog;
    readonly now: Date;
    /** The longest text for a path. */
    readonly mostAt: (path: string) => number;
  },
): ReadonlyMap<string, FieldProblem> {
  const found = new Map<string, FieldProblem>();
  const note = (path: string, problem: FieldProblem | undefined) => {
    if (problem !== undefined && !found.has(path)) found.set(path, problem);
  };
  for (const [path, typed] of changed) {
    if (typeof typed === 'string' && typed.length > given.mostAt(path)) note(path, 'too-long');
    note(path, ownProblem(path, typed, all));
  }
  for (const [path, typed] of all) {
    const entry = /^(.*\[\d+\])\.\w+$/.exec(path)?.[1];
    // One member of an amount asks for the others; what was there before is AWS's to judge.
    const touched = entry !== undefined && [...changed.keys()].some((other) => other.startsWith(`${entry}.`));
    if (touched && typed === '') note(path, spendProblem(path, typed, all));
  }
  for (const { rule, weight, path } of findingsOf(asOpportunity(all, given.nationalSecurity), {
    involvementType: undefined,
    visibility: 'Full',
    catalog: given.catalog,
    now: given.now,
  })) {
    const asked = changed.has(path) || (OF_COUNTRY.includes(rule) && changed.has(COUNTRY));
    if (weight === 'block' && all.has(path) && asked) note(path, rule);
  }
  return found;
}

const COUNTRY = 'Customer.Account.Address.CountryCode';
/** What another country asks of the rest of the address. */
const OF_COUNTRY: readonly RuleName[] = ['state', 'state-list', 'postal-code'];

function ownProblem(path: string, typed: Typed, all: TypedFields): FieldProblem | undefined {
  if (path === 'LifeCycle.TargetCloseDate' && typeof typed === 'string' && typed !== '' && !isDay(typed)) {
    return 'not-a-day';
  }
  return spendProblem(path, typed, all);
}

function spendProblem(path: string, typed: Typed, all: TypedFields): FieldProblem | undefined {
  if (typeof typed !== 'string') return undefined;
  switch (withoutIndexes(path)) {
    case 'Project.ExpectedCustomerSpend.Amount':
      if (AMOUNT.test(typed)) return undefined;
      // AWS computes it from an estimate.
      return typed === '' && hasText(all.get(path.replace(/Amount$/, 'EstimationUrl')))
        ? undefined
        : 'amount';
    case 'Project.ExpectedCustomerSpend.CurrencyCode':
      return listSpelling(path, typed) === typed ? undefined : 'currency';
    case 'Project.ExpectedCustomerSpend.TargetCompany':
      return listSpelling(path, typed) === typed ? undefined : 'target-company';
    default:
      return undefined;
  }
}

const hasText = (typed: Typed | undefined): boolean => typeof typed === 'string' && typed.trim() !== '';

/** Only what the form holds: rules about anything else find what they like, and nobody asks them. */
function asOpportunity(all: TypedFields, nationalSecurity: boolean) {
  const json = [...all].reduce<JsonObject>(
    (fields, [path, typed]) => withValueAt(fields, path, typed === '' ? undefined : typed),
    { Id: 'O0', LastModifiedDate: '-', NationalSecurity: nationalSecurity ? 'Yes' : 'No' },
  );
  return opportunitySchema.parse(json);
}
