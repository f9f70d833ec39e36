import {
  type Basis,
  basisIn,
  RULES as EVIDENCE,
  type RuleName,
  rehearsedOf,
  type Weight,
  weightIn,
} from '../aws/evidence.ts';
import type { Opportunity } from '../aws/opportunity.ts';
import type { Catalog, Chosen, InvolvementType, Visibility } from '../aws/terms.ts';
import { isMissing, valueAt } from '../aws/values.ts';
import { CUSTOMER_RULES } from './readiness-customer.ts';
import { PROJECT_RULES } from './readiness-project.ts';
import type { Given, Rule } from './readiness-rule.ts';

/**
 * What AWS asks for before a submission, in the order in which a form has the fields. Advice: AWS decides, and its rules
 * drift, so a person can go ahead in spite of every finding.
 *
 * A *stop* (the review status) isn't here: it is AWS's own state, and comes before the form.
 */
export const READINESS_RULES: Readonly<Record<RuleName, Rule>> = { ...PROJECT_RULES, ...CUSTOMER_RULES };

/** Above what is asked for, by how that is known. */
export const refusals: Readonly<Record<Basis, string>> = {
  seen: '*AWS refuses this:*',
  'seen-in-production': '*AWS refused this in Production:*',
  'seen-in-sandbox': '*AWS refused this in Sandbox:*',
  written: "*AWS's guide asks for this:*",
};

/** Something AWS will ask for. A rule's name, never a deal's value: it may be stored and shown anywhere. */
export interface ReadinessFinding {
  readonly rule: RuleName;
  readonly weight: Weight;
  /** How it is known that AWS asks for it. */
  readonly basis: Basis;
  /** AWS's path, for the field's name. */
  readonly path: string;
}

export const isRuleName = (name: string): name is RuleName => Object.hasOwn(READINESS_RULES, name);
const RULE_NAMES: readonly RuleName[] = Object.keys(READINESS_RULES).filter(isRuleName);

/** What it means in a catalog that a rule doesn't hold; nothing where AWS was seen there to do without. */
export function findingOf(rule: RuleName, catalog: Catalog): readonly ReadinessFinding[] {
  const { path, most } = READINESS_RULES[rule];
  const shown = rehearsedOf(rule);
  const weight = weightIn(catalog, EVIDENCE[rule], most, shown);
  return weight === undefined ? [] : [{ rule, weight, basis: basisIn(catalog, EVIDENCE[rule], shown), path }];
}

/** Whether a deal has what a rule asks it for. */
export function ruleHolds(rule: RuleName, opportunity: Opportunity, given: Given): boolean {
  const { path, when, holds } = READINESS_RULES[rule];
  if (when?.(opportunity, given) === false) return true;
  return holds === undefined ? !isMissing(valueAt(opportunity, path)) : holds(opportunity, given);
}

/** Everything the rules find wrong, in the order in which a form has the fields. */
export function findingsOf(
  opportunity: Opportunity,
  given: Given & { readonly catalog: Catalog },
): readonly ReadinessFinding[] {
  return RULE_NAMES.filter((rule) => !ruleHolds(rule, opportunity, given)).flatMap((rule) =>
    findingOf(rule, given.catalog),
  );
}

/** For each involvement, and for a choice that isn't made yet. */
type ByInvolvement<Found> = Readonly<Record<InvolvementType | 'undecided', Found>>;
type ByChoice<Found> = Readonly<Record<Visibility, ByInvolvement<Found>>>;

/** What was found for each choice. Holds no value of the deal. */
export type Readiness = ByChoice<readonly ReadinessFinding[]>;

/** Something for every choice there is. */
export const forEachChoice = <Found>(find: (chosen: Chosen) => Found): ByChoice<Found> => {
  const seen = (visibility: Visibility): ByInvolvement<Found> => ({
    undecided: find({ involvementType: undefined, visibility }),
    'Co-Sell': find({ involvementType: 'Co-Sell', visibility }),
    'For Visibility Only': find({ involvementType: 'For Visibility Only', visibility }),
  });
  return { Full: seen('Full'), Limited: seen('Limited') };
};

/** What was found for what is chosen. */
export const findingsFor = (
  readiness: Readiness,
  { involvementType, visibility }: Chosen,
): readonly ReadinessFinding[] => readiness[visibility][involvementType ?? 'undecided'];

/** Checks the opportunity for every choice at once, so that choosing needs no further look at AWS. */
export const readinessOf = (opportunity: Opportunity, catalog: Catalog, now: Date): Readiness =>
  forEachChoice((chosen) => findingsOf(opportunity, { ...chosen, catalog, now }));

/** Whether AWS will probably refuse it as it is. */
export const isBlocked = (findings: readonly ReadinessFinding[]): boolean =>
  findings.some(({ weight }) => weight === 'block');
