import type { Clock } from '../../clock.ts';
import type { PartnerCentral, WholeOpportunity } from '../../partner-central/operations.ts';
import { updateRequest } from '../../partner-central/update-request.ts';
import type { Passed } from '../sending/fence.ts';
import { SEND_WITHIN_MS } from '../submission.ts';
import type { Change } from './change.ts';
import type { Progress } from './change-progress.ts';
import type { ChangeSteps } from './change-steps.ts';

/** AWS's ConflictException is answered by a fresh read; after so many in a row the next one waits longer. */
const QUICK_TRIES = 3;

/** Sends what is left to do of a change that has passed the fence, and writes down what came of it. */
export function createSendChange(dependencies: {
  readonly partnerCentral: PartnerCentral;
  readonly clock: Clock;
  readonly steps: ChangeSteps;
}) {
  const { partnerCentral, clock } = dependencies;
  const { later, backoff, move, refuse, afterFailure, saved } = dependencies.steps;

  /** The one place that writes. */
  return async (
    { record: sending, fencedAt }: Passed<Change>,
    { json }: WholeOpportunity,
    { edits, solution }: Progress,
  ): Promise<void> => {
    const latest = (sending.sendingAt?.getTime() ?? 0) + SEND_WITHIN_MS;
    // As with submissions: one clock that nobody can set, and one that a suspended machine can't fool.
    const maySend = () => clock.monotonic() - fencedAt < SEND_WITHIN_MS && clock.now().getTime() < latest;
    const updates = edits.size > 0;
    const answer = updates
      ? await partnerCentral.updateOpportunity(updateRequest(json, sending.catalog, edits), { maySend })
      : await partnerCentral.associateOpportunity(
          {
            Catalog: sending.catalog,
            OpportunityIdentifier: sending.opportunityId,
            RelatedEntityType: 'Solutions',
            RelatedEntityIdentifier: solution ?? '',
          },
          { maySend },
        );
    if (answer.ok) {
      if (!updates || solution === undefined) {
        await saved(sending, updates ? 'AWS saved it' : 'AWS associated the solution', answer.requestId);
        return;
      }
      await move(sending, {
        to: 'requested',
        why: 'AWS saved the fields; the solution is next',
        requestId: answer.requestId,
        updated: true,
        dueAt: clock.now(),
      });
      return;
    }
    const { error } = answer;
    if (error.kind === 'refused' && error.code === 'ConflictException') {
      const tries = sending.tries + 1;
      const dueAt = tries <= QUICK_TRIES ? clock.now() : backoff(tries, 1000, 60_000);
      await move(sending, { to: 'requested', why: error.code, requestId: error.requestId, dueAt, tries });
    } else if (error.kind === 'refused') {
      await refuse(sending, error);
    } else if (error.kind === 'unknown') {
      await move(sending, {
        to: 'uncertain',
        why: error.code,
        problem: { type: 'unknown', code: error.code },
        requestId: error.requestId,
        dueAt: later(1000),
      });
    } else {
      const { problem, dueAt } = await afterFailure(sending, error);
      await move(sending, {
        to: 'requested',
        why: error.code,
        problem,
        requestId: error.requestId,
        dueAt,
        tries: sending.tries + 1,
      });
    }
  };
}
