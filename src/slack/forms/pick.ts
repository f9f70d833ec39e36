import type {
  InputBlock,
  MultiStaticSelect,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
} from '@slack/types';
import { readable } from '../../aws/readable.ts';
import { idOf } from '../../aws/terms.ts';
import type { SolutionsFound } from '../../edits/solutions.ts';
import type { Candidate } from '../../opportunities/pick-list.ts';
import type { Suggestions } from '../../submissions/pick.ts';
import { foreignPlain, plain, section } from '../blocks/elements.ts';
import { ACTION, BLOCK } from '../ids.ts';
import { LIMITS, MOST_AT_ONCE } from '../limits.ts';
import { cut, day, foreign } from '../text.ts';
import * as editWords from './edit-words.ts';

/** Said in place of a list: what is true, and what to do. */
export interface Note {
  readonly text: string;
  readonly next: string;
}

export const pickWords = {
  /**
   * What the choice of an opportunity says. A line of the list takes 75 characters, and so does what stands below it.
   */
  label: 'Opportunities',
  hint: (most: number): string => `One or several, up to ${most}.`,
  placeholder: 'Customer, ID or stage',
  /** `searched`: what was typed after the command, quoted. */
  matches: (count: number, searched: string): string =>
    count === 1 ? `One deal matches ${searched}.` : `${count} deals match ${searched}.`,
  noMatch: (searched: string): string => `No deal that can be submitted matches ${searched}.`,
  notSearched: (searched: string): string => `We couldn't search for ${searched} yet. Search here.`,
  oneNeeded: 'Choose one here, or type its ID below.',
  notIds: (unread: string): string => `Not an opportunity ID: ${unread}.`,
  notAnOpportunity: 'That line is no opportunity. Choose another, or type an ID below.',
  noCustomer: 'Customer not given',
  noStage: 'No stage',
  closes: (day: string): string => `closes ${day}`,
  noCloseDate: 'no close date',
  /** Names of what is shown; nothing that can be chosen. */
  firstOf: (shown: number, all: string): string => `The first ${shown} of ${all}: type to narrow down`,
  soFar: (count: string): string => `AWS hasn't answered fully: ${count} so far`,
  reaches: (count: string): string => `Among the ${count} most recently changed`,
  byId: 'By its ID',
  /** Look this one up, though the list hasn't got it. */
  lookUp: 'Not in the list: look it up',
  notes: {
    nothing: {
      text: 'There is nothing to submit',
      next: 'AWS lists none as Pending Submission. Look any other up by its ID.',
    },
    tooMany: {
      text: 'Nothing like that among the most recently changed',
      next: 'Type or paste its ID below.',
    },
    noneYet: {
      text: "Nothing like that yet: AWS hasn't answered fully",
      next: 'Type again in a moment, or an ID below.',
    },
    busy: { text: "AWS hasn't answered yet", next: 'Type again in a moment, or an ID below.' },
    operator: {
      text: "The bot can't sign in to AWS right now",
      next: 'Please tell whoever runs it.',
    },
    refused: {
      text: "AWS doesn't let this bot list opportunities",
      next: 'Type an ID below, and please tell whoever runs the bot.',
    },
    ours: { text: 'Something went wrong on our side', next: 'Type again in a moment, or an ID below.' },
    unknownForm: { text: 'This form is no longer valid', next: 'Please give the command again.' },
    permissionUnknown: {
      text: "We couldn't check whether you may do this",
      next: "Slack didn't answer. Type again in a moment.",
    },
    guest: {
      text: "Guests can't look up or submit opportunities",
      next: 'Ask a full member of this workspace.',
    },
    'other-workspace': {
      text: "People of other workspaces can't do this",
      next: 'Ask your contact in the workspace of this bot.',
    },
    'not-listed': {
      text: "You can't submit yet",
      next: 'Ask whoever runs this bot.',
    },
    channel: {
      text: "This bot isn't used in this channel",
      next: 'Ask whoever runs it where it is.',
    },
  } as const satisfies Record<string, Note>,
};

/** Slack's answer to a `block_suggestion`: options, or one group of them whose label says something about them. */
export type PickOptions =
  | { readonly options: PlainTextOption[] }
  | { readonly option_groups: { label: PlainTextElement; options: PlainTextOption[] }[] };

/** Searches the opportunities that can be submitted as somebody types; opened, it shows the newest changes. */
export const pickBlock = (): InputBlock => ({
  type: 'input',
  block_id: BLOCK.pick,
  optional: true,
  label: plain(pickWords.label, 2000),
  hint: plain(pickWords.hint(MOST_AT_ONCE), 2000),
  element: {
    type: 'multi_external_select',
    action_id: ACTION.pick,
    max_selected_items: MOST_AT_ONCE,
    placeholder: plain(pickWords.placeholder, 150),
    min_query_length: 0,
    focus_on_load: true,
  },
});

/** The same where something was searched for already: those that match, or that none does and all the others. */
export function matchesBlocks(query: string, suggestions: Suggestions): (SectionBlock | InputBlock)[] {
  const searched = `“${foreign(query, 100)}”`;
  const all = pickBlock();
  if (suggestions.type !== 'found' || suggestions.candidates.length === 0) {
    const said = suggestions.type === 'found' ? pickWords.noMatch(searched) : pickWords.notSearched(searched);
    return [section(said), all];
  }
  const [first, another] = suggestions.candidates;
  const element: MultiStaticSelect = {
    type: 'multi_static_select',
    action_id: ACTION.pick,
    max_selected_items: MOST_AT_ONCE,
    placeholder: plain(pickWords.placeholder, 150),
    ...pickOptions(suggestions, undefined),
    ...(first === undefined || another !== undefined ? {} : { initial_options: [candidateOption(first)] }),
  };
  // Of another name than the list of all: Slack keeps what a block shows as long as it is called the same.
  return [
    section(pickWords.matches(suggestions.candidates.length, searched)),
    { ...all, block_id: BLOCK.matches, element },
  ];
}

/**
 * What is offered for what was typed. `typedId`: the opportunity ID it reads as, which is offered even where the
 * list hasn't got it. A line that only says something has a value that is no ID.
 * "Multi-select menu element: multi_external_select", https://docs.slack.dev/reference/block-kit/block-elements/multi-select-menu-element
 */
export function pickOptions(suggestions: Suggestions, typedId: string | undefined): PickOptions {
  switch (suggestions.type) {
    case 'not-permitted':
      return note(pickWords.notes[suggestions.why.reason]);
    case 'permission-unknown':
      return note(pickWords.notes.permissionUnknown);
    case 'unknown-form':
      return note(pickWords.notes.unknownForm);
    case 'unavailable': {
      const said = pickWords.notes[suggestions.why];
      return typedId === undefined ? note(said) : group(said.text, [byId(typedId)]);
    }
    case 'found':
      return suggestions.candidates.length === 0
        ? noneFound(suggestions, typedId)
        : found(suggestions.candidates, suggestions);
  }
}

type Found = Extract<Suggestions, { type: 'found' }>;

function found(candidates: readonly Candidate[], { reach, searched }: Found): PickOptions {
  // Slack refuses a list in which two lines have one value, such as two texts that were cut alike.
  const byValue = new Map(candidates.map(candidateOption).map((option) => [option.value, option]));
  const options = [...byValue.values()].slice(0, LIMITS.options);
  const said = [
    ...(candidates.length > options.length
      ? [pickWords.firstOf(options.length, count(candidates.length))]
      : []),
    ...(reach === 'so-far' ? [pickWords.soFar(count(searched))] : []),
    ...(reach === 'bounded' ? [pickWords.reaches(count(searched))] : []),
  ];
  const [first] = said;
  return first === undefined ? { options } : group(first, options);
}

function noneFound({ reach, searched }: Found, typedId: string | undefined): PickOptions {
  if (typedId !== undefined) return group(pickWords.byId, [byId(typedId)]);
  if (reach === 'so-far') return note(pickWords.notes.noneYet);
  if (reach === 'bounded') return note(pickWords.notes.tooMany);
  // Slack says itself that nothing matches.
  return searched === 0 ? note(pickWords.notes.nothing) : { options: [] };
}

/** The ID is never cut: it is what tells two deals of one customer apart, and what is read once it is chosen. */
function candidateOption({ id, companyName, stage, targetCloseDate }: Candidate): PlainTextOption {
  const known = line(id);
  const customer = line(companyName) || pickWords.noCustomer;
  const closing = line(targetCloseDate);
  const end = ` · ${known}`;
  return {
    text: foreignPlain(`${cut(customer, LIMITS.optionText - end.length)}${end}`, LIMITS.optionText),
    description: foreignPlain(
      `${cut(line(stage) || pickWords.noStage, 40)}, ${closing === '' ? pickWords.noCloseDate : pickWords.closes(day(closing))}`,
      LIMITS.optionText,
    ),
    value: cut(id, LIMITS.optionValue),
  };
}

const byId = (id: string): PlainTextOption => ({
  text: foreignPlain(id, LIMITS.optionText),
  description: plain(pickWords.lookUp, LIMITS.optionText),
  value: id,
});

const note = ({ text, next }: Note): PickOptions => ({
  options: [
    {
      text: plain(text, LIMITS.optionText),
      description: plain(next, LIMITS.optionText),
      value: 'no-opportunity',
    },
  ],
});

const group = (label: string, options: PlainTextOption[]): PickOptions => ({
  option_groups: [{ label: plain(label, LIMITS.optionText), options }],
});

/** What others wrote, on one line. */
const line = (text: string | undefined): string =>
  readable(text ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();

const count = (number: number): string => new Intl.NumberFormat('en-US').format(number);

/** What a search for a solution offers. A line that only says something has a value that is no solution's ID. */
export function solutionOptions(found: SolutionsFound): { readonly options: PlainTextOption[] } {
  switch (found.type) {
    case 'found':
      return found.solutions.length === 0
        ? said(editWords.solutionNotes.nothing)
        : { options: found.solutions.slice(0, LIMITS.options).map(optionOf) };
    case 'unavailable':
      return said(editWords.solutionNotes[found.why]);
    case 'not-permitted':
      return said(pickWords.notes[found.why.reason]);
    case 'permission-unknown':
      return said(pickWords.notes.permissionUnknown);
    case 'unknown-form':
      return said(pickWords.notes.unknownForm);
  }
}

/** The ID, of an ARN its end, is never cut: it is what is read once it is chosen. */
function optionOf({ id, name }: { readonly id: string; readonly name: string }): PlainTextOption {
  const end = ` · ${idOf(id)}`;
  const shown = readable(name).replaceAll(/\s+/g, ' ').trim();
  return {
    text: foreignPlain(`${cut(shown, LIMITS.optionText - end.length)}${end}`, LIMITS.optionText),
    value: cut(id, LIMITS.optionValue),
  };
}

const said = ({ text, next }: Note) => ({
  options: [
    {
      text: plain(text, LIMITS.optionText),
      description: plain(next, LIMITS.optionText),
      value: 'no-solution',
    },
  ],
});
