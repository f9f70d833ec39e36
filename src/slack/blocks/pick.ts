import type { InputBlock, Option, PlainTextElement } from '@slack/types';
import { readable } from '../../partner-central/readable.ts';
import type { Candidate } from '../../submissions/picking/candidates.ts';
import type { Suggestions } from '../../submissions/picking/pick.ts';
import * as words from '../../words/pick.ts';
import { ACTION, BLOCK } from '../ids.ts';
import { LIMITS, MOST_AT_ONCE } from '../limits.ts';
import { cut, day } from '../text.ts';
import { foreignPlain, plain } from './elements.ts';

/** Slack's answer to a `block_suggestion`: options, or one group of them whose label says something about them. */
export type PickOptions =
  | { readonly options: Option[] }
  | { readonly option_groups: { label: PlainTextElement; options: Option[] }[] };

/** Searches the opportunities that can be submitted as somebody types; opened, it shows the newest changes. */
export const pickBlock = (): InputBlock => ({
  type: 'input',
  block_id: BLOCK.pick,
  optional: true,
  label: plain(words.label, 2000),
  hint: plain(words.hint(MOST_AT_ONCE), 2000),
  element: {
    type: 'multi_external_select',
    action_id: ACTION.pick,
    max_selected_items: MOST_AT_ONCE,
    placeholder: plain(words.placeholder, 150),
    min_query_length: 0,
    focus_on_load: true,
  },
});

/**
 * What is offered for what was typed. `typedId`: the opportunity ID it reads as, which is offered even where the
 * list hasn't got it. A line that only says something has a value that is no ID.
 * "Multi-select menu element: multi_external_select", https://docs.slack.dev/reference/block-kit/block-elements/multi-select-menu-element
 */
export function pickOptions(suggestions: Suggestions, typedId: string | undefined): PickOptions {
  switch (suggestions.type) {
    case 'not-permitted':
      return note(words.notes[suggestions.why.reason]);
    case 'permission-unknown':
      return note(words.notes.permissionUnknown);
    case 'unknown-form':
      return note(words.notes.unknownForm);
    case 'unavailable': {
      const said = words.notes[suggestions.why];
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
  const options = candidates.slice(0, LIMITS.options).map(candidateOption);
  const said = [
    ...(candidates.length > options.length ? [words.firstOf(options.length, count(candidates.length))] : []),
    ...(reach === 'so-far' ? [words.soFar(count(searched))] : []),
    ...(reach === 'bounded' ? [words.reaches(count(searched))] : []),
  ];
  const [first] = said;
  return first === undefined ? { options } : group(first, options);
}

function noneFound({ reach, searched }: Found, typedId: string | undefined): PickOptions {
  if (typedId !== undefined) return group(words.byId, [byId(typedId)]);
  if (reach === 'so-far') return note(words.notes.noneYet);
  if (reach === 'bounded') return note(words.notes.tooMany);
  // Slack says itself that nothing matches.
  return searched === 0 ? note(words.notes.nothing) : { options: [] };
}

/** The ID is never cut: it is what tells two deals of one customer apart, and what is read once it is chosen. */
function candidateOption({ id, companyName, stage, targetCloseDate }: Candidate): Option {
  const known = line(id);
  const customer = line(companyName) || words.noCustomer;
  const closing = line(targetCloseDate);
  const end = ` · ${known}`;
  return {
    text: foreignPlain(`${cut(customer, LIMITS.optionText - end.length)}${end}`, LIMITS.optionText),
    description: foreignPlain(
      `${cut(line(stage) || words.noStage, 40)}, ${closing === '' ? words.noCloseDate : words.closes(day(closing))}`,
      LIMITS.optionText,
    ),
    value: cut(id, LIMITS.optionValue),
  };
}

const byId = (id: string): Option => ({
  text: foreignPlain(id, LIMITS.optionText),
  description: plain(words.lookUp, LIMITS.optionText),
  value: id,
});

const note = ({ text, next }: words.Note): PickOptions => ({
  options: [
    {
      text: plain(text, LIMITS.optionText),
      description: plain(next, LIMITS.optionText),
      value: 'no-opportunity',
    },
  ],
});

const group = (label: string, options: Option[]): PickOptions => ({
  option_groups: [{ label: plain(label, LIMITS.optionText), options }],
});

/** What others wrote, on one line. */
const line = (text: string | undefined): string =>
  readable(text ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();

const count = (number: number): string => new Intl.NumberFormat('en-US').format(number);
