import { opportunityIdsIn } from './opportunity-ids.ts';

/**
 * Where Slack keeps what a person reads in a message, and the addresses it links to; not its names for things. Other
 * apps' notifications have it in an attachment's footer and author, e-mails in a file's subject and text.
 */
const READ = new Set([
  'text',
  'title',
  'pretext',
  'alt_text',
  'footer',
  'author_name',
  'subject',
  'plain_text',
  'preview_plain_text',
]);

/** Where what is shown leads. */
const ADDRESSES = new Set(['url', 'title_link', 'from_url']);

/** What a person sees only on a press, or never: lists to choose from, questions back, what apps note beside a message. */
const HIDDEN = new Set(['confirm', 'option_groups', 'options', 'metadata']);

/** Rich text whose elements stand in one line: formatting may split a word over two of them. */
const LINES = new Set(['rich_text_section', 'rich_text_quote', 'rich_text_preformatted']);

/**
 * The opportunity IDs in a message as Slack sends it, in the order in which they are read: in its text, its
 * blocks, and what it quotes or links to; each once.
 */
export function opportunityIdsInMessage(message: unknown): readonly string[] {
  return [...new Set(textsIn(message).flatMap(opportunityIdsIn))];
}

type Fields = Readonly<Record<string, unknown>>;

/** `name`: of the field that holds the value; `within`: of the one that holds the object it is a field of. */
function textsIn(value: unknown, name = '', within = ''): string[] {
  if (typeof value === 'string') {
    // An attachment's `fields` have theirs in `value`; a button's value is nothing that anybody reads.
    return READ.has(name) || ADDRESSES.has(name) || (name === 'value' && within === 'fields') ? [value] : [];
  }
  if (Array.isArray(value)) return value.flatMap((each) => textsIn(each, name, within));
  if (!isObject(value)) return [];
  if (LINES.has(String(value.type)) && Array.isArray(value.elements)) return textsInLine(value.elements);
  // Slack shows blocks in place of a text beside them, and an attachment's fallback only where there is nothing else.
  const inBlocks = textsIn(value.blocks, 'blocks', name);
  const shown = Object.entries(value).flatMap(([key, inner]) =>
    key === 'blocks' || HIDDEN.has(key) || (key === 'text' && inBlocks.length > 0)
      ? []
      : textsIn(inner, key, name).map((text) => ({ text, isAddress: ADDRESSES.has(key) })),
  );
  const texts = [...shown.map(({ text }) => text), ...inBlocks];
  const hasBody = inBlocks.length > 0 || shown.some(({ text, isAddress }) => text !== '' && !isAddress);
  return hasBody || typeof value.fallback !== 'string' ? texts : [value.fallback, ...texts];
}

/** What stands in a line, put together again; a link's address comes beside what it is shown as. */
function textsInLine(elements: readonly unknown[]): string[] {
  let line = '';
  const addresses: string[] = [];
  for (const element of elements) {
    const { text, url } = isObject(element) ? element : {};
    line += typeof text === 'string' ? text : ` ${typeof url === 'string' ? url : ''} `;
    if (typeof text === 'string' && typeof url === 'string') addresses.push(url);
  }
  return [line, ...addresses];
}

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
