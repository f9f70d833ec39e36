import type { Button, KnownBlock, Overflow } from '@slack/types';
import type { NextStep } from '../../submissions/explain.ts';
import { type Saying, SIGNS, type Sign } from '../../submissions/outcomes.ts';
import type { Entry } from '../../submissions/submission.ts';
import { ACTION } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import {
  type DealPage,
  dealUrl,
  escapeMrkdwn,
  foreign,
  forOpportunity,
  LABEL,
  linkedId,
  notification,
} from '../text.ts';
import { button, confirmDialog, context, firstFew, plain, section } from './elements.ts';

type Of = Pick<Entry, 'id' | 'opportunityId'>;

/** What can be asked of a deal whatever became of it. An option's value names the action and the record. */
export const menuFor = ({ id, opportunityId }: Of, dealPage: DealPage): Overflow => {
  const option = (text: string, actionId: string) => ({
    text: plain(text, LIMITS.optionText),
    value: `${actionId} ${id}`,
  });
  return {
    type: 'overflow',
    action_id: ACTION.more,
    options: [
      option(LABEL.showDetails, ACTION.showDetails),
      option(LABEL.history, ACTION.history),
      {
        ...option(LABEL.partnerCentral, ACTION.partnerCentral),
        url: dealUrl(opportunityId, dealPage),
      },
    ],
  };
};

export const fixLabel = 'Fix';
export const fixAndSendBack = 'Fix and send back';

const LET_GO_TEXT =
  'Nobody knows whether AWS has it, or will have it still. If it is submitted anew, this request may take effect instead of that one.';

/** The button that takes a next step. `dealPage`: for the one that leads to Partner Central. */
export function buttonFor(
  step: NextStep | 'history',
  { id, opportunityId }: Of,
  dealPage?: DealPage,
): Button {
  const of = (text: string, actionId: string, style?: 'primary') =>
    button({ text, label: forOpportunity(text, opportunityId), actionId, value: id, style });
  switch (step) {
    case 'try-now':
      return of(LABEL.tryNow, ACTION.tryNow);
    case 'cancel':
      return {
        ...of(LABEL.cancel, ACTION.cancel),
        confirm: confirmDialog('Take it back?', 'It has not been sent yet.', 'Take it back', 'Keep it'),
      };
    case 'let-go':
      return {
        ...of(LABEL.letGo, ACTION.letGo),
        confirm: confirmDialog('Let it go?', LET_GO_TEXT, 'Let it go', 'Keep waiting'),
      };
    case 'fix':
      return of(fixAndSendBack, ACTION.fix, 'primary');
    case 'fix-and-submit':
      return of(fixLabel, ACTION.fix, 'primary');
    case 'check-status':
      return of(LABEL.checkStatus, ACTION.checkStatus);
    case 'see-why':
      return of('See why', ACTION.showDetails);
    case 'show-details':
      return of(LABEL.showDetails, ACTION.showDetails);
    case 'history':
      return of(LABEL.history, ACTION.history);
    case 'try-again':
      return of(LABEL.tryAgain, ACTION.tryAgain, 'primary');
    case 'partner-central':
      return button({
        text: LABEL.partnerCentral,
        label: forOpportunity(LABEL.partnerCentral, opportunityId),
        actionId: ACTION.partnerCentral,
        url: dealUrl(opportunityId, dealPage),
      });
  }
}

/** What a message says first: its sign, a bold line, and a sentence or two. */
export function sayingBlock(
  { sign, headline, known, next }: Saying & { readonly sign: Sign },
  opportunityId: string,
  dealPage: DealPage,
  /** Whom it is for: a mention. */
  to?: string,
): KnownBlock {
  const deal = linkedId(opportunityId, dealPage);
  const line = `${SIGNS[sign]} *${notification(escapeMrkdwn(headline), deal)}*`;
  const said = [known, next].filter((text) => text !== '').map(escapeMrkdwn);
  return section([to === undefined ? line : `${to} ${line}`, said.join(' ')].join('\n'));
}

/** One line of facts, and below it notes on where the message stands. mrkdwn, escaped. */
export function factsLine(facts: readonly string[], ...notes: readonly (string | undefined)[]): KnownBlock[] {
  const texts = [facts.join(' · '), ...notes].flatMap((text) => text || []);
  return texts.length === 0 ? [] : [context(...texts)];
}

const PROBLEMS_SHOWN = 3;
const NAMES_SHOWN = 6;
const NAME_LENGTH = 150;

/** A few fields with what is the matter with each; of more their names alone. */
export function fieldsBlock(
  fields: readonly { readonly name: string; readonly problem: string | undefined }[],
): KnownBlock[] {
  if (fields.length === 0) return [];
  const bold = (name: string) => `*${foreign(name, NAME_LENGTH)}*`;
  if (fields.length <= PROBLEMS_SHOWN) {
    const lines = fields.map(({ name, problem }) =>
      [`• ${bold(name)}`, ...(problem === undefined ? [] : [escapeMrkdwn(problem)])].join(': '),
    );
    return [section(lines.join('\n'))];
  }
  const names = firstFew(
    fields.map(({ name }) => bold(name)),
    NAMES_SHOWN,
    (count) => `and ${count} more: Details has them all`,
  );
  return [section([...new Set(names)].join(', '))];
}
