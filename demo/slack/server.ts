import { createServer } from 'node:http';
import { listenOnLoopback } from '../loopback.ts';
import { createAppLink } from './app-link.ts';
import { createAppRequestHandler, createCallLog } from './app-requests.ts';
import { createChanges } from './changes.ts';
import { demoInstallation, demoWorkspace } from './demo-workspace.ts';
import { createFaults } from './faults.ts';
import { eventPayload } from './payloads.ts';
import { createPeople } from './people.ts';
import { createPeopleInViews } from './people-in-views.ts';
import { createRateLimit } from './rate-limits.ts';
import { createResponseUrls } from './response-urls.ts';
import { ALL_SCOPES } from './scopes.ts';
import { createSocketMode } from './socket-mode.ts';
import type { OpenView, SlackOptions, SlackStandIn, StandInChannel, StandInMessage } from './stand-in.ts';
import type { SlackState } from './state.ts';
import { createTriggerIds } from './trigger-ids.ts';
import { createViews, openView } from './views.ts';
import { createWorkspace, type WorkspaceContents } from './workspace.ts';

const WAIT_MS = 10_000;

/**
 * Starts a stand-in Slack on 127.0.0.1, with the demo's workspace where no other one is given. It reaches the
 * app over Socket Mode until `deliverTo` names an address.
 */
export async function startSlack(
  options: SlackOptions,
  contents: WorkspaceContents = demoWorkspace,
): Promise<SlackStandIn> {
  const { clock } = options;
  const installation = demoInstallation;
  const changes = createChanges();
  const state: SlackState = {
    clock,
    installation,
    grid: contents.grid,
    scopes: new Set(options.scopes ?? ALL_SCOPES),
    workspace: createWorkspace(clock, contents, changes.announce),
    views: createViews(clock, changes.announce),
    triggerIds: createTriggerIds(clock),
    responseUrls: createResponseUrls(clock, installation.team.id),
  };
  const { workspace, views } = state;
  const faults = createFaults();
  const log = createCallLog(clock);
  const socketMode = createSocketMode(clock, installation.appId, changes.announce);

  const server = createServer();
  const listening = await listenOnLoopback(server, options.port ?? 0);
  const host = `127.0.0.1:${listening.port}`;
  const link = createAppLink(clock, socketMode, installation.signingSecret, installation.verificationToken);
  const handle = createAppRequestHandler({
    state,
    faults,
    rateLimit: options.rateLimits ? createRateLimit(clock) : undefined,
    log,
    newAddress: () => socketMode.newAddress(host),
  });
  server.on('request', (request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  server.on('upgrade', socketMode.upgrade);

  const channelOf = (id: string): StandInChannel => {
    const channel = workspace.channel(id);
    if (channel === undefined) throw new Error(`There is no channel ${id}.`);
    return channel;
  };
  let answersTakeMs = 0;
  const topView = (user: string): OpenView | undefined => {
    const top = views.stack(user).at(-1);
    return top === undefined ? undefined : openView(top);
  };
  const homeOf = (user: string): OpenView | undefined => {
    const home = views.home(user);
    return home === undefined ? undefined : openView(home);
  };

  return {
    apiUrl: `http://${host}/api/`,
    team: installation.team,
    appId: installation.appId,
    botToken: installation.botToken,
    botUserId: installation.botUserId,
    appToken: installation.appToken,
    signingSecret: installation.signingSecret,

    deliverTo: (url) => {
      link.deliverTo(url);
      changes.announce();
    },
    verifyUrl: link.verifyUrl,
    connected: async () => {
      await changes.waitFor(
        () => (link.isHttp() || socketMode.isConnected() ? true : undefined),
        () => 'No Socket Mode client connected.',
        WAIT_MS,
      );
    },

    addUser: workspace.addUser,
    addChannel: workspace.putChannel,
    addUserGroup: workspace.addUserGroup,
    join: (channel, user) => {
      const { members, ...rest } = channelOf(channel);
      workspace.putChannel({ ...rest, members: [...new Set([...members, user])] });
    },
    leave: (channel, user) => {
      const { members, ...rest } = channelOf(channel);
      workspace.putChannel({ ...rest, members: members.filter((member) => member !== user) });
    },
    archive: (channel) => workspace.putChannel({ ...channelOf(channel), archived: true }),
    invite: (channel, invited = true) => workspace.putChannel({ ...channelOf(channel), invited }),
    deleteMessage: (channel, ts) => {
      const message = workspace.message(channel, ts);
      if (message !== undefined) workspace.replace({ ...message, deleted: true });
    },
    users: workspace.users,
    channels: workspace.channels,
    directMessage: (user) => workspace.directMessage(user, installation.botUserId),

    ...createPeople(state, link, `http://${host}`),
    ...createPeopleInViews(state, link, () => answersTakeMs),
    takeAnswersAfter: (ms) => {
      answersTakeMs = ms;
    },
    home: homeOf,
    waitForHome: (user, matches, { timeoutMs = WAIT_MS } = {}) =>
      changes.waitFor(
        () => {
          const home = homeOf(user);
          return home !== undefined && matches(home) ? home : undefined;
        },
        () => `No such home tab after ${timeoutMs} ms; it was: ${JSON.stringify(homeOf(user)?.view)}`,
        timeoutMs,
      ),
    view: topView,
    views: (user) => views.stack(user).map(openView),
    deliver: (kind, payload) => link.deliver(kind, payload),
    sendEvent: (event) => link.sendEvent(eventPayload(event, state)),

    messages: workspace.messages,
    waitForMessage: (channel, matches, { as, timeoutMs = WAIT_MS } = {}) =>
      changes.waitFor(
        () => workspace.messages(channel, as).findLast(matches),
        () =>
          `No such message in ${channel} after ${timeoutMs} ms; there were: ${listed(workspace.messages(channel, as))}`,
        timeoutMs,
      ),
    waitForView: (user, matches, { timeoutMs = WAIT_MS } = {}) =>
      changes.waitFor(
        () => {
          const view = topView(user);
          return view !== undefined && matches(view) ? view : undefined;
        },
        () => `No such view after ${timeoutMs} ms; on top was: ${JSON.stringify(topView(user)?.view)}`,
        timeoutMs,
      ),

    calls: log.calls,
    injectFault: faults.inject,
    clearFaults: faults.clear,
    disconnect: socketMode.disconnect,
    cutSockets: socketMode.cut,
    onChange: changes.subscribe,
    close: async () => {
      changes.close();
      link.close();
      await listening.close();
    },
  };
}

function listed(messages: readonly StandInMessage[]): string {
  return JSON.stringify(
    messages.map(({ text, blocks, ephemeralTo, deleted }) => ({ text, blocks, ephemeralTo, deleted })),
  );
}
