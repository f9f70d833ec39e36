import type { Who } from '../permissions.ts';
import { findingsFor, isBlocked } from '../readiness.ts';
import type { Store } from '../store.ts';
import type { Choices, Draft, Submission } from '../submission.ts';
import { type NotTaken, type TakeDependencies, takeRequest } from './take-request.ts';

/** Why nothing was recorded of what a person sent, or why that isn't known. */
export type NotRecorded =
  | NotTaken
  /** AWS will probably refuse it, and the person hasn't said that they want it all the same. */
  | { readonly type: 'probably-refused' };

export type Requested =
  | { readonly type: 'recorded' | 'again' | 'open'; readonly submission: Submission }
  | NotRecorded;

export interface RequestDependencies extends TakeDependencies {
  readonly store: Store;
}

/**
 * Records a person's request to submit what their form showed. When this has answered `recorded`, `again` or
 * `open`, the submission is safe with us; it goes to AWS later.
 */
export function request(
  input: {
    readonly draftId: string;
    readonly who: Who;
    readonly choices: Choices;
    /** The person wants it sent in spite of what readiness found. */
    readonly anyway: boolean;
  },
  dependencies: RequestDependencies,
): Promise<Requested> {
  const { store } = dependencies;
  return takeRequest<Draft, Requested>(
    input.who,
    () => store.draft(input.draftId),
    async (draft) => {
      const { opportunityId, lastModifiedDate } = draft;
      if (opportunityId === undefined || lastModifiedDate === undefined)
        return { instead: { type: 'unknown-form' } };
      const { readiness } = draft;
      if (!input.anyway && readiness !== undefined && isBlocked(findingsFor(readiness, input.choices))) {
        return { instead: { type: 'probably-refused' } };
      }
      const shown = { ...draft, opportunityId, lastModifiedDate };
      return { record: (at) => store.record(shown, input.choices, at) };
    },
    dependencies,
  );
}
