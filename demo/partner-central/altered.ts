import { type JsonObject, valueAt } from '../../src/aws/values.ts';
import { missing } from './validation-errors.ts';
import { businessInvalid, type ListedError, type WireError } from './wire.ts';

/**
 * What somebody recorded, or two saw, played otherwise: so that the rehearsal is shown to notice it. The bot itself isn't
 * run under these; what nobody knows for sure is in `observed.ts`.
 */
export interface Altered {
  /** By AWS's path: nobody asks for it, neither a submission nor an update. */
  readonly undemanded: readonly string[];
  /** By AWS's path: a submission asks for it. */
  readonly demanded: readonly string[];
  /** By AWS's path: editable in every status in which anything is. */
  readonly unlocked: readonly string[];
  /** By AWS's path: editable in no status. */
  readonly locked: readonly string[];
  readonly secondSubmission: 'refused' | 'accepted';
  readonly submissionOfApproved: 'refused' | 'accepted';
  readonly submissionWithoutStatus: 'refused' | 'accepted';
  readonly submissionAnswer: 'empty' | 'a body';
  readonly statusOnceSubmitted: 'Submitted' | 'In review';
  readonly involvement: 'as asked for' | 'not shown';
  readonly needsOfVisibilityOnly: 'written by AWS' | 'as they were';
  readonly stageAtCreation: 'Prospect' | 'as asked for';
  readonly sameClientToken: 'the same deal' | 'another deal';
  readonly statusLeftOut: 'emptied' | 'kept';
  readonly statusEchoed: 'kept' | 'emptied';
  readonly editWhileSubmitted: 'refused' | 'accepted';
  readonly staleUpdate: 'ConflictException' | 'accepted';
  readonly ampersands: 'as sent' | 'encoded once more';
  readonly playedReview: 'taken' | 'ignored';
  /** Of a submission without StartEngagementFromOpportunityTask: nobody knows, and the bot doesn't ask. */
  readonly engagementOfSubmission: 'none' | 'made';
  /** Milliseconds in which a list doesn't have what was just made or changed. */
  readonly listLagMs: number;
}

export const unaltered: Altered = {
  undemanded: [],
  demanded: [],
  unlocked: [],
  locked: [],
  secondSubmission: 'refused',
  submissionOfApproved: 'refused',
  submissionWithoutStatus: 'refused',
  submissionAnswer: 'empty',
  statusOnceSubmitted: 'Submitted',
  involvement: 'as asked for',
  needsOfVisibilityOnly: 'written by AWS',
  stageAtCreation: 'Prospect',
  sameClientToken: 'the same deal',
  statusLeftOut: 'emptied',
  statusEchoed: 'kept',
  editWhileSubmitted: 'refused',
  staleUpdate: 'ConflictException',
  ampersands: 'as sent',
  playedReview: 'taken',
  engagementOfSubmission: 'none',
  listLagMs: 0,
};

/** A submission's refusal, with what is demanded besides and without what isn't; undefined: none is left. */
export function refusalAltered(
  refusal: WireError | undefined,
  opportunity: JsonObject,
  altered: Altered,
): WireError | undefined {
  const besides = altered.demanded.filter((path) => valueAt(opportunity, path) === undefined).map(missing);
  const errors = [...demandsAltered(refusal?.errorList ?? [], altered), ...besides];
  if (errors.length > 0) return businessInvalid(errors);
  return refusal?.errorList === undefined ? refusal : undefined;
}

export const demandsAltered = (
  errors: readonly ListedError[],
  { undemanded }: Altered,
): readonly ListedError[] =>
  errors.filter(({ FieldName }) => !undemanded.some((path) => FieldName?.startsWith(path) === true));
