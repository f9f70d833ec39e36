import { accessProblem } from './access.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { connect } from './database/connect.ts';
import type { Logger } from './log.ts';
import { createMetrics } from './metrics.ts';
import { notReady } from './not-ready.ts';
import { createObserve } from './observe.ts';
import type { CredentialProvider } from './partner-central/credentials.ts';
import { createPartnerCentral } from './partner-central/operations.ts';
import type { Timeouts } from './partner-central/transport.ts';
import { createPeople } from './slack/channel.ts';
import { createConnection } from './slack/connection.ts';
import { createDirectNote } from './slack/direct-note.ts';
import { createDirectory } from './slack/directory.ts';
import { createFillSeveral } from './slack/fill-several.ts';
import { createFixForm } from './slack/fix-form.ts';
import { createForm } from './slack/form.ts';
import { createHomeDisplay } from './slack/home-display.ts';
import { register } from './slack/listeners/index.ts';
import { createOffer } from './slack/offer.ts';
import { createPrivateAnswer } from './slack/private-answer.ts';
import { createViews } from './slack/views.ts';
import { createQueue } from './sqs/queue.ts';
import { createAdvanceChange } from './submissions/changes/advance-change.ts';
import { createChanges } from './submissions/changes/changes.ts';
import { fix } from './submissions/changes/fix.ts';
import { saveChange } from './submissions/changes/save-change.ts';
import { createSolutions } from './submissions/changes/solutions.ts';
import { createDuties } from './submissions/duties.ts';
import { history } from './submissions/history.ts';
import { createHome } from './submissions/home/home.ts';
import { noticeHomeChanges } from './submissions/home/home-changes.ts';
import { createHomeTabs } from './submissions/home/home-tab.ts';
import { createHomes } from './submissions/home/homes.ts';
import { createSummaries } from './submissions/home/summaries.ts';
import { createForgetting } from './submissions/keeping/forget.ts';
import { createHousekeeping } from './submissions/keeping/housekeeping.ts';
import { readOverview } from './submissions/keeping/overview.ts';
import { createPermissions } from './submissions/permissions.ts';
import { createPick } from './submissions/picking/pick.ts';
import { createPickList } from './submissions/picking/pick-list.ts';
import { createRemind } from './submissions/reminders/remind.ts';
import { cancel } from './submissions/requests/cancel.ts';
import { cancelRest } from './submissions/requests/cancel-rest.ts';
import { look } from './submissions/requests/look.ts';
import { lookAtSeveral } from './submissions/requests/look-at-several.ts';
import { request } from './submissions/requests/request.ts';
import { requestBatch } from './submissions/requests/request-batch.ts';
import { adopt } from './submissions/review/adopt.ts';
import { createCompare } from './submissions/review/compare.ts';
import { details } from './submissions/review/details.ts';
import { createEachPage } from './submissions/review/each-page.ts';
import { createEvents } from './submissions/review/events.ts';
import { createFollow, hasBaseline } from './submissions/review/follow.ts';
import { findAbout } from './submissions/review/found.ts';
import { ask } from './submissions/review/review.ts';
import { createTeamWatch } from './submissions/review/team-watch.ts';
import { createPause } from './submissions/sending/pause.ts';
import { createAdvance } from './submissions/sending/submit.ts';
import { createStandings } from './submissions/standing.ts';
import { createStore } from './submissions/store.ts';
import { createNews } from './submissions/telling/news.ts';
import { createTeller } from './submissions/telling/teller.ts';
import { createTellings } from './submissions/telling/tellings.ts';
import { createTurns } from './submissions/turns.ts';
import { createWorker } from './submissions/worker.ts';

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
  /** Name and version, told to AWS. */
  readonly userAgent: string;
  /** Whether the metrics have the process's own figures (memory, event loop): for one bot a process. */
  readonly processFigures?: boolean;
  /** For calls to AWS; the client's own where they aren't given. */
  readonly timeouts?: Partial<Timeouts>;
}

export interface RunningApp {
  /** The port of the health routes, and in HTTP mode of Slack's requests. */
  readonly port: () => number;
  /** Asks AWS once, harmlessly, whether it lets the bot in: what is wrong, for the operator; undefined: nothing. */
  readonly accessProblem: () => Promise<string | undefined>;
  /** Takes no new work, finishes what is in hand within `deadlineMs`, and closes everything. */
  stop(deadlineMs?: number): Promise<void>;
}

/** Milliseconds: under the 10 s that container platforms wait between SIGTERM and SIGKILL. */
const STOP_WITHIN_MS = 8000;

/**
 * Wires the parts and starts them; reads no environment and keeps no globals.
 *
 * @throws Error in words for the operator, where a token, the database or the port is wrong.
 */
export async function startApp(dependencies: Dependencies): Promise<RunningApp> {
  const { config, clock, newId, log, credentials, random, userAgent, timeouts = {} } = dependencies;
  const { processFigures = false } = dependencies;
  const { catalog, region, endpoint } = config.partnerCentral;
  const owner = newId();

  const database = await connect(config.database, {
    exclusive: true,
    onLostConnection: (error) => log.warn({ error }, 'a connection to the database was lost'),
  });
  const metrics = createMetrics({
    overview: () => readOverview(database.db, clock.now()),
    paused: config.paused,
    socketConnected: () => connection.socketConnected(),
    workerAlive: () => worker.stuck().length === 0,
    buildInfo: { version: userAgent.split('|')[1] ?? '', catalog, transport: config.slack.transport.type },
    clock,
    processFigures,
  });
  const observe = createObserve({ metrics, log });
  const store = createStore({
    ...database,
    newId,
    onChanged: observe.changed,
  });
  const tellings = createTellings(database);
  const calling = { credentials, clock, userAgent, onCall: observe.called };
  const partnerCentral = createPartnerCentral({ ...calling, endpoint, region, timeouts });
  const connection = createConnection({
    slack: config.slack,
    host: config.host,
    port: config.port,
    clock,
    log,
    notReady: () => notReady(database, worker),
    metrics,
    onSeen: observe.seen,
  });
  const permissions = createPermissions({
    submitters: config.submitters,
    channels: config.channels,
    directory: createDirectory({
      client: connection.fast,
      clock,
      log,
      teamId: () => connection.identity().teamId,
    }),
  });
  const duties = createDuties(database);
  const { followChannel } = config;
  const elsewhere = followChannel !== undefined;
  const compare = createCompare({
    store,
    clock,
    catalog,
    tellsElsewhere: async () => elsewhere && (await hasBaseline(duties, catalog)),
    wake: () => worker.wake(),
  });
  const queue = config.events === undefined ? undefined : createQueue({ ...calling, ...config.events });
  const lists = createPickList({ partnerCentral, clock, log, catalog });
  const home = createHome({
    homes: createHomes(database),
    noticeChanges: (at) => noticeHomeChanges(database, at),
    tabs: createHomeTabs({
      store,
      lists,
      summaries: createSummaries({ partnerCentral, clock, log, catalog }),
      permissions,
      clock,
      catalog,
      paused: config.paused,
    }),
    display: createHomeDisplay({ client: connection.posting, log }),
    clock,
    log,
    owner,
    wake: () => worker.wake(),
  });
  const duty = { store, inTurn: createTurns({ duties, clock, owner }), clock, catalog };
  const eachPage = createEachPage({ partnerCentral, clock, log, catalog });
  const { poll, sweep, baseline } = createFollow({
    ...duty,
    duties,
    eachPage,
    compare: compare.compare,
    elsewhere,
  });
  const { remind, closeDates, digest } = createRemind({
    ...duty,
    tellings,
    eachPage,
    reminders: config.reminders,
    digestTime: config.digest?.time,
    newId,
    wake: () => worker.wake(),
  });
  const teamWatch = createTeamWatch({ ...duty, partnerCentral, log, wake: () => worker.wake() });
  const changes = createChanges({ ...database, newId, onMoved: observe.moved });
  const pause = createPause({ store, clock });
  const worker = createWorker({
    home,
    housekeep: createHousekeeping({
      store,
      changes,
      home,
      forgetting: createForgetting(database),
      clock,
      log,
      retentionDays: config.retentionDays,
    }),
    dutyRounds: { poll, sweep, baseline, team: teamWatch.look, remind, closeDates, digest },
    events:
      queue === undefined
        ? undefined
        : createEvents({ queue, partnerCentral, compare, clock, log, catalog, onEvents: metrics.events }),
    store,
    tellings,
    clock,
    log,
    owner,
    paused: config.paused,
    submitsPerSecond: config.submitsPerSecond,
    advance: createAdvance({
      store,
      partnerCentral,
      permissions,
      pause,
      clock,
      log,
      catalog,
      owner,
      submitsPerSecond: config.submitsPerSecond,
      random,
    }),
    changes,
    advanceChange: createAdvanceChange({
      store,
      changes,
      partnerCentral,
      permissions,
      pause,
      compare: compare.compare,
      adopt: (input) => adopt(input, { store, partnerCentral, clock, catalog, wake: () => worker.wake() }),
      clock,
      log,
      catalog,
      owner,
      submitsPerSecond: config.submitsPerSecond,
      random,
    }),
    teller: createTeller({
      prepare: createNews({
        store,
        changes,
        tellings,
        partnerCentral,
        permissions,
        clock,
        catalog,
        detailChannels: config.detailChannels,
        followChannel,
        digestChannel: config.digest?.channel,
        paused: config.paused,
      }),
      tellings,
      clock,
      log,
      owner,
      random,
      onTold: observe.told,
      people: createPeople({
        client: connection.posting,
        clock,
        catalog,
        paused: config.paused,
        botName: () => connection.identity().botName,
      }),
    }),
  });
  const wake = () => worker.wake();

  const picking = createPick({
    list: lists,
    store,
    permissions,
    clock,
    log,
    catalog,
  });
  const asking = {
    store,
    partnerCentral,
    permissions,
    clock,
    wake,
    compare: compare.compare,
    catalog,
    followChannel,
  };
  const tellDirectly = createDirectNote({ client: connection.posting, log });
  const views = createViews({ client: connection.fast, log });
  const form = createForm({
    views,
    store,
    look: (input) => look(input, { store, partnerCentral, permissions, clock, catalog }),
    fillSeveral: createFillSeveral({
      views,
      lookAtSeveral: (input, onProgress) =>
        lookAtSeveral(input, { store, partnerCentral, permissions, clock, catalog, newId }, onProgress),
      clock,
      log,
      catalog,
    }),
    preparePicking: picking.prepare,
    tellDirectly,
    clock,
    log,
    catalog,
    newId,
  });
  const findChange = (id: string) => changes.findChange(id);
  register(connection.app, {
    home,
    views,
    catalog,
    permissions,
    form,
    paused: config.paused,
    fixForm: createFixForm({
      views,
      form,
      store,
      fix: (input) => fix(input, { store, changes, partnerCentral, permissions, clock, catalog }),
      findChange,
      clock,
      log,
      catalog,
      paused: config.paused,
      newId,
    }),
    answerPrivately: createPrivateAnswer({ views, newId, tellDirectly }),
    saveChange: (input) => saveChange(input, { changes, permissions, clock, log, wake }),
    findChange,
    findAbout: (id) => findAbout(id, { store, catalog, followChannel }),
    solutions: createSolutions({ partnerCentral, changes, permissions, clock, log, catalog }),
    offer: createOffer({ client: connection.posting, log }),
    isFirstDelivery: (id) =>
      store.isFirstDelivery(id, clock.now()).catch((error: unknown) => {
        // An answer twice is better than none.
        log.error({ error }, 'a delivery could not be noted');
        return true;
      }),
    suggest: picking.suggest,
    request: (input) => request(input, { store, permissions, clock, log, wake }),
    requestBatch: (input) => requestBatch(input, { store, permissions, clock, log, wake }),
    batchDrafts: (formId) => store.batchDrafts(formId),
    ask: (input) => ask(input, asking),
    details: (input) => details(input, asking),
    history: (input) => history(input, { store, changes, permissions, catalog, followChannel }),
    standings: createStandings({
      store,
      partnerCentral,
      permissions,
      clock,
      wake,
      catalog,
      paused: config.paused,
    }),
    cancel: (input) => cancel(input, { store, permissions, clock, wake }),
    cancelRest: (input) => cancelRest(input, { store, permissions, clock, wake }),
    findSubmission: (id) => store.find(id),
    findDraft: (id) => store.draft(id),
  });

  try {
    await connection.start();
  } catch (error) {
    await Promise.allSettled([partnerCentral.close(), database.close()]);
    throw error;
  }
  await store.noteSwitch(config.paused, clock.now());
  // Switched on again later, it begins with how things stand then.
  if (!elsewhere) await duties.forget('baseline');
  worker.start();

  return {
    port: connection.port,
    accessProblem: () => accessProblem(partnerCentral, catalog),
    async stop(deadlineMs = STOP_WITHIN_MS) {
      const late = Promise.withResolvers<void>();
      const cancel = clock.after(deadlineMs, late.resolve);
      await Promise.all([connection.stop(deadlineMs), worker.stop(deadlineMs)]);
      // It waits for requests under way: none is worth more than the deadline.
      await Promise.race([Promise.all([partnerCentral.close(), queue?.close()]), late.promise]);
      cancel();
      await database.close();
    },
  };
}
