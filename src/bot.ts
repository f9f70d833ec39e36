import { createTurns } from './attempts/pace.ts';
import type { CredentialProvider } from './aws/client.ts';
import { createPartnerCentral } from './aws/operations.ts';
import { createQueue } from './aws/queue.ts';
import type { Timeouts } from './aws/transport.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config/config.ts';
import { connect, createHold } from './database/connect.ts';
import { claimDatabase, createLineage } from './database/identity.ts';
import { createLeases } from './database/lease.ts';
import { createEdits } from './edits/edits.ts';
import { createSolutions } from './edits/solutions.ts';
import { dropWanted } from './edits/then-submit.ts';
import { createOutbox } from './messages/queue.ts';
import { createOpsServer, createWriteCheck, type Health, notReady } from './observability/health.ts';
import type { Logger } from './observability/log.ts';
import { createObserve } from './observability/observe.ts';
import { readOverview } from './observability/overview.ts';
import { createDealChecks, createDeals } from './opportunities/deals.ts';
import { createPickList } from './opportunities/pick-list.ts';
import { createPermissions, type Refusal } from './permissions.ts';
import { createConnection } from './slack/connection.ts';
import { createDirectory } from './slack/directory.ts';
import { ownerOf } from './slack/installation.ts';
import { createPosting } from './slack/posting.ts';
import { MOST_SOCKETS } from './slack/receivers.ts';
import { createViews } from './slack/views.ts';
import { createStore } from './submissions/store.ts';
import { createJobs } from './worker/scheduled-jobs.ts';

/** Everything the bot needs from outside itself. */
export interface Dependencies {
  readonly config: Config;
  readonly clock: Clock;
  /** Unique over all replicas, for ever: UUIDs. */
  readonly newId: () => string;
  readonly log: Logger;
  readonly credentials: CredentialProvider;
  /** From 0 up to 1, for jitter. */
  readonly random: () => number;
  /** Told once, in words for the operator, why the bot can't go on: it sends nothing more, and the process is to end. */
  readonly onFatal: (message: string) => void;
  /** Name and version, told to AWS. */
  readonly userAgent: string;
  /** Whether the metrics have the process's own figures (memory, event loop): for one bot a process. */
  readonly processFigures?: boolean;
  /** For calls to AWS; the client's own where they aren't given. */
  readonly timeouts?: Partial<Timeouts>;
}

/** What the bot's parts need of what runs in the background. */
export interface Background extends Pick<Health, 'stuck'> {
  /** There is something to do. */
  readonly wake: () => void;
  /** Told of somebody who may not: what they have open is to be emptied. */
  readonly onRefused: (userId: string, why: Refusal) => void;
}

/**
 * What the bot is made of. A function takes of it what it needs as its first argument: `Pick<Bot, 'store' | 'clock'>`.
 * Its own parts know nothing of `Bot`.
 */
export type Bot = Awaited<ReturnType<typeof createBot>>;

/**
 * Makes the database's records, the clients of AWS and Slack, and who may do what. Opens the database, and nothing else.
 *
 * @throws Error in words for the operator, where the database is wrong.
 */
export async function createBot(dependencies: Dependencies, background: Background) {
  const {
    config,
    clock,
    newId,
    log,
    random,
    credentials,
    userAgent,
    onFatal,
    timeouts = {},
    processFigures = false,
  } = dependencies;
  const { catalog, dealPage, region, endpoint } = config.partnerCentral;

  const database = await connect(config.database, {
    exclusive: true,
    onLostConnection: (error) => log.warn({ error }, 'a connection to the database was lost'),
  });
  const leases = createLeases({ ...database, clock });
  await leases.freeAll();
  const hold = createHold({ ...database, clock, onLost: onFatal });
  const writes = createWriteCheck({ ...database, clock, newId, log });
  const observe = createObserve({
    log,
    overview: () => readOverview(database.db, clock.now()),
    writes,
    paused: config.paused,
    socketConnected: () => slack.socketConnected(),
    socketsCounted: () => slack.socketsCounted(),
    stuck: background.stuck,
    buildInfo: { version: userAgent.split('|')[1] ?? '', catalog, transport: config.slack.transport.type },
    clock,
    processFigures,
  });
  const lineage = createLineage({
    ...database,
    waitMs: config.failoverWaitMinutes * 60_000,
    onUnknown: (reason) =>
      log.warn(
        { reason },
        'the database does not say which server it is: no failover and no restore is noticed',
      ),
    onSetBack: async (tx, setBack, at) => {
      await store.noteSetBack(tx, setBack, at);
      await dropWanted(tx, 'set-back', 'all');
    },
  });
  const store = createStore({
    ...database,
    leases,
    lineage,
    newId,
    onChanged: observe.changed,
    onReview: observe.reviewed,
    onLost: observe.lost,
  });
  const calling = { credentials, clock, userAgent, onCall: observe.called };
  const aws = createPartnerCentral({ ...calling, endpoint, region, timeouts });
  const slack = createConnection({
    slack: config.slack,
    host: config.host,
    port: config.port,
    clock,
    log,
    stuck: background.stuck,
    mostCounted: config.database.type === 'sqlite' ? 1 : MOST_SOCKETS,
    onIdentified: (installation) => claimDatabase(database.db, { teamId: ownerOf(installation), catalog }),
    onSeen: observe.seen,
  });
  const ops = createOpsServer(config.ops, {
    problems: async () => [
      ...(slack.socketConnected() === false ? ['the socket to Slack is not connected'] : []),
      ...(await notReady({ ...database, writes, ...background })),
    ],
    stuck: background.stuck,
    registry: observe.registry,
    log,
  });
  const directory = createDirectory({ slack, clock, log });
  const permissions = createPermissions({
    submitters: config.submitters,
    channels: config.channels,
    contact: config.contact,
    directory,
    onRefused: background.onRefused,
  });
  const jobs = createJobs({ ...database, leases, clock });
  const queue = config.events === undefined ? undefined : createQueue({ ...calling, ...config.events });
  const reading = { aws, clock, log, catalog };
  return {
    config,
    clock,
    log,
    newId,
    random,
    wake: background.wake,
    catalog,
    dealPage,
    /** The channel whose rules hold for what nobody here works on. */
    followChannel: config.followChannel,
    /** Sending is switched off by the operator. */
    paused: config.paused,
    /** Milliseconds between two writes at AWS, over all replicas. */
    intervalMs: 1000 / config.submitsPerSecond,
    /** This process, in leases. */
    owner: newId(),
    edits: createEdits({
      ...database,
      leases,
      lineage,
      newId,
      store,
      onMoved: observe.moved,
      onLost: observe.lost,
    }),
    database,
    hold,
    /** Whose turn it is to write at AWS, of what this process has claimed. */
    inTurn: createTurns(),
    lineage,
    observe,
    /** Opportunities and submissions. */
    store,
    /** What people are to be told. */
    outbox: createOutbox({ ...database, leases }),
    /** Partner Central. */
    aws,
    slack,
    ops,
    permissions,
    jobs,
    /** Of AWS's events; undefined: there is none. */
    queue,
    /** What can be submitted, for whoever picks; and all deals, for the home tab. */
    pickList: createPickList(reading),
    deals: createDeals(reading),
    dealChecks: createDealChecks(reading),
    solutions: createSolutions({ ...reading, store, permissions }),
    views: createViews({ client: slack.fast, clock, log }),
    directory,
    posting: createPosting({ client: slack.posting, log }),
  };
}
