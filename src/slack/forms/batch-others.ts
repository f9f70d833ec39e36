import type { SectionBlock } from '@slack/types';
import { isWithAws, type ReviewStatus } from '../../aws/terms.ts';
import type { Found, FoundOne } from '../../submissions/look.ts';
import { sections } from '../blocks/elements.ts';
import { type DealPage, linkedId } from '../deal-page.ts';
import { foreign, mention } from '../text.ts';
import * as words from './batch-words.ts';

/** Those that can't be submitted, and why. */
export function othersBlocks(others: readonly FoundOne[], dealPage: DealPage): SectionBlock[] {
  if (others.length === 0) return [];
  const lines = others.map(
    ({ opportunityId, found }) => `• *${idOf(opportunityId, found, dealPage)}*: ${whyNot(found)}`,
  );
  return sections([words.cannot, ...lines]);
}

/** What AWS doesn't find has no page. */
const idOf = (opportunityId: string, found: Found, dealPage: DealPage): string =>
  found.type === 'not-found' ? opportunityId : linkedId(opportunityId, dealPage);

function whyNot(found: Found): string {
  switch (found.type) {
    case 'form':
      return '';
    case 'not-found':
      return found.doubt === undefined
        ? words.notFound
        : `${words.notFound}. ${words.doubt(mention(found.doubt.userId))}`;
    case 'not-visible':
      return words.notVisible;
    case 'aws-referral':
      return words.awsReferral;
    case 'open':
      return words.open(`<@${found.submission.userId}>`);
    case 'not-pending':
      return whyNotPending(found.review);
    case 'operator':
      return words.operator;
    case 'unavailable':
      return words.unavailable;
  }
}

function whyNotPending({ status, shown }: ReviewStatus): string {
  if (status === 'Action Required') return words.actionRequired;
  if (status === 'none') return words.noStatus;
  return isWithAws(status) ? words.notPending(foreign(shown, 100)) : words.otherStatus(foreign(shown, 100));
}
