/** What people are reminded of, and after how many days; nothing where it isn't set. */
export interface ReminderSettings {
  readonly waitingDays: number | undefined;
  readonly actionRequiredDays: number | undefined;
  readonly closeDate: boolean;
}
