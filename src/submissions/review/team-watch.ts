import type { Clock } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import { awsPeople } from '../../partner-central/aws-people.ts';
import type { PartnerCentralError } from '../../partner-central/errors.ts';
import type { Catalog, PartnerCentral } from '../../partner-central/operations.ts';
import { reviewStatus } from '../../partner-central/review-status.ts';
import type { Store } from '../store.ts';
import type { InTurn } from '../turns.ts';
import type { Teamless } from './teams.ts';

/** Milliseconds between two rounds. */
const ROUND_EVERY_MS = 5 * 60_000;
/** Deals in a round, two reads each at most, and the time between two: AWS's quota is shared with other tools. */
const DEALS_A_ROUND = 10;
const BETWEEN_DEALS_MS = 500;
/** Between two looks at the same deal: as long as it has been approved, but no less and no more than these. */
const LEAST_MS = 15 * 60_000;
const MOST_MS = 7 * 24 * 60 * 60 * 1000;
/** Whoever isn't there by then isn't looked for any more: fewer than twenty looks at a deal. */
const LOOK_FOR_MS = 60 * 24 * 60 * 60 * 1000;

export interface TeamWatch {
  /** Looks for AWS's people on approved deals, if it is time and this replica's turn. True: it asked. */
  look(): Promise<boolean>;
}

/**
 * Finds out when AWS first puts people on an approved deal. No list says it and no event is documented to, so
 * each is read, at growing intervals and for sixty days: the summary and, where that names nobody, the opportunity.
 */
export function createTeamWatch(dependencies: {
  readonly store: Store;
  readonly inTurn: InTurn;
  readonly partnerCentral: PartnerCentral;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalog: Catalog;
  /** There is something to tell. */
  readonly wake: () => void;
}): TeamWatch {
  const { store, inTurn, partnerCentral, clock, log, catalog, wake } = dependencies;

  const pause = () => new Promise<void>((resolve) => clock.after(BETWEEN_DEALS_MS, resolve));

  const nextLook = (approvedAt: Date): Date | undefined => {
    const now = clock.now().getTime();
    const age = now - approvedAt.getTime();
    return age > LOOK_FOR_MS ? undefined : new Date(now + Math.min(MOST_MS, Math.max(LEAST_MS, age)));
  };

  const notAsked = ({ code, kind, requestId }: PartnerCentralError): false => {
    log.warn(
      { code, kind, requestId },
      'AWS could not be asked for its people on approved deals; the next round asks again',
    );
    return false;
  };

  /** False: AWS can't be asked now. */
  const lookAt = async ({ submission, approvedAt }: Teamless): Promise<boolean> => {
    if (reviewStatus(submission.reviewStatus).status !== 'Approved') {
      await store.postponeTeam(submission.id, nextLook(approvedAt));
      return true;
    }
    const { catalog: Catalog, opportunityId } = submission;
    const summary = await partnerCentral.getAwsOpportunitySummary({
      Catalog,
      RelatedOpportunityIdentifier: opportunityId,
    });
    if (!summary.ok && summary.error.kind !== 'refused') return notAsked(summary.error);
    let people = awsPeople(undefined, summary.ok ? summary.value : undefined);
    if (people.length === 0) {
      const deal = await partnerCentral.getOpportunity({ Catalog, Identifier: opportunityId });
      if (!deal.ok && deal.error.kind !== 'refused') return notAsked(deal.error);
      people = awsPeople(deal.ok ? deal.value : undefined, undefined);
    }
    if (people.length > 0) {
      if (await store.teamAssigned(submission.id, clock.now())) wake();
    } else {
      await store.postponeTeam(submission.id, nextLook(approvedAt));
    }
    return true;
  };

  return {
    async look() {
      const [first] = await store.teamless(catalog, clock.now(), 1);
      if (first === undefined) return false;
      return inTurn('team', async ({ at }) => {
        let succeeded = true;
        let looks = 0;
        for (const each of await store.teamless(catalog, at, DEALS_A_ROUND)) {
          if (looks > 0) await pause();
          looks += 1;
          succeeded = await lookAt(each);
          if (!succeeded) break;
        }
        return { succeeded, againAt: new Date(at.getTime() + ROUND_EVERY_MS) };
      });
    },
  };
}
