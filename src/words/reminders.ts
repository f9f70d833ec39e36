import type { DigestCount } from '../submissions/reminders/digest.ts';
import type { Saying } from './outcomes.ts';
import { actionRequired } from './outcomes.ts';

const forDays = (days: number): string => (days === 1 ? 'a day' : `${days} days`);

export const waiting = (days: number): Saying => ({
  headline: 'Still waiting for AWS',
  known: `AWS has had it for ${forDays(days)} and hasn't decided.`,
  next: 'AWS publishes no review time. Check status asks AWS how far the review is; your AWS contact may know more.',
});

export const sentBack = (days: number): Saying => ({
  headline: 'Action is still required',
  known: `AWS sent it back ${forDays(days)} ago and waits for changes.`,
  next: actionRequired.next,
});

export const closeDate = (isSentBack: boolean): Saying => ({
  headline: 'Its target close date has passed',
  known: `The target close date is in the past, and AWS hasn't ${isSentBack ? 'got the changes it asked for' : 'decided'}.`,
  next: isSentBack
    ? 'Give it a new date with the changes that AWS asks for.'
    : "While AWS reviews it the date can't be changed. If AWS sends it back, give it a new one.",
});

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
