import type { Clock } from '../../src/clock.ts';
import { reviewByTimer } from '../partner-central/reviewer.ts';
import type { PartnerCentralStandIn } from '../partner-central/stand-in.ts';

export type Reviewer = ReturnType<typeof switchableReviewer>;

/**
 * AWS's reviewer who works by the clock, to be switched on and off; off at the start.
 *
 * @param pauseMs milliseconds that an opportunity stays Submitted, and then In review
 */
export function switchableReviewer(partnerCentral: PartnerCentralStandIn, clock: Clock, pauseMs: number) {
  let sendHome: (() => void) | undefined;
  return {
    automatic: (): boolean => sendHome !== undefined,
    setAutomatic: (on: boolean): void => {
      sendHome?.();
      sendHome = on
        ? reviewByTimer(partnerCentral, clock, { inReviewAfterMs: pauseMs, decideAfterMs: pauseMs })
        : undefined;
    },
  };
}
