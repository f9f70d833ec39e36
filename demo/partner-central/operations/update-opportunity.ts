import { changedPaths, fieldAt, isJsonObject, type JsonObject, listAt, textAt, withField } from '../json.ts';
import type { UpdateOpportunityInput } from '../model.ts';
import { closeDateErrors } from '../rules.ts';
import { findOpportunity, type Service } from '../service.ts';
import type { StoredOpportunity } from '../stand-in.ts';
import { fixedFieldsRefusal, lockedRefusal } from '../update-rules.ts';
import { businessInvalid, conflict, failed, type Outcome, succeeded, type WireError } from '../wire.ts';

/** A PUT: a field that is left out is gone afterwards ("UpdateOpportunity", API reference). */
export function updateOpportunity(input: UpdateOpportunityInput, service: Service): Outcome {
  const found = findOpportunity(service, 'UpdateOpportunity', input.Catalog, input.Identifier);
  if (!found.ok) return failed(found.error);
  const { stored } = found;
  if (Date.parse(input.LastModifiedDate) !== Date.parse(stored.opportunity.LastModifiedDate)) {
    return failed(conflict());
  }
  const simulated = simulatedReviewStatus(input);
  const edited = editedFields(input);
  const changed = changedPaths(partnersFields(stored.opportunity), edited);
  const refusal = updateRefusal(stored, edited, changed, simulated, service.clock.now());
  if (refusal !== undefined) return failed(refusal);

  const status = simulated ?? statusAfterEdit(stored.opportunity);
  const modified = service.data.modify({
    ...stored,
    opportunity: {
      ...merged(stored.opportunity, edited, status, service.clock.now()),
      Id: stored.opportunity.Id,
      LastModifiedDate: stored.opportunity.LastModifiedDate,
    },
  });
  return succeeded({ Id: modified.opportunity.Id, LastModifiedDate: modified.opportunity.LastModifiedDate });
}

/** AWS's own fields: an update neither changes nor loses them. */
const awsFields = [
  'Id',
  'Arn',
  'Catalog',
  'CreatedDate',
  'LastModifiedDate',
  'OpportunityTeam',
  'RelatedEntityIdentifiers',
  'LifeCycle.ReviewStatus',
  'LifeCycle.ReviewComments',
  'LifeCycle.ReviewStatusReason',
  'LifeCycle.NextStepsHistory',
];

function partnersFields(opportunity: JsonObject): JsonObject {
  return awsFields.reduce<JsonObject>((fields, path) => {
    return fieldAt(fields, path) === undefined ? fields : withField(fields, path, undefined);
  }, opportunity);
}

function editedFields(input: UpdateOpportunityInput): JsonObject {
  const { Catalog: _catalog, Identifier: _identifier, ...fields } = input;
  return partnersFields(fields);
}

/** In Sandbox nobody reviews: a review is played by setting the status. In production the field is ignored. */
function simulatedReviewStatus(input: UpdateOpportunityInput): string | undefined {
  return input.Catalog === 'Sandbox' ? input.LifeCycle?.ReviewStatus : undefined;
}

function statusAfterEdit(opportunity: JsonObject): string {
  const status = textAt(opportunity, 'LifeCycle.ReviewStatus');
  return status === 'Action Required' ? 'In review' : status;
}

function updateRefusal(
  stored: StoredOpportunity,
  edited: JsonObject,
  changed: readonly string[],
  simulated: string | undefined,
  now: Date,
): WireError | undefined {
  if (simulated !== undefined) return undefined;
  const locked = lockedRefusal(stored.opportunity);
  if (locked !== undefined) return locked;
  const fixed = fixedFieldsRefusal(textAt(stored.opportunity, 'LifeCycle.ReviewStatus'), changed);
  if (fixed !== undefined) return fixed;
  const closeDate = textAt(edited, 'LifeCycle.TargetCloseDate');
  const moved = changed.includes('LifeCycle.TargetCloseDate') && closeDate !== '';
  const errors = [
    ...(moved ? closeDateErrors(closeDate, now) : []),
    ...(textAt(edited, 'LifeCycle.Stage') === 'Closed Lost' &&
    textAt(edited, 'LifeCycle.ClosedLostReason') === ''
      ? [
          {
            FieldName: 'LifeCycle.ClosedLostReason',
            Code: 'REQUIRED_FIELD_MISSING' as const,
            Message: 'Closed Lost Reason is required when the stage is Closed Lost.',
          },
        ]
      : []),
  ];
  return errors.length > 0 ? businessInvalid(errors) : undefined;
}

function merged(opportunity: JsonObject, edited: JsonObject, status: string, now: Date): JsonObject {
  const kept = awsFields.reduce<JsonObject>((fields, path) => {
    const value = fieldAt(opportunity, path);
    return value === undefined ? fields : withField(fields, path, value);
  }, edited);
  const reviewed = withField(kept, 'LifeCycle.ReviewStatus', status);
  const answered =
    status === textAt(opportunity, 'LifeCycle.ReviewStatus') ? reviewed : withoutReviewText(reviewed);
  return withNextStepsHistory(answered, textAt(opportunity, 'LifeCycle.NextSteps'), now);
}

/** What AWS wrote was about the status that has just been left. */
function withoutReviewText(opportunity: JsonObject): JsonObject {
  const withoutComments = withField(opportunity, 'LifeCycle.ReviewComments', undefined);
  return withField(withoutComments, 'LifeCycle.ReviewStatusReason', undefined);
}

function withNextStepsHistory(opportunity: JsonObject, before: string, now: Date): JsonObject {
  const Value = textAt(opportunity, 'LifeCycle.NextSteps');
  if (Value === '' || Value === before) return opportunity;
  const history = listAt(opportunity, 'LifeCycle.NextStepsHistory').filter(isJsonObject);
  return withField(opportunity, 'LifeCycle.NextStepsHistory', [
    ...history,
    { Value, Time: now.toISOString() },
  ]);
}
