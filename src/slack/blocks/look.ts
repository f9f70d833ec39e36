import type { KnownBlock, ModalView } from '@slack/types';
import { isNationalSecurity } from '../../partner-central/national-security.ts';
import type { Catalog } from '../../partner-central/operations.ts';
import type { Look } from '../../submissions/look.ts';
import * as words from '../../words/modal.ts';
import { catalogName } from '../../words/terms.ts';
import { foreign, mention, moment } from '../text.ts';
import { dealBlocks } from './deal.ts';
import { context, section } from './elements.ts';
import { formView, noticeView } from './submit-modal.ts';

/** The modal for what a look found: the form, or what is true instead of it. */
export function lookView(
  look: Look,
  at: { readonly draftId: string; readonly opportunityId: string; readonly catalog: Catalog },
): ModalView {
  const { draftId, opportunityId, catalog } = at;
  const say = (...blocks: readonly KnownBlock[]) => noticeView(draftId, blocks);
  const sayAgain = (...blocks: readonly KnownBlock[]) =>
    noticeView(draftId, blocks, { lookAgain: { opportunityId } });

  switch (look.type) {
    case 'form':
      return formView({ draft: look.draft, opportunity: look.opportunity });
    case 'not-permitted':
      return say(section(words.notPermitted[look.why]));
    case 'permission-unknown':
      return sayAgain(section(words.permissionUnknown));
    case 'not-found':
      return say(
        section(
          words.notFound(
            opportunityId,
            catalogName(catalog),
            catalogName(catalog === 'AWS' ? 'Sandbox' : 'AWS'),
          ),
        ),
      );
    case 'not-visible':
      return say(section(words.notVisible(opportunityId)), ...requestNote(look.requestId));
    case 'aws-referral':
      return say(section(words.awsReferral));
    case 'open':
      return say(section(words.open(mention(look.submission.userId), moment(look.submission.requestedAt))));
    case 'not-pending':
      return say(...notPending(look));
    case 'operator':
      return sayAgain(section(words.operator), ...requestNote(look.requestId));
    case 'unavailable':
      return sayAgain(section(words.unavailable(look.throttled)), ...requestNote(look.requestId));
  }
}

const requestNote = (requestId: string | undefined): KnownBlock[] =>
  requestId === undefined ? [] : [context(words.requestId(foreign(requestId, 100)))];

function notPending({
  review,
  opportunity,
  submission,
}: Extract<Look, { type: 'not-pending' }>): KnownBlock[] {
  const byUs =
    submission?.state === 'submitted'
      ? [section(words.submittedBy(mention(submission.userId), moment(submission.requestedAt)))]
      : [];
  if (review.status !== 'Action Required') {
    const stands = review.shown === '' ? words.noStatus : words.notPending(foreign(review.shown, 100));
    return [section(stands), ...byUs, ...dealBlocks(opportunity)];
  }
  const comments = [opportunity.LifeCycle?.ReviewStatusReason, opportunity.LifeCycle?.ReviewComments]
    .filter((text) => text !== undefined && text.trim() !== '')
    .map((text) => foreign(text ?? '', 1400));
  if (isNationalSecurity(opportunity)) {
    return [section(words.actionRequired), ...byUs, ...dealBlocks(opportunity)];
  }
  return [
    section(words.actionRequired),
    section(comments.length === 0 ? words.noComments : [words.awsComments, ...comments].join('\n')),
    ...byUs,
    ...dealBlocks(opportunity),
  ];
}
