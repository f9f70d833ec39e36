import type { ActionsBlock, Button, KnownBlock, Overflow } from '@slack/types';
import type { NextStep } from '../../submissions/explain.ts';
import { type Saying, SIGNS, type Sign } from '../../submissions/outcomes.ts';
import type { Entry } from '../../submissions/submission.ts';
import { fix, fixAndSendBack } from '../forms/edit-words.ts';
import { ACTION } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { type DealPage, dealUrl, escapeMrkdwn, foreign, linkedId } from '../text.ts';
import * as words from '../words.ts';
import { button, context, plain, section } from './elements.ts';

/** What happened to which deal, in mrkdwn. */
const linkedHeadline = (headline: string, opportunityId: string, dealPage: DealPage): string =>
  words.notification(escapeMrkdwn(headline), linkedId(opportunityId, dealPage));

type Of = Pick<Entry, 'id' | 'opportunityId'>;

/** What can always be asked of a deal, whatever became of it: the value of an option names the action and the record. */
export const menuFor = ({ id, opportunityId }: Of, dealPage: DealPage): Overflow => {
  const option = (text: string, actionId: string) => ({
    text: plain(text, LIMITS.optionText),
    value: `${actionId} ${id}`,
  });
  return {
    type: 'overflow',
    action_id: ACTION.more,
    options: [
      option(words.showDetails, ACTION.showDetails),
      option(words.history, ACTION.history),
      {
        ...option(words.openInPartnerCentral, ACTION.partnerCentral),
        url: dealUrl(opportunityId, dealPage),
      },
    ],
  };
};

const question = (title: string, text: string, confirm: string, deny: string) => ({
  title: { type: 'plain_text' as const, text: title },
  text: { type: 'plain_text' as const, text },
  confirm: { type: 'plain_text' as const, text: confirm },
  deny: { type: 'plain_text' as const, text: deny },
});

/** The button that takes a next step. `dealPage`: for the one that leads to Partner Central. */
export function buttonFor(
  step: NextStep | 'history',
  { id, opportunityId }: Of,
  dealPage?: DealPage,
): Button {
  const of = (text: string, actionId: string, style?: 'primary') =>
    button({
      text,
      label: words.forOpportunity(text, opportunityId),
      actionId,
      value: id,
      ...(style === undefined ? {} : { style }),
    });
  switch (step) {
    case 'try-now':
      return of(words.tryNow, ACTION.tryNow);
    case 'cancel':
      return {
        ...of(words.cancel, ACTION.cancel),
        confirm: question(words.cancelTitle, words.cancelText, words.cancelConfirm, words.cancelKeep),
      };
    case 'let-go':
      return {
        ...of(words.letGo, ACTION.letGo),
        confirm: question(words.letGoTitle, words.letGoText, words.letGoConfirm, words.letGoKeep),
      };
    case 'fix':
      return of(fixAndSendBack, ACTION.fix, 'primary');
    case 'fix-and-submit':
      return of(fix, ACTION.fix, 'primary');
    case 'check-status':
      return of(words.checkStatus, ACTION.checkStatus);
    case 'see-why':
      return of(words.seeWhy, ACTION.showDetails);
    case 'show-details':
      return of(words.showDetails, ACTION.showDetails);
    case 'history':
      return of(words.history, ACTION.history);
    case 'try-again':
      return of(words.tryAgain, ACTION.tryAgain, 'primary');
    case 'partner-central':
      return button({
        text: words.openInPartnerCentral,
        label: words.forOpportunity(words.openInPartnerCentral, opportunityId),
        actionId: ACTION.partnerCentral,
        url: dealUrl(opportunityId, dealPage),
      });
  }
}

/** What a message says first: its sign, a bold line, and a sentence or two. */
export const sayingBlock = (
  { sign, headline, known, next }: Saying & { readonly sign: Sign },
  opportunityId: string,
  dealPage: DealPage,
  /** Whom it is for: a mention. */
  to?: string,
): KnownBlock => {
  const line = `${SIGNS[sign]} *${linkedHeadline(headline, opportunityId, dealPage)}*`;
  const said = [known, next].filter((text) => text !== '').map(escapeMrkdwn);
  return section([to === undefined ? line : `${to} ${line}`, said.join(' ')].join('\n'));
};

/** One line of facts, and below it what is to be known about where the message stands. mrkdwn, escaped. */
export const factsLine = (
  facts: readonly string[],
  ...notes: readonly (string | undefined)[]
): KnownBlock[] => {
  const texts = [facts.join(' · '), ...notes].filter((text) => text !== undefined && text !== '');
  return texts.length === 0 ? [] : [context(...texts.flatMap((text) => text ?? []))];
};

const PROBLEMS_SHOWN = 3;
const NAMES_SHOWN = 6;
const NAME_LENGTH = 150;
const andMoreFields = (count: number): string => `and ${count} more: Details has them all`;

/** A few fields with what is the matter with each; of more their names alone. */
export function fieldsBlock(
  fields: readonly { readonly name: string; readonly problem: string | undefined }[],
): KnownBlock[] {
  if (fields.length === 0) return [];
  const names = fields.map(({ name }) => `*${foreign(name, NAME_LENGTH)}*`);
  if (fields.length <= PROBLEMS_SHOWN) {
    const problems = fields.map(({ problem }) => (problem === undefined ? '' : `: ${escapeMrkdwn(problem)}`));
    return [section(names.map((name, index) => `• ${name}${problems[index]}`).join('\n'))];
  }
  const more = names.length > NAMES_SHOWN ? [andMoreFields(names.length - NAMES_SHOWN)] : [];
  return [section([...new Set(names.slice(0, NAMES_SHOWN)), ...more].join(', '))];
}

export const actions = (elements: ActionsBlock['elements']): ActionsBlock => ({ type: 'actions', elements });
