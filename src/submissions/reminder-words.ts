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
