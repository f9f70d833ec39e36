import type { InputBlock, InputBlockElement, PlainTextElement, PlainTextOption } from '@slack/types';
import { closedListAt, countryCodes, postalCodeFormats, statesOf } from '../../aws/lists.ts';
import { withoutIndexes } from '../../aws/values.ts';
import type { Typed, TypedFields } from '../../edits/edit.ts';
import {
  COUNTRY,
  FOLLOWERS,
  isLeading,
  mostAt,
  POSTAL_CODE,
  readSame,
  SOLUTIONS,
  STATE,
} from '../../edits/field-kinds.ts';
import type { Field } from '../../edits/fields.ts';
import { editedFieldName } from '../../opportunities/field-names.ts';
import {
  foreignOption,
  foreignPlain,
  initially,
  input,
  LIMITS,
  placeholder,
  plain,
} from '../blocks/elements.ts';
import { ACTION } from '../ids.ts';
import { country, day, once } from '../text.ts';
import type { FormShown } from './modal.ts';

/** A block of a view, of ours or as Slack sends it back. */
type ShownBlock = FormShown['blocks'][number];

/** The inputs for the fields of a deal, filled in; a field that depends on another only where that has the value for it. */
export function fieldInputs(fields: readonly Field[], kept: TypedFields): readonly ShownBlock[] {
  const chosen = new Map(fields.map(({ path, value }) => [path, kept.get(path) ?? value]));
  const countryCode = chosen.get(COUNTRY);
  const inputs: readonly ShownBlock[] = fields.map((field) =>
    typeof countryCode === 'string'
      ? fixInput(ofCountry(field, countryCode), kept.get(field.path), hintIn(countryCode, field))
      : fixInput(field, kept.get(field.path)),
  );
  return [...FOLLOWERS.keys()]
    .filter((leader) => chosen.has(leader))
    .reduce((blocks, leader) => following(blocks, leader, chosen.get(leader)), inputs);
}

/**
 * The blocks of a form after a choice on which other fields depend: the state is chosen or written as it is in the
 * country, a postal code is explained for it, and what a choice asks for besides comes or goes. What was typed anywhere
 * else stays: Slack keeps it as long as the block and the action are called the same.
 */
export function following(
  blocks: readonly ShownBlock[],
  leader: string,
  value: Typed | undefined,
): readonly ShownBlock[] {
  const chosen = typeof value === 'string' ? value : '';
  if (leader === COUNTRY) return blocks.map((block) => inCountry(block, chosen));
  const follower = FOLLOWERS.get(leader);
  const there = blocks.find(({ block_id }) => block_id === follower?.path);
  if (follower === undefined || (there === undefined) !== (chosen === follower.value)) return blocks;
  // What AWS has there is still shown, so that it can be emptied.
  if (there !== undefined) return holdsAnything(there) ? blocks : blocks.filter((block) => block !== there);
  return blocks.flatMap((block) =>
    block.block_id === leader ? [block, fixInput(emptyField(follower.path), undefined)] : [block],
  );
}

function inCountry(block: ShownBlock, countryCode: string): ShownBlock {
  const field = emptyField(block.block_id ?? '');
  if (field.path === POSTAL_CODE && 'element' in block) {
    const { hint: _ofTheCountryBefore, ...rest } = block;
    return { ...rest, ...hinted(hintIn(countryCode, field)) };
  }
  return field.path === STATE && isListIn(block) !== (statesOf(countryCode) !== undefined)
    ? fixInput(ofCountry(field, countryCode), undefined)
    : block;
}

/** A state is one of a list where the country has one. */
function ofCountry(field: Field, countryCode: string): Field {
  if (field.path !== STATE) return field;
  const choices = statesOf(countryCode);
  if (choices === undefined) return { ...field, choices, kind: 'line', optional: true };
  return { ...field, choices, kind: 'list' };
}

/** What stands below a field in a country: below a postal code, two examples at the most. */
function hintIn(countryCode: string, { path }: Field): string | undefined {
  if (path !== POSTAL_CODE) return undefined;
  const examples = postalCodeFormats(countryCode).slice(0, 2).map(exampleOf);
  return examples.length === 0 ? undefined : `Such as ${examples.join(' or ')}`;
}

/** Of `ANA NAN` (A: a letter, N: a digit) `A1B 2C3`. */
function exampleOf(format: string): string {
  const letters = [...'ABCDEFGH'];
  const digits = [...'1234567890'];
  return format.replaceAll(/[AN]/g, (sign) => (sign === 'A' ? letters : digits).shift() ?? sign);
}

/** A field that another choice calls for, empty. */
function emptyField(path: string): Field {
  const choices = closedListAt(path);
  const kind = choices === undefined ? 'line' : 'list';
  return { path, kind, choices, value: '', most: mostAt(path), optional: false };
}

const isListIn = (block: ShownBlock): boolean => 'element' in block && block.element.type === 'static_select';

const holdsAnything = (block: ShownBlock): boolean =>
  'element' in block && Object.keys(block.element).some((name) => name.startsWith('initial_'));

/** Characters of what AWS has now, below what a person typed. */
const NOW_LENGTH = 1900;

/** A field's input, filled in; `kept`: what the person typed before, where AWS has something else. */
export function fixInput(field: Field, kept: Typed | undefined, hint = hintOf(field)): InputBlock {
  const { path, value, optional } = field;
  const isKept = kept !== undefined && !readSame(path, kept, value);
  return input(path, editedFieldName(path), elementOf(field, isKept ? kept : value), {
    optional,
    ...(isLeading(path) ? { dispatch_action: true } : {}),
    ...hinted(isKept ? awsHas(field) : hint),
  });
}

const hinted = (hint: string | undefined) =>
  hint === undefined ? {} : { hint: foreignPlain(hint, NOW_LENGTH) };

function hintOf({ path, unit }: Field): string | undefined {
  if (unit === undefined) return HINTS.get(withoutIndexes(path));
  return unit.monthly ? `${unit.currency} a month` : unit.currency;
}

/** By AWS's path without indexes. */
const HINTS: ReadonlyMap<string, string> = new Map([
  [
    SOLUTIONS,
    'Your solutions in Partner Central, or the ARN of a solution or product in AWS Marketplace. It is associated with the opportunity.',
  ],
  ['Project.OtherSolutionDescription', 'What you offer, where none of your solutions is it.'],
  ['Project.RelatedOpportunityIdentifier', 'Its ID: O and digits.'],
  ['Customer.Contacts.Phone', 'With + and the country code, digits only: +4755512345'],
  ['Marketing.AwsFundingUsed', 'AWS asks this of a marketing activity.'],
]);

function awsHas({ kind, value }: Field): string {
  if (value.length === 0) return 'AWS has nothing here now.';
  if (typeof value !== 'string') return `AWS has now: ${value.join(', ')}`;
  return `AWS has now: ${kind === 'day' ? day(value) : kind === 'country' ? country(value) : value}`;
}

function elementOf({ path, kind, most, choices = [] }: Field, value: Typed): InputBlockElement {
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
    case 'list':
    case 'country': {
      const options = withValue(kind === 'list' ? choices.map(fieldOption) : countryOptions(), text);
      return {
        type: 'static_select',
        action_id: isLeading(path) ? ACTION.leadingField : ACTION.chosenField,
        ...(kind === 'list' ? { options } : { option_groups: byLetter(options) }),
        ...initially(options, text),
      };
    }
    case 'several':
      return severalElement(choices, typeof value === 'string' ? [] : value);
    case 'solution':
      return {
        type: 'external_select',
        action_id: ACTION.pickSolution,
        placeholder: placeholder('Name or ID'),
        min_query_length: 0,
        ...(text === '' ? {} : { initial_option: fieldOption(text) }),
      };
  }
}

/** Checkboxes, or a list where there are more than those take. */
function severalElement(choices: readonly string[], chosen: readonly string[]): InputBlockElement {
  const options = [...new Set([...choices, ...chosen])].map(fieldOption);
  const initial = options.filter(({ value }) => chosen.includes(value ?? ''));
  return {
    type: options.length > LIMITS.checkboxes ? 'multi_static_select' : 'checkboxes',
    action_id: ACTION.field,
    options,
    ...(initial.length === 0 ? {} : { initial_options: initial }),
  };
}

/** The text may be cut; the value is AWS's own spelling, and none in AWS's lists is too long for Slack. */
const fieldOption = (value: string): PlainTextOption => foreignOption(value);

const countryOptions = once(() =>
  countryCodes
    .map((code) => foreignOption(code, country(code)))
    .sort((one, other) => one.text.text.localeCompare(other.text.text, 'en')),
);

/** The value that is there now can be chosen even where our list lacks it. */
const withValue = (options: PlainTextOption[], value: string): PlainTextOption[] =>
  value === '' || options.some((each) => each.value === value) ? options : [fieldOption(value), ...options];

/** A group takes 100 options, and there are more countries. */
function byLetter(options: PlainTextOption[]): { label: PlainTextElement; options: PlainTextOption[] }[] {
  const groups = Map.groupBy(
    options,
    ({ text }) => text.text.normalize('NFD').charAt(0).toUpperCase() || '-',
  );
  return [...groups].map(([letter, some]) => ({ label: plain(letter, LIMITS.optionText), options: some }));
}
