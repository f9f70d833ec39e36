import type { KnownBlock, PlainTextOption } from '@slack/types';
import { isObject } from '../json.ts';
import { optionsOf } from './block-rules.ts';
import { interactiveElements, type PlacedElement } from './elements.ts';
import type { InputValue } from './stand-in.ts';

/** One element's part of `view.state.values`, e.g. `{ type: 'static_select', selected_option: … }`. */
export type StateValue = Readonly<Record<string, unknown>>;
export type StateValues = Readonly<Record<string, Readonly<Record<string, StateValue>>>>;
type Element = PlacedElement['element'];

/** What an element holds before anybody touches it; undefined for one that holds nothing (a button). */
function initialValue(element: Element): StateValue | undefined {
  const { type } = element;
  switch (type) {
    case 'button':
    case 'overflow':
    case 'workflow_button':
      return undefined;
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type, value: element.initial_value ?? null };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: element.initial_option ?? null };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: element.initial_options ?? [] };
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { type, selected_time: element.initial_time ?? null };
    case 'datetimepicker':
      return { type, selected_date_time: element.initial_date_time ?? null };
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null };
    case 'channels_select':
      return { type, selected_channel: element.initial_channel ?? null };
    case 'conversations_select':
      return { type, selected_conversation: element.initial_conversation ?? null };
    case 'multi_users_select':
      return { type, selected_users: element.initial_users ?? [] };
    case 'multi_channels_select':
      return { type, selected_channels: element.initial_channels ?? [] };
    case 'multi_conversations_select':
      return { type, selected_conversations: element.initial_conversations ?? [] };
    case 'file_input':
      return { type, files: [] };
    case 'rich_text_input':
      return { type, rich_text_value: element.initial_value ?? null };
    default:
      return undefined;
  }
}

/** The name of the one field beside `type`. */
function fieldOf(value: StateValue): string {
  return Object.keys(value).find((key) => key !== 'type') ?? 'value';
}

/** Whether nothing is entered. */
function isEmpty(value: StateValue): boolean {
  const entered = value[fieldOf(value)];
  return entered === null || entered === '' || (Array.isArray(entered) && entered.length === 0);
}

function stillOffered(element: Element, value: StateValue): boolean {
  const options = optionsOf(element);
  const chosen = value.selected_options ?? value.selected_option;
  if (options === undefined || chosen === null || chosen === undefined) return true;
  return (Array.isArray(chosen) ? chosen : [chosen]).every((option) =>
    options.some((known) => isObject(option) && known.value === option.value),
  );
}

/**
 * The state of all inputs: what they held before where the same block_id and action_id (and type) are still
 * there, even if nobody typed it; the initial values elsewhere. So an update that wants another initial value
 * shown needs another block_id, as in Slack.
 * https://docs.slack.dev/surfaces/modals/#updating_views
 */
export function stateValues(blocks: readonly KnownBlock[], before: StateValues): StateValues {
  const values: Record<string, Record<string, StateValue>> = {};
  for (const { blockId, actionId, element } of interactiveElements(blocks)) {
    const initial = initialValue(element);
    if (initial === undefined) continue;
    const kept = before[blockId]?.[actionId];
    values[blockId] = {
      ...values[blockId],
      [actionId]: kept?.type === element.type && stillOffered(element, kept) ? kept : initial,
    };
  }
  return values;
}

export type Entered =
  | { readonly ok: true; readonly value: StateValue }
  | { readonly ok: false; readonly problem: string };

/** What can be chosen beyond the options in the view. */
export interface Choices {
  /** What an external select has shown. */
  readonly offered: readonly PlainTextOption[];
  readonly users: readonly string[];
  readonly channels: readonly string[];
}

function one(input: InputValue): string | null {
  return typeof input === 'string' ? input : (input?.[0] ?? null);
}

function several(input: InputValue): readonly string[] {
  return typeof input === 'string' ? [input] : (input ?? []);
}

/** Filling an input in, or choosing from an overflow menu, as a person would. */
export function enter(element: Element, input: InputValue, choices: Choices): Entered {
  const initial =
    element.type === 'overflow' ? { type: 'overflow', selected_option: null } : initialValue(element);
  if (initial === undefined) return { ok: false, problem: `a ${element.type} can't be filled in` };
  const options = optionsOf(element) ?? choices.offered;
  const chosen = (value: string) => options.find((option) => option.value === value);
  const field = fieldOf(initial);

  if (field === 'selected_option' || field === 'selected_options') {
    const wanted = field === 'selected_option' ? several(one(input)) : several(input);
    const missing = wanted.find((value) => chosen(value) === undefined);
    if (missing !== undefined)
      return {
        ok: false,
        problem: `"${missing}" isn't offered: ${options.map((option) => option.value).join(', ') || 'nothing is'}`,
      };
    const found = wanted.map(chosen);
    return field === 'selected_option'
      ? { ok: true, value: { ...initial, [field]: found[0] ?? null } }
      : checkCount(element, { ...initial, [field]: found }, found.length);
  }
  const known = /_users?$/.test(field)
    ? choices.users
    : /_(channel|conversation)s?$/.test(field)
      ? choices.channels
      : undefined;
  const unknown = several(input).find((id) => known !== undefined && !known.includes(id));
  if (unknown !== undefined) return { ok: false, problem: `there is no ${unknown} to choose` };
  if (field.endsWith('s') && field !== 'files')
    return checkCount(element, { ...initial, [field]: several(input) }, several(input).length);
  const text = one(input);
  if (field === 'selected_date' && text !== null && !/^\d{4}-\d{2}-\d{2}$/.test(text))
    return { ok: false, problem: `"${text}" isn't a date (YYYY-MM-DD)` };
  if (field === 'selected_time' && text !== null && !/^\d{2}:\d{2}$/.test(text))
    return { ok: false, problem: `"${text}" isn't a time (HH:mm)` };
  if (field === 'selected_date_time')
    return { ok: true, value: { ...initial, [field]: text === null ? null : Number(text) } };
  if (element.type === 'plain_text_input' && text !== null && text.length > (element.max_length ?? 3000))
    return { ok: false, problem: `Slack takes no more than ${element.max_length ?? 3000} characters` };
  return { ok: true, value: { ...initial, [field]: text === '' ? null : text } };
}

function checkCount(element: Element, value: StateValue, count: number): Entered {
  const most = 'max_selected_items' in element ? element.max_selected_items : undefined;
  return most !== undefined && count > most
    ? { ok: false, problem: `no more than ${most} can be chosen` }
    : { ok: true, value };
}

/**
 * What Slack itself says when Submit is pressed, by block_id: required inputs that are empty, text that is too
 * short, an address that is none. Nothing is delivered then.
 */
export function submissionProblems(
  blocks: readonly KnownBlock[],
  values: StateValues,
): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {};
  for (const { block, blockId, actionId, element } of interactiveElements(blocks)) {
    if (block.type !== 'input') continue;
    const value = values[blockId]?.[actionId];
    if (value === undefined) continue;
    const problem = isEmpty(value)
      ? block.optional === true
        ? undefined
        : 'Please complete this required field.'
      : problemWith(element, String(value.value ?? ''));
    if (problem !== undefined) problems[blockId] = problem;
  }
  return problems;
}

function problemWith(element: Element, text: string): string | undefined {
  switch (element.type) {
    case 'plain_text_input':
      return element.min_length !== undefined && text.length < element.min_length
        ? `Please write at least ${element.min_length} characters.`
        : undefined;
    case 'email_text_input':
      return /^\S+@\S+\.\S+$/.test(text) ? undefined : 'Please enter a valid email address.';
    case 'url_text_input':
      return URL.canParse(text) ? undefined : 'Please enter a valid URL.';
    case 'number_input':
      return numberProblem(element, text);
    default:
      return undefined;
  }
}

function numberProblem(
  element: Extract<Element, { type: 'number_input' }>,
  text: string,
): string | undefined {
  const number = Number(text);
  if (Number.isNaN(number)) return 'Please enter a number.';
  if (!element.is_decimal_allowed && !Number.isInteger(number)) return 'Please enter a whole number.';
  if (element.min_value !== undefined && number < Number(element.min_value))
    return `Please enter a number of ${element.min_value} or more.`;
  if (element.max_value !== undefined && number > Number(element.max_value))
    return `Please enter a number of ${element.max_value} or less.`;
  return undefined;
}
