import { createHash } from 'node:crypto';
import { type JsonObject, valueAt, withoutIndexes } from '../aws/exact-json.ts';
import { closedListAt, EUROPEAN_PARTITION, listSpelling, spellingIn, usStates } from '../aws/lists.ts';
import { isRedacted, readable, visible } from '../aws/readable.ts';
import type { Typed } from './edit.ts';
import { whenActionRequired } from './fixable.ts';

/** How a field is filled in. */
export type FieldKind = 'line' | 'paragraph' | 'day' | 'country' | 'list' | 'needs' | 'solution';

/** A field of a deal as a form offers it. */
export interface Field {
  /** AWS's path, with its index in a list. */
  readonly path: string;
  readonly kind: FieldKind;
  /** As a person reads it; '' where there is nothing. */
  readonly value: Typed;
  /** What there is to choose from, where it is one of a list. */
  readonly choices?: readonly string[] | undefined;
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
    'Project.CustomerBusinessProblem': { kind: 'paragraph', most: 2000, needed: true },
    'Project.ExpectedCustomerSpend.Amount': { kind: 'line', most: 34, needed: true },
    'Project.ExpectedCustomerSpend.CurrencyCode': { kind: 'list', most: 3, needed: true },
    'Project.ExpectedCustomerSpend.TargetCompany': { kind: 'list', most: 80, needed: true },
    'Project.ExpectedCustomerSpend.EstimationUrl': { kind: 'line', most: 255 },
    'Customer.Account.WebsiteUrl': { kind: 'line', most: 255, needed: true },
    'Customer.Account.Address.StreetAddress': { kind: 'line', most: 255 },
    'Customer.Account.Address.City': { kind: 'line', most: 255 },
    'Customer.Account.Address.StateOrRegion': { kind: 'list', most: 255 },
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
/** Not its Frequency: the model has but one. What AWS holds there is kept, `None` of a sum that comes once too. */
const SPEND_MEMBERS = ['Amount', 'CurrencyCode', 'TargetCompany', 'EstimationUrl'] as const;
/** Where a solution that a person chose goes. */
export const SOLUTIONS = 'RelatedEntityIdentifiers.Solutions';
export const ONLY_FREQUENCY = 'Monthly';

/** The longest text that AWS takes at a path, in characters. */
export const mostAt = (path: string): number => KINDS.get(withoutIndexes(path))?.most ?? 0;

/** The fields of a deal that AWS has sent back. */
export const fieldsToSendBack = (json: JsonObject, nationalSecurity: boolean): readonly Field[] =>
  fieldsAt(json, whenActionRequired(nationalSecurity));

/** Of these paths, the fields that can be offered: not those that AWS redacts, or that hold what no input can show. */
export function fieldsAt(json: JsonObject, paths: readonly string[]): readonly Field[] {
  const single = paths.flatMap((path) => (path === SPEND ? spendPaths(json) : [path]));
  return single.flatMap((path) => {
    const known = KINDS.get(withoutIndexes(path));
    const value = shownValue(json, path);
    if (known === undefined || value === undefined) return [];
    const most = Math.max(known.most, value.length);
    if (typeof value === 'string' && most > LONGEST_INPUT) return [];
    const choices = known.kind === 'list' ? choicesAt(json, path) : undefined;
    // A list that depends on the deal may not be one here: it is written then.
    const kind = known.kind === 'list' && choices === undefined ? 'line' : known.kind;
    return [{ path, needed: false, ...known, kind, choices, most, value }];
  });
}

/** What AWS takes at a path of this deal, where it is a list. */
export function choicesAt(json: JsonObject, path: string): readonly string[] | undefined {
  switch (withoutIndexes(path)) {
    case 'Customer.Account.Address.StateOrRegion':
      return valueAt(json, 'Customer.Account.Address.CountryCode') === 'US' ? usStates : undefined;
    case 'Project.ExpectedCustomerSpend.CurrencyCode':
      return [valueAt(json, 'Project.AwsPartition') === EUROPEAN_PARTITION ? 'EUR' : 'USD'];
    default:
      return closedListAt(path);
  }
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
 * The value at a path as a person reads it, of a list in the list's spelling; undefined where a form can't show it. AWS
 * redacts with a word or with asterisks in place of the whole, and a redacted value must never go back.
 */
export function shownValue(json: JsonObject, path: string): Typed | undefined {
  const value = valueAt(json, path);
  const kind = KINDS.get(withoutIndexes(path))?.kind;
  if (kind === 'solution') return '';
  if (kind === 'needs') {
    const list = value ?? [];
    return Array.isArray(list) && list.every((entry) => typeof entry === 'string')
      ? list.map((entry) => listSpelling(path, entry) ?? entry)
      : undefined;
  }
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string' || isRedacted(value)) return undefined;
  const text = readable(value).trim();
  if (kind === 'list') return spellingIn(choicesAt(json, path) ?? [], text) ?? text;
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
