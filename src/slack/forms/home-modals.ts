import type { InputBlock, ModalView } from '@slack/types';
import { closedListAt } from '../../aws/lists.ts';
import { REVIEW_STATUSES } from '../../aws/terms.ts';
import type { HomeFilter } from '../../messages/home/board.ts';
import { initially, input, LIMITS, option, placeholder, plain } from '../blocks/elements.ts';
import { ACTION, BLOCK, CALLBACK } from '../ids.ts';
import { continueLabel, modal, submitTitle } from './modal.ts';

/** The value of the usual order, which is no sort of its own. */
const USUAL = 'waiting';

/** Asks which deals a person's home tab is to show, or finds one; filled in with what the tab shows now. */
export function homeFilterView({ owner, status, stage, sort }: HomeFilter): ModalView {
  const filter = (
    label: string,
    element: InputBlock['element'] & { readonly action_id: string },
    more: Pick<InputBlock, 'hint'> = {},
  ) => input(element.action_id, label, element, { optional: true, ...more });
  const select = (actionId: string, values: readonly string[], chosen: string | undefined) => {
    const options = values.map((value) => option(value));
    return {
      type: 'static_select' as const,
      action_id: actionId,
      placeholder: placeholder('Any'),
      options,
      ...initially(options, chosen),
    };
  };
  return modal(CALLBACK.homeFilter, {
    title: 'Find and filter',
    submit: 'Show',
    blocks: [
      filter(
        'Find one deal',
        {
          type: 'external_select',
          action_id: ACTION.findDeal,
          placeholder: placeholder('Type a customer or an ID'),
          min_query_length: 0,
          focus_on_load: true,
        },
        { hint: plain('By customer or ID. It is shown alone.', LIMITS.inputLabel) },
      ),
      filter('Whose', {
        type: 'users_select',
        action_id: ACTION.owner,
        placeholder: placeholder('Anybody'),
        ...(owner === undefined ? {} : { initial_user: owner }),
      }),
      filter("AWS's review status", select(ACTION.status, REVIEW_STATUSES, status)),
      filter('Stage', select(ACTION.stage, closedListAt('LifeCycle.Stage') ?? [], stage)),
      filter('Sort by', {
        type: 'static_select',
        action_id: ACTION.sort,
        options: SORTS,
        ...initially(SORTS, sort ?? USUAL),
      }),
    ],
  });
}

const SORT_TEXTS: Readonly<Record<typeof USUAL | NonNullable<HomeFilter['sort']>, string>> = {
  [USUAL]: 'Waiting: the longest first',
  spend: 'Expected spend: the most first',
  'close-date': 'Close date: the earliest first',
};
const SORTS = Object.entries(SORT_TEXTS).map(([sort, text]) => option(sort, text));

const WHERE_HINT =
  "A message there says what comes of it, for the team to see. Where the bot isn't in the channel you get it as a direct message.";

/**
 * Asks for the channel of the outcome where a submission is begun from the home tab, which is in none. `usual`: chosen at
 * first.
 */
export const whereView = (formId: string, usual: string | undefined): ModalView =>
  modal(CALLBACK.where, {
    formId,
    title: submitTitle,
    submit: continueLabel,
    blocks: [
      input(
        BLOCK.where,
        'Where should the outcome appear?',
        {
          type: 'conversations_select',
          action_id: ACTION.where,
          placeholder: placeholder('Choose a channel'),
          focus_on_load: true,
          filter: { include: ['public', 'private'] },
          ...(usual === undefined ? {} : { initial_conversation: usual }),
        },
        { hint: plain(WHERE_HINT, LIMITS.inputLabel) },
      ),
    ],
  });
