import type { Button, Overflow } from '@slack/types';
import type { NextStep } from '../../submissions/explain.ts';
import type { Entry } from '../../submissions/submission.ts';
import { type DealPage, dealUrl, linkedId } from '../deal-page.ts';
import { fix, fixAndSendBack } from '../forms/edit-words.ts';
import { ACTION } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { escapeMrkdwn } from '../text.ts';
import * as words from '../words.ts';
import { button, plain } from './elements.ts';

/** What happened to which deal, in mrkdwn. */
export const linkedHeadline = (headline: string, opportunityId: string, dealPage: DealPage): string =>
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
