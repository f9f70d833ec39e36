import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import { closedListAt } from '../../aws/lists.ts';
import { HOME_SORTS, HOME_STATUSES, type HomeFilter } from '../../messages/home/board.ts';
import * as words from '../../messages/home/words.ts';
import { plain } from '../blocks/elements.ts';
import { ACTION, BLOCK, CALLBACK } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { cancel, next, title } from './words.ts';

/** The only way to say the usual order in a select. */
const USUAL = 'waiting';

/** Finds a deal, and says which ones a person's home tab shows, as it does now. */
export function homeFilterView({ owner, status, stage, sort }: HomeFilter): ModalView {
  const input = (
    label: string,
    element: InputBlock['element'] & { readonly action_id: string },
  ): InputBlock => ({
    type: 'input',
    block_id: element.action_id,
    optional: true,
    label: plain(label, 2000),
    element,
  });
  const select = (actionId: string, values: readonly string[], initial: string | undefined) => ({
    type: 'static_select' as const,
    action_id: actionId,
    placeholder: plain(words.anyPlaceholder, 150),
    options: values.map((value) => option(value)),
    ...(initial === undefined || !values.includes(initial) ? {} : { initial_option: option(initial) }),
  });
  return {
    type: 'modal',
    callback_id: CALLBACK.homeFilter,
    title: plain(words.filterTitle, LIMITS.viewTitle),
    submit: plain(words.filterApply, LIMITS.viewTitle),
    close: plain(cancel, LIMITS.viewTitle),
    blocks: [
      {
        ...input(words.findLabel, {
          type: 'external_select',
          action_id: ACTION.findDeal,
          placeholder: plain(words.findPlaceholder, 150),
          min_query_length: 0,
          focus_on_load: true,
        }),
        hint: plain(words.findHint, 2000),
      },
      input(words.ownerLabel, {
        type: 'users_select',
        action_id: ACTION.owner,
        placeholder: plain(words.ownerPlaceholder, 150),
        ...(owner === undefined ? {} : { initial_user: owner }),
      }),
      input(words.statusLabel, select(ACTION.status, HOME_STATUSES, status)),
      input(words.stageLabel, select(ACTION.stage, closedListAt('LifeCycle.Stage') ?? [], stage)),
      input(words.sortLabel, {
        type: 'static_select',
        action_id: ACTION.sort,
        options: SORTS,
        ...initialSort(sort ?? USUAL),
      }),
    ],
  };
}

const option = (value: string, text: string = value): PlainTextOption => ({
  text: plain(text, LIMITS.optionText),
  value,
});
const SORTS = ([USUAL, ...HOME_SORTS] as const).map((sort) => option(sort, words.sorts[sort]));
const initialSort = (sort: string) => {
  const initial = SORTS.find(({ value }) => value === sort);
  return initial === undefined ? {} : { initial_option: initial };
};

/**
 * Asks in which channel the outcome of a submission belongs that was begun from the home tab, which is in none.
 * `usual`: chosen beforehand.
 */
export const whereView = (formId: string, usual: string | undefined): ModalView => ({
  type: 'modal',
  callback_id: CALLBACK.where,
  private_metadata: formId,
  title: plain(title, LIMITS.viewTitle),
  submit: plain(next, LIMITS.viewTitle),
  close: plain(cancel, LIMITS.viewTitle),
  blocks: [
    {
      type: 'input',
      block_id: BLOCK.where,
      label: plain(words.whereLabel, 2000),
      hint: plain(words.whereHint, 2000),
      element: {
        type: 'conversations_select',
        action_id: ACTION.where,
        placeholder: plain(words.wherePlaceholder, 150),
        focus_on_load: true,
        filter: { include: ['public', 'private'] },
        ...(usual === undefined ? {} : { initial_conversation: usual }),
      },
    },
  ],
});
