import type { Who } from '../permissions.ts';
import { type NotTaken, type TakeDependencies, takeRequest } from '../requests/take-request.ts';
import type { Change, ChangeDraft, TypedFields } from './change.ts';
import type { Changes } from './changes.ts';
import { type FieldProblem, problemsOf } from './field-problems.ts';
import { mostAt, stampOf, tidy } from './fields.ts';

export type ChangeSaved =
  | { readonly type: 'recorded' | 'again' | 'open'; readonly change: Change }
  /** Nothing differs from what the form showed. */
  | { readonly type: 'nothing-changed' }
  /** By AWS's path. */
  | { readonly type: 'invalid'; readonly problems: ReadonlyMap<string, FieldProblem> }
  | NotTaken;

/**
 * Records what a person typed into their form for changing a deal. When this has answered `recorded`, `again` or
 * `open`, the change is safe with us; it goes to AWS later.
 */
export function saveChange(
  input: {
    readonly draftId: string;
    readonly who: Who;
    /** Everything the form held, by AWS's path. */
    readonly typed: TypedFields;
  },
  dependencies: TakeDependencies & { readonly changes: Changes },
): Promise<ChangeSaved> {
  const { changes, clock } = dependencies;
  return takeRequest<ChangeDraft, ChangeSaved>(
    input.who,
    () => changes.changeDraft(input.draftId),
    async (draft) => {
      const { shown, nationalSecurity, catalog } = draft;
      const all: TypedFields = new Map(
        [...input.typed].filter(([path]) => shown.has(path)).map(([path, typed]) => [path, tidy(typed)]),
      );
      const changed: TypedFields = new Map(
        [...all].filter(([path, typed]) => stampOf(draft.id, path, typed) !== shown.get(path)),
      );
      if (changed.size === 0) return { instead: { type: 'nothing-changed' } };
      const given = { nationalSecurity, catalog, now: clock.now(), mostAt };
      const problems = problemsOf(changed, all, given);
      if (problems.size > 0) return { instead: { type: 'invalid', problems } };
      return { record: (at) => changes.recordChange(draft, changed, at) };
    },
    dependencies,
  );
}
