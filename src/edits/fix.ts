import type { WholeOpportunity } from '../aws/operations.ts';
import type { Opportunity } from '../aws/opportunity.ts';
import {
  type Catalog,
  editableStatusOf,
  isNationalSecurity,
  type ReviewStatus,
  reviewStatus,
} from '../aws/terms.ts';
import { addsMarketing, type Lack, lackOf, sendsBackRedacted } from '../aws/update-request.ts';
import type { Bot } from '../bot.ts';
import { type EditForm, type FormRequest, newForm } from '../forms/form.ts';
import { isBlocked, type Readiness, type ReadinessFinding, readinessOf } from '../opportunities/readiness.ts';
import type { NotAllowed } from '../permissions.ts';
import { type NotRead, notRead } from '../submissions/look.ts';
import { isOpen, type StandingRefusal, type Submission, standingRefusal } from '../submissions/submission.ts';
import type { Edit, TypedFields } from './edit.ts';
import { mendedBy, offerable, offeredFor, offeredPath, SOLUTIONS } from './field-kinds.ts';
import { type Field, fieldsAt, fieldsToSendBack, stampOf } from './fields.ts';

/** Which deal a person wants to edit, and where the outcome belongs. */
export interface FixRequest extends FormRequest {
  readonly opportunityId: string;
  /** An earlier edit of theirs that wasn't saved: what they typed is offered again. */
  readonly editId?: string | undefined;
  /** The response_url by which whoever edits is answered. A secret: never logged. */
  readonly answerUrl: string | undefined;
}

/** What a person who wants to edit a deal is shown: the form, or what is true instead of it. */
export type Fix =
  | {
      readonly type: 'form';
      readonly form: EditForm;
      readonly opportunity: Opportunity;
      readonly fields: readonly Field[];
      /** What AWS refused of the deal as it is: its fields come first. */
      readonly refusal: StandingRefusal | undefined;
      /** An earlier request of which nobody knows whether AWS has executed it, or will. */
      readonly doubt: Submission | undefined;
      /** What else readiness finds that these fields mend; none where AWS has sent the deal back. */
      readonly findings: readonly ReadinessFinding[];
      /** Readiness finds something that no field here mends, and AWS will probably refuse. */
      readonly isBlocked: boolean;
      /** What the person typed before, where it differs from what is there now. */
      readonly kept: TypedFields;
      /** Saving says that there is no marketing campaign, because AWS demands a source and the deal has none. */
      readonly addsMarketing: boolean;
    }
  | NotAllowed
  | NotRead
  /** An edit of it is on its way to AWS. */
  | { readonly type: 'open'; readonly edit: Edit }
  /** It is on its way to AWS itself. */
  | { readonly type: 'being-submitted'; readonly submission: Submission }
  /** AWS's review lets nothing be edited. */
  | { readonly type: 'not-editable'; readonly review: ReviewStatus }
  /** AWS would refuse any edit. */
  | { readonly type: 'lacks'; readonly lack: Lack }
  /** Any edit would write back what AWS has redacted. */
  | { readonly type: 'redacted' }
  /** Nothing that Slack can edit well, or may show. */
  | { readonly type: 'nothing-here' };

/** A view takes 100 blocks, and says more than its fields. No deal has been seen that needs so many. */
const MOST_FIELDS = 76;

/** Reads a deal for a person who wants to edit it, and keeps what their form shows. Permission comes first. */
export async function fix(
  {
    store,
    edits,
    aws,
    permissions,
    clock,
    catalog,
  }: Pick<Bot, 'store' | 'edits' | 'aws' | 'permissions' | 'clock' | 'catalog'>,
  request: FixRequest,
): Promise<Fix> {
  const { opportunityId } = request;
  const permission = await permissions.ask(request.who, request.channelId);
  if (permission.type !== 'allowed') return permission;

  const [answer, open, newest, doubt, earlier] = await Promise.all([
    aws.getWholeOpportunity({ Catalog: catalog, Identifier: opportunityId }),
    edits.openEditOf(catalog, opportunityId),
    store.entryOf(catalog, opportunityId),
    store.doubtOf(catalog, opportunityId),
    request.editId === undefined ? undefined : edits.findEdit(request.editId),
  ]);
  if (!answer.ok) return notRead(answer.error, doubt);
  if (open !== undefined) return { type: 'open', edit: open };
  const { json, opportunity } = answer.value;
  const review = reviewStatus(opportunity.LifeCycle?.ReviewStatus);
  const editableStatus = editableStatusOf(review);
  if (editableStatus === undefined) return { type: 'not-editable', review };
  if (editableStatus === 'Pending Submission' && newest !== undefined && isOpen(newest)) {
    return { type: 'being-submitted', submission: newest };
  }

  const userId = await permissions.idOf(request.who.userId);
  const isTheirs = earlier?.userId === userId && earlier.opportunityId === opportunityId;
  const kept: TypedFields = (isTheirs ? earlier.typed : undefined) ?? new Map();
  const refusal = standingRefusal(newest, opportunity.LastModifiedDate);
  const { readiness, ...offered } =
    editableStatus === 'Action Required'
      ? offeredToSendBack(answer.value)
      : offeredToSubmit(answer.value, { catalog, now: clock.now(), typed: [...kept.keys()], refusal });
  const lack = lackOf(json);
  const isGiven = offered.fields.some(({ path }) => path === lack);
  if (lack !== undefined && !isGiven) return { type: 'lacks', lack };
  const isRedacted = sendsBackRedacted(json);
  const fields = offered.fields
    // To associate a solution writes nothing back.
    .filter(({ path }) => !isRedacted || path === SOLUTIONS)
    .slice(0, MOST_FIELDS)
    .map((field) => (field.path === lack ? { ...field, optional: false } : field));
  // Where nothing can be edited, what AWS refused may still lie in how it is submitted.
  if (fields.length === 0 && refusal === undefined) {
    return { type: isRedacted ? 'redacted' : 'nothing-here' };
  }
  const form: EditForm = {
    ...newForm(request, { catalog, createdAt: clock.now(), userId }),
    opportunityId,
    lastModifiedDate: opportunity.LastModifiedDate,
    nationalSecurity: isNationalSecurity(opportunity),
    readiness,
    editing: {
      status: editableStatus,
      answerUrl: request.answerUrl,
      shown: new Map(fields.map(({ path, value }) => [path, stampOf(request.formId, path, value)])),
    },
  };
  await store.saveForm(form);
  return {
    type: 'form',
    form,
    opportunity,
    ...offered,
    fields,
    refusal,
    doubt,
    kept,
    addsMarketing: !isRedacted && addsMarketing(json),
  };
}

interface Offered extends Pick<Extract<Fix, { type: 'form' }>, 'fields' | 'findings' | 'isBlocked'> {
  readonly readiness: Readiness | undefined;
}

/** AWS has sent it back: all fields that it lets be edited. */
const offeredToSendBack = ({ json, opportunity }: WholeOpportunity): Offered => ({
  fields: fieldsToSendBack(json, isNationalSecurity(opportunity)),
  findings: [],
  isBlocked: false,
  readiness: undefined,
});

/**
 * Not submitted yet: the fields that AWS refused, those that mend readiness's findings, and those that the person typed
 * before, even where somebody else has mended them since.
 */
function offeredToSubmit(
  { json, opportunity }: WholeOpportunity,
  {
    catalog,
    now,
    typed,
    refusal,
  }: {
    readonly catalog: Catalog;
    readonly now: Date;
    readonly typed: readonly string[];
    readonly refusal: StandingRefusal | undefined;
  },
): Offered {
  const redacted = isNationalSecurity(opportunity);
  const mayOffer = (paths: readonly string[]) => offerable(paths, redacted, 'Pending Submission');
  const readiness = readinessOf(opportunity, catalog, now);
  const found = [...readiness.Full['Co-Sell'], ...readiness.Full['For Visibility Only']].filter(
    // One finding a field says enough.
    ({ path }, at, all) => all.findIndex((other) => other.path === path) === at,
  );
  const refused = refusal?.problem.fieldErrors.flatMap(({ fieldName }) => offeredFor(fieldName ?? '')) ?? [];
  const isMendable = ({ rule }: ReadinessFinding) => mendedBy(rule, redacted).length > 0;
  const isRefused = ({ path }: ReadinessFinding) =>
    [path, ...offeredFor(path)].some((offered) => refused.includes(offered));
  const paths = new Set([
    ...mayOffer(refused),
    ...found.flatMap(({ rule }) => mendedBy(rule, redacted)),
    ...mayOffer(typed.map(offeredPath)),
  ]);
  return {
    fields: fieldsAt(json, [...paths]),
    findings: found.filter((each) => isMendable(each) && !isRefused(each)),
    isBlocked: isBlocked(found.filter((each) => !isMendable(each))),
    readiness,
  };
}
