import type { Bot } from './bot.ts';
import { fix } from './edits/fix.ts';
import { saveChange } from './edits/save.ts';
import { createSolutions } from './edits/solutions.ts';
import type { HomeService } from './messages/home/publish.ts';
import { createFillSeveral } from './slack/fill-several.ts';
import { register } from './slack/listeners/index.ts';
import { createFixForm } from './slack/open-edit-form.ts';
import { createForm } from './slack/open-form.ts';
import { createAnswerOne, createOffer, createPrivateAnswer } from './slack/private-answer.ts';
import { createShowLatest } from './slack/show-latest.ts';
import { createViews } from './slack/views.ts';
import { cancel, cancelRest } from './submissions/cancel.ts';
import { ask, details } from './submissions/check-status.ts';
import { history } from './submissions/history.ts';
import { look, lookAtSeveral } from './submissions/look.ts';
import { createPick } from './submissions/pick.ts';
import { request, requestBatch } from './submissions/request.ts';
import { createStandings } from './submissions/status.ts';

/** Opens the doors: every listener, with what it may ask for. */
export function openDoors(bot: Bot, home: HomeService): void {
  const { config, clock, newId, log, catalog, dealPage, followChannel, wake } = bot;
  const { store, changes, aws: partnerCentral, slack: connection, permissions, compare, lists } = bot;
  const { paused } = config;

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
    followChannel,
  };
  const answerOne = createAnswerOne({ client: connection.posting, log });
  const views = createViews({ client: connection.fast, clock, log });
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
      dealPage,
    }),
    preparePicking: picking.prepare,
    answerOne,
    clock,
    log,
    catalog,
    dealPage,
    newId,
  });
  const findChange = (id: string) => changes.findChange(id);
  register(connection.app, {
    home,
    views,
    showLatest: createShowLatest({ views, clock }),
    catalog,
    dealPage,
    contact: config.contact,
    permissions,
    form,
    paused,
    fixForm: createFixForm({
      views,
      form,
      store,
      fix: (input) => fix(input, { store, changes, partnerCentral, permissions, clock, catalog }),
      findChange,
      clock,
      log,
      catalog,
      dealPage,
      paused,
      newId,
    }),
    answerOne,
    answerPrivately: createPrivateAnswer({ views, newId, answerOne }),
    saveChange: (input) => saveChange(input, { changes, permissions, clock, log, wake }),
    findChange,
    findEntry: (id) => store.entry(id),
    followChannel,
    solutions: createSolutions({ partnerCentral, changes, permissions, clock, log, catalog }),
    offer: createOffer({ client: connection.posting, log }),
    firstDeliveries: (ids) =>
      store.firstDeliveries(ids, clock.now()).catch((error: unknown) => {
        // An answer twice is better than none.
        log.error({ error }, 'a delivery could not be noted');
        return ids;
      }),
    suggest: picking.suggest,
    request: (input) => request(input, { store, permissions, clock, log, wake }),
    requestBatch: (input) => requestBatch(input, { store, permissions, clock, log, wake }),
    batchDrafts: (formId) => store.batchDrafts(formId),
    ask: (input) => ask(input, asking),
    details: (input) => details(input, asking),
    history: (input) => history(input, { store, changes, permissions, followChannel }),
    standings: createStandings({ ...asking, changes, catalog, paused }),
    cancel: (input) => cancel(input, { store, permissions, clock, wake }),
    cancelRest: (input) => cancelRest(input, { store, permissions, clock, wake }),
    findDraft: (id) => store.draft(id),
  });
}
