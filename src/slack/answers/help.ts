import type { Button } from '@slack/types';
import { type Catalog, catalogMeaning } from '../../aws/terms.ts';
import type { Permission } from '../../permissions.ts';
import {
  actions,
  button,
  context,
  type Message,
  MOST_AT_ONCE,
  notAllowedMessage,
  permissionUnknown,
  refusalText,
  saying,
  section,
} from '../blocks/elements.ts';
import type { Suggestion } from '../command-text.ts';
import { tooMany } from '../forms/batch.ts';
import { ACTION, ASKED } from '../ids.ts';
import { openFormValue } from '../opportunity-ids.ts';
import { foreign, forOpportunity, LABEL, mentionAny } from '../text.ts';

const COMMANDS = [
  '• *Submit*: `/submit-opportunity O1234567`, several IDs, or nothing to pick',
  '• *Check*: `/submit-opportunity status O1234567`',
  '• *See all*: `/submit-opportunity list`, or my Home tab',
  "• *In a thread*: a message's menu, *Submit opportunity…*, or mention me with an ID",
].join('\n');
const WHAT_HAPPENS =
  "A submission locks the deal until AWS decides and can't be withdrawn. What comes of it appears where you asked.";

/**
 * The answer to `help`. For whoever may submit: what there is, which catalog this bot reaches, and whom to ask (`CONTACT`);
 * for others, why they may not.
 */
export function helpMessage(
  permission: Permission,
  { catalog, contact }: { readonly catalog: Catalog; readonly contact: string | undefined },
): Message {
  const whom = contact === undefined ? [] : [`Questions: ${mentionAny(contact)}.`];
  if (permission.type === 'not-permitted') {
    const text = `You can't submit here: ${refusalText(permission.why)}`;
    return { text, blocks: [section(text), ...whom.map((text) => context(text))] };
  }
  const may = permission.type === 'allowed' ? 'You may submit here.' : permissionUnknown;
  return {
    text: [COMMANDS, may].join('\n'),
    blocks: [
      section(COMMANDS),
      section(WHAT_HAPPENS),
      context([`${may} ${catalogMeaning(catalog)}.`, ...whom].join(' ')),
    ],
  };
}

/** The answer to a mention: a button that opens the form, for whoever may; `value` is an `OpenFormValue`, written. */
export function offerMessage(
  permission: Permission,
  { opportunityIds, value }: { readonly opportunityIds: readonly string[]; readonly value: string },
): Message {
  if (permission.type !== 'allowed') return notAllowedMessage(permission);
  if (opportunityIds.length > MOST_AT_ONCE) return saying(tooMany(opportunityIds.length));
  const text = offerText(opportunityIds);
  const [only] = opportunityIds.length === 1 ? opportunityIds : [];
  const label = only === undefined ? LABEL.openForm : forOpportunity(LABEL.openForm, only);
  const open = button({ text: LABEL.openForm, label, actionId: ACTION.openForm, value, style: 'primary' });
  return { text, blocks: [section(text), actions([open])] };
}

function offerText([opportunityId, another]: readonly string[]): string {
  const where = 'What comes of it appears in the thread of your message.';
  if (opportunityId === undefined)
    return 'Which opportunity? The form asks for it; or mention me with its ID, such as O1234567. `/submit-opportunity help` says what else there is.';
  return another === undefined
    ? `Open the form for ${opportunityId} here. ${where}`
    : `You named several opportunities: the form shows them all, to submit them at once or leave some out. ${where}`;
}

/** The answers to a command and to a mention that are longer than the bot reads. */
export const commandTooLong =
  'That has more than 3,000 characters, so nothing of it was read. Please give the opportunity IDs alone, up to 25 at once: `/submit-opportunity O1234567 O1234568`';
export const mentionTooLong =
  'Your message has more than 3,000 characters, so I looked for no opportunity ID in it. *Submit opportunity…* in its menu reads it whole; or mention me with the IDs alone.';

/**
 * Says what wasn't understood, with a button for each thing that may have been meant. `threadTs`: the thread for the outcome
 * of what is submitted by such a button.
 */
export function unclearMessage(
  { typed, suggestions }: { readonly typed: string; readonly suggestions: readonly Suggestion[] },
  threadTs?: string,
): Message {
  const ids = suggestions.flatMap((meant) => (meant.type === 'submit' ? meant.opportunityIds : []));
  const question =
    ids.length > 0
      ? `What about ${listedIds(ids)}?`
      : suggestions.length > 0
        ? 'Did you mean this?'
        : 'An opportunity ID is `O` and up to 19 digits.';
  const text = `I didn't get “${foreign(typed, 200)}”. ${question}`;
  // Help is always offered; picking a deal, unless IDs were understood.
  const offered: Suggestion[] = [
    ...suggestions,
    ...(ids.length > 0 ? [] : [{ type: 'submit', opportunityIds: [] } as const]),
    ...(suggestions.some(({ type }) => type === 'help') ? [] : [{ type: 'help' } as const]),
  ];
  return {
    text,
    blocks: [
      section(text),
      actions(offered.map((meant, index) => suggestionButton(meant, ASKED[index] ?? ASKED[0], threadTs))),
    ],
  };
}

/** The button's value is what would be typed after the command; for submitting, an `OpenFormValue`. */
function suggestionButton(meant: Suggestion, actionId: string, threadTs: string | undefined): Button {
  switch (meant.type) {
    case 'submit': {
      const { opportunityIds } = meant;
      return button({
        text: opportunityIds.length === 0 ? 'Pick a deal' : `Submit ${listedIds(opportunityIds)}…`,
        actionId: ACTION.openForm,
        value: openFormValue({ opportunityIds, threadTs }),
      });
    }
    case 'status': {
      const { opportunityId: id } = meant;
      return id === undefined
        ? button({ text: 'My status', actionId, value: 'status' })
        : button({ text: `Status of ${id}`, actionId, value: `status ${id}` });
    }
    case 'help':
      return button({ text: 'Help', actionId, value: 'help' });
    case 'list':
      return button({ text: 'My list', actionId, value: 'list' });
  }
}

const listedIds = (ids: readonly string[]): string =>
  ids.length > 3 ? `${ids.length} deals` : ids.join(', ');
