import type { ViewOutput, ViewStateValue } from '@slack/bolt';
import type { RuleName } from '../../../aws/evidence.ts';
import { relatedEntityTypeOf } from '../../../aws/terms.ts';
import type { Typed, TypedFields } from '../../../edits/edit.ts';
import { type FieldProblem, saveEdit } from '../../../edits/save.ts';
import { isRuleName, READINESS_RULES } from '../../../opportunities/readiness.ts';
import { editRecordedView } from '../../answers/edit-outcome.ts';
import { findingsInShort } from '../../forms/choices.ts';
import { editNoticeView, editNotTaken } from '../../forms/edit.ts';
import { withErrors, withView } from '../../forms/modal.ts';
import { notTakenAnswer, requestedView, sentForm } from '../../forms/requested.ts';
import { ACTION, BLOCK } from '../../ids.ts';
import { showOutcome } from '../../open-edit-form.ts';
import { asksToSubmit, readChoices, valuesOf, whoOf } from '../../payloads.ts';
import type { ViewListener } from '../listener.ts';

/** *Save and submit* or *Send back to AWS* was pressed: validate, commit the edit, and only then acknowledge. */
export const fixOpportunity: ViewListener = async (bot, { ack, body, view }) => {
  const formId = view.private_metadata;
  const read = readTyped(view);
  const firstInput = view.blocks?.find(({ type }) => type === 'input')?.block_id;
  const wrong = (error: string, block = firstInput) =>
    ack(block === undefined ? withView(editNoticeView(formId, error)) : withErrors({ [block]: error }));
  if (read.notASolution !== undefined) return wrong(NOT_A_SOLUTION, read.notASolution);

  const submit = asksToSubmit(view.state) ? readChoices(view.state, bot.catalog) : undefined;
  if (submit?.ok === false) return ack(withErrors(submit.errors));
  const saved = await saveEdit(bot, { formId, who: whoOf(body), typed: read.typed, submit });
  switch (saved.type) {
    case 'invalid': {
      const problems = [...saved.problems].map(([path, problem]) => [path, problemText(problem)]);
      return ack(withErrors(Object.fromEntries(problems)));
    }
    case 'nothing-changed':
      return wrong('Nothing is changed yet. Change a field, or close the form.');
    case 'sent-before':
      return wrong(
        'This form was sent before, to submit the deal as it was. Nothing of this was recorded: please open the form again.',
      );
    case 'probably-refused':
      return wrong(
        `AWS will probably refuse this. ${findingsInShort(saved.findings)}`,
        saved.findings.some(({ path }) => path === 'Visibility') ? BLOCK.visibility : BLOCK.involvementType,
      );
    case 'submitted-as-it-is':
      return ack(withView(requestedView(formId, saved.requested)));
    case 'open':
      return ack(withView(editRecordedView(formId, saved, bot)));
    case 'recorded':
    case 'again': {
      const recorded = {
        ...editRecordedView(formId, saved, bot),
        // By this name the modal is found again, to show what came of the submission.
        external_id: saved.edit.thenSubmit === undefined ? `${formId} saved` : sentForm(formId),
      };
      await ack(withView(recorded));
      // Not waited for: the edit is recorded, and a process that stops needn't wait for somebody's modal.
      void bot.views.taken(recorded).then(() => showOutcome(bot, view.id, formId, saved.edit.id));
      return;
    }
    default:
      return ack(notTakenAnswer(saved, formId, { ...editNotTaken, block: firstInput }));
  }
};

const NOT_A_SOLUTION = 'That line is no solution. Choose another one, or leave it empty.';

const OWN_PROBLEMS: Readonly<Record<Exclude<FieldProblem, RuleName>, string>> = {
  'too-long': 'That is longer than AWS takes.',
  'not-a-day': 'Choose a date.',
  amount: 'Write an amount above 0, such as 2500.00, without a currency or separators.',
  currency: 'Choose the currency: USD, or EUR in the AWS European Sovereign Cloud.',
  'target-company': 'Choose whose revenue it is: AWS, or Self for your own.',
  frequency: 'Choose how often it comes.',
  'contact-name': 'AWS takes a contact with a first and a last name.',
  email: 'Write an email address.',
  phone: 'Write + and digits only, such as +4755512345.',
  'opportunity-id': 'Write an ID: O and digits.',
};

/** What is wrong with a field, for the place below it. */
const problemText = (problem: FieldProblem): string =>
  isRuleName(problem) ? READINESS_RULES[problem].todo : OWN_PROBLEMS[problem];

/**
 * Everything the form holds, by AWS's path, which is the input's block_id. A block without an input of this form (Slack once
 * sent the state of the view before: slackapi/bolt-js#625), and an input that doesn't say what it holds, don't count as
 * emptied. `notASolution`: the path where a line was chosen that only says something.
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
