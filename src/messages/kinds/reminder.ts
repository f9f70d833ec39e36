import { reviewStatus } from '../../aws/terms.ts';
import type { Bot } from '../../bot.ts';
import { DAY_MS, fromNow } from '../../clock.ts';
import type { Decision } from '../../submissions/explain.ts';
import { actionRequired, hasGoneOn } from '../../submissions/outcomes.ts';
import type { Entry, Owned } from '../../submissions/submission.ts';
import type { ScheduledJob } from '../../worker/scheduled-jobs.ts';
import { REMINDERS, type ReminderAbout } from '../outbox.ts';
import { decisionMessage } from './decision.ts';
import { inThreadOf, kind, loggedOf } from './kind.ts';

interface Shown {
  readonly submission: Owned;
  readonly decision: Decision;
}

/** Milliseconds between two rounds. */
const REMIND_EVERY_MS = 60 * 60 * 1000;

/** A reminder, in the thread of the one message, while it is still true; then it asks for nothing any more. */
export const reminder = kind<Shown, Shown>({
  async audience({ store, clock }, { recordId, subject, place }) {
    const [name, round] = subject.split(' ');
    const about = REMINDERS.find((each) => each === name);
    if (about === undefined) throw new Error(`There is no reminder of the kind ${name}.`);
    const submission = await store.hearerOf(recordId);
    const since = await store.reminderStands(recordId, about, Number(round));
    if (submission === undefined || (since === undefined && place === undefined)) return undefined;
    const days = since && Math.floor((clock.now().getTime() - since.getTime()) / DAY_MS);
    return {
      about: { submission, decision: explainReminder(about, submission, days) },
      to: inThreadOf(submission, submission.userId),
    };
  },
  load: async (_, about) => about,
  render: decisionMessage,
  logged: ({ submission }) => loggedOf(submission),
});

export const HEADLINES: Readonly<Record<ReminderAbout, string>> = {
  waiting: 'Still waiting for AWS',
  'action-required': 'Action is still required',
  'close-date': 'Its target close date has passed',
};

/** What a reminder says. `days`: for how long it has been so; undefined: it isn't any more, and asks for nothing. */
export function explainReminder(
  about: ReminderAbout,
  submission: Pick<Entry, 'reviewStatus'>,
  days: number | undefined,
): Decision {
  if (days === undefined) {
    const sign = about === 'action-required' ? 'sent-back' : 'pending';
    return { sign, headline: HEADLINES[about], known: hasGoneOn, next: '', nextSteps: [] };
  }
  const isSentBack = reviewStatus(submission.reviewStatus).status === 'Action Required';
  const headline = HEADLINES[about];
  const forDays = days === 1 ? 'a day' : `${days} days`;
  switch (about) {
    case 'waiting':
      return {
        sign: 'pending',
        headline,
        known: `AWS has had it for ${forDays} and hasn't decided.`,
        next: 'Your AWS contact may know more.',
        nextSteps: ['check-status'],
      };
    case 'action-required':
      return {
        sign: 'sent-back',
        headline,
        known: `AWS sent it back ${forDays} ago and waits for changes.`,
        next: actionRequired.next,
        nextSteps: isSentBack ? ['fix'] : [],
      };
    case 'close-date':
      return isSentBack
        ? {
            sign: 'sent-back',
            headline,
            known: "AWS hasn't got the changes it asked for.",
            next: 'Give it a new date with the changes.',
            nextSteps: ['fix'],
          }
        : {
            sign: 'pending',
            headline,
            known: "AWS hasn't decided.",
            next: "While AWS reviews it the date can't be changed.",
            nextSteps: [],
          };
  }
}

/**
 * Makes the reminders: of what AWS hasn't decided, what nobody has sent back to AWS, and what should be closed by now and
 * isn't decided. Each is made once: a restart, a second replica or a clock that jumps finds it in the database. Nothing
 * where no setting asks for it.
 */
export function reminderJob({
  store,
  clock,
  catalog,
  config,
  wake,
}: Pick<Bot, 'store' | 'clock' | 'catalog' | 'config' | 'wake'>): readonly ScheduledJob[] {
  const { waitingDays, actionRequiredDays, closeDate } = config.reminders;
  if (waitingDays === undefined && actionRequiredDays === undefined && !closeDate) return [];
  return [
    {
      name: 'remind',
      run: async ({ at }) => {
        const since = (days: number) => ({ before: new Date(at.getTime() - days * DAY_MS) });
        let made = 0;
        if (waitingDays !== undefined) {
          made += await store.remind(catalog, 'waiting', since(waitingDays), at);
        }
        if (actionRequiredDays !== undefined) {
          made += await store.remind(catalog, 'action-required', since(actionRequiredDays), at);
        }
        if (closeDate) {
          const today = at.toISOString().slice(0, 10);
          made += await store.remind(catalog, 'close-date', { closesBefore: today }, at);
        }
        if (made > 0) wake();
        return { succeeded: true, againAt: fromNow(clock, REMIND_EVERY_MS) };
      },
    },
  ];
}
