import type { Button } from '@slack/types';
import { button, type Message, section } from '../blocks/elements.ts';
import type { Question, Suggestion } from '../command-text.ts';
import { ACTION, ASKED } from '../ids.ts';
import { openFormValue } from '../opportunity-ids.ts';
import { foreign } from '../text.ts';
import * as words from './unclear-words.ts';

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
    words.notUnderstood(quoted(typed)),
    ids.length > 0 ? words.whatAbout(named(ids)) : suggestions.length > 0 ? words.didYouMean : words.hint,
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
        ? words.buttons.pick
        : words.submit(named(meant.opportunityIds));
    case 'status':
      return words.status(meant.opportunityId);
    case 'help':
    case 'list':
      return words.buttons[meant.type];
  }
}

const typedFor = (question: Question): string =>
  question.type === 'status' && question.opportunityId !== undefined
    ? `status ${question.opportunityId}`
    : question.type;

const named = (ids: readonly string[]): string =>
  ids.length > 3 ? words.several(ids.length) : ids.join(', ');

const quoted = (typed: string): string => `“${foreign(typed, 200)}”`;
