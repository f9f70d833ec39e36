import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import { KINDS } from '../messages/outbox.ts';
import type { Overview } from './overview.ts';

/** What is asked when somebody reads the metrics. */
interface MetricsSources {
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

/** Of a message from the queue of events: `refused` and `failed` come again, `malformed` ends in the dead-letter queue. */
export const EVENT_OUTCOMES = ['compared', 'ignored', 'malformed', 'refused', 'failed'] as const;

/** The database isn't asked more often, however many read (milliseconds). */
const OVERVIEW_STAYS_MS = 5000;

/** A value, and its labels. */
type Sample<Label extends string> = readonly [
  value: number | boolean,
  labels?: Readonly<Partial<Record<Label, string>>>,
];

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * Counts, times and ages for Prometheus (`docs/observe.md` lists them). No person, opportunity or channel is in any
 * label.
 */
export function createMetrics(sources: MetricsSources) {
  const registry = new Registry();
  if (sources.processFigures) collectDefaultMetrics({ register: registry });
  const named = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) => ({
    name: `opportunity_bot_${name}`,
    help,
    labelNames,
    registers: [registry],
  });
  /** Asked for its samples whenever somebody reads; without any it has no value, since what isn't known isn't 0. */
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    samples: () => readonly Sample<Label>[] | Promise<readonly Sample<Label>[]>,
  ) =>
    new Gauge({
      ...named(name, help, labelNames),
      async collect() {
        const fresh = await samples();
        this.reset();
        this.remove({});
        for (const [value, labels = {}] of fresh) this.set(labels, Number(value));
      },
    });

  let reading: { readonly at: number; readonly overview: Promise<Overview> } | undefined;
  const overview = (): Promise<Overview> => {
    const at = sources.clock.monotonic();
    if (reading === undefined || at - reading.at >= OVERVIEW_STAYS_MS) {
      reading = { at, overview: sources.overview() };
    }
    return reading.overview;
  };
  /** Without the database nothing, rather than what was true before; `database_up` says so. */
  const fromOverview = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    samples: (overview: Overview) => readonly Sample<Label>[],
  ) => gauge(name, help, labelNames, () => overview().then(samples, () => []));

  const interactions = new Counter(
    named('interactions_total', 'Commands, forms, buttons and events from Slack', ['kind', 'outcome']),
  );
  const acknowledgement = new Histogram({
    ...named(
      'acknowledgement_seconds',
      'From the arrival of an interaction until its acknowledgement; Slack waits 3 s',
      ['kind'],
    ),
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3],
  });
  const awsCalls = new Histogram({
    ...named('aws_call_seconds', 'Signed calls to AWS: ReceiveMessage waits up to 20 s for events', [
      'operation',
      'outcome',
    ]),
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
  });
  const lost = new Counter(
    named('lost_total', 'What could not be written down, because the record was gone or not ours', ['what']),
  );
  for (const what of ['answer', 'conclusion']) lost.inc({ what }, 0);
  const events = new Counter(named('events_total', 'Messages from the queue of events', ['outcome']));
  // So that the first one counts as an increase.
  for (const outcome of EVENT_OUTCOMES) events.inc({ outcome }, 0);
  const messages = new Counter(
    named('messages_total', 'Messages to people, posted or edited', ['kind', 'outcome']),
  );
  for (const kind of KINDS) messages.inc({ kind, outcome: 'unreachable' }, 0);

  gauge('build_info', 'What runs', ['version', 'catalog', 'transport'], () => [[1, sources.buildInfo]]);
  gauge('database_up', 'Whether the database answered this question', [], () =>
    overview().then(
      () => [[true]],
      () => [[false]],
    ),
  );
  gauge('database_writable', 'Whether the database took a small write', [], async () => [
    [await sources.takesWrites()],
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
  gauge('worker_alive', 'Whether everything in the background moves', [], () => [[sources.workerAlive()]]);

  return {
    contentType: registry.contentType,
    /** Everything, in Prometheus' text format. */
    read: () => registry.metrics(),
    interactions,
    acknowledgement,
    awsCalls,
    lost,
    events,
    messages,
  };
}

const ifKnown = <Value>(value: Value | undefined): readonly (readonly [Value])[] =>
  value === undefined ? [] : [[value]];
