import type { PartnerCentralError } from '../../partner-central/errors.ts';

import type { ReviewStatus } from '../../partner-central/review-status.ts';
import type { Asked } from '../../submissions/review/review.ts';

import * as words from '../../words/messages.ts';
import { permissionUnknown } from '../../words/modal.ts';
import { type DealPage, linkedId } from '../deal-page.ts';
import { foreign, moment } from '../text.ts';
import { section } from './elements.ts';
import { refusalText } from './refusal.ts';
import type { Message } from './submission-message.ts';

/** The answer to *Check status*, for the person who asked. */
export function askedMessage(asked: Asked, dealPage: DealPage): Message {
  switch (asked.type) {
    case 'read':
      return about(asked.entry, reviewNow(asked), dealPage);
    case 'unreadable':
      return about(asked.entry, whyUnreadable(asked.error), dealPage);
    case 'not-permitted':
      return saying(refusalText(asked.why));
    case 'permission-unknown':
      return saying(permissionUnknown);
    case 'unknown-submission':
      return saying(words.unknownSubmission);
  }
}

const about = (
  { opportunityId }: { readonly opportunityId: string },
  answer: string,
  dealPage: DealPage,
): Message => ({
  text: words.about(opportunityId, answer),
  blocks: [section(words.about(linkedId(opportunityId, dealPage), answer))],
});

/** What AWS says of its review, as just read. */
export const reviewNow = ({ review, at }: { readonly review: ReviewStatus; readonly at: Date }): string =>
  review.status === 'none'
    ? words.checkedNoStatus(moment(at))
    : words.checked(foreign(review.shown, 100), moment(at));

/** Why AWS couldn't be read, in words for the person who asked. */
export function whyUnreadable(error: PartnerCentralError): string {
  switch (error.kind) {
    case 'refused':
      return error.code === 'ResourceNotFoundException' ? words.awsNoLongerHasIt : words.awsRefusesToShow;
    case 'operator':
      return words.signInBroken;
    case 'retryable':
    case 'unknown':
      return words.couldNotCheck;
  }
}

/** One sentence of our own. */
export const saying = (text: string): Message => ({ text, blocks: [section(text)] });
