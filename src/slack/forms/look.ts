import type { KnownBlock, ModalView } from '@slack/types';
import type { Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity } from '../../aws/readable.ts';
import { isWithAws, type ReviewStatus } from '../../aws/review-status.ts';
import { type Catalog, catalogName } from '../../aws/terms.ts';
import type { Look, NotRead } from '../../submissions/look.ts';
import { askAwsFirst } from '../../submissions/outcomes.ts';
import { dealBlocks } from '../blocks/deal.ts';
import { context, section } from '../blocks/elements.ts';
import { refusalText } from '../blocks/saying.ts';
import type { DealPage } from '../deal-page.ts';
import { foreign, mention, moment } from '../text.ts';
import { fixAndSendBack } from './edit-words.ts';
import { fixHereBlock } from './readiness.ts';
import { doubtBlocks, formView, noticeView } from './submit.ts';
import * as words from './words.ts';

/** The modal for what a look found: the form, or what is true instead of it. */
export function lookView(
  look: Look,
  at: {
    readonly formId: string;
    readonly opportunityId: string;
    readonly catalog: Catalog;
    readonly dealPage: DealPage;
  },
): ModalView {
  const { formId, opportunityId, dealPage } = at;
  const say = (...blocks: readonly KnownBlock[]) => noticeView(formId, blocks);
  const sayAgain = (...blocks: readonly KnownBlock[]) =>
    noticeView(formId, blocks, { lookAgain: { opportunityId } });

  switch (look.type) {
    case 'form':
      return formView({ ...look, dealPage });
    case 'not-permitted':
      return say(section(refusalText(look.why)));
    case 'permission-unknown':
      return sayAgain(section(words.permissionUnknown));
    case 'not-visible':
      return say(...notReadBlocks(look, at));
    case 'not-found':
    case 'operator':
    case 'unavailable':
      return sayAgain(...notReadBlocks(look, at));
    case 'aws-referral':
      return say(section(words.awsReferral));
    case 'open':
      return say(section(words.open(mention(look.submission.userId), moment(look.submission.requestedAt))));
    case 'not-pending':
      return say(...notPending(look, dealPage));
  }
}

/** Why an opportunity couldn't be read. */
export function notReadBlocks(
  notRead: NotRead,
  { opportunityId, catalog }: { readonly opportunityId: string; readonly catalog: Catalog },
): KnownBlock[] {
  switch (notRead.type) {
    case 'not-found': {
      const other = catalogName(catalog === 'AWS' ? 'Sandbox' : 'AWS');
      return [
        section(words.notFound(opportunityId, catalogName(catalog), other)),
        ...doubtBlocks(notRead.doubt),
      ];
    }
    case 'not-visible':
      return [section(words.notVisible(opportunityId)), ...requestNote(notRead.requestId)];
    case 'operator':
      return [section(words.operator), ...requestNote(notRead.requestId)];
    case 'unavailable':
      return [section(words.unavailable(notRead.throttled)), ...requestNote(notRead.requestId)];
  }
}

const requestNote = (requestId: string | undefined): KnownBlock[] =>
  requestId === undefined ? [] : [context(words.requestId(foreign(requestId, 100)))];

function notPending(
  { review, opportunity, entry }: Extract<Look, { type: 'not-pending' }>,
  dealPage: DealPage,
): KnownBlock[] {
  const byUs =
    entry?.state === 'submitted'
      ? [section(words.submittedBy(mention(entry.userId), moment(entry.requestedAt)))]
      : [];
  if (review.status !== 'Action Required') {
    const why =
      review.status === 'Rejected' && !isNationalSecurity(opportunity)
        ? [commentsBlock(opportunity), section(askAwsFirst)]
        : [];
    return [section(standsAt(review)), ...why, ...byUs, ...dealBlocks(opportunity, dealPage)];
  }
  return [
    section(words.actionRequired),
    ...(isNationalSecurity(opportunity) ? [] : [commentsBlock(opportunity)]),
    fixHereBlock(fixAndSendBack),
    ...byUs,
    ...dealBlocks(opportunity, dealPage),
  ];
}

/** Why it can't be submitted: submitted already is only what AWS's status says so of. */
function standsAt({ status, shown }: ReviewStatus): string {
  if (status === 'none') return words.noStatus;
  return isWithAws(status) ? words.notPending(foreign(shown, 100)) : words.otherStatus(foreign(shown, 100));
}

/** AWS's comments on what it has sent back or rejected. May quote the deal. */
export function commentsBlock({ LifeCycle }: Opportunity): KnownBlock {
  const comments = [LifeCycle?.ReviewStatusReason, LifeCycle?.ReviewComments]
    .filter((text) => text !== undefined && text.trim() !== '')
    .map((text) => foreign(text ?? '', 1400));
  return section(comments.length === 0 ? words.noComments : [words.awsComments, ...comments].join('\n'));
}
