import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { OnLost } from '../attempts/queue.ts';
import type { Call } from '../aws/client.ts';
import { reviewStatus } from '../aws/terms.ts';
import type { Clock } from '../clock.ts';
import type { OnMoved } from '../edits/edits.ts';
import { KINDS, type KindName } from '../messages/outbox.ts';
import { EVENT_OUTCOMES, type EventOutcome } from '../opportunities/events.ts';
import type { OnReview } from '../opportunities/opportunities.ts';
import type { Seen } from '../slack/interactions.ts';
import type { OnChanged } from '../submissions/audit.ts';
import type { Logger } from './log.ts';
import type { Overview } from './overview.ts';

/** What is asked when somebody reads the metrics. */
export interface MetricsSources {
  readonly overview: () => Promise<Overview>;
  /** Whether the database took a small write, now or just before. */
  readonly takesWrites: () => Promise<boolean>;
  /** Switched off by the operator. */
  readonly paused: boolean;
  /** Undefined: there is no socket, Slack calls by HTTP. */
  readonly socketConnected: () => boolean | undefined;
  /** Undefined: Slack hasn't said. */
  readonly socketsCounted: () => number | undefined;
  readonly workerAlive: () => boolean;
  readonly buildInfo: { readonly version: string; readonly catalog: string; readonly transport: string };
  readonly clock: Clock;
  /** Memory, event loop and garbage collection as well: of the process, so for one bot in it. */
  readonly processFigures: boolean;
}

export interface Metrics {
  readonly contentType: string;
  /** Everything, in Prometheus' text format. */
  read(): Promise<string>;
  interaction(seen: Pick<Seen, 'kind' | 'outcome' | 'acknowledgedMs'>): void;
  awsCall(call: Pick<Call, 'operation' | 'outcome' | 'ms'>): void;
  events(outcome: EventOutcome, count: number): void;
  /** What was to be written down of a record found it gone, or somebody else's. */
  lost(what: 'answer' | 'conclusion'): void;
  /** A message or a decision was posted or edited, or couldn't be. */
  told(kind: string, outcome: 'told' | 'later' | 'unreachable'): void;
}

/** The database isn't asked more often, however many read (milliseconds). */
const OVERVIEW_STAYS_MS = 5000;

const PREFIX = 'opportunity_bot_';

/**
 * Counts, times and ages for Prometheus (`docs/observe.md` lists them). No person, opportunity or channel is in any
 * label.
 */
export function createMetrics(sources: MetricsSources): Metrics {
  const registry = new Registry();
  if (sources.processFigures) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const gauge = <Label extends string = never>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ): Gauge<Label> => {
    const made = new Gauge({ name: PREFIX + name, help, labelNames: [...labelNames], registers });
    // A gauge without labels begins as 0; what isn't known yet isn't 0.
    made.remove({});
    return made;
  };
  const counter = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
  ): Counter<Label> => new Counter({ name: PREFIX + name, help, labelNames: [...labelNames], registers });
  const histogram = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    buckets: readonly number[],
  ): Histogram<Label> =>
    new Histogram({
      name: PREFIX + name,
      help,
      labelNames: [...labelNames],
      buckets: [...buckets],
      registers,
    });

  const interactions = counter('interactions_total', 'Commands, forms, buttons and events from Slack', [
    'kind',
    'outcome',
  ]);
  const acknowledgement = histogram(
    'acknowledgement_seconds',
    'From the arrival of an interaction until its acknowledgement; Slack waits 3 s',
    ['kind'],
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3],
  );
  const awsCalls = histogram(
    'aws_call_seconds',
    'Signed calls to AWS: ReceiveMessage waits up to 20 s for events',
    ['operation', 'outcome'],
    [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
  );
  const lost = counter(
    'lost_total',
    'What could not be written down, because the record was gone or not ours',
    ['what'],
  );
  for (const what of ['answer', 'conclusion']) lost.inc({ what }, 0);
  const events = counter('events_total', 'Messages from the queue of events', ['outcome']);
  // So that the first one counts as an increase.
  for (const outcome of EVENT_OUTCOMES) events.inc({ outcome }, 0);
  const messages = counter('messages_total', 'Messages to people, posted or edited', ['kind', 'outcome']);
  for (const kind of KINDS) messages.inc({ kind, outcome: 'unreachable' }, 0);

  const buildInfo = gauge('build_info', 'What runs', ['version', 'catalog', 'transport']);
  const databaseUp = gauge('database_up', 'Whether the database answered this question');
  const databaseWritable = gauge('database_writable', 'Whether the database took a small write');
  const submissions = gauge('submissions', 'Submissions by state', ['state']);
  const edits = gauge('edits', 'Edits of deals by state', ['state']);
  const waitingForAws = gauge('waiting_for_aws', 'Submitted, and not decided by AWS');
  const untold = gauge('untold', 'Messages with news that nobody was told yet');
  const oldest = gauge(
    'oldest_seconds',
    'Age of the oldest: unsent, in doubt, an edit, waiting for AWS, untold',
    ['what'],
  );
  const paused = gauge('paused', 'Whether sending is paused, and by what', ['by']);
  const lastRead = gauge('last_read_timestamp_seconds', "When AWS's reviews were last read to the end", [
    'by',
  ]);
  const socketConnected = gauge('socket_connected', 'Whether the socket to Slack stands (Socket Mode)');
  const socketsCounted = gauge(
    'sockets',
    'Sockets that Slack counted for the app when this process opened its own (Socket Mode)',
  );
  const workerAlive = gauge('worker_alive', 'Whether everything in the background moves');
  const fromDatabase = [submissions, edits, waitingForAws, untold, oldest, paused, lastRead];

  const show = (overview: Overview): void => {
    const now = Date.parse(overview.at);
    const age = (since: string | null | undefined) =>
      since == null ? 0 : Math.max(0, (now - Date.parse(since)) / 1000);
    const inState = (...names: readonly string[]) =>
      overview.states
        .filter(({ state }) => names.includes(state))
        .flatMap(({ oldest: since }) => since ?? [])
        .sort()[0];
    for (const { state, count } of overview.states) submissions.set({ state }, count);
    for (const { state, count } of overview.edits.states) edits.set({ state }, count);
    waitingForAws.set(overview.waitingForAws.count);
    untold.set(overview.untold.count);
    oldest.set({ what: 'unsent' }, age(inState('requested', 'sending')));
    oldest.set({ what: 'in_doubt' }, age(inState('uncertain')));
    oldest.set({ what: 'edit' }, age(overview.edits.oldest));
    oldest.set({ what: 'waiting_for_aws' }, age(overview.waitingForAws.oldest));
    oldest.set({ what: 'untold' }, age(overview.untold.oldest));
    paused.set({ by: 'setting' }, sources.paused ? 1 : 0);
    paused.set({ by: 'aws' }, overview.pause === null ? 0 : 1);
    for (const [by, at] of [
      ['poll', overview.lastPoll],
      ['sweep', overview.lastSweep],
    ] as const) {
      if (at !== null) lastRead.set({ by }, Date.parse(at) / 1000);
    }
  };

  let reading: { readonly at: number; readonly overview: Promise<Overview> } | undefined;
  const fresh = (): Promise<Overview> => {
    const at = sources.clock.monotonic();
    if (reading === undefined || at - reading.at >= OVERVIEW_STAYS_MS) {
      reading = { at, overview: sources.overview() };
    }
    return reading.overview;
  };

  return {
    contentType: registry.contentType,

    async read() {
      buildInfo.set(sources.buildInfo, 1);
      workerAlive.set(sources.workerAlive() ? 1 : 0);
      const connected = sources.socketConnected();
      if (connected !== undefined) socketConnected.set(connected ? 1 : 0);
      const counted = sources.socketsCounted();
      if (counted !== undefined) socketsCounted.set(counted);
      databaseWritable.set((await sources.takesWrites()) ? 1 : 0);
      try {
        show(await fresh());
        databaseUp.set(1);
      } catch {
        // Nothing rather than what was true before.
        for (const each of fromDatabase) {
          each.reset();
          each.remove({});
        }
        databaseUp.set(0);
      }
      return registry.metrics();
    },

    interaction({ kind, outcome, acknowledgedMs }) {
      interactions.inc({ kind, outcome });
      if (acknowledgedMs !== undefined) acknowledgement.observe({ kind }, acknowledgedMs / 1000);
    },
    awsCall: ({ operation, outcome, ms }) => awsCalls.observe({ operation, outcome }, ms / 1000),
    lost: (what) => lost.inc({ what }),
    events: (outcome, count) => events.inc({ outcome }, count),
    told: (kind, outcome) => messages.inc({ kind, outcome }),
  };
}

/** Where the parts of the bot report what they have done. */
export interface Observe {
  readonly seen: (seen: Seen) => void;
  readonly called: (call: Call) => void;
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
      metrics.interaction(seen);
      const { kind, name, teamId: team, outcome, acknowledgedMs } = seen;
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
      metrics.awsCall(call);
      const { operation, outcome, code, requestId, ms } = call;
      log.debug({ outcome, code, requestId, ms: Math.round(ms) }, operation);
    },

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
      metrics.lost(isAnswer ? 'answer' : 'conclusion');
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
      metrics.told(kind, outcome);
      // What couldn't be told is a warning of whoever tried.
      if (outcome === 'told') log.info(about, `told: ${kind}`);
    },
  };
}
