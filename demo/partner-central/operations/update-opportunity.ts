import { changedPaths, fieldAt, isObject, type JsonObject, listAt, textAt, withField } from '../../json.ts';
import { demandsAltered } from '../altered.ts';
import type { CreateOpportunityInput, UpdateOpportunityInput } from '../model.ts';
import { findOpportunity, type Service } from '../service.ts';
import { asKept } from '../shapes.ts';
import type { StoredOpportunity } from '../stand-in.ts';
import { updateDemands } from '../update-demands.ts';
import { editableOf, heldRefusal, lockedAmong, lockedRefusal } from '../update-rules.ts';
import { businessInvalid, conflict, failed, type Outcome, succeeded } from '../wire.ts';

/**
 * A PUT: a field that is left out is gone afterwards ("UpdateOpportunity", API reference). That holds for
 * LifeCycle.ReviewStatus too: left out, the status is null from then on, and nothing in the API is known to bring it
 * back (one report with a way to see it again, Sandbox 2026-05; AWS's CRM connector 3.6, production).
 */
export function updateOpportunity(input: UpdateOpportunityInput, service: Service): Outcome {
  const { observed, altered, clock } = service;
  const found = findOpportunity(service, 'UpdateOpportunity', input.Catalog, input.Identifier);
  if (!found.ok) return failed(found.error);
  const { stored } = found;
  const { opportunity } = stored;
  const stale = Date.parse(input.LastModifiedDate) !== Date.parse(opportunity.LastModifiedDate);
  if (stale && altered.staleUpdate === 'ConflictException') {
    return failed(conflict());
  }
  const simulated = altered.playedReview === 'taken' ? simulatedReview(input, opportunity) : undefined;
  const held = altered.editWhileSubmitted === 'refused' ? heldRefusal(opportunity, observed) : undefined;
  if (held !== undefined && simulated === undefined) return failed(held);

  const sent = asTaken(input, service);
  const changes = changed(opportunity, sent);
  const asked = updateDemands(stored, sent, changes, { now: clock.now(), observed });
  const demands = demandsAltered(asked, altered);
  if (demands.length > 0) return failed(businessInvalid(demands));
  const editable = editableOf(opportunity, observed);
  const closed = simulated === undefined ? lockedAmong(editable, changes.filter(unasked(opportunity))) : [];
  const locked = [
    ...closed.filter((path) => !altered.unlocked.some((open) => path.startsWith(open))),
    ...changes.filter((path) => altered.locked.some((shut) => path.startsWith(shut))),
  ];
  const ignored = editable.type === 'only' && editable.others === 'ignored';
  if (locked.length > 0 && !ignored) return failed(lockedRefusal(locked));

  const edited = locked.reduce((fields, path) => withField(fields, path, fieldAt(opportunity, path)), sent);
  const status = simulated ?? statusAfter(input, opportunity, changes.length > 0, service);
  const modified = service.data.modify(updated(stored, edited, status));
  const { Id, LastModifiedDate } = modified.opportunity;
  return succeeded({ Id, LastModifiedDate });
}

/** AWS's own fields: an update that holds them, or leaves them out, changes nothing in them (recorded 2024-11 to 2025-12). */
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

/** What the partner sends of its own; a company that is neither AWS nor Self becomes AWS (one report, Sandbox 2026-05). */
export function asTaken(
  input: UpdateOpportunityInput | CreateOpportunityInput,
  { observed, altered }: Service,
): JsonObject {
  const {
    Catalog: _catalog,
    Identifier: _identifier,
    ClientToken: _token,
    Origin: _origin,
    ...fields
  } = input;
  const kept = asKept(partnersFields(fields));
  const sent = altered.ampersands === 'as sent' ? kept : encoded(kept);
  const path = 'Project.ExpectedCustomerSpend';
  const spends = listAt(sent, path).filter(isObject);
  if (spends.length === 0 || observed.otherTargetCompany === 'kept') return sent;
  const named = spends.map((spend) => ({
    ...spend,
    TargetCompany: spend.TargetCompany === 'Self' ? 'Self' : 'AWS',
  }));
  return withField(sent, path, named);
}

const encoded = (sent: JsonObject): JsonObject => {
  const path = 'Project.CustomerBusinessProblem';
  const text = textAt(sent, path);
  return text === '' ? sent : withField(sent, path, text.replaceAll('&', '&amp;'));
};

/** An empty list is what GetOpportunity answers for none, so sending one back changes nothing. */
function changed(opportunity: JsonObject, sent: JsonObject): readonly string[] {
  const none = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0);
  return changedPaths(partnersFields(opportunity), sent).filter(
    (path) => !(none(fieldAt(opportunity, path)) && none(fieldAt(sent, path))),
  );
}

/** Giving what every update must have, where the deal had none, is no edit of a locked field: our reading. */
const unasked =
  (opportunity: JsonObject) =>
  (path: string): boolean =>
    !(['LifeCycle.Stage', 'Marketing.Source'].includes(path) && textAt(opportunity, path) === '');

const simulatedReviews: readonly (string | undefined)[] = ['Approved', 'Action Required', 'Rejected'];

/**
 * In Sandbox nobody reviews: a review is played by an update with the whole deal and another status (recorded 2024-11
 * and 2025-02; AWS's sample application offers these three). In production the field is no partner's to change.
 */
function simulatedReview(input: UpdateOpportunityInput, opportunity: JsonObject): string | undefined {
  const sent = input.LifeCycle?.ReviewStatus;
  const before = textAt(opportunity, 'LifeCycle.ReviewStatus');
  const plays = input.Catalog === 'Sandbox' && before !== '' && sent !== before;
  return plays && simulatedReviews.includes(sent) ? sent : undefined;
}

/** Undefined: the status is emptied. */
function statusAfter(
  input: UpdateOpportunityInput,
  opportunity: JsonObject,
  edited: boolean,
  { observed, altered }: Service,
): string | undefined {
  const before = textAt(opportunity, 'LifeCycle.ReviewStatus');
  const leftOut = input.LifeCycle?.ReviewStatus === undefined && altered.statusLeftOut === 'emptied';
  if (leftOut || before === '' || altered.statusEchoed === 'emptied') return undefined;
  return before === 'Action Required' && edited ? observed.afterActionRequired : before;
}

/** NextStepsHistory stays as it is: it was null even after several next steps (recorded 2025-01 and 2025-02). */
function updated(
  stored: StoredOpportunity,
  edited: JsonObject,
  status: string | undefined,
): StoredOpportunity {
  const { opportunity } = stored;
  const { Id, LastModifiedDate } = opportunity;
  const kept = awsFields.reduce<JsonObject>((fields, path) => {
    const value = fieldAt(opportunity, path);
    return value === undefined ? fields : withField(fields, path, value);
  }, edited);
  const reviewed = withField(kept, 'LifeCycle.ReviewStatus', status);
  const answered =
    status === textAt(opportunity, 'LifeCycle.ReviewStatus') ? reviewed : withoutReviewText(reviewed);
  return { ...stored, opportunity: { ...answered, Id, LastModifiedDate } };
}

/** What AWS wrote was about the status that has just been left: our reading. */
function withoutReviewText(opportunity: JsonObject): JsonObject {
  const withoutComments = withField(opportunity, 'LifeCycle.ReviewComments', undefined);
  return withField(withoutComments, 'LifeCycle.ReviewStatusReason', undefined);
}
