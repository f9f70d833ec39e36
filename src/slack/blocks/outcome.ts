import type { Button, ConfirmationDialog, KnownBlock, Overflow } from '@slack/types';
import type { NextStep } from '../../submissions/explain.ts';
import { type Saying, SIGNS, type Sign } from '../../submissions/outcomes.ts';
import type { Entry } from '../../submissions/submission.ts';
import { ACTION } from '../ids.ts';
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
import { button, confirmDialog, context, firstFew, option, section } from './elements.ts';

type Of = Pick<Entry, 'id' | 'opportunityId'>;

/** A message's menu: what can always be asked of its deal. An option's value names the action and the record. */
export const menuFor = ({ id, opportunityId }: Of, dealPage: DealPage): Overflow => ({
  type: 'overflow',
  action_id: ACTION.more,
  options: [
    option(`${ACTION.showDetails} ${id}`, LABEL.showDetails),
    option(`${ACTION.history} ${id}`, LABEL.history),
    {
      ...option(`${ACTION.partnerCentral} ${id}`, LABEL.partnerCentral),
      url: dealUrl(opportunityId, dealPage),
    },
  ],
});

export const fixLabel = 'Fix';
export const fixAndSendBack = 'Fix and send back';

/** Of each next step what its button says and does, and what Slack asks before it sends the press. */
const STEPS: Readonly<
  Record<
    NextStep | 'history',
    {
      readonly text: string;
      readonly actionId: string;
      readonly style?: 'primary';
      readonly confirm?: ConfirmationDialog;
    }
  >
> = {
  'try-now': { text: LABEL.tryNow, actionId: ACTION.tryNow },
  cancel: {
    text: LABEL.cancel,
    actionId: ACTION.cancel,
    confirm: confirmDialog('Take it back?', 'It has not been sent yet.', 'Take it back', 'Keep it'),
  },
  'let-go': {
    text: LABEL.letGo,
    actionId: ACTION.letGo,
    confirm: confirmDialog(
      'Let it go?',
      'Nobody knows whether AWS has it, or will have it still. If it is submitted anew, this request may take effect instead of that one.',
      'Let it go',
      'Keep waiting',
    ),
  },
  fix: { text: fixAndSendBack, actionId: ACTION.fix, style: 'primary' },
  'fix-and-submit': { text: fixLabel, actionId: ACTION.fix, style: 'primary' },
  'check-status': { text: LABEL.checkStatus, actionId: ACTION.checkStatus },
  'see-why': { text: 'See why', actionId: ACTION.showDetails },
  'show-details': { text: LABEL.showDetails, actionId: ACTION.showDetails },
  history: { text: LABEL.history, actionId: ACTION.history },
  'try-again': { text: LABEL.tryAgain, actionId: ACTION.tryAgain, style: 'primary' },
  'partner-central': { text: LABEL.partnerCentral, actionId: ACTION.partnerCentral },
};

/** The button that takes a next step. `dealPage`: for the one that leads to Partner Central. */
export function buttonFor(
  step: NextStep | 'history',
  { id, opportunityId }: Of,
  dealPage?: DealPage,
): Button {
  const { confirm, ...says } = STEPS[step];
  const leads = step === 'partner-central' ? { url: dealUrl(opportunityId, dealPage) } : { value: id };
  return {
    ...button({ ...says, label: forOpportunity(says.text, opportunityId), ...leads }),
    ...(confirm === undefined ? {} : { confirm }),
  };
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

/** A few fields with the problem of each; of more than a few the names alone. */
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
