import type { DigestCount } from '../digest.ts';

/** The weekly digest. */
export const digestTitle = 'AWS opportunities, this week';
export const nothingThere = 'Nothing is on its way to AWS or waiting there, and nothing was decided lately.';
export const counted: Readonly<Record<DigestCount, string>> = {
  'on-its-way': 'On their way to AWS',
  'in-doubt': 'Not known yet whether AWS has them',
  'approval-pending': 'Approval pending',
  'in-review': 'In review at AWS',
  'other-status': 'With another status at AWS',
  'action-required': 'Action required',
  refused: 'Not accepted by AWS',
  'not-sent': 'Not sent',
  'not-seen': 'Probably not submitted',
  approved: 'Approved in the last seven days',
  rejected: 'Rejected in the last seven days',
};
export const needsSomebody = '*Need somebody*';
export const nothingNeedsSomebody = 'Nothing needs anybody right now.';
export const andMore = (count: number): string => `and ${count} more: the bot's home tab has them all`;
export const howToSeeOne = '`/submit-opportunity status O1234567` says where one stands, to whoever asks.';
