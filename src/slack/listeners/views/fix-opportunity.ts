import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewOutput, ViewSubmitAction } from '@slack/bolt';
import type { Typed, TypedFields } from '../../../submissions/changes/change.ts';
import * as words from '../../../words/fix.ts';
import { permissionUnknown } from '../../../words/modal.ts';
import { changeRecordedView } from '../../blocks/change-recorded.ts';
import { section } from '../../blocks/elements.ts';
import { refusalText } from '../../blocks/refusal.ts';
import { noticeView } from '../../blocks/submit-modal.ts';
import { ACTION } from '../../ids.ts';
import type { Services } from '../services.ts';
import { whoOf } from '../who.ts';

/** *Save* or *Send back to AWS* was pressed: validate, commit the change, and only then acknowledge. */
export const fixOpportunityView =
  (services: Services) =>
  async ({
    ack,
    body,
    view,
  }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs): Promise<void> => {
    const draftId = view.private_metadata;
    const read = readTyped(view);
    const [firstField = ''] = read.typed.keys();
    const wrong = (error: string, block = firstField) =>
      ack({ response_action: 'errors', errors: { [block]: error } });
    const show = (text: string) =>
      ack({ response_action: 'update', view: noticeView(draftId, [section(text)], { title: words.title }) });
    if (read.notASolution !== undefined) return wrong(words.notASolution, read.notASolution);

    const saved = await services.saveChange({ draftId, who: whoOf(body), typed: read.typed });
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
        return ack({ response_action: 'update', view: changeRecordedView(draftId, saved, services.paused) });
      case 'recorded':
      case 'again':
        await ack({ response_action: 'update', view: changeRecordedView(draftId, saved, services.paused) });
        // Not waited for: the change is recorded, and a process that stops needn't wait for somebody's modal.
        void services.fixForm.showOutcome(view.id, draftId, saved.change.id);
    }
  };

/** Everything the form holds, by AWS's path: the inputs' block_ids. `notASolution`: a line that only says something. */
function readTyped({ state }: Pick<ViewOutput, 'state'>): {
  readonly typed: TypedFields;
  readonly notASolution: string | undefined;
} {
  const typed = new Map<string, Typed>();
  let notASolution: string | undefined;
  for (const [path, elements] of Object.entries(state.values)) {
    const input = elements[ACTION.field];
    const solution = elements[ACTION.pickSolution]?.selected_option?.value;
    if (input?.selected_options !== undefined) {
      typed.set(
        path,
        input.selected_options.map(({ value }) => value),
      );
    } else {
      typed.set(
        path,
        solution ?? input?.value ?? input?.selected_date ?? input?.selected_option?.value ?? '',
      );
    }
    if (solution !== undefined && !/^S-\d+$/.test(solution)) notASolution = path;
  }
  return { typed, notASolution };
}
