import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  InputBlock,
  KnownBlock,
  MrkdwnElement,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
} from '@slack/types';
import { readable } from '../../aws/values.ts';
import type { NotAllowed, Refusal } from '../../permissions.ts';
import { cut, mentionAny } from '../text.ts';

/** A message as `chat.postMessage` takes it. `text` is for notifications and screen readers. */
export interface Message {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/**
 * Slack's sizes, in code points unless said otherwise. "Block Kit reference", "Views", https://docs.slack.dev.
 */
export const LIMITS = {
  messageBlocks: 50,
  viewBlocks: 100,
  viewTitle: 24,
  sectionText: 3000,
  sectionField: 2000,
  sectionFields: 10,
  header: 150,
  contextElements: 10,
  buttonText: 75,
  /** Of its hint too. */
  inputLabel: 2000,
  placeholder: 150,
  buttonValue: 2000,
  /** Of its description too. */
  optionText: 75,
  optionValue: 150,
  checkboxes: 10,
  /** Of one select. */
  options: 100,
  accessibilityLabel: 75,
  /**
   * All text of one message together, as `textSize` counts it. Slack documents no limit. Observed: 11,341 were refused as
   * `msg_blocks_too_long` (https://github.com/slackapi/bolt-js/issues/2867), 5,732 taken.
   */
  messageText: 9000,
} as const;

/** How many opportunities go at once, by our own choice: three blocks of a view for each leave room for all else. */
export const MOST_AT_ONCE = 25;

const plainText =
  (emoji: boolean) =>
  (text: string, length: number): PlainTextElement => ({
    type: 'plain_text',
    text: cut(text, length),
    emoji,
  });

/** Plain text, cut to what the place takes. */
export const plain = plainText(true);

/** What others wrote, as plain text: `:skull:` stays what it is. */
export const foreignPlain = plainText(false);

/** What others wrote, without breaks and readable. */
export const onOneLine = (text = ''): string => readable(text).replaceAll(/\s+/g, ' ').trim();

/** mrkdwn; what others wrote in it has been escaped before. */
const mrkdwn = (text: string): MrkdwnElement => ({ type: 'mrkdwn', text, verbatim: true });

export const header = (text: string): HeaderBlock => ({ type: 'header', text: plain(text, LIMITS.header) });

export const section = (text: string): SectionBlock => ({ type: 'section', text: mrkdwn(text) });

/** Lines of mrkdwn, each far within a section's size, in as few sections as they fit. */
export function sections(lines: readonly string[]): SectionBlock[] {
  const texts: string[] = [];
  for (const line of lines) {
    const longer = [texts.at(-1), line].filter((text) => text !== undefined).join('\n');
    if (longer.length > LIMITS.sectionText) texts.push(line);
    else texts.splice(-1, 1, longer);
  }
  return texts.map(section);
}

/** The first `most` of these, and how many more there are. */
export const firstFew = (
  texts: readonly string[],
  most: number,
  rest = (count: number) => `and ${count} more`,
): string[] => (texts.length > most ? [...texts.slice(0, most), rest(texts.length - most)] : [...texts]);

/** Pairs of a name and a value (mrkdwn, escaped), in two columns. */
export const facts = (pairs: readonly (readonly [name: string, value: string])[]): SectionBlock => ({
  type: 'section',
  fields: pairs.slice(0, LIMITS.sectionFields).map(([name, value]) => mrkdwn(`*${name}*\n${value}`)),
});

export const context = (...texts: readonly string[]): ContextBlock => ({
  type: 'context',
  elements: texts.slice(0, LIMITS.contextElements).map(mrkdwn),
});

export const divider: DividerBlock = { type: 'divider' };

export const actions = (elements: ActionsBlock['elements']): ActionsBlock => ({ type: 'actions', elements });

/** A row of buttons; nothing where there are none. */
export const buttonRow = (buttons: readonly Button[]): ActionsBlock[] =>
  buttons.length === 0 ? [] : [actions([...buttons])];

/** `label`: for screen readers, where the text alone doesn't say which submission it is about. */
export const button = ({
  text,
  actionId,
  label = text,
  value,
  url,
  style,
}: {
  readonly text: string;
  readonly actionId: string;
  readonly label?: string;
  readonly value?: string;
  readonly url?: string;
  readonly style?: 'primary' | undefined;
}): Button => ({
  type: 'button',
  text: plain(text, LIMITS.buttonText),
  action_id: actionId,
  accessibility_label: cut(label, LIMITS.accessibilityLabel),
  ...(value === undefined ? {} : { value }),
  ...(url === undefined ? {} : { url }),
  ...(style === undefined ? {} : { style }),
});

/** An input of a form: Slack sends what it holds under its block_id and the element's action_id. */
export const input = (
  blockId: string,
  label: string,
  element: InputBlock['element'],
  more: Pick<InputBlock, 'hint' | 'optional' | 'dispatch_action'> = {},
): InputBlock => ({
  type: 'input',
  block_id: blockId,
  label: plain(label, LIMITS.inputLabel),
  element,
  ...more,
});

export const placeholder = (text: string): PlainTextElement => plain(text, LIMITS.placeholder);

const optionIn =
  (words: typeof plain) =>
  (value: string, text = value, description?: string): PlainTextOption => ({
    text: words(text, LIMITS.optionText),
    ...(description === undefined ? {} : { description: words(description, LIMITS.optionText) }),
    value: cut(value, LIMITS.optionValue),
  });

/** What can be chosen, in our own words; Slack sends its value. */
export const option = optionIn(plain);

/** The same in words of others. */
export const foreignOption = optionIn(foreignPlain);

/** The option that is chosen at first. */
export function initially(options: readonly PlainTextOption[], value: string | undefined) {
  const option = options.find((each) => each.value === value);
  return option === undefined ? {} : { initial_option: option };
}

/** The confirmation that Slack asks for before it sends a press. */
export const confirmDialog = (
  title: string,
  text: string,
  confirm: string,
  deny: string,
): ConfirmationDialog => ({
  title: { type: 'plain_text', text: title },
  text: { type: 'plain_text', text },
  confirm: { type: 'plain_text', text: confirm },
  deny: { type: 'plain_text', text: deny },
});

/** A message that is one text. */
export const saying = (text: string): Message => ({ text, blocks: [section(text)] });

/** Says that somebody may not do this here, and whom to ask; mrkdwn. */
export function refusalText({ reason, contact }: Refusal): string {
  const whom = contact === undefined ? 'whoever runs this bot' : mentionAny(contact);
  switch (reason) {
    case 'guest':
      return "*Guests can't look up or submit opportunities.* Ask a full member of this workspace.";
    case 'other-workspace':
      return '*Only people of the workspace this bot belongs to can look up or submit opportunities.* Ask your contact there.';
    case 'not-listed':
      return `*You can't submit yet.* Ask ${whom}.`;
    case 'channel':
      return `*This bot isn't used in this channel.* Ask ${whom} where it is.`;
  }
}

export const permissionUnknown =
  "We couldn't check whether you may do this: Slack didn't answer. Nothing was submitted; please try again.";

/** The answer to a person who may not, or of whom that isn't known. */
export const notAllowedMessage = (instead: NotAllowed): Message =>
  saying(instead.type === 'not-permitted' ? refusalText(instead.why) : permissionUnknown);
