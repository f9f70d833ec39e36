import type { KnownBlock, ModalView, Option } from '@slack/types';
import { isNationalSecurity } from '../../partner-central/national-security.ts';
import type { Catalog, InvolvementType, Visibility } from '../../partner-central/operations.ts';
import type { Opportunity } from '../../partner-central/opportunity.ts';
import type { Choices } from '../../submissions/submission.ts';
import * as words from '../../words/modal.ts';
import { catalogMeaning, involvementExplained, visibilityExplained } from '../../words/terms.ts';
import { ACTION, BLOCK, CALLBACK } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { dealBlocks } from './deal.ts';
import { button, context, plain, section } from './elements.ts';

/** Shown at once, while the opportunity is looked up. */
export const loadingView = (draftId: string): ModalView => notice(draftId, [section(words.loading)]);

/** A view without a form: says what is true, and offers to look again where that can help. */
export function noticeView(
  draftId: string,
  blocks: readonly KnownBlock[],
  options: { readonly lookAgain?: { readonly opportunityId: string } } = {},
): ModalView {
  if (options.lookAgain === undefined) return notice(draftId, blocks);
  return notice(draftId, [
    ...blocks,
    {
      type: 'actions',
      elements: [
        button({
          text: words.tryAgain,
          actionId: ACTION.lookAgain,
          label: words.tryAgain,
          value: options.lookAgain.opportunityId,
        }),
      ],
    },
  ]);
}

const notice = (draftId: string, blocks: readonly KnownBlock[]): ModalView => ({
  type: 'modal',
  callback_id: CALLBACK.notice,
  private_metadata: draftId,
  title: plain(words.title, LIMITS.viewTitle),
  close: plain(words.close, LIMITS.viewTitle),
  blocks: [...blocks],
});

/** Asks for the opportunity's ID, where the command came without one. */
export const askView = (draftId: string): ModalView => ({
  type: 'modal',
  callback_id: CALLBACK.ask,
  private_metadata: draftId,
  title: plain(words.title, LIMITS.viewTitle),
  submit: plain(words.next, LIMITS.viewTitle),
  close: plain(words.cancel, LIMITS.viewTitle),
  blocks: [
    {
      type: 'input',
      block_id: BLOCK.opportunityId,
      label: plain(words.askLabel, 2000),
      hint: plain(words.askHint, 2000),
      element: {
        type: 'plain_text_input',
        action_id: ACTION.opportunityId,
        placeholder: plain(words.askPlaceholder, 150),
        max_length: 300,
        focus_on_load: true,
      },
    },
  ],
});

/** The deal and the choices. Nothing but the draft's ID is trusted when it comes back. */
export function formView(options: {
  readonly draftId: string;
  readonly opportunity: Opportunity;
  readonly catalog: Catalog;
  readonly choices: Choices | undefined;
}): ModalView {
  const { draftId, opportunity, catalog, choices } = options;
  const involvements = Object.entries(involvementExplained).map(([value, why]) => radioOption(value, why));
  const visibilities = Object.entries(visibilityExplained).map(([value, why]) => radioOption(value, why));
  const lock: Option = {
    text: plain(words.lockOption, LIMITS.optionText),
    description: plain(words.lockExplained, LIMITS.optionText),
    value: 'understood',
  };
  return {
    type: 'modal',
    callback_id: CALLBACK.form,
    private_metadata: draftId,
    title: plain(words.title, LIMITS.viewTitle),
    submit: plain(words.submit, LIMITS.viewTitle),
    close: plain(words.cancel, LIMITS.viewTitle),
    blocks: [
      ...dealBlocks(opportunity),
      context(`*${catalogMeaning(catalog)}*`),
      { type: 'divider' },
      ...(isNationalSecurity(opportunity) ? [section(words.nationalSecurityAdvice)] : []),
      {
        type: 'input',
        block_id: BLOCK.involvementType,
        label: plain(words.involvementLabel, 2000),
        hint: plain(words.involvementHint, 2000),
        element: {
          type: 'radio_buttons',
          action_id: ACTION.involvementType,
          options: involvements,
          ...initially(involvements, choices?.involvementType),
        },
      },
      {
        type: 'input',
        block_id: BLOCK.visibility,
        label: plain(words.visibilityLabel, 2000),
        element: {
          type: 'radio_buttons',
          action_id: ACTION.visibility,
          options: visibilities,
          ...initially(visibilities, choices?.visibility ?? 'Full'),
        },
      },
      ...(catalog === 'AWS'
        ? [
            {
              type: 'input' as const,
              block_id: BLOCK.lock,
              label: plain(words.lockLabel, 2000),
              element: { type: 'checkboxes' as const, action_id: ACTION.lock, options: [lock] },
            },
          ]
        : []),
    ],
  };
}

const radioOption = (value: string, description: string): Option => ({
  text: plain(value, LIMITS.optionText),
  description: plain(description, LIMITS.optionText),
  value,
});

const initially = (options: readonly Option[], value: InvolvementType | Visibility | undefined) => {
  const option = options.find((candidate) => candidate.value === value);
  return option === undefined ? {} : { initial_option: option };
};
