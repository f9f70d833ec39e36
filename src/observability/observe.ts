import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { OnLost } from '../attempts/queue.ts';
import type { Call } from '../aws/client.ts';
import { reviewStatus } from '../aws/terms.ts';
import type { Clock } from '../clock.ts';
import type { OnMoved } from '../edits/edits.ts';
import { KINDS, type KindName } from '../messages/outbox.ts';
import type { OnReview } from '../opportunities/opportunities.ts';
import type { Interaction } from '../slack/connection.ts';
import type { OnChanged } from '../submissions/audit.ts';
import { cached, type Health, type WriteCheck } from './health.ts';
import type { Overview } from './overview.ts';

/** Of a message from the queue of events: `refused` and `failed` come again, `malformed` ends in the dead-letter queue. */
const EVENT_OUTCOMES = ['compared', 'ignored', 'malformed', 'refused', 'failed'] as const;

/** Kinds that come with every letter somebody types, or that nobody did anything for. */
const QUIET = new Set(['block_suggestion', 'view_closed', 'event_callback']);

/** What is asked when somebody reads the metrics. */
interface Sources extends Pick<Health, 'stuck'> {
  readonly overview: () => Promise<Overview>;
  readonly writes: WriteCheck;
  /** Switched off by the operator. */
  readonly paused: boolean;
  /** Undefined: there is no socket, Slack calls by HTTP. */
  readonly socketConnected: () => boolean | undefined;
  /** Undefined: Slack hasn't said. */
  readonly socketsCounted: () => number | undefined;
  readonly buildInfo: { readonly version: string; readonly catalog: string; readonly transport: string };
  readonly clock: Clock;
  /** Memory, event loop and garbage collection as well: of the process, so for one bot in it. */
  readonly processFigures: boolean;
}

/**
 * Where the parts of the bot report what they have done. It is counted for Prometheus (`docs/observe.md` lists what; no
 * person, opportunity or channel is in any label) and written into the log, one line an event of a submission's life: by
 * IDs and by words of our own or AWS's codes, nobody's name and no deal's details.
 */
export function createObserve({ log, ...sources }: Sources & Pick<Health, 'log'>) {
  const registry = new Registry();
  if (sources.processFigures) collectDefaultMetrics({ register: registry });
  registerGauges(registry, sources);
  const counter = <Label extends string>(name: string, help: string, labels: readonly Label[]) =>
    new Counter(named(registry, name, help, labels));
  const interactions = counter('interactions_total', 'Commands, forms, buttons and events from Slack', [
    'kind',
    'outcome',
  ]);
  const acknowledgement = new Histogram({
    ...named(
      registry,
      'acknowledgement_seconds',
      'From the arrival of an interaction until its acknowledgement; Slack waits 3 s',
      ['kind'],
    ),
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3],
  });
  const awsCalls = new Histogram({
    ...named(
      registry,
      'aws_call_seconds',
      'Signed calls to AWS: ReceiveMessage waits up to 20 s for events',
      ['operation', 'outcome'],
    ),
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
  });
  const lost = counter(
    'lost_total',
    'What could not be written down, because the record was gone or not ours',
    ['what'],
  );
  const events = counter('events_total', 'Messages from the queue of events', ['outcome']);
  const messages = counter('messages_total', 'Messages to people, posted or edited', ['kind', 'outcome']);
  // So that the first one counts as an increase.
  for (const what of ['answer', 'conclusion']) lost.inc({ what }, 0);
  for (const outcome of EVENT_OUTCOMES) events.inc({ outcome }, 0);
  for (const kind of KINDS) messages.inc({ kind, outcome: 'unreachable' }, 0);

  return {
    registry,

    seen: ({ kind, name, teamId: team, outcome, acknowledgedMs }: Interaction): void => {
      interactions.inc({ kind, outcome });
      if (acknowledgedMs !== undefined) acknowledgement.observe({ kind }, acknowledgedMs / 1000);
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

    called: ({ operation, outcome, code, requestId, ms }: Call): void => {
      awsCalls.observe({ operation, outcome }, ms / 1000);
      log.debug({ outcome, code, requestId, ms: Math.round(ms) }, operation);
    },

    events: (outcome: (typeof EVENT_OUTCOMES)[number], count: number): void => events.inc({ outcome }, count),

    changed: ((
      { id, opportunityId, teamId, catalog },
      { actor, from, to, why, review: shown, requestId },
    ) => {
      const review = shown && reviewStatus(shown.status).status;
      const line = { submission: id, opportunity: opportunityId, catalog, team: teamId, review, requestId };
      log.info({ ...line, by: byOf(actor), why }, from === null ? `recorded as ${to}` : to);
    }) satisfies OnChanged,

    reviewed: (({ submission_id, opportunity_id, catalog, review_status }, { teamId: team, requestId }) => {
      // AWS's own word where it is one that we know: an unknown one is text of AWS's.
      const review = reviewStatus(review_status ?? undefined).status;
      const submission = submission_id ?? undefined;
      log.info(
        { submission, opportunity: opportunity_id, catalog, team, review, requestId },
        'review changed',
      );
    }) satisfies OnReview,

    lost: ((what, { id, to, isAnswer }) => {
      lost.inc({ what: isAnswer ? 'answer' : 'conclusion' });
      const line = { [what === 'submissions' ? 'submission' : 'edit']: id, to };
      if (isAnswer)
        log.error(line, 'what AWS answered could not be written down: the record is gone, or was sent since');
      // Taken back, let go or settled by another replica meanwhile.
      else log.info(line, 'somebody else had the record by then; nothing was written');
    }) satisfies OnLost,

    moved: (({ id, opportunityId, teamId, catalog }, { actor, from, to, why, requestId }) => {
      const line = { edit: id, opportunity: opportunityId, catalog, team: teamId };
      log.info(
        { ...line, by: byOf(actor), why, requestId },
        from === null ? 'an edit of the deal recorded' : `edit ${to}`,
      );
    }) satisfies OnMoved,

    /** @param about for the log, by IDs and states */
    told: (
      kind: KindName,
      outcome: 'told' | 'later' | 'unreachable',
      about: Readonly<Record<string, string | undefined>>,
    ): void => {
      messages.inc({ kind, outcome });
      // What couldn't be told is a warning of whoever tried.
      if (outcome === 'told') log.info(about, `told: ${kind}`);
    },
  };
}

const byOf = (actor: string): string => (actor === 'bot' ? actor : 'person');

const named = <Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[],
) => ({ name: `opportunity_bot_${name}`, help, labelNames, registers: [registry] });

/** A value, and its labels. */
type Sample<Label extends string> = readonly [
  value: number | boolean,
  labels?: Readonly<Partial<Record<Label, string>>>,
];

/** How things stand, asked whenever somebody reads. */
function registerGauges(registry: Registry, sources: Sources): void {
  /** Without any samples it has no value, since what isn't known isn't 0. */
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    samples: () => readonly Sample<Label>[] | Promise<readonly Sample<Label>[]>,
  ) =>
    new Gauge({
      ...named(registry, name, help, labelNames),
      async collect() {
        const fresh = await samples();
        this.reset();
        this.remove({});
        for (const [value, labels = {}] of fresh) this.set(labels, Number(value));
      },
    });
  const overview = cached(sources.clock, sources.overview);
  /** Without the database nothing, rather than what was true before; `database_up` says so. */
  const fromOverview = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    samples: (overview: Overview) => readonly Sample<Label>[],
  ) => gauge(name, help, labelNames, () => overview().then(samples, () => []));

  gauge('build_info', 'What runs', ['version', 'catalog', 'transport'], () => [[1, sources.buildInfo]]);
  gauge('database_up', 'Whether the database answered this question', [], () =>
    overview().then(
      () => [[true]],
      () => [[false]],
    ),
  );
  gauge('database_writable', 'Whether the database took a small write', [], async () => [
    [(await sources.writes()) === undefined],
  ]);
  fromOverview('submissions', 'Submissions by state', ['state'], ({ states }) =>
    states.map(({ state, count }) => [count, { state }]),
  );
  fromOverview('edits', 'Edits of deals by state', ['state'], ({ edits }) =>
    edits.states.map(({ state, count }) => [count, { state }]),
  );
  fromOverview('waiting_for_aws', 'Submitted, and not decided by AWS', [], ({ waitingForAws }) => [
    [waitingForAws.count],
  ]);
  fromOverview('untold', 'Messages with news that nobody was told yet', [], ({ untold }) => [[untold.count]]);
  fromOverview(
    'oldest_seconds',
    'Age of the oldest: unsent, in doubt, an edit, waiting for AWS, untold',
    ['what'],
    ({ at, states, edits, waitingForAws, untold }) => {
      const age = (since: string | null | undefined) =>
        since == null ? 0 : Math.max(0, (Date.parse(at) - Date.parse(since)) / 1000);
      const inState = (...names: readonly string[]) =>
        states
          .filter(({ state }) => names.includes(state))
          .flatMap(({ oldest }) => oldest ?? [])
          .sort()[0];
      return [
        [age(inState('requested', 'sending')), { what: 'unsent' }],
        [age(inState('uncertain')), { what: 'in_doubt' }],
        [age(edits.oldest), { what: 'edit' }],
        [age(waitingForAws.oldest), { what: 'waiting_for_aws' }],
        [age(untold.oldest), { what: 'untold' }],
      ];
    },
  );
  fromOverview('paused', 'Whether sending is paused, and by what', ['by'], ({ pause }) => [
    [sources.paused, { by: 'setting' }],
    [pause !== null, { by: 'aws' }],
  ]);
  fromOverview(
    'last_read_timestamp_seconds',
    "When AWS's reviews were last read to the end",
    ['by'],
    ({ lastPoll, lastSweep }) => [
      ...(lastPoll === null ? [] : [[Date.parse(lastPoll) / 1000, { by: 'poll' }] as const]),
      ...(lastSweep === null ? [] : [[Date.parse(lastSweep) / 1000, { by: 'sweep' }] as const]),
    ],
  );
  gauge('socket_connected', 'Whether the socket to Slack stands (Socket Mode)', [], () =>
    ifKnown(sources.socketConnected()),
  );
  gauge(
    'sockets',
    'Sockets that Slack counted for the app when this process opened its own (Socket Mode)',
    [],
    () => ifKnown(sources.socketsCounted()),
  );
  gauge('worker_alive', 'Whether everything in the background moves', [], () => [
    [sources.stuck().length === 0],
  ]);
}

const ifKnown = <Value>(value: Value | undefined): readonly (readonly [Value])[] =>
  value === undefined ? [] : [[value]];
