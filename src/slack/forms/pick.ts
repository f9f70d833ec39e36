import type { InputBlock, KnownBlock, ModalView, PlainTextElement, PlainTextOption } from '@slack/types';
import { idOf } from '../../aws/terms.ts';
import type { SolutionsFound } from '../../edits/solutions.ts';
import type { Candidate } from '../../opportunities/pick-list.ts';
import type { NotAllowed, RefusalReason } from '../../permissions.ts';
import type { Suggestions } from '../../submissions/pick.ts';
import {
  foreignOption,
  input,
  LIMITS,
  MOST_AT_ONCE,
  onOneLine,
  option,
  placeholder,
  plain,
  section,
} from '../blocks/elements.ts';
import { ACTION, BLOCK, CALLBACK } from '../ids.ts';
import { cut, day, foreign } from '../text.ts';
import { continueLabel, modal, submitTitle } from './modal.ts';

/** Asks which opportunity, where the command came without one: chosen from a list, or by its ID. */
export const askView = (formId: string, list: readonly KnownBlock[] = [pickBlock()]): ModalView =>
  modal(CALLBACK.ask, {
    formId,
    title: submitTitle,
    submit: continueLabel,
    blocks: [
      ...list,
      input(
        BLOCK.opportunityId,
        'Or type Opportunity IDs',
        {
          type: 'plain_text_input',
          action_id: ACTION.opportunityId,
          placeholder: placeholder('O1234567'),
          max_length: 300,
        },
        { optional: true },
      ),
    ],
  });

/** Searches the opportunities that can be submitted as somebody types; opened, it shows the newest changes. */
const pickBlock = (): InputBlock =>
  pickInput(BLOCK.pick, {
    type: 'multi_external_select',
    ...PICKED,
    min_query_length: 0,
    focus_on_load: true,
  });

const PICKED = {
  action_id: ACTION.pick,
  max_selected_items: MOST_AT_ONCE,
  placeholder: placeholder('Customer, ID or stage'),
};

const pickInput = (blockId: string, element: InputBlock['element']): InputBlock =>
  input(blockId, 'Opportunities', element, {
    optional: true,
    hint: plain(`One or several, up to ${MOST_AT_ONCE}.`, LIMITS.inputLabel),
  });

/** The same for a search that came with the command: what matches, or that nothing does and the list of all. */
export function matchesBlocks(query: string, suggestions: Suggestions): KnownBlock[] {
  const searched = `“${foreign(query, 100)}”`;
  if (suggestions.type !== 'found') {
    return [section(`We couldn't search for ${searched} yet. Search here.`), pickBlock()];
  }
  const [first, another] = suggestions.candidates;
  if (first === undefined) {
    return [section(`No deal that can be submitted matches ${searched}.`), pickBlock()];
  }
  const matches = another === undefined ? 'One deal matches' : `${suggestions.candidates.length} deals match`;
  return [
    section(`${matches} ${searched}.`),
    // Another block_id than the list of all has: Slack keeps what a block shows as long as it stays.
    pickInput(BLOCK.matches, {
      type: 'multi_static_select',
      ...PICKED,
      ...pickOptions(suggestions, undefined),
      ...(another === undefined ? { initial_options: [candidateOption(first)] } : {}),
    }),
  ];
}

/** Slack's answer to a `block_suggestion`: options, or one group of them whose label says something about them. */
type PickOptions =
  | { readonly options: PlainTextOption[] }
  | { readonly option_groups: { label: PlainTextElement; options: PlainTextOption[] }[] };

/**
 * What is offered for what was typed. `typedId`: the opportunity ID it reads as, which is offered where nothing in the list
 * matches.
 * "Multi-select menu element: multi_external_select",
 * https://docs.slack.dev/reference/block-kit/block-elements/multi-select-menu-element
 */
export function pickOptions(suggestions: Suggestions, typedId: string | undefined): PickOptions {
  if (suggestions.type === 'found') return foundOptions(suggestions, typedId);
  const note = suggestions.type === 'unavailable' ? UNAVAILABLE[suggestions.why] : noteOf(suggestions);
  return suggestions.type === 'unavailable' && typedId !== undefined
    ? group(note[0], [byId(typedId)])
    : noteOptions(note);
}

function foundOptions(
  { candidates, reach, searched }: Extract<Suggestions, { type: 'found' }>,
  typedId: string | undefined,
): PickOptions {
  if (candidates.length > 0) {
    // Slack refuses a list in which two lines have one value, such as two texts that were cut alike.
    const byValue = new Map(candidates.map(candidateOption).map((option) => [option.value, option]));
    const options = [...byValue.values()].slice(0, LIMITS.options);
    if (candidates.length > options.length) {
      const shown = `The first ${options.length} of ${count(candidates.length)}: type to narrow down`;
      return group(shown, options);
    }
    if (reach === 'so-far') return group(`AWS hasn't answered fully: ${count(searched)} so far`, options);
    return reach === 'all'
      ? { options }
      : group(`Among the ${count(searched)} most recently changed`, options);
  }
  if (typedId !== undefined) return group('By its ID', [byId(typedId)]);
  // Where the whole list was searched, Slack itself says that nothing matches.
  if (reach === 'all' && searched > 0) return { options: [] };
  return noteOptions(NONE_FOUND[reach]);
}

/** The ID is never cut: it is what tells two deals of one customer apart, and what is read once it is chosen. */
function candidateOption({ id, companyName, stage, targetCloseDate }: Candidate): PlainTextOption {
  const closing = onOneLine(targetCloseDate);
  const closes = closing === '' ? 'no close date' : `closes ${day(closing)}`;
  const name = namedWithId(onOneLine(companyName) || 'Customer not given', onOneLine(id));
  return foreignOption(id, name, `${cut(onOneLine(stage) || 'No stage', 40)}, ${closes}`);
}

/** Offers an ID that isn't in the list. */
const byId = (id: string): PlainTextOption => option(id, id, 'Not in the list: look it up');

/** What a search for a solution offers. */
export function solutionOptions(found: SolutionsFound): PickOptions {
  if (found.type === 'unavailable') return noteOptions(SOLUTIONS_UNAVAILABLE[found.why]);
  if (found.type !== 'found') return noteOptions(noteOf(found));
  if (found.solutions.length === 0) return noteOptions(NO_SOLUTION);
  return {
    // Of an ARN its end is shown, which is what is read once it is chosen.
    options: found.solutions
      .slice(0, LIMITS.options)
      .map(({ id, name }) => foreignOption(id, namedWithId(onOneLine(name), idOf(id)))),
  };
}

function namedWithId(name: string, id: string): string {
  const end = ` · ${id}`;
  return `${cut(name, LIMITS.optionText - end.length)}${end}`;
}

const group = (label: string, options: PlainTextOption[]): PickOptions => ({
  option_groups: [{ label: plain(label, LIMITS.optionText), options }],
});

const count = (number: number): string => new Intl.NumberFormat('en-US').format(number);

/** Said in place of a list: what is true, and what to do. Each is a line of at most 75 characters. */
type Note = readonly [text: string, next: string];

const noteOptions = ([text, next]: Note): PickOptions => ({ options: [option(NO_ID, text, next)] });

/** The value of a line that only says something. */
const NO_ID = 'none';

const NONE_FOUND: Readonly<Record<Extract<Suggestions, { type: 'found' }>['reach'], Note>> = {
  all: ['There is nothing to submit', 'AWS lists none as Pending Submission. Look any other up by its ID.'],
  bounded: ['Nothing like that among the most recently changed', 'Type or paste its ID below.'],
  'so-far': ["Nothing like that yet: AWS hasn't answered fully", 'Type again in a moment, or an ID below.'],
};

const SIGN_IN: Note = ["The bot can't sign in to AWS right now", 'Please tell whoever runs it.'];

const UNAVAILABLE: Readonly<Record<Extract<Suggestions, { type: 'unavailable' }>['why'], Note>> = {
  busy: ["AWS hasn't answered yet", 'Type again in a moment, or an ID below.'],
  operator: SIGN_IN,
  refused: [
    "AWS doesn't let this bot list opportunities",
    'Type an ID below, and please tell whoever runs the bot.',
  ],
  ours: ['Something went wrong on our side', 'Type again in a moment, or an ID below.'],
};

const NO_SOLUTION: Note = ['Nothing like that among your solutions', 'Only active solutions are listed.'];

const SOLUTIONS_UNAVAILABLE: Readonly<Record<Extract<SolutionsFound, { type: 'unavailable' }>['why'], Note>> =
  {
    busy: ["AWS hasn't answered yet", 'Type again in a moment.'],
    operator: SIGN_IN,
    refused: ["AWS doesn't let this bot list solutions", 'Please tell whoever runs the bot.'],
  };

/** Why somebody is offered nothing. */
const noteOf = (instead: NotAllowed | { readonly type: 'unknown-form' }): Note =>
  INSTEAD[instead.type === 'not-permitted' ? instead.why.reason : instead.type];

const INSTEAD: Readonly<Record<'unknown-form' | 'permission-unknown' | RefusalReason, Note>> = {
  'unknown-form': ['This form is no longer valid', 'Please give the command again.'],
  'permission-unknown': [
    "We couldn't check whether you may do this",
    "Slack didn't answer. Type again in a moment.",
  ],
  guest: ["Guests can't look up or submit opportunities", 'Ask a full member of this workspace.'],
  'other-workspace': [
    "People of other workspaces can't do this",
    'Ask your contact in the workspace of this bot.',
  ],
  'not-listed': ["You can't submit yet", 'Ask whoever runs this bot.'],
  channel: ["This bot isn't used in this channel", 'Ask whoever runs it where it is.'],
};
