import type { Bot } from './bot.ts';
import { createAdvanceChange } from './edits/advance.ts';
import { createNews } from './messages/news.ts';
import { createPeople } from './messages/people.ts';
import { createRemind } from './messages/remind.ts';
import { createTeller } from './messages/teller.ts';
import { createEvents } from './opportunities/events.ts';
import { createEachPage, createFollow } from './opportunities/follow.ts';
import { createTeamWatch } from './opportunities/team-watch.ts';
import { createForgetting } from './retention/forget.ts';
import { createHousekeeping } from './retention/housekeeping.ts';
import { followsAnything } from './submissions/entries.ts';
import { createAdvance } from './submissions/sending/submit.ts';
import { createWorker } from './worker/worker.ts';

/** Wires what goes on in the background: submissions, changes, messages, home tabs, reviews and housekeeping. */
export function createBackground(bot: Bot) {
  const { config, clock, newId, log, random, owner, catalog, dealPage, followChannel, wake } = bot;
  const {
    database,
    store,
    tellings,
    changes,
    jobs,
    aws: partnerCentral,
    slack: connection,
    permissions,
  } = bot;
  const { compare, home, queue, observe, metrics } = bot;

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
    advance: createAdvance(bot),
    changes,
    advanceChange: createAdvanceChange(bot),
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
  return worker;
}
