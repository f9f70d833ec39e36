import type { Button } from '@slack/types';
import { type Catalog, catalogMeaning } from '../../aws/terms.ts';
import type { Permission } from '../../permissions.ts';
import { button, context, type Message, refusalText, saying, section } from '../blocks/elements.ts';
import type { Question, Suggestion } from '../command-text.ts';
import { tooMany } from '../forms/batch.ts';
import { permissionUnknown } from '../forms/modal.ts';
import { ACTION, ASKED } from '../ids.ts';
import { MOST_AT_ONCE } from '../limits.ts';
import { openFormValue } from '../opportunity-ids.ts';
import { foreign, mentionAny } from '../text.ts';
import * as words from '../words.ts';
import { forOpportunity, openForm } from '../words.ts';

/** `help`, for whoever may submit: what there is, which catalog this bot reaches, and whom to ask (`CONTACT`); for others, why not. */
export function helpMessage(
  permission: Permission,
  { catalog, contact }: { readonly catalog: Catalog; readonly contact: string | undefined },
): Message {
  const questions = contact === undefined ? [] : [words.helpContact(mentionAny(contact))];
  if (permission.allowed === false) {
    const text = words.helpMayNot(refusalText(permission.why));
    return { text, blocks: [section(text), ...questions.map((text) => context(text))] };
  }
  const may = permission.allowed ? words.helpMay : permissionUnknown;
  return {
    text: [words.helpCommands, may].join('\n'),
    blocks: [
      section(words.helpCommands),
      section(words.helpWhatHappens),
      context([`${may} ${catalogMeaning(catalog)}.`, ...questions].join(' ')),
    ],
  };
}

export const offerWords = {
  /** Words for whoever mentions the bot. */
  offer: (id: string): string =>
    `Open the form for ${id} here. What comes of it appears in the thread of your message.`,
  offerSeveral:
    'You named several opportunities: the form shows them all, to submit them at once or leave some out. What comes of it appears in the thread of your message.',
  tooLong:
    'Your message has more than 3,000 characters, so I looked for no opportunity ID in it. *Submit opportunity…* in its menu reads it whole; or mention me with the IDs alone.',
  offerNone:
    'Which opportunity? The form asks for it; or mention me with its ID, such as O1234567. `/submit-opportunity help` says what else there is.',
};

/** The answer to a mention: a button that opens the form, for whoever may; `value` is an `OpenFormValue`, written. */
export function offerMessage(
  permission: Permission,
  { opportunityIds, value }: { readonly opportunityIds: readonly string[]; readonly value: string },
): Message {
  if (permission.allowed === 'unknown') return saying(permissionUnknown);
  if (!permission.allowed) return saying(refusalText(permission.why));
  if (opportunityIds.length > MOST_AT_ONCE) return saying(tooMany(opportunityIds.length));
  const [opportunityId, another] = opportunityIds;
  const only = another === undefined ? opportunityId : undefined;
  const several = another === undefined ? offerWords.offerNone : offerWords.offerSeveral;
  const text = only === undefined ? several : offerWords.offer(only);
  return {
    text,
    blocks: [
      section(text),
      {
        type: 'actions',
        elements: [
          button({
            text: openForm,
            label: only === undefined ? openForm : forOpportunity(openForm, only),
            actionId: ACTION.openForm,
            value,
            style: 'primary',
          }),
        ],
      },
    ],
  };
}

const unclearWords = {
  /** Words for whoever wasn't understood. */
  notUnderstood: (typed: string): string => `I didn't get ${typed}.`,
  didYouMean: 'Did you mean this?',
  whatAbout: (ids: string): string => `What about ${ids}?`,
  hint: 'An opportunity ID is `O` and up to 19 digits.',
  buttons: { help: 'Help', list: 'My list', pick: 'Pick a deal' } as const,
  submit: (ids: string): string => `Submit ${ids}…`,
  status: (id: string | undefined): string => (id === undefined ? 'My status' : `Status of ${id}`),
  several: (count: number): string => `${count} deals`,
};

/**
 * Says what wasn't understood, with a button for each thing that may have been meant; one that asks to submit opens the
 * form. `threadTs`: the thread in which what comes of that belongs.
 */
export function unclearMessage(
  { typed, suggestions }: { readonly typed: string; readonly suggestions: readonly Suggestion[] },
  threadTs?: string,
): Message {
  const ids = suggestions.flatMap((meant) => (meant.type === 'submit' ? meant.opportunityIds : []));
  const text = [
    unclearWords.notUnderstood(quoted(typed)),
    ids.length > 0
      ? unclearWords.whatAbout(named(ids))
      : suggestions.length > 0
        ? unclearWords.didYouMean
        : unclearWords.hint,
  ].join(' ');
  // Whatever was meant, a deal may be picked, and help be had.
  const offered: Suggestion[] = [
    ...suggestions,
    ...(ids.length > 0 ? [] : [PICK]),
    ...(suggestions.some(({ type }) => type === 'help') ? [] : [HELP]),
  ];
  return {
    text,
    blocks: [
      section(text),
      {
        type: 'actions',
        elements: offered.map((meant, index) => buttonFor(meant, ASKED[index] ?? ASKED[0], threadTs)),
      },
    ],
  };
}

const PICK = { type: 'submit', opportunityIds: [] } as const;
const HELP = { type: 'help' } as const;

/** Its value is what would be typed after the command; one that submits carries an `OpenFormValue`. */
function buttonFor(meant: Suggestion, actionId: string, threadTs: string | undefined): Button {
  const text = labelOf(meant);
  return meant.type === 'submit'
    ? button({
        text,
        label: text,
        actionId: ACTION.openForm,
        value: openFormValue({ opportunityIds: meant.opportunityIds, threadTs }),
      })
    : button({ text, label: text, actionId, value: typedFor(meant) });
}

function labelOf(meant: Suggestion): string {
  switch (meant.type) {
    case 'submit':
      return meant.opportunityIds.length === 0
        ? unclearWords.buttons.pick
        : unclearWords.submit(named(meant.opportunityIds));
    case 'status':
      return unclearWords.status(meant.opportunityId);
    case 'help':
    case 'list':
      return unclearWords.buttons[meant.type];
  }
}

const typedFor = (question: Question): string =>
  question.type === 'status' && question.opportunityId !== undefined
    ? `status ${question.opportunityId}`
    : question.type;

const named = (ids: readonly string[]): string =>
  ids.length > 3 ? unclearWords.several(ids.length) : ids.join(', ');

const quoted = (typed: string): string => `“${foreign(typed, 200)}”`;
