import type { OnLost } from '../attempts/queue.ts';
import type { Call } from '../aws/client.ts';
import { reviewStatus } from '../aws/terms.ts';
import type { OnMoved } from '../edits/edits.ts';
import type { KindName } from '../messages/outbox.ts';
import type { OnReview } from '../opportunities/opportunities.ts';
import type { Interaction } from '../slack/interactions.ts';
import type { OnChanged } from '../submissions/audit.ts';
import type { Logger } from './log.ts';
import type { EVENT_OUTCOMES, Metrics } from './metrics.ts';

/** Where the parts of the bot report what they have done. */
interface Observe {
  readonly seen: (seen: Interaction) => void;
  readonly called: (call: Call) => void;
  readonly events: (outcome: (typeof EVENT_OUTCOMES)[number], count: number) => void;
  readonly changed: OnChanged;
  readonly reviewed: OnReview;
  readonly lost: OnLost;
  readonly moved: OnMoved;
  /** `about`: for the log, by IDs and states. */
  readonly told: (
    kind: KindName,
    outcome: 'told' | 'later' | 'unreachable',
    about: Readonly<Record<string, string | undefined>>,
  ) => void;
}

/** Kinds that come with every letter somebody types, or that nobody did anything for. */
const QUIET = new Set(['block_suggestion', 'view_closed', 'event_callback']);

/**
 * Counts what happens and writes it into the log, one line an event of a submission's life: by IDs and by words of our
 * own or AWS's codes, nobody's name and no deal's details.
 */
export function createObserve({ metrics, log }: { metrics: Metrics; log: Logger }): Observe {
  return {
    seen: (seen) => {
      const { kind, name, teamId: team, outcome, acknowledgedMs } = seen;
      metrics.interactions.inc({ kind, outcome });
      if (acknowledgedMs !== undefined) metrics.acknowledgement.observe({ kind }, acknowledgedMs / 1000);
      const line = {
        name,
        team,
        outcome,
        ...(acknowledgedMs === undefined ? {} : { acknowledgedMs: Math.round(acknowledgedMs) }),
      };
      if (outcome !== 'ok') log.warn(line, kind);
      else if (QUIET.has(kind)) log.debug(line, kind);
      else log.info(line, kind);
    },

    called: (call) => {
      const { operation, outcome, code, requestId, ms } = call;
      metrics.awsCalls.observe({ operation, outcome }, ms / 1000);
      log.debug({ outcome, code, requestId, ms: Math.round(ms) }, operation);
    },

    events: (outcome, count) => metrics.events.inc({ outcome }, count),

    changed: ({ id, opportunityId, teamId, catalog }, { actor, from, to, why, review: shown, requestId }) => {
      const review = shown && reviewStatus(shown.status).status;
      const line = { submission: id, opportunity: opportunityId, catalog, team: teamId, review, requestId };
      const by = actor === 'bot' ? actor : 'person';
      log.info({ ...line, by, why }, from === null ? `recorded as ${to}` : to);
    },

    reviewed: ({ submission_id, opportunity_id, catalog, review_status }, { teamId: team, requestId }) => {
      // AWS's own word where it is one that we know: an unknown one is text of AWS's.
      const review = reviewStatus(review_status ?? undefined).status;
      const submission = submission_id ?? undefined;
      log.info(
        { submission, opportunity: opportunity_id, catalog, team, review, requestId },
        'review changed',
      );
    },

    lost: (what, { id, to, isAnswer }) => {
      metrics.lost.inc({ what: isAnswer ? 'answer' : 'conclusion' });
      const line = { [what === 'submissions' ? 'submission' : 'edit']: id, to };
      if (isAnswer)
        log.error(line, 'what AWS answered could not be written down: the record is gone, or was sent since');
      // Taken back, let go or settled by another replica meanwhile.
      else log.info(line, 'somebody else had the record by then; nothing was written');
    },

    moved: ({ id, opportunityId, teamId, catalog }, { actor, from, to, why, requestId }) => {
      const by = actor === 'bot' ? actor : 'person';
      const line = { edit: id, opportunity: opportunityId, catalog, team: teamId, by, why, requestId };
      log.info(line, from === null ? 'an edit of the deal recorded' : `edit ${to}`);
    },

    told: (kind, outcome, about) => {
      metrics.messages.inc({ kind, outcome });
      // What couldn't be told is a warning of whoever tried.
      if (outcome === 'told') log.info(about, `told: ${kind}`);
    },
  };
}
