import type { InputBlock, PlainTextOption } from '@slack/types';
import {
  type InvolvementType,
  involvementExplained,
  type Visibility,
  visibilityExplained,
} from '../../aws/terms.ts';
import { initially, input, plain } from '../blocks/elements.ts';
import { ACTION, BLOCK } from '../ids.ts';
import { LIMITS } from '../limits.ts';

/**
 * The choice of involvement, which can't be undone: nothing is chosen for anybody. The form hears of it, by `actionId`,
 * because what AWS asks for depends on it.
 */
export function involvementInput(actionId: string, chosen: InvolvementType | undefined): InputBlock {
  const options = Object.entries(involvementExplained).map(([value, why]) => optionOf(value, why, value));
  const element = { type: 'radio_buttons', action_id: actionId, options } as const;
  return {
    ...input(BLOCK.involvementType, 'How should AWS be involved?', {
      ...element,
      ...initially(options, chosen),
    }),
    dispatch_action: true,
  };
}

/** The choice of visibility, in one line. The form hears of it, by `actionId`, as of the involvement. */
export function visibilityInput(actionId: string, chosen: Visibility): InputBlock {
  const options = Object.entries(visibilityExplained).map(([value, why]) =>
    optionOf(`${value}: ${why}`, undefined, value),
  );
  const element = { type: 'static_select', action_id: actionId, options } as const;
  return {
    ...input(BLOCK.visibility, 'What may AWS sellers see?', { ...element, ...initially(options, chosen) }),
    dispatch_action: true,
  };
}

export const lockOption = 'This locks the deal until AWS decides';
export const lockExplained = "A submission can't be withdrawn.";

/** In production: that what is submitted is locked. `blockId`: another one for what needs a yes of its own. */
export const lockInput = (
  option: string = lockOption,
  blockId: string = BLOCK.lock,
  label = 'Please confirm',
): InputBlock => confirmation(blockId, label, ACTION.lock, optionOf(option, lockExplained, 'understood'));

/** Where AWS will probably refuse: that it is to be submitted all the same. */
export const anywayInput = (blockId: string): InputBlock =>
  confirmation(
    blockId,
    'Submit it all the same?',
    ACTION.anyway,
    optionOf(
      'Yes, submit it as it is',
      'AWS decides. What it refuses can be changed and submitted again.',
      'anyway',
    ),
  );

/** A checkbox without which Slack doesn't send the form. */
const confirmation = (
  blockId: string,
  label: string,
  actionId: string,
  option: PlainTextOption,
): InputBlock => input(blockId, label, { type: 'checkboxes', action_id: actionId, options: [option] });

const optionOf = (text: string, description: string | undefined, value: string): PlainTextOption => ({
  text: plain(text, LIMITS.optionText),
  ...(description === undefined ? {} : { description: plain(description, LIMITS.optionText) }),
  value,
});
