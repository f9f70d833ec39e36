import type { Saying } from './outcomes.ts';
import { actionRequired } from './outcomes.ts';

const forDays = (days: number): string => (days === 1 ? 'a day' : `${days} days`);

export const headlines = {
  waiting: 'Still waiting for AWS',
  'action-required': 'Action is still required',
  'close-date': 'Its target close date has passed',
} as const;

export const waiting = (days: number): Saying => ({
  headline: headlines.waiting,
  known: `AWS has had it for ${forDays(days)} and hasn't decided.`,
  next: 'Your AWS contact may know more.',
});

export const sentBack = (days: number): Saying => ({
  headline: headlines['action-required'],
  known: `AWS sent it back ${forDays(days)} ago and waits for changes.`,
  next: actionRequired.next,
});

export const closeDate = (isSentBack: boolean): Saying => ({
  headline: headlines['close-date'],
  known: `AWS hasn't ${isSentBack ? 'got the changes it asked for' : 'decided'}.`,
  next: isSentBack
    ? 'Give it a new date with the changes.'
    : "While AWS reviews it the date can't be changed.",
});
