import type { InputBlock, InputBlockElement, PlainTextElement, PlainTextOption } from '@slack/types';
import { once } from '../../once.ts';
import { primaryNeeds } from '../../partner-central/lists.ts';
import { countryCodes } from '../../partner-central/places.ts';
import type { Typed } from '../../submissions/changes/change.ts';
import type { Field } from '../../submissions/changes/fields.ts';
import { changedFieldName } from '../../submissions/field-names.ts';
import * as words from '../../words/fix.ts';
import { ACTION } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { country, cut, day } from '../text.ts';
import { foreignPlain, plain } from './elements.ts';

/** Characters of what AWS has now, below what a person typed. */
const NOW_LENGTH = 1900;

/** A field's input, filled in; `kept`: what the person typed before, where AWS has something else. */
export function fixInput(field: Field, kept: Typed | undefined): InputBlock {
  const { path, value } = field;
  const isKept = kept !== undefined && !sameTyped(kept, value);
  const element = elementOf(field, isKept ? kept : value);
  const below = isKept ? words.awsHas(shownValue(field)) : hints.get(path);
  return {
    type: 'input',
    block_id: path,
    // What is there and can't be done without can't be emptied; what is missing keeps nobody from saving the rest.
    optional: !field.needed || value === '',
    label: plain(changedFieldName(path), 2000),
    element,
    ...(below === undefined ? {} : { hint: foreignPlain(below, NOW_LENGTH) }),
  };
}

const hints: ReadonlyMap<string, string> = new Map([
  ['RelatedEntityIdentifiers.Solutions', words.solutionHint],
]);

const sameTyped = (one: Typed, other: Typed): boolean =>
  typeof one === 'string' || typeof other === 'string'
    ? one === other
    : JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());

function shownValue({ kind, value }: Field): string {
  if (typeof value !== 'string') return value.join(', ');
  if (kind === 'day') return day(value);
  return kind === 'country' ? (country(value) ?? '') : value;
}

function elementOf({ kind, most, choices = [] }: Field, value: Typed): InputBlockElement {
  const text = typeof value === 'string' ? value : '';
  switch (kind) {
    case 'line':
    case 'paragraph':
      return {
        type: 'plain_text_input',
        action_id: ACTION.field,
        max_length: most,
        multiline: kind === 'paragraph' || text.includes('\n'),
        ...(text === '' ? {} : { initial_value: text }),
      };
    case 'day':
      return {
        type: 'datepicker',
        action_id: ACTION.field,
        ...(text === '' ? {} : { initial_date: text }),
      };
    case 'list': {
      const options = withValue(
        choices.map((choice) => option(choice, choice)),
        text,
      );
      return {
        type: 'static_select',
        action_id: ACTION.field,
        options: [...options],
        ...initially(chosenIn(options, text)),
      };
    }
    case 'country': {
      const countries = withValue(countryOptions(), text);
      return {
        type: 'static_select',
        action_id: ACTION.field,
        option_groups: byLetter(countries),
        ...initially(chosenIn(countries, text)),
      };
    }
    case 'needs':
      return needsElement(typeof value === 'string' ? [] : value);
    case 'solution':
      return {
        type: 'external_select',
        action_id: ACTION.pickSolution,
        placeholder: plain(words.solutionPlaceholder, 150),
        min_query_length: 0,
        ...initially(text === '' ? undefined : option(text, text)),
      };
  }
}

const initially = (initial: PlainTextOption | undefined) =>
  initial === undefined ? {} : { initial_option: initial };

/** Checkboxes take ten options: where AWS has added to its own, a list takes them all. */
function needsElement(needs: readonly string[]): InputBlockElement {
  const options = [...new Set([...primaryNeeds, ...needs])].map((need) => option(need, need));
  const initial = options.filter(({ value }) => needs.includes(value ?? ''));
  return {
    type: options.length > LIMITS.checkboxes ? 'multi_static_select' : 'checkboxes',
    action_id: ACTION.field,
    options,
    ...(initial.length === 0 ? {} : { initial_options: initial }),
  };
}

const option = (text: string, value: string): PlainTextOption => ({
  text: foreignPlain(text, LIMITS.optionText),
  value: cut(value, LIMITS.optionValue),
});

const countryOptions = once(() =>
  countryCodes
    .map((code) => option(country(code) ?? code, code))
    .sort((one, other) => one.text.text.localeCompare(other.text.text, 'en')),
);

/** What is there now can be chosen even where our list hasn't got it. */
const withValue = (options: readonly PlainTextOption[], value: string): readonly PlainTextOption[] =>
  value === '' || options.some((each) => each.value === value) ? options : [option(value, value), ...options];

const chosenIn = (options: readonly PlainTextOption[], value: string): PlainTextOption | undefined =>
  options.find((each) => each.value === value);

/** A group takes 100 options, and there are more countries. */
function byLetter(
  options: readonly PlainTextOption[],
): { label: PlainTextElement; options: PlainTextOption[] }[] {
  const groups = Map.groupBy(options, ({ text }) => initialOf(text.text));
  return [...groups].map(([letter, grouped]) => ({
    label: plain(letter, LIMITS.optionText),
    options: grouped,
  }));
}

const initialOf = (text: string): string => text.normalize('NFD').charAt(0).toUpperCase() || '-';
