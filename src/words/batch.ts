/** Words of what concerns several opportunities at once. */
const opportunities = (count: number): string => (count === 1 ? 'opportunity' : 'opportunities');

/** The message of a batch. */
export const progress = (sent: number, total: number): string =>
  `${sent} of ${total} ${opportunities(total)} sent to AWS`;
export const outcomes = 'How they stand';
export const count = (number: number, headline: string): string => `*${number}* × ${headline}`;
export const inThread = 'Each has a message of its own in the thread, with its details and its buttons.';

export const cancelRest = 'Cancel the rest';
export const cancelRestTitle = 'Take back the rest?';
export const cancelRestText =
  'Those that have not been sent yet are taken back. They can be submitted again later.';
export const cancelRestConfirm = 'Take them back';
