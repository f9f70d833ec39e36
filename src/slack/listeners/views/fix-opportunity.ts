import type { ViewOutput, ViewStateValue } from '@slack/bolt';
import { relatedEntityTypeOf } from '../../../aws/terms.ts';
import type { Typed, TypedFields } from '../../../edits/edit.ts';
import { saveEdit } from '../../../edits/save.ts';
import { editRecordedView } from '../../answers/edit-outcome.ts';
import { refusalText, section } from '../../blocks/elements.ts';
import { asksToSubmit, readChoices, valuesOf } from '../../form-state.ts';
import * as words from '../../forms/edit-words.ts';
import { findingsInShort } from '../../forms/readiness.ts';
import { requestedView, sentForm } from '../../forms/requested.ts';
import { noticeView } from '../../forms/submit.ts';
import { permissionUnknown } from '../../forms/words.ts';
import { ACTION, BLOCK, CALLBACK } from '../../ids.ts';
import { showOutcome } from '../../open-edit-form.ts';
import { whoOf } from '../../origin.ts';
import type { View } from '../listener.ts';

/** *Save and submit* or *Send back to AWS* was pressed: validate, commit the edit, and only then acknowledge. */
export const fixOpportunity: View = {
  id: CALLBACK.fix,
  async submitted(bot, { ack, body, view }) {
    const formId = view.private_metadata;
    const read = readTyped(view);
    const show = (text: string) =>
      ack({ response_action: 'update', view: noticeView(formId, [section(text)], { title: words.title }) });
    const firstInput = view.blocks?.find(({ type }) => type === 'input')?.block_id;
    const wrong = (error: string, block = firstInput) =>
      block === undefined ? show(error) : ack({ response_action: 'errors', errors: { [block]: error } });
    if (read.notASolution !== undefined) return wrong(words.notASolution, read.notASolution);

    const submit = asksToSubmit(view.state) ? readChoices(view.state, bot.catalog) : undefined;
    if (submit?.ok === false) return ack({ response_action: 'errors', errors: submit.errors });
    const saved = await saveEdit(bot, { formId, who: whoOf(body), typed: read.typed, submit });
    switch (saved.type) {
      case 'invalid':
        return ack({
          response_action: 'errors',
          errors: Object.fromEntries(
            [...saved.problems].map(([path, problem]) => [path, words.problem(problem)]),
          ),
        });
      case 'nothing-changed':
        return wrong(words.nothingChanged);
      case 'sent-before':
        return wrong(words.sentBefore);
      case 'probably-refused':
        return wrong(
          words.stillRefused(findingsInShort(saved.findings)),
          saved.findings.some(({ path }) => path === 'Visibility') ? BLOCK.visibility : BLOCK.involvementType,
        );
      case 'submitted-as-it-is':
        return ack({ response_action: 'update', view: requestedView(formId, saved.requested) });
      case 'permission-unknown':
        return wrong(permissionUnknown);
      case 'unavailable':
        return wrong(words.cannotTake);
      case 'in-doubt':
        // The form stays, so that it can be saved again: that is how it becomes known.
        return wrong(words.inDoubt);
      case 'not-permitted':
        return show(refusalText(saved.why));
      case 'unknown-form':
        return show(words.unknownForm);
      case 'open':
        return ack({ response_action: 'update', view: editRecordedView(formId, saved, bot) });
      case 'recorded':
      case 'again': {
        const recorded = {
          ...editRecordedView(formId, saved, bot),
          // By this name the submission's own message finds it, and shows in it what came of that.
          external_id: saved.edit.thenSubmit === undefined ? `${formId} saved` : sentForm(formId),
        };
        await ack({ response_action: 'update', view: recorded });
        // Not waited for: the edit is recorded, and a process that stops needn't wait for somebody's modal.
        void bot.views.taken(recorded).then(() => showOutcome(bot, view.id, formId, saved.edit.id));
      }
    }
  },
};

/**
 * Everything the form holds, by AWS's path: the inputs' block_ids. A block without an input of this form (Slack once
 * sent the state of the view before: slackapi/bolt-js#625), and an input that doesn't say what it holds, are no fields
 * that somebody emptied. `notASolution`: a line that only says something.
 */
function readTyped({ state }: Pick<ViewOutput, 'state'>): {
  readonly typed: TypedFields;
  readonly notASolution: string | undefined;
} {
  const typed = new Map<string, Typed>();
  let notASolution: string | undefined;
  for (const [path, elements] of Object.entries(valuesOf(state))) {
    const solution = elements[ACTION.pickSolution];
    const input = elements[ACTION.field] ?? elements[ACTION.chosenField] ?? elements[ACTION.leadingField];
    const held = heldBy(input ?? solution);
    if (held !== undefined) typed.set(path, held);
    const chosen = solution?.selected_option?.value;
    if (chosen !== undefined && relatedEntityTypeOf(chosen) === undefined) notASolution = path;
  }
  return { typed, notASolution };
}

/** What an input holds, null being nothing; undefined where it doesn't say. */
function heldBy(input: ViewStateValue | undefined): Typed | undefined {
  if (input === undefined) return undefined;
  if (input.selected_options !== undefined) return input.selected_options.map(({ value }) => value);
  const { value, selected_date, selected_option } = input;
  const held = value ?? selected_date ?? selected_option?.value;
  const saysNothing = value === undefined && selected_date === undefined && selected_option === undefined;
  return saysNothing ? undefined : (held ?? '');
}
