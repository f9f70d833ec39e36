import type { Bot } from '../bot.ts';
import { commitForm, type NotTaken } from '../forms/commit.ts';
import { type Choices, isEditForm, isShown } from '../forms/form.ts';
import { findingsFor, isBlocked } from '../opportunities/readiness.ts';
import type { Who } from '../permissions.ts';
import { type BatchChoices, goingOf, plansOf } from './batch-choices.ts';
import type { BatchItem, BatchRecorded } from './batches.ts';
import type { Submission } from './submission.ts';

/** Why nothing was recorded of what a person sent, or why that isn't known. */
export type NotRecorded =
  | NotTaken
  /** AWS will probably refuse it, and the person hasn't said that they want it all the same. */
  | { readonly type: 'probably-refused' };

export type Requested =
  | { readonly type: 'recorded' | 'again' | 'open'; readonly submission: Submission }
  | NotRecorded;

type RequestBot = Pick<Bot, 'store' | 'permissions' | 'clock' | 'log' | 'wake'>;

/**
 * Records a person's request to submit what their form showed. When this has answered `recorded`, `again` or
 * `open`, the submission is safe with us; it goes to AWS later.
 */
export function request(
  bot: RequestBot,
  input: {
    readonly formId: string;
    readonly who: Who;
    readonly choices: Choices;
    /** The person wants it sent in spite of what readiness found. */
    readonly anyway: boolean;
  },
): Promise<Requested> {
  const { store } = bot;
  return commitForm<Requested>(bot, input, async (form) => {
    if (!isShown(form) || isEditForm(form)) return { instead: { type: 'unknown-form' } };
    const { readiness } = form;
    if (!input.anyway && readiness !== undefined && isBlocked(findingsFor(readiness, input.choices))) {
      return { instead: { type: 'probably-refused' } };
    }
    return { record: (at) => store.record(form, input.choices, at) };
  });
}

export type BatchRequested =
  | BatchRecorded
  | NotTaken
  /** The person has left out every one of them. */
  | { readonly type: 'all-left-out' }
  /** What would go isn't what the form showed: a choice was made that it doesn't show yet. */
  | { readonly type: 'shown-otherwise' };

/**
 * Records a person's request to submit several opportunities: one batch a form. When this has answered `recorded` or
 * `again`, all of them are safe with us; they go to AWS later, one after the other.
 */
export function requestBatch(
  bot: RequestBot,
  input: {
    readonly formId: string;
    readonly who: Who;
    readonly choices: BatchChoices;
    /** What the form showed as going, by `goingOf`. */
    readonly shown: string | undefined;
  },
): Promise<BatchRequested> {
  const { store } = bot;
  const { choices, shown } = input;
  return commitForm<BatchRequested>(bot, input, async (form) => {
    const forms = await store.batchForms(form.id);
    if (forms.length === 0) return { instead: { type: 'unknown-form' } };
    const plans = plansOf(forms, choices);
    const { visibility } = choices;
    const items = plans.flatMap(({ form: one, involvementType, goes }): BatchItem[] =>
      goes && isShown(one) ? [{ form: one, choices: { involvementType, visibility } }] : [],
    );
    if (goingOf(plans) !== shown) return { instead: { type: 'shown-otherwise' } };
    if (items.length === 0) return { instead: { type: 'all-left-out' } };
    return { record: (at) => store.recordBatch(form, items, at) };
  });
}
