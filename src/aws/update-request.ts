/** What an update of a deal sends, and whether a read shows afterwards that AWS has it. */

import { type Catalog, idOf, reviewStatus } from './terms.ts';
import {
  holdsRedacted,
  isJsonObject,
  isMissing,
  type JsonObject,
  readable,
  valueAt,
  withoutIndexes,
  withValueAt,
} from './values.ts';

/** New values by AWS's path, e.g. `LifeCycle.TargetCloseDate`; undefined takes the field away. */
export type NewValues = ReadonlyMap<string, unknown>;

/** GetOpportunity's answer, exactly as it came. */
export type WholeJson = JsonObject & { readonly Id: string; readonly LastModifiedDate: string };

/** UpdateOpportunity's input. `LastModifiedDate` is the guard: AWS refuses it once somebody else has saved. */
export interface UpdateOpportunityRequest extends JsonObject {
  readonly Catalog: Catalog;
  readonly Identifier: string;
  readonly LastModifiedDate: string;
}

/** What GetOpportunity answers and UpdateOpportunity doesn't have: *recorded*, it ignores them. */
const NOT_TAKEN: readonly string[] = [
  'Id',
  'Arn',
  'CreatedDate',
  'OpportunityTeam',
  'RelatedEntityIdentifiers',
];

/** Lists of AWS's model. An empty one says what a missing one says, and AWS was seen to refuse it (`SalesActivities`, one report). */
const LISTS: readonly string[] = [
  'PrimaryNeedsFromAws',
  'Customer.Contacts',
  'Project.ApnPrograms',
  'Project.DeliveryModels',
  'Project.ExpectedCustomerSpend',
  'Project.SalesActivities',
  'Marketing.Channels',
  'Marketing.UseCases',
];

/** Entries that say nothing: AWS answers them and was seen to refuse them (one report). Any other goes back as it came. */
const SAYS_NOTHING: Readonly<Record<string, (entry: unknown) => boolean>> = {
  'Customer.Contacts': (entry) => givenIn(entry).length === 0,
  'Project.ExpectedCustomerSpend': (entry) => givenIn(entry).every((name) => name === 'CurrencyCode'),
};

/** What AWS demands in every update (observed) and the deal hasn't got, by AWS's path. */
export type Lack = 'LifeCycle.ReviewStatus' | 'LifeCycle.Stage' | 'Marketing.Source' | 'PrimaryNeedsFromAws';

const MARKETING = 'Marketing.Source';
const NEEDS = 'PrimaryNeedsFromAws';

/**
 * The update that changes nothing but `edits`, made from one read. It is a PUT ("UpdateOpportunity",
 * https://docs.aws.amazon.com/partner-central/latest/APIReference/API_UpdateOpportunity.html): what is left out becomes
 * null, `LifeCycle.ReviewStatus` too, after which nobody can submit the deal (*observed*, two reports). So everything
 * AWS answered goes back as it came, the status, what nobody here knows and HTML entities included; but for lists and
 * entries that say nothing, and a marketing source that `addsMarketing`.
 *
 * @param read GetOpportunity's answer, parsed by `parseExactly`, read just before; with these edits nothing is lacking.
 */
export function updateRequest(read: WholeJson, catalog: Catalog, edits: NewValues): UpdateOpportunityRequest {
  const edited = withEdits(taken(read), edits);
  const sourced = addsMarketing(edited) ? withValueAt(edited, MARKETING, 'None') : edited;
  const said = LISTS.reduce<JsonObject>(withoutEmpty, sourced);
  return { ...said, Catalog: catalog, Identifier: read.Id, LastModifiedDate: read.LastModifiedDate };
}

/** What GetOpportunity answers once AWS has taken an update that was made from `read`, and nothing else has changed. */
export function asUpdated(read: WholeJson, request: UpdateOpportunityRequest): JsonObject {
  const { Catalog: _catalog, Identifier: _identifier, ...written } = request;
  const kept = Object.entries(read).filter(([name]) => NOT_TAKEN.includes(name) || name === 'Catalog');
  return { ...Object.fromEntries(kept), ...written };
}

/**
 * What keeps a deal from being updated at all, however it is edited. AWS demands a status, a stage and a marketing source
 * in every update, and takes missing needs of a Co-Sell for a switch to visibility only, which it refuses (*observed*).
 * Once AWS has had a deal, no needs mean Co-Sell: for visibility only AWS writes a need of its own (*recorded*).
 */
export function lackOf(read: JsonObject, edits: NewValues = new Map()): Lack | undefined {
  const edited = withEdits(read, edits);
  const written = valueAt(edited, 'LifeCycle.ReviewStatus');
  const { status } = reviewStatus(typeof written === 'string' ? written : undefined);
  if (status === 'none') return 'LifeCycle.ReviewStatus';
  if (isMissing(valueAt(edited, 'LifeCycle.Stage'))) return 'LifeCycle.Stage';
  if (isMissing(valueAt(edited, MARKETING)) && !addsMarketing(edited)) return MARKETING;
  return status !== 'Pending Submission' && isMissing(valueAt(edited, NEEDS)) ? NEEDS : undefined;
}

/**
 * Whether an update would write back what AWS has redacted. Nobody knows what AWS makes of that: it may take the mark for
 * the new value, and nobody could undo it.
 */
export const sendsBackRedacted = (read: JsonObject): boolean => holdsRedacted(taken(read));

/**
 * Whether the update says that there is no marketing campaign (`Source: None`), because AWS demands a source (*observed*,
 * two reports) and the deal has none: harmless where nothing in the deal speaks of a campaign.
 */
export function addsMarketing(read: JsonObject): boolean {
  const { Marketing: marketing } = read;
  if (!isMissing(valueAt(read, MARKETING))) return false;
  return isMissing(marketing) || givenIn(marketing).every((name) => saysNoFunding(marketing, name));
}

const saysNoFunding = (marketing: unknown, name: string): boolean =>
  name === 'AwsFundingUsed' && isJsonObject(marketing) && marketing.AwsFundingUsed === 'No';

const taken = (read: JsonObject): JsonObject => NOT_TAKEN.reduce<JsonObject>(without, read);

const withEdits = (read: JsonObject, edits: NewValues): JsonObject =>
  [...edits].reduce<JsonObject>((fields, [path, value]) => withValueAt(fields, path, value), read);

function withoutEmpty(fields: JsonObject, path: string): JsonObject {
  const list = valueAt(fields, path);
  if (!Array.isArray(list)) return fields;
  const kept = list.filter((entry) => SAYS_NOTHING[path]?.(entry) !== true);
  if (kept.length === 0) return without(fields, path);
  return kept.length === list.length ? fields : withValueAt(fields, path, kept);
}

const without = (fields: JsonObject, path: string): JsonObject =>
  valueAt(fields, path) === undefined ? fields : withValueAt(fields, path, undefined);

/** The members that hold anything; of what is no object, something. */
const givenIn = (entry: unknown): readonly string[] =>
  isJsonObject(entry) ? Object.keys(entry).filter((name) => !isMissing(entry[name])) : ['it'];

/** Whether a value can be what GetOpportunity answers: these three are in every recorded answer, and left out they'd be emptied. */
export const isWholeOpportunity = (value: unknown): value is WholeJson =>
  isJsonObject(value) &&
  typeof value.Id === 'string' &&
  typeof value.LastModifiedDate === 'string' &&
  [value.Customer, value.Project, value.LifeCycle].every(isJsonObject);

/** What AWS itself writes with every change: its dates, and the history it keeps of next steps. */
const WRITTEN_BY_AWS: readonly string[] = ['LastModifiedDate', 'CreatedDate', 'LifeCycle.NextStepsHistory'];

/**
 * The paths at which a read has something else than was to be there, AWS's dates apart. *Recorded*: what is absent reads
 * null, an amount of `10000.00` reads `10000`, and text comes back with HTML entities; the order of a list of words says
 * nothing. An amount that is left to AWS it computes from its estimate.
 */
export function differences(expected: JsonObject, read: JsonObject): readonly string[] {
  return differing('', expected, read);
}

function differing(path: string, expected: unknown, read: unknown): readonly string[] {
  if (WRITTEN_BY_AWS.includes(path)) return [];
  if (saysNothing(expected) && saysNothing(read)) return [];
  if (isJsonObject(expected) && isJsonObject(read)) {
    return [...new Set([...Object.keys(expected), ...Object.keys(read)])].flatMap((name) =>
      name === 'Amount' && isComputed(expected)
        ? []
        : differing(path === '' ? name : `${path}.${name}`, expected[name], read[name]),
    );
  }
  if (Array.isArray(expected) && Array.isArray(read)) {
    const [one, other] =
      isWords(expected) && isWords(read) ? [sorted(path, expected), sorted(path, read)] : [expected, read];
    return Array.from({ length: Math.max(one.length, other.length) }, (_, index) =>
      differing(`${path}[${index}]`, one[index], other[index]),
    ).flat();
  }
  return readsSame(path, expected, read) ? [] : [path];
}

const isComputed = (spend: JsonObject): boolean => isMissing(spend.Amount) && !isMissing(spend.EstimationUrl);

const isWords = (list: readonly unknown[]): list is readonly string[] =>
  list.every((entry) => typeof entry === 'string');

const sorted = (path: string, words: readonly string[]): readonly string[] =>
  words.map((word) => asRead(path, word)).sort();

/** What went in as an ARN was seen to come back as the ID at its end. */
const asRead = (path: string, text: string): string =>
  path.startsWith('RelatedEntityIdentifiers.') ? idOf(text) : readable(text).trim();

function readsSame(path: string, one: unknown, other: unknown): boolean {
  if (typeof one !== 'string' || typeof other !== 'string')
    return JSON.stringify(one) === JSON.stringify(other);
  if (asRead(path, one) === asRead(path, other)) return true;
  return withoutIndexes(path).endsWith('.Amount') && isNumber(one) && Number(one) === Number(other);
}

const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

const saysNothing = (value: unknown): boolean =>
  isMissing(value) || (isJsonObject(value) && givenIn(value).length === 0);
