import type { Bot } from '../bot.ts';
import { commitForm, type NotTaken } from '../forms/commit.ts';
import { isEditForm } from '../forms/form.ts';
import type { Who } from '../permissions.ts';
import type { Edit, TypedFields } from './edit.ts';
import { mostAt, stampOf, tidy } from './fields.ts';
import { type FieldProblem, problemsOf } from './problems.ts';

export type EditSaved =
  | { readonly type: 'recorded' | 'again' | 'open'; readonly edit: Edit }
  /** Nothing differs from what the form showed. */
  | { readonly type: 'nothing-changed' }
  /** By AWS's path. */
  | { readonly type: 'invalid'; readonly problems: ReadonlyMap<string, FieldProblem> }
  | NotTaken;

/**
 * Records what a person typed into their form for changing a deal. When this has answered `recorded`, `again` or
 * `open`, the edit is safe with us; it goes to AWS later.
 */
export function saveEdit(
  bot: Pick<Bot, 'store' | 'edits' | 'permissions' | 'clock' | 'log' | 'wake'>,
  input: {
    readonly formId: string;
    readonly who: Who;
    /** Everything the form held, by AWS's path. */
    readonly typed: TypedFields;
  },
): Promise<EditSaved> {
  const { edits, clock } = bot;
  return commitForm<EditSaved>(bot, input, async (form) => {
    if (!isEditForm(form)) return { instead: { type: 'unknown-form' } };
    const { nationalSecurity, catalog } = form;
    const { shown } = form.editing;
    const all: TypedFields = new Map(
      [...input.typed].filter(([path]) => shown.has(path)).map(([path, typed]) => [path, tidy(typed)]),
    );
    const changed: TypedFields = new Map(
      [...all].filter(([path, typed]) => stampOf(form.id, path, typed) !== shown.get(path)),
    );
    if (changed.size === 0) return { instead: { type: 'nothing-changed' } };
    const given = { nationalSecurity, catalog, now: clock.now(), mostAt };
    const problems = problemsOf(changed, all, given);
    if (problems.size > 0) return { instead: { type: 'invalid', problems } };
    return { record: (at) => edits.recordEdit(form, changed, at) };
  });
}
