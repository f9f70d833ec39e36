import type { PartnerCentral } from '../../aws/operations.ts';
import { isWithAws, reviewStatus } from '../../aws/review-status.ts';
import { type Clock, DAY_MS } from '../../clock.ts';
import { reviewIn } from '../../opportunities/review-read.ts';
import type { Store } from '../store.ts';
import { type Problem, SEND_WITHIN_MS, SIGNATURE_LIFETIME_MS, type Submission } from '../submission.ts';
import type { Pause } from './pause.ts';
import type { Postponing } from './postponing.ts';
import { createReadDeal } from './postponing.ts';

/** What isn't seen at AWS is looked at again this often (milliseconds), for as long as the record stands. */
const LOOK_AT_UNSEEN_MS = DAY_MS;

/** Where AWS shows a status that proves nothing, looking more often finds no more (milliseconds). */
const LOOK_AT_UNTOLD_MS = 15 * 60 * 1000;

/** Settles a doubt one step further. */
export type Settle = (claimed: Submission) => Promise<void>;

/** `uncertain` and `not_seen` are settled by reading, never by sending. */
export function createSettle(dependencies: {
  readonly store: Store;
  readonly partnerCentral: PartnerCentral;
  readonly clock: Clock;
  readonly owner: string;
  readonly postponing: Postponing;
  readonly pause: Pause;
}): Settle {
  const { store, partnerCentral, clock, owner, pause } = dependencies;
  const { later, backoff, wait, waitForOperator } = dependencies.postponing;
  const readDeal = createReadDeal(partnerCentral);

  /** AWS holds it, though our own send didn't tell so: do AWS's choices match ours? */
  const choicesAtAws = async (submission: Submission): Promise<Problem | 'ours'> => {
    const summary = await partnerCentral.getAwsOpportunitySummary({
      Catalog: submission.catalog,
      RelatedOpportunityIdentifier: submission.opportunityId,
    });
    if (!summary.ok) return { type: 'choices-differ' };
    const { InvolvementType: involvementType, Visibility: visibility } = summary.value;
    if (involvementType === submission.involvementType && visibility === submission.visibility) return 'ours';
    return { type: 'choices-differ', involvementType, visibility };
  };

  /** After "not seen" a person may have tried again: then it is that request that AWS has. */
  const laterRequest = async (submission: Submission): Promise<Problem | undefined> => {
    const newest = await store.entryOf(submission.catalog, submission.opportunityId);
    if (newest === undefined || newest.id === submission.id) return undefined;
    const sent = newest.state === 'sending' || newest.state === 'uncertain' || newest.state === 'submitted';
    return sent ? { type: 'later-request' } : undefined;
  };

  return async (claimed) => {
    const sentAt = claimed.sendingAt ?? claimed.changedAt;
    const signatureOver = clock.now().getTime() - sentAt.getTime() > SEND_WITHIN_MS + SIGNATURE_LIFETIME_MS;
    const read = await readDeal(claimed);
    const again =
      claimed.state === 'not_seen' ? later(LOOK_AT_UNSEEN_MS) : backoff(claimed.tries, 2000, 120_000);
    if (!read.ok) {
      if (read.error.kind === 'operator') await waitForOperator(claimed, read.error);
      await wait(claimed, claimed.problem, again);
      return;
    }
    await pause.end();
    const review = reviewStatus(read.value.LifeCycle?.ReviewStatus);
    // We sent it because it read Pending Submission, seconds before: sent back by now, AWS has had it meanwhile.
    if (isWithAws(review.status) || review.status === 'Action Required') {
      const found = (await laterRequest(claimed)) ?? (await choicesAtAws(claimed));
      await store.transition(claimed, owner, {
        to: found === 'ours' ? 'submitted' : 'already_submitted',
        at: clock.now(),
        actor: 'bot',
        why: found === 'ours' ? 'a read shows it submitted with our choices' : 'a read shows it submitted',
        problem: found === 'ours' ? undefined : found,
        requestId: read.requestId,
        review: reviewIn(read.value),
      });
      return;
    }
    const isStale = claimed.state === 'uncertain' && signatureOver;
    if (review.status !== 'Pending Submission') {
      await wait(claimed, claimed.problem, isStale ? later(LOOK_AT_UNTOLD_MS) : again);
      return;
    }
    if (isStale) {
      await store.transition(claimed, owner, {
        to: 'not_seen',
        at: clock.now(),
        actor: 'bot',
        why: 'AWS still shows Pending Submission, and the signature is no longer accepted',
        requestId: read.requestId,
        review: reviewIn(read.value),
        problem: claimed.problem,
        dueAt: later(LOOK_AT_UNSEEN_MS),
      });
      return;
    }
    await wait(claimed, claimed.problem, again);
  };
}
