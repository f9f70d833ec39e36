import type { Clock } from '../../clock.ts';
import type { RefusedError } from '../../partner-central/errors.ts';
import type { Store } from '../store.ts';
import type { Submission } from '../submission.ts';
import { untilWritten } from '../until-written.ts';
import type { Change } from './queue.ts';

/** How an outcome is written down. */
export function createConclude({
  store,
  clock,
  owner,
}: {
  readonly store: Pick<Store, 'transition'>;
  readonly clock: Clock;
  readonly owner: string;
}) {
  /** Where a failure to write it down would lose what AWS answered. */
  const conclude = (claimed: Submission, change: Change) =>
    untilWritten(clock, () => store.transition(claimed, owner, change));

  const refuse = (claimed: Submission, error: RefusedError) =>
    conclude(claimed, {
      to: 'refused',
      at: clock.now(),
      actor: 'bot',
      why: error.code,
      problem: {
        type: 'refused',
        code: error.code,
        reason: error.reason,
        message: error.message,
        fieldErrors: error.fieldErrors.map((field) => ({ ...field })),
      },
      requestId: error.requestId,
    });

  return { conclude, refuse };
}
