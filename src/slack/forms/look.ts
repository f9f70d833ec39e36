import type { Button, KnownBlock, ModalView } from '@slack/types';
import type { Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity } from '../../aws/readable.ts';
import { type Catalog, catalogName } from '../../aws/terms.ts';
import type { Look, NotRead } from '../../submissions/look.ts';
import { dealLines } from '../blocks/deal.ts';
import { context, refusalText, section } from '../blocks/elements.ts';
import { actions, buttonFor } from '../blocks/outcome.ts';
import type { DealPage } from '../text.ts';
import { foreign, mention, moment } from '../text.ts';
import { fixAndSendBack } from './edit-words.ts';
import { fixHereButton } from './readiness.ts';
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
  const say = (title: string, ...blocks: readonly KnownBlock[]) => noticeView(formId, blocks, { title });
  const sayAgain = (title: string, ...blocks: readonly KnownBlock[]) =>
    noticeView(formId, blocks, { lookAgain: { opportunityId }, title });
  const { titles } = words;

  switch (look.type) {
    case 'form':
      return formView({ ...look, dealPage });
    case 'not-permitted':
      return say(titles.notPermitted, section(refusalText(look.why)));
    case 'permission-unknown':
      return sayAgain(titles.notRead, section(words.permissionUnknown));
    case 'not-visible':
      return say(titles.notRead, ...notReadBlocks(look, at));
    case 'not-found':
      return sayAgain(titles.notFound, ...notReadBlocks(look, at));
    case 'operator':
    case 'unavailable':
      return sayAgain(titles.notRead, ...notReadBlocks(look, at));
    case 'aws-referral':
      return say(
        titles.referral,
        section(words.awsReferral),
        actions([partnerCentral(opportunityId, dealPage)]),
      );
    case 'open': {
      const { userId, requestedAt } = look.submission;
      const said = section(words.open(mention(userId), moment(requestedAt)));
      return say(titles.open, said, actions([buttonFor('check-status', look.submission)]));
    }
    case 'not-pending':
      return notPendingView(look, at);
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

/** What AWS's review says instead, the deal, and what makes sense now. */
function notPendingView(
  { review, opportunity, entry }: Extract<Look, { type: 'not-pending' }>,
  { formId, dealPage }: { readonly formId: string; readonly dealPage: DealPage },
): ModalView {
  const { title, says } =
    review.status === 'unknown' || review.status === 'Pending Submission'
      ? words.otherStatus(foreign(review.shown, 100))
      : words.withAws[review.status];
  const isSentBack = review.status === 'Action Required';
  const isExplained = isSentBack || review.status === 'Rejected';
  const byUs =
    entry?.state === 'submitted'
      ? [context(words.submittedBy(mention(entry.userId), moment(entry.requestedAt)))]
      : [];
  const steps = [
    ...(isSentBack ? [fixHereButton(fixAndSendBack, 'primary')] : []),
    ...(entry === undefined ? [] : [buttonFor('show-details', entry)]),
    partnerCentral(opportunity.Id, dealPage),
  ];
  return noticeView(
    formId,
    [
      section(says),
      ...(isExplained && !isNationalSecurity(opportunity) ? [commentsBlock(opportunity)] : []),
      ...dealLines(opportunity, dealPage),
      ...byUs,
      actions(steps),
    ],
    { title },
  );
}

const partnerCentral = (opportunityId: string, dealPage: DealPage): Button =>
  buttonFor('partner-central', { id: opportunityId, opportunityId }, dealPage);

/** AWS's comments on what it has sent back or rejected. May quote the deal. */
export function commentsBlock({ LifeCycle }: Opportunity): KnownBlock {
  const comments = [LifeCycle?.ReviewStatusReason, LifeCycle?.ReviewComments]
    .filter((text) => text !== undefined && text.trim() !== '')
    .map((text) => foreign(text ?? '', 1400));
  return section(comments.length === 0 ? words.noComments : [words.awsComments, ...comments].join('\n'));
}
