/** What people are reminded of: AWS hasn't decided, nothing was sent back to AWS, or the deal should be closed by now. */
export const REMINDERS = ['waiting', 'action-required', 'close-date'] as const;
export type ReminderAbout = (typeof REMINDERS)[number];

/** What people are reminded of, and after how many days; nothing where it isn't set. */
export interface ReminderSettings {
  readonly waitingDays: number | undefined;
  readonly actionRequiredDays: number | undefined;
  readonly closeDate: boolean;
}
