import { createHash } from 'node:crypto';
import {
  closedListAt,
  EUROPEAN_PARTITION,
  listSpelling,
  primaryNeeds,
  spellingIn,
  statesOf,
} from '../aws/lists.ts';
import {
  isJsonObject,
  isMissing,
  isRedacted,
  type JsonObject,
  readable,
  valueAt,
  visible,
  withoutIndexes,
} from '../aws/values.ts';
import type { Typed } from './edit.ts';
import {
  CONTACTS,
  COUNTRY,
  type FieldKind,
  FOLLOWERS,
  kindAt,
  MARKETING_SOURCE,
  POSTAL_CODE,
  SPEND,
  STATE,
  whenActionRequired,
} from './field-kinds.ts';

/** A field of a deal as a form offers it. */
export interface Field {
  /** AWS's path, with its index in a list. */
  readonly path: string;
  readonly kind: FieldKind;
  /** As a person reads it; '' or an empty list where there is nothing. */
  readonly value: Typed;
  /** What there is to choose from, where it is of a list; of `several`, with what is there now. */
  readonly choices?: readonly string[] | undefined;
  /** The longest text, in characters. */
  readonly most: number;
  /** It may be left empty: it is empty now, or AWS does without it. */
  readonly optional: boolean;
  /** Of an amount: its currency (`USD`), and whether it comes every month. */
  readonly unit?: { readonly currency: string; readonly monthly: boolean } | undefined;
}

/** The longest text that Slack takes back from an input, and from an option; and the most options of an input. */
const LONGEST_INPUT = 3000;
const LONGEST_OPTION = 150;
const MOST_OPTIONS = 100;
/**
 * How many entries of a list a form shows: all ten amounts that AWS takes, and the first few contacts, of which it
 * names no limit.
 */
const MOST_ENTRIES: ReadonlyMap<string, number> = new Map([
  [SPEND, 10],
  [CONTACTS, 3],
]);
const CONTACT_MEMBERS = ['FirstName', 'LastName', 'BusinessTitle', 'Email', 'Phone'] as const;
/** What AWS asks for beside an amount. It takes one value of each, or two. */
const COMPANIONS = ['CurrencyCode', 'TargetCompany', 'Frequency'] as const;
const CAMPAIGN = ['CampaignName', 'UseCases', 'Channels'].map((name) => `Marketing.${name}`);
const NEEDS = 'PrimaryNeedsFromAws';

/** The fields of a deal that AWS has sent back. */
export const fieldsToSendBack = (json: JsonObject, nationalSecurity: boolean): readonly Field[] =>
  fieldsAt(json, whenActionRequired(nationalSecurity));

/**
 * The fields at these paths that a form can offer, each with what goes with it (`withCompanions`). Left out is what AWS
 * redacts, and what no input can show.
 */
export function fieldsAt(json: JsonObject, paths: readonly string[]): readonly Field[] {
  const single = new Set(paths.flatMap((path) => withCompanions(json, path)));
  return [...single].flatMap((path) => {
    const known = kindAt(path);
    const value = shownValue(json, path);
    if (known === undefined || value === undefined) return [];
    const choices = offeredChoices(json, path, known.kind, value);
    // A list that depends on the deal may be missing: then the value is typed.
    const kind = known.kind === 'list' && choices === undefined ? 'line' : known.kind;
    const most = Math.max(known.most, typeof value === 'string' ? value.length : 0);
    const isChosen = choices !== undefined || kind === 'country';
    if (most > LONGEST_INPUT || (isChosen && !fitOptions(value, choices))) return [];
    const optional = known.needed !== true || value.length === 0;
    return [{ path, kind, value, choices, most, optional, unit: unitAt(json, path) }];
  });
}

/** Whether each fits an option, whose text can't be empty and whose value isn't cut. */
const fitOptions = (value: Typed, choices: readonly string[] | undefined): boolean =>
  (choices === undefined || (choices.length > 0 && choices.length < MOST_OPTIONS)) &&
  (typeof value === 'string'
    ? value.length <= LONGEST_OPTION
    : value.every((entry) => entry.trim() !== '' && entry.length <= LONGEST_OPTION));

function offeredChoices(
  json: JsonObject,
  path: string,
  kind: FieldKind,
  value: Typed,
): readonly string[] | undefined {
  if (kind === 'list') return choicesAt(json, path);
  if (kind !== 'several' || typeof value === 'string') return undefined;
  // That no support is needed can't stand beside a need for Co-Sell, so it isn't offered. Where AWS has no list, values
  // can only be taken away.
  const list = path === NEEDS ? primaryNeeds : (choicesAt(json, path) ?? []);
  return [...new Set([...list, ...value])];
}

/** What AWS takes at a path of this deal, where it is a list. */
export function choicesAt(json: JsonObject, path: string): readonly string[] | undefined {
  switch (withoutIndexes(path)) {
    case STATE:
      return statesOf(valueAt(json, COUNTRY));
    case `${SPEND}.CurrencyCode`:
      return [currencyOf(json)];
    case `${SPEND}.Frequency`:
      return [ONLY_FREQUENCY];
    default:
      return closedListAt(path);
  }
}

/** The only value in AWS's model. Another one that AWS holds is kept, such as `None` for an amount that comes once. */
const ONLY_FREQUENCY = 'Monthly';

const currencyOf = (json: JsonObject): string =>
  valueAt(json, 'Project.AwsPartition') === EUROPEAN_PARTITION ? 'EUR' : 'USD';

/** What is sent beside an amount where neither AWS nor a person says anything else. */
export const spendDefaults = (json: JsonObject): Readonly<Record<(typeof COMPANIONS)[number], string>> => ({
  CurrencyCode: currencyOf(json),
  TargetCompany: 'AWS',
  Frequency: ONLY_FREQUENCY,
});

function unitAt(json: JsonObject, path: string): Field['unit'] {
  if (withoutIndexes(path) !== `${SPEND}.Amount`) return undefined;
  const beside = (name: string) => shownValue(json, path.replace(/Amount$/, name));
  const currency = currencyOf(json);
  const given = beside('CurrencyCode');
  const frequency = beside('Frequency');
  // Another currency than AWS takes is a field of its own.
  if (!isMissing(given) && given !== currency) return undefined;
  return { currency, monthly: isMissing(frequency) || frequency === ONLY_FREQUENCY };
}

/**
 * A path with what is offered along with it: a list's entries, what a choice asks for besides, what a country decides.
 */
function withCompanions(json: JsonObject, path: string): readonly string[] {
  const most = MOST_ENTRIES.get(path);
  if (most !== undefined) {
    const entries = valueAt(json, path);
    // Where there is none yet, the form offers a first one.
    const count = Array.isArray(entries) ? Math.max(1, Math.min(entries.length, most)) : 1;
    return Array.from({ length: count }, (_, index) => `${path}[${index}]`).flatMap((entry) =>
      (path === SPEND ? spendMembers(json, entry) : CONTACT_MEMBERS).map((name) => `${entry}.${name}`),
    );
  }
  const follower = FOLLOWERS.get(path);
  if (follower !== undefined) {
    // A campaign's other fields go with a marketing activity only: where AWS has some, they are offered to be emptied.
    const beside =
      path === MARKETING_SOURCE ? CAMPAIGN.filter((each) => !isMissing(valueAt(json, each))) : [];
    return [path, follower.path, ...beside];
  }
  return path === COUNTRY ? [COUNTRY, STATE, POSTAL_CODE] : [path];
}

/**
 * An amount, and beside it only what isn't as AWS asks. Where there is no amount yet, what is missing is sent by
 * default.
 */
function spendMembers(json: JsonObject, entry: string): readonly string[] {
  const value = valueAt(json, entry);
  const { Amount, EstimationUrl }: JsonObject = isJsonObject(value) ? value : {};
  const isNew = isMissing(Amount) && isMissing(EstimationUrl);
  const wrong = COMPANIONS.filter((name) => {
    const path = `${entry}.${name}`;
    const has = shownValue(json, path);
    if (isMissing(has)) return !isNew;
    // `None` is as good as the model's one frequency.
    return name !== 'Frequency' && typeof has === 'string' && choicesAt(json, path)?.includes(has) !== true;
  });
  return ['Amount', ...wrong, 'EstimationUrl'];
}

/**
 * The value at a path as a person reads it, of a list in the list's spelling; undefined where a form can't show it. AWS
 * redacts a value whole, with a word or asterisks in its place, and a redacted value must never go back.
 */
export function shownValue(json: JsonObject, path: string): Typed | undefined {
  const value = valueAt(json, path);
  const kind = kindAt(path)?.kind;
  if (kind === 'solution') return '';
  if (kind === 'several') {
    const list = value ?? [];
    return Array.isArray(list) && list.every((entry) => typeof entry === 'string' && !isRedacted(entry))
      ? [...new Set(list.map((entry) => listSpelling(path, entry) ?? entry))]
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

/**
 * A fingerprint of what a form showed: it tells whether a field was changed since, in the form or at AWS, without
 * keeping a value of the deal. `salt`: the form's ID.
 */
export function stampOf(salt: string, path: string, value: Typed): string {
  const text = typeof value === 'string' ? value : JSON.stringify([...value].sort());
  return createHash('sha256').update([salt, path, text].join('\n')).digest('base64url').slice(0, 22);
}
