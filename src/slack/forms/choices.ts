import type { InputBlock, PlainTextOption } from '@slack/types';
import type { InvolvementType, Visibility } from '../../aws/terms.ts';
import { involvementExplained, visibilityExplained } from '../../aws/terms.ts';
import { plain } from '../blocks/elements.ts';
import { ACTION, BLOCK } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import * as words from './words.ts';

/**
 * The choice of involvement, which can't be undone: nothing is chosen for anybody. What AWS asks for depends on it, so the
 * form hears of it, by `actionId`.
 */
export function involvementInput(actionId: string, chosen: InvolvementType | undefined): InputBlock {
  const options = Object.entries(involvementExplained).map(([value, why]) => optionOf(value, why, value));
  return {
    type: 'input',
    block_id: BLOCK.involvementType,
    dispatch_action: true,
    label: plain(words.involvementLabel, 2000),
    element: { type: 'radio_buttons', action_id: actionId, options, ...initially(options, chosen) },
  };
}

/** The choice of visibility, in one line. The form hears of it, by `actionId`, as of the involvement. */
export function visibilityInput(actionId: string, chosen: Visibility): InputBlock {
  const options = Object.entries(visibilityExplained).map(([value, why]) =>
    optionOf(`${value}: ${why}`, undefined, value),
  );
  const element = { type: 'static_select', action_id: actionId, options } as const;
  return {
    type: 'input',
    block_id: BLOCK.visibility,
    dispatch_action: true,
    label: plain(words.visibilityLabel, 2000),
    element: { ...element, ...initially(options, chosen) },
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

/** In production: that what is submitted is locked. `blockId`: another one for what needs a yes of its own. */
export const lockInput = (
  option: string,
  { blockId, label }: { readonly blockId: string; readonly label: string } = {
    blockId: BLOCK.lock,
    label: words.lockLabel,
  },
): InputBlock =>
  confirmation({
    blockId,
    actionId: ACTION.lock,
    label,
    option,
    explained: words.lockExplained,
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
