import { createHash } from 'node:crypto';
import { type JsonObject, valueAt } from '../../partner-central/exact-json.ts';
import { withoutIndexes } from '../../partner-central/field-path.ts';
import { readable, visible } from '../../partner-central/readable.ts';
import type { Typed } from './change.ts';
import { ADDRESS, offerable } from './fixable.ts';

/** How a field is filled in. */
export type FieldKind = 'line' | 'paragraph' | 'day' | 'country' | 'stage' | 'needs' | 'solution';

/** A field of a deal as a form offers it. */
export interface Field {
  /** AWS's path, with its index in a list. */
  readonly path: string;
  readonly kind: FieldKind;
  /** As a person reads it; '' where there is nothing. */
  readonly value: Typed;
  /** The longest text, in characters. */
  readonly most: number;
  /** AWS doesn't do without it: it can be changed, not emptied. */
  readonly needed: boolean;
}

/** What AWS's model says of each field ("Data Types", AWS Partner Central API reference). */
const KINDS: ReadonlyMap<
  string,
  { readonly kind: FieldKind; readonly most: number; readonly needed?: boolean }
> = new Map(
  Object.entries({
    'LifeCycle.TargetCloseDate': { kind: 'day', most: 10, needed: true },
    'LifeCycle.NextSteps': { kind: 'paragraph', most: 255 },
    'LifeCycle.Stage': { kind: 'stage', most: 255, needed: true },
    'Project.CustomerBusinessProblem': { kind: 'paragraph', most: 2000, needed: true },
    'Project.ExpectedCustomerSpend.Amount': { kind: 'line', most: 34, needed: true },
    'Project.ExpectedCustomerSpend.CurrencyCode': { kind: 'line', most: 3, needed: true },
    'Project.ExpectedCustomerSpend.TargetCompany': { kind: 'line', most: 80, needed: true },
    'Project.ExpectedCustomerSpend.EstimationUrl': { kind: 'line', most: 255 },
    'Customer.Account.WebsiteUrl': { kind: 'line', most: 255, needed: true },
    'Customer.Account.Address.StreetAddress': { kind: 'line', most: 255 },
    'Customer.Account.Address.City': { kind: 'line', most: 255 },
    'Customer.Account.Address.StateOrRegion': { kind: 'line', most: 255 },
    'Customer.Account.Address.PostalCode': { kind: 'line', most: 20 },
    'Customer.Account.Address.CountryCode': { kind: 'country', most: 2, needed: true },
    PartnerOpportunityIdentifier: { kind: 'line', most: 64 },
    PrimaryNeedsFromAws: { kind: 'needs', most: 255 },
    'RelatedEntityIdentifiers.Solutions': { kind: 'solution', most: 255 },
  }),
);

/** The longest text that Slack takes back from an input. */
const LONGEST_INPUT = 3000;
/** AWS takes ten amounts; all of them fit a form. */
const SPENDS = 10;
const SPEND = 'Project.ExpectedCustomerSpend';
/** Not its Frequency: AWS knows but one. */
const SPEND_MEMBERS = ['Amount', 'CurrencyCode', 'TargetCompany', 'EstimationUrl'] as const;
/** Where a solution that a person chose goes. */
export const SOLUTIONS = 'RelatedEntityIdentifiers.Solutions';
export const ONLY_FREQUENCY = 'Monthly';

/**
 * What AWS lets be edited while the review asks for changes ("LifeCycle: ReviewStatus",
 * https://docs.aws.amazon.com/partner-central/latest/APIReference/API_LifeCycle.html).
 */
const WHEN_ACTION_REQUIRED: readonly string[] = [
  'Project.CustomerBusinessProblem',
  'LifeCycle.TargetCloseDate',
  SPEND,
  'Customer.Account.WebsiteUrl',
  ...ADDRESS,
  'PartnerOpportunityIdentifier',
];

/** The longest text that AWS takes at a path, in characters. */
export const mostAt = (path: string): number => KINDS.get(withoutIndexes(path))?.most ?? 0;

/** The fields of a deal that AWS has sent back. */
export const fieldsToSendBack = (json: JsonObject, nationalSecurity: boolean): readonly Field[] =>
  fieldsAt(json, offerable(WHEN_ACTION_REQUIRED, nationalSecurity));

/** Of these paths, the fields that can be offered: not those that AWS redacts, or that hold what no input can show. */
export function fieldsAt(json: JsonObject, paths: readonly string[]): readonly Field[] {
  const single = paths.flatMap((path) => (path === SPEND ? spendPaths(json) : [path]));
  return single.flatMap((path) => {
    const known = KINDS.get(withoutIndexes(path));
    const value = shownValue(json, path);
    if (known === undefined || value === undefined) return [];
    const most = Math.max(known.most, value.length);
    return typeof value === 'string' && most > LONGEST_INPUT
      ? []
      : [{ path, needed: false, ...known, most, value }];
  });
}

/** The path that offers a field: of amounts all together. */
export const offeredPath = (path: string): string => (withoutIndexes(path).startsWith(SPEND) ? SPEND : path);

function spendPaths(json: JsonObject): readonly string[] {
  const entries = valueAt(json, SPEND);
  // Where there is none yet, the form offers a first one.
  const count = Array.isArray(entries) ? Math.max(1, Math.min(entries.length, SPENDS)) : 1;
  return Array.from({ length: count }, (_, index) =>
    SPEND_MEMBERS.map((member) => `${SPEND}[${index}].${member}`),
  ).flat();
}

/**
 * The value at a path as a person reads it; undefined where a form can't show it. AWS redacts with a word or with
 * asterisks, and a redacted value must never go back.
 */
export function shownValue(json: JsonObject, path: string): Typed | undefined {
  const value = valueAt(json, path);
  const kind = KINDS.get(withoutIndexes(path))?.kind;
  if (kind === 'solution') return '';
  if (kind === 'needs') {
    const list = value ?? [];
    return Array.isArray(list) && list.every((entry) => typeof entry === 'string') ? list : undefined;
  }
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string' || /redacted|^\s*\*{3,}\s*$/i.test(value)) return undefined;
  const text = readable(value).trim();
  // A calendar shows days only.
  return kind === 'day' && !isDay(text) ? '' : text;
}

/** Whether a text is a day of the calendar as AWS writes it (`YYYY-MM-DD`). */
export const isDay = (text: string): boolean => {
  const at = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};

/** What was typed, as it would read if it came back from AWS. */
export const tidy = (typed: Typed): Typed => (typeof typed === 'string' ? visible(typed).trim() : typed);

/** Whether two values read the same. The order of a list says nothing, nor do an amount's trailing zeros. */
export function readSame(path: string, one: Typed, other: Typed): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') {
    const sorted = (value: Typed) => JSON.stringify([...value].sort());
    return sorted(one) === sorted(other);
  }
  if (one === other) return true;
  return path.endsWith('.Amount') && one !== '' && other !== '' && Number(one) === Number(other);
}

/**
 * Stands for what a form showed, so that it can be told whether a field was changed, in the form or at AWS, without
 * keeping a value of the deal. `salt` is the form's own.
 */
export function stampOf(salt: string, path: string, value: Typed): string {
  const text = typeof value === 'string' ? value : JSON.stringify([...value].sort());
  return createHash('sha256').update([salt, path, text].join('\n')).digest('base64url').slice(0, 22);
}
