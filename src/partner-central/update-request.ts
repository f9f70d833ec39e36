import { isJsonObject, type JsonObject, valueAt, withValueAt } from './exact-json.ts';
import type { Catalog } from './operations.ts';

/** New values by AWS's path, e.g. `LifeCycle.TargetCloseDate`; undefined takes the field away. */
export type Edits = ReadonlyMap<string, unknown>;

/** UpdateOpportunity's input. `LastModifiedDate` is the guard: AWS refuses it once somebody else has saved. */
export interface UpdateOpportunityRequest extends JsonObject {
  readonly Catalog: Catalog;
  readonly Identifier: string;
  readonly LastModifiedDate: string;
}

/** What GetOpportunity answers and UpdateOpportunity doesn't take; in Sandbox an echoed ReviewStatus would be *set*. */
const NOT_TAKEN = [
  'Id',
  'Arn',
  'CreatedDate',
  'OpportunityTeam',
  'RelatedEntityIdentifiers',
  'LifeCycle.ReviewStatus',
  'LifeCycle.ReviewComments',
  'LifeCycle.ReviewStatusReason',
  'LifeCycle.NextStepsHistory',
] as const;

/**
 * The update that changes nothing but `edits`. It is a PUT ("UpdateOpportunity",
 * https://docs.aws.amazon.com/partner-central/latest/APIReference/API_UpdateOpportunity.html): what is left out becomes
 * null. So everything AWS answered goes back as it came, what nobody here knows and HTML entities included.
 *
 * @param read GetOpportunity's answer, parsed by `parseExactly`, read just before.
 */
export function updateRequest(
  read: JsonObject & { readonly Id: string; readonly LastModifiedDate: string },
  catalog: Catalog,
  edits: Edits,
): UpdateOpportunityRequest {
  const kept = NOT_TAKEN.reduce<JsonObject>(
    (fields, path) => (valueAt(fields, path) === undefined ? fields : withValueAt(fields, path, undefined)),
    read,
  );
  const edited = [...edits].reduce<JsonObject>(
    (fields, [path, value]) => withValueAt(fields, path, value),
    kept,
  );
  return { ...edited, Catalog: catalog, Identifier: read.Id, LastModifiedDate: read.LastModifiedDate };
}

/** Whether a value can be what GetOpportunity answers. */
export const isWholeOpportunity = (
  value: unknown,
): value is JsonObject & { readonly Id: string; readonly LastModifiedDate: string } =>
  isJsonObject(value) && typeof value.Id === 'string' && typeof value.LastModifiedDate === 'string';
