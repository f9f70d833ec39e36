import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { isObject } from '../json.ts';
import { type CheckedBlock, knownBlock } from './blocks.ts';
import { interactiveElements, type PlacedElement } from './elements.ts';
import { newSecret } from './ids.ts';
import { complaint, complaints } from './slack-messages.ts';

export type Surface = 'message' | 'modal' | 'home';

const EVERYWHERE: readonly Surface[] = ['message', 'modal', 'home'];

/** Where each type of block may stand. https://docs.slack.dev/reference/block-kit/blocks/ */
const SURFACES_OF_BLOCKS: Readonly<Record<CheckedBlock['type'], readonly Surface[]>> = {
  actions: EVERYWHERE,
  alert: ['modal'],
  context: EVERYWHERE,
  divider: EVERYWHERE,
  header: EVERYWHERE,
  image: EVERYWHERE,
  input: EVERYWHERE,
  markdown: ['message'],
  rich_text: EVERYWHERE,
  section: EVERYWHERE,
};

/**
 * Elements that don't work everywhere.
 * https://docs.slack.dev/reference/block-kit/block-elements/
 */
const SURFACES_OF_ELEMENTS: Readonly<Record<string, readonly Surface[]>> = {
  datetimepicker: ['message', 'modal'],
  email_text_input: ['modal'],
  number_input: ['modal'],
  url_text_input: ['modal'],
};

/** Blocks a surface may hold. */
const MOST_BLOCKS: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 };

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly messages: readonly string[] };

/** Elements that need no action_id. */
const PASSIVE = new Set(['image', 'plain_text', 'mrkdwn', 'rich_text_section', 'rich_text_list']);

function withActionId(element: unknown): unknown {
  if (!isObject(element) || typeof element.type !== 'string' || PASSIVE.has(element.type)) return element;
  return { ...element, action_id: element.action_id ?? newSecret(5) };
}

/** Slack makes up the block_ids and action_ids that an app leaves out. */
function withIds(block: unknown): unknown {
  if (!isObject(block)) return block;
  const identified = { ...block, block_id: block.block_id ?? newSecret(5) };
  if (block.type === 'actions' && Array.isArray(block.elements))
    return { ...identified, elements: block.elements.map(withActionId) };
  if (block.type === 'input') return { ...identified, element: withActionId(block.element) };
  if (block.type === 'section' && block.accessory !== undefined)
    return { ...identified, accessory: withActionId(block.accessory) };
  return identified;
}

function repeated<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const before = seen.size;
    seen.add(key(item));
    return seen.size === before;
  });
}

function sameOption(one: unknown, other: unknown): boolean {
  return isObject(one) && isObject(other) && one.value === other.value;
}

/** Rules between the fields of one element. */
function elementProblems({ element, path }: PlacedElement, surface: Surface): readonly string[] {
  const problems: string[] = [];
  const surfaces = SURFACES_OF_ELEMENTS[element.type];
  if (surfaces !== undefined && !surfaces.includes(surface))
    problems.push(complaint(`unsupported type: ${element.type}`, path));
  if (element.type === 'static_select' || element.type === 'multi_static_select') {
    if ((element.options === undefined) === (element.option_groups === undefined))
      problems.push(complaint('must provide either options or option_groups', path));
  }
  const options = optionsOf(element);
  if (options === undefined) return problems;
  if (repeated(options, (option) => String(option.value)).length > 0)
    problems.push(complaint('option values must be unique', path));
  const initial = [
    ...('initial_option' in element && element.initial_option ? [element.initial_option] : []),
    ...('initial_options' in element ? (element.initial_options ?? []) : []),
  ];
  if (initial.some((chosen) => !options.some((option) => sameOption(option, chosen))))
    problems.push(complaint('initial option must be one of the options', path));
  return problems;
}

/** The options an element offers itself; undefined where they come from elsewhere. */
export function optionsOf(element: PlacedElement['element']) {
  switch (element.type) {
    case 'static_select':
    case 'multi_static_select':
      return element.options ?? element.option_groups?.flatMap((group) => group.options) ?? [];
    case 'radio_buttons':
    case 'checkboxes':
    case 'overflow':
      return element.options;
    default:
      return undefined;
  }
}

/** Rules that no single block can break. */
function problemsBetween(blocks: readonly KnownBlock[], surface: Surface): readonly string[] {
  const elements = interactiveElements(blocks);
  const focused = elements.filter(
    ({ element }) => 'focus_on_load' in element && element.focus_on_load === true,
  );
  return [
    ...blocks.flatMap((block, index) =>
      isSupported(block.type, surface) ? [] : [complaint(`unsupported type: ${block.type}`, [index])],
    ),
    ...repeated(blocks, (block) => block.block_id ?? '').map(
      (block) => `[ERROR] \`block_id\` "${block.block_id}" already exists`,
    ),
    ...repeated(elements, ({ blockId, actionId }) => JSON.stringify([blockId, actionId])).map(
      ({ actionId }) => `[ERROR] \`action_id\` "${actionId}" already exists`,
    ),
    ...elements.flatMap((placed) => elementProblems(placed, surface)),
    ...(focused.length > 1 ? ['[ERROR] only one element can have `focus_on_load`'] : []),
  ];
}

function isSupported(type: string, surface: Surface): boolean {
  return Object.entries(SURFACES_OF_BLOCKS).some(
    ([known, surfaces]) => known === type && surfaces.includes(surface),
  );
}

/**
 * Checks blocks as Slack does for a surface, and fills in the IDs that were left out. `path` is where the
 * blocks stand in what was sent.
 */
export function checkBlocks(
  blocks: unknown,
  surface: Surface,
  path: readonly PropertyKey[] = ['blocks'],
): Checked<readonly KnownBlock[]> {
  const given = Array.isArray(blocks) ? blocks.map(withIds) : blocks;
  const parsed = z.array(knownBlock).max(MOST_BLOCKS[surface]).safeParse(given, { reportInput: true });
  if (!parsed.success) return { ok: false, messages: complaints(parsed.error.issues, path) };
  const problems = problemsBetween(parsed.data, surface);
  return problems.length > 0 ? { ok: false, messages: problems } : { ok: true, value: parsed.data };
}
