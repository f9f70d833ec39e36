import type { Saying } from './outcomes.ts';
import { actionRequired } from './outcomes.ts';

const forDays = (days: number): string => (days === 1 ? 'a day' : `${days} days`);

export const waiting = (days: number): Saying => ({
  headline: 'Still waiting for AWS',
  known: `AWS has had it for ${forDays(days)} and hasn't decided.`,
  next: 'Your AWS contact may know more.',
});

export const sentBack = (days: number): Saying => ({
  headline: 'Action is still required',
  known: `AWS sent it back ${forDays(days)} ago and waits for changes.`,
  next: actionRequired.next,
});

export const closeDate = (isSentBack: boolean): Saying => ({
  headline: 'Its target close date has passed',
  known: `AWS hasn't ${isSentBack ? 'got the changes it asked for' : 'decided'}.`,
  next: isSentBack
    ? 'Give it a new date with the changes.'
    : "While AWS reviews it the date can't be changed.",
});
