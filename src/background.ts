import { createEachPage } from './opportunities/each-page.ts';
import { createEvents } from './opportunities/events.ts';
import { createFollow } from './opportunities/follow.ts';
import { createTeamWatch } from './opportunities/team-watch.ts';
import type { Parts } from './parts.ts';
import { createPeople } from './slack/channel.ts';
import { createHomeDisplay } from './slack/home-display.ts';
import { createAdvanceChange } from './submissions/changes/advance-change.ts';
import { followsAnything } from './submissions/entries.ts';
import { createHome } from './submissions/home/home.ts';
import { createHomeTabs } from './submissions/home/home-tab.ts';
import { createHomes } from './submissions/home/homes.ts';
import { createSummaries } from './submissions/home/summaries.ts';
import { createForgetting } from './submissions/keeping/forget.ts';
import { createHousekeeping } from './submissions/keeping/housekeeping.ts';
import { createRemind } from './submissions/reminders/remind.ts';
import { createPause } from './submissions/sending/pause.ts';
import { createAdvance } from './submissions/sending/submit.ts';
import { createNews } from './submissions/telling/news.ts';
import { createTeller } from './submissions/telling/teller.ts';
import { createWorker } from './submissions/worker.ts';

/** Wires what goes on in the background: submissions, changes, messages, home tabs, reviews and housekeeping. */
export function createBackground(parts: Parts) {
  const { config, clock, newId, log, random, owner, catalog, dealPage, followChannel, wake } = parts;
  const { database, leases, store, tellings, changes, jobs, partnerCentral, connection, permissions } = parts;
  const { compare, lists, queue, observe, metrics } = parts;

  const home = createHome({
    homes: createHomes({ ...database, leases }),
    tabs: createHomeTabs({
      store,
      lists,
      summaries: createSummaries({ partnerCentral, clock, log, catalog }),
      permissions,
      clock,
      catalog,
      paused: config.paused,
    }),
    display: createHomeDisplay({ client: connection.posting, log, dealPage }),
    clock,
    log,
    owner,
    wake,
  });
  const job = { store, clock, catalog };
  const eachPage = createEachPage({ partnerCentral, clock, log, catalog });
  const scheduled = [
    ...createFollow({
      ...job,
      eachPage,
      compare: compare.compare,
      follows: followsAnything(catalog),
      elsewhere: followChannel !== undefined,
    }),
    createTeamWatch({ ...job, partnerCentral, log, wake }),
    ...createRemind({
      ...job,
      tellings,
      reminders: config.reminders,
      digestTime: config.digest?.time,
      newId,
      wake,
    }),
    createHousekeeping({
      store,
      changes,
      home,
      forgetting: createForgetting(database),
      clock,
      log,
      retentionDays: config.retentionDays,
    }),
  ];
  const pause = createPause({ store, clock });
  const worker = createWorker({
    database,
    home,
    jobs,
    scheduled,
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
      clock,
      log,
      catalog,
      owner,
      paused: config.paused,
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
        log,
        catalog,
        paused: config.paused,
        dealPage,
        botName: () => connection.identity().botName,
      }),
    }),
  });
  return { worker, home };
}
