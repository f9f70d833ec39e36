import { type BatchChoices, chosenOf } from '../batches/batch-choices.ts';
import type { BatchItem, BatchRecorded } from '../batches/batches.ts';
import type { Who } from '../permissions.ts';
import { findingsFor, isBlocked } from '../readiness.ts';
import type { Draft } from '../submission.ts';
import type { NotRecorded, RequestDependencies } from './request.ts';
import { takeRequest } from './take-request.ts';

export type BatchRequested =
  | BatchRecorded
  | NotRecorded
  /** The person has left out every one of them. */
  | { readonly type: 'all-left-out' };

/**
 * Records a person's request to submit several opportunities: one batch a form. When this has answered `recorded` or
 * `again`, all of them are safe with us; they go to AWS later, one after the other.
 */
export function requestBatch(
  input: {
    readonly draftId: string;
    readonly who: Who;
    readonly choices: BatchChoices;
    /** The person wants those sent in which readiness found something, too. */
    readonly anyway: boolean;
  },
  dependencies: RequestDependencies,
): Promise<BatchRequested> {
  const { store } = dependencies;
  const { choices, anyway } = input;
  return takeRequest<Draft, BatchRequested>(
    input.who,
    () => store.draft(input.draftId),
    async (form) => {
      const drafts = await store.batchDrafts(form.id);
      const items = chosenOf(drafts, choices).flatMap(({ draft, involvementType }): BatchItem[] => {
        const { opportunityId, lastModifiedDate } = draft;
        if (opportunityId === undefined || lastModifiedDate === undefined) return [];
        return [
          {
            draft: { ...draft, opportunityId, lastModifiedDate },
            choices: { involvementType, visibility: choices.visibility },
          },
        ];
      });
      if (drafts.length === 0) return { instead: { type: 'unknown-form' } };
      if (items.length === 0) return { instead: { type: 'all-left-out' } };
      if (
        !anyway &&
        items.some(
          ({ draft: { readiness }, choices: own }) =>
            readiness !== undefined && isBlocked(findingsFor(readiness, own)),
        )
      ) {
        return { instead: { type: 'probably-refused' } };
      }
      return { record: (at) => store.recordBatch(form, items, at) };
    },
    dependencies,
  );
}
