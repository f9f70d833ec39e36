import type { Clock } from '../../src/clock.ts';
import { reviewByTimer } from '../partner-central/reviewer.ts';
import type { PartnerCentralStandIn } from '../partner-central/stand-in.ts';

/** AWS's reviewer who works by the clock, to be switched on and off; off at the start. */
export interface Reviewer {
  automatic(): boolean;
  setAutomatic(on: boolean): void;
}

/** @param pauseMs milliseconds that an opportunity stays Submitted, and then In review */
export function switchableReviewer(
  partnerCentral: PartnerCentralStandIn,
  clock: Clock,
  pauseMs: number,
): Reviewer {
  let sendHome: (() => void) | undefined;
  return {
    automatic: () => sendHome !== undefined,
    setAutomatic: (on) => {
      sendHome?.();
      sendHome = on
        ? reviewByTimer(partnerCentral, clock, { inReviewAfterMs: pauseMs, decideAfterMs: pauseMs })
        : undefined;
    },
  };
}
