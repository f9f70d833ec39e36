/**
 * Reads opportunity IDs, wherever they come from: what is typed, pasted or chosen, and what stands in a message. Everything
 * here takes time in proportion to the text, because anybody may send one, of any length.
 */

/** Characters of a command or a mention, by our own choice: 25 links to opportunities have some 2,500. Slack takes more. */
const MOST_TYPED = 3000;

/** Whether a command or a mention has more characters than are read of one. */
export const isTooLong = (text: string): boolean => text.length > MOST_TYPED && [...text].length > MOST_TYPED;

/**
 * AWS's form of an ID, `^O[0-9]{1,19}$`, in a link or a sentence: not a piece of a longer word, nor of a number such as
 * `O12.3` or `O12_3`.
 */
const IDS_IN_TEXT = /(?<![A-Za-z0-9])O[0-9]{1,19}(?![A-Za-z0-9]|[.．'’_][0-9])/gi;
/** What nobody sees and pasting brings along: soft hyphens, zero-width characters, direction marks, variation selectors. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const FULL_WIDTH = /[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/g;
/** Slack's names for people, channels and groups can look like an ID: `<#C1|o1-team>`. */
const MENTION = /<[@#!][^<>]*>/g;

/**
 * A text as a person reads it in Slack, in ASCII's letters and digits: without formatting (an ID that is half bold,
 * `*O1234*567`, is one ID), mentions, Slack's escapes, and what can't be seen.
 */
export function plainText(text: string): string {
  return (
    text
      .replaceAll(MENTION, ' ')
      .replaceAll(INVISIBLE, '')
      .replaceAll(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
      .replaceAll(/&(?:lt|gt|amp);/g, ' ')
      .replaceAll(/[*~`]/g, '')
      // Inside of a word an underscore is only formatting where another one stands at its edge: `O12_34` isn't O1234.
      .replaceAll(/\S+/g, (word) =>
        word.startsWith('_') || word.endsWith('_') ? word.replaceAll('_', '') : word,
      )
  );
}

/** Every opportunity ID in a sentence or a link, in AWS's form; one that stands there twice comes twice. */
export const opportunityIdsIn = (text: string): string[] => idsInPlain(plainText(text));

/** The one opportunity ID in what was chosen, typed or pasted, in AWS's form; undefined where there is none, or more than one. */
export function parseOpportunityId(text: string): string | undefined {
  const [id, another] = opportunityIdsIn(text);
  return another === undefined ? id : undefined;
}

/** What a text names. */
interface Named {
  /** Each once, in the order in which they stand there, in AWS's form. */
  readonly opportunityIds: readonly string[];
  /** Every other piece, without the marks around it. */
  readonly others: readonly string[];
}

/** The opportunity IDs in what somebody typed, and what else stands there. */
export function parseOpportunityIds(text: string): Named {
  const pieces = plainText(text)
    // Of a link's label only what is an ID counts: its other words describe the link.
    .replaceAll(/<([^<|>]*)\|([^<>]*)>/g, (_, url: string, label: string) =>
      ['', url, ...idsInPlain(label), ''].join(' '),
    )
    .split(/[\s,;，；<>]+/)
    .map((piece) => ({ piece: withoutEdges(piece), ids: idsInPlain(piece) }));
  return {
    opportunityIds: [...new Set(pieces.flatMap(({ ids }) => ids))],
    others: pieces.flatMap(({ piece, ids }) => (ids.length === 0 && piece !== '' ? [piece] : [])),
  };
}

const idsInPlain = (plain: string): string[] =>
  (plain.match(IDS_IN_TEXT) ?? []).map((match) => match.toUpperCase());

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** `text` without quotes, brackets, full stops and the like before its first and after its last letter or digit. */
function withoutEdges(text: string): string {
  const signs = [...text];
  const first = signs.findIndex((sign) => LETTER_OR_DIGIT.test(sign));
  const last = signs.findLastIndex((sign) => LETTER_OR_DIGIT.test(sign));
  return signs.slice(Math.max(first, 0), last + 1).join('');
}

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

/** What a button that opens the form carries: which opportunities, and the thread in which the outcome belongs. */
export interface OpenFormValue {
  readonly opportunityIds: readonly string[];
  readonly threadTs: string | undefined;
}

/** IDs, divided by commas, and after a space the thread: `O1,O2 1700000000.000100`. */
export const openFormValue = ({ opportunityIds, threadTs }: OpenFormValue): string =>
  [opportunityIds.join(','), ...(threadTs === undefined ? [] : [threadTs])].join(' ');

/** Reads what `openFormValue` wrote; what isn't an ID or a thread is left out. */
export function parseOpenFormValue(value: string): OpenFormValue {
  const [ids = '', thread = ''] = value.split(' ');
  return {
    opportunityIds: ids
      .split(',')
      .map(parseOpportunityId)
      .filter((id) => id !== undefined),
    threadTs: /^\d+\.\d+$/.test(thread) ? thread : undefined,
  };
}
