import type { PartnerCentralError } from '../../aws/errors.ts';
import type { ReviewStatus } from '../../aws/terms.ts';
import { type Asked, customerIn } from '../../submissions/status.ts';
import { type Message, section } from '../blocks/elements.ts';
import { refusalText, saying } from '../blocks/saying.ts';
import { type DealPage, dealName } from '../deal-page.ts';
import { permissionUnknown } from '../forms/words.ts';
import { foreign, moment } from '../text.ts';
import * as words from '../words.ts';

/** The answer to *Check status*, for the person who asked. */
export function askedMessage(asked: Asked, dealPage: DealPage): Message {
  switch (asked.type) {
    case 'read':
      return about(asked.entry, reviewNow(asked), dealPage, customerIn(asked.opportunity, asked.entry));
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
  customer?: string | undefined,
): Message => ({
  text: words.about(opportunityId, answer),
  blocks: [section(words.about(dealName(opportunityId, customer, dealPage), answer))],
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
