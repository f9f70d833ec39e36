import type { InputBlock, PlainTextOption } from '@slack/types';
import {
  type InvolvementType,
  involvementExplained,
  type Visibility,
  visibilityExplained,
} from '../../aws/terms.ts';
import { plain } from '../blocks/elements.ts';
import { ACTION, BLOCK } from '../ids.ts';
import { LIMITS } from '../limits.ts';

/**
 * The choice of involvement, which can't be undone: nothing is chosen for anybody. The form hears of it, by `actionId`,
 * because what AWS asks for depends on it.
 */
export function involvementInput(actionId: string, chosen: InvolvementType | undefined): InputBlock {
  const options = Object.entries(involvementExplained).map(([value, why]) => optionOf(value, why, value));
  return {
    type: 'input',
    block_id: BLOCK.involvementType,
    dispatch_action: true,
    label: plain('How should AWS be involved?', 2000),
    element: { type: 'radio_buttons', action_id: actionId, options, ...initially(options, chosen) },
  };
}

/** The choice of visibility, in one line. The form hears of it, by `actionId`, as of the involvement. */
export function visibilityInput(actionId: string, chosen: Visibility): InputBlock {
  const options = Object.entries(visibilityExplained).map(([value, why]) =>
    optionOf(`${value}: ${why}`, undefined, value),
  );
  return {
    type: 'input',
    block_id: BLOCK.visibility,
    dispatch_action: true,
    label: plain('What may AWS sellers see?', 2000),
    element: { type: 'static_select', action_id: actionId, options, ...initially(options, chosen) },
  };
}

/** A checkbox without which Slack doesn't send the form. */
export const confirmation = (options: {
  readonly blockId: string;
  readonly actionId: string;
  readonly label: string;
  readonly option: string;
  readonly explained: string;
  readonly value: string;
}): InputBlock => ({
  type: 'input',
  block_id: options.blockId,
  label: plain(options.label, 2000),
  element: {
    type: 'checkboxes',
    action_id: options.actionId,
    options: [optionOf(options.option, options.explained, options.value)],
  },
});

export const lockOption = 'This locks the deal until AWS decides';
export const lockExplained = "A submission can't be withdrawn.";

/** In production: that what is submitted is locked. `blockId`: another one for what needs a yes of its own. */
export const lockInput = (
  option: string = lockOption,
  { blockId, label }: { readonly blockId: string; readonly label: string } = {
    blockId: BLOCK.lock,
    label: 'Please confirm',
  },
): InputBlock =>
  confirmation({
    blockId,
    actionId: ACTION.lock,
    label,
    option,
    explained: lockExplained,
    value: 'understood',
  });

const optionOf = (text: string, description: string | undefined, value: string): PlainTextOption => ({
  text: plain(text, LIMITS.optionText),
  ...(description === undefined ? {} : { description: plain(description, LIMITS.optionText) }),
  value,
});

const initially = (options: readonly PlainTextOption[], value: InvolvementType | Visibility | undefined) => {
  const option = options.find((candidate) => candidate.value === value);
  return option === undefined ? {} : { initial_option: option };
};
