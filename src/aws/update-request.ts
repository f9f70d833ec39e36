import { isJsonObject, type JsonObject, valueAt, withValueAt } from './exact-json.ts';
import { holdsRedacted } from './readable.ts';
import { reviewStatus } from './review-status.ts';
import type { Catalog } from './terms.ts';

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
 * Once AWS has had a deal, none means Co-Sell: for visibility only AWS writes a need of its own (*recorded*).
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
export const givenIn = (entry: unknown): readonly string[] =>
  isJsonObject(entry) ? Object.keys(entry).filter((name) => !isMissing(entry[name])) : ['it'];

/** Whether a value says nothing: AWS answers what isn't there as null, and was seen to answer empty lists. */
export const isMissing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/** Whether a value can be what GetOpportunity answers: these three are in every recorded answer, and left out they'd be emptied. */
export const isWholeOpportunity = (value: unknown): value is WholeJson =>
  isJsonObject(value) &&
  typeof value.Id === 'string' &&
  typeof value.LastModifiedDate === 'string' &&
  [value.Customer, value.Project, value.LifeCycle].every(isJsonObject);
