import type { Button } from '@slack/types';
import type { NextStep } from '../../submissions/explain.ts';
import type { Entry } from '../../submissions/submission.ts';
import { type DealPage, dealUrl, linkedId } from '../deal-page.ts';
import { fixAndSendBack } from '../forms/edit-words.ts';
import { ACTION } from '../ids.ts';
import { escapeMrkdwn } from '../text.ts';
import * as words from '../words.ts';
import { button } from './elements.ts';

/** How it goes with a submission, at a glance. */
export const SIGNS = { waiting: '⏳', good: '✅', bad: '⚠️', unsure: '❔' } as const;

/** What happened to which deal, in mrkdwn. */
export const linkedHeadline = (headline: string, opportunityId: string, dealPage: DealPage): string =>
  words.notification(escapeMrkdwn(headline), linkedId(opportunityId, dealPage));

/** The button that takes a next step. */
export function buttonFor(
  step: NextStep,
  { id, opportunityId }: Pick<Entry, 'id' | 'opportunityId'>,
  dealPage: DealPage,
): Button {
  const of = (text: string) => ({
    text,
    label: words.forOpportunity(text, opportunityId),
  });
  switch (step) {
    case 'cancel':
      return {
        ...button({ ...of(words.cancel), actionId: ACTION.cancel, value: id }),
        confirm: {
          title: { type: 'plain_text', text: words.cancelTitle },
          text: { type: 'plain_text', text: words.cancelText },
          confirm: { type: 'plain_text', text: words.cancelConfirm },
          deny: { type: 'plain_text', text: words.cancelKeep },
        },
      };
    case 'let-go':
      return {
        ...button({ ...of(words.letGo), actionId: ACTION.letGo, value: id }),
        confirm: {
          title: { type: 'plain_text', text: words.letGoTitle },
          text: { type: 'plain_text', text: words.letGoText },
          confirm: { type: 'plain_text', text: words.letGoConfirm },
          deny: { type: 'plain_text', text: words.letGoKeep },
        },
      };
    case 'fix':
      return button({ ...of(fixAndSendBack), actionId: ACTION.fix, value: id, style: 'primary' });
    case 'check-status':
      return button({ ...of(words.checkStatus), actionId: ACTION.checkStatus, value: id });
    case 'show-details':
      return button({ ...of(words.showDetails), actionId: ACTION.showDetails, value: id });
    case 'history':
      return button({ ...of(words.history), actionId: ACTION.history, value: id });
    case 'try-again':
      return button({ ...of(words.tryAgain), actionId: ACTION.tryAgain, value: id, style: 'primary' });
    case 'partner-central':
      return button({
        ...of(words.openInPartnerCentral),
        actionId: ACTION.partnerCentral,
        url: dealUrl(opportunityId, dealPage),
      });
  }
}
