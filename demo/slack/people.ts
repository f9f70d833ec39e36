import type { PlainTextOption } from '@slack/types';
import { isObject } from '../json.ts';
import type { AppLink } from './app-link.ts';
import { interactiveElements, type PlacedElement } from './elements.ts';
import { otherIdOf } from './grid.ts';
import { enter, type StateValue, type StateValues, stateValues } from './input-values.ts';
import { blockActionsPayload, commandPayload, eventPayload, messageShortcutPayload } from './payloads.ts';
import { respond } from './respond.ts';
import type { ResponseTarget } from './response-urls.ts';
import { messageJson, viewJson } from './slack-json.ts';
import type {
  Acknowledgement,
  InputValue,
  SlackStandIn,
  StandInChannel,
  StandInMessage,
  StandInUser,
} from './stand-in.ts';
import type { SlackState } from './state.ts';

/** The person, where they can use Slack at all. */
export function activeUser(id: string, { workspace }: SlackState): StandInUser {
  const user = workspace.user(id);
  if (user === undefined) throw new Error(`There is nobody with the ID ${id}.`);
  if (user.kind === 'deactivated') throw new Error(`${user.realName} is deactivated and can't do anything.`);
  return user;
}

/** The one element with this action_id (and block_id, where it is given). */
export function findElement(
  blocks: Parameters<typeof interactiveElements>[0],
  actionId: string,
  blockId: string | undefined,
): PlacedElement {
  const all = interactiveElements(blocks);
  const found = all.filter(
    (placed) => placed.actionId === actionId && (blockId === undefined || placed.blockId === blockId),
  );
  const [first, second] = found;
  if (first === undefined)
    throw new Error(
      `There is no "${actionId}" to press, only: ${all.map((placed) => placed.actionId).join(', ') || 'nothing'}.`,
    );
  if (second !== undefined)
    throw new Error(
      `There are several "${actionId}": name its blockId (${found.map((placed) => placed.blockId).join(', ')}).`,
    );
  return first;
}

/** The element, where pressing is all there is to do. */
export function pressable(placed: PlacedElement): PlacedElement {
  if (placed.element.type !== 'button')
    throw new Error(`"${placed.actionId}" is a ${placed.element.type}: say which value is chosen.`);
  return placed;
}

/** What a person puts into an element, as Slack keeps it. @param offered what its external select has offered */
export function enterInto(
  { element, blockId }: PlacedElement,
  input: InputValue,
  offered: readonly PlainTextOption[],
  { workspace }: SlackState,
): StateValue {
  const entered = enter(element, input, {
    offered,
    users: workspace.users().map(({ id }) => id),
    channels: workspace.channels().map(({ id }) => id),
  });
  if (!entered.ok) throw new Error(`${blockId}: ${entered.problem}`);
  return entered.value;
}

type InChannels = Pick<
  SlackStandIn,
  'slashCommand' | 'messageShortcut' | 'say' | 'editMessage' | 'openHome' | 'clickButton'
>;

/** What people do in channels. `origin` is the server's address. */
export function createPeople(state: SlackState, link: AppLink, origin: string): InChannels {
  const { workspace, installation, triggerIds } = state;

  const whereTheyAre = (user: StandInUser, channelId: string): StandInChannel => {
    const channel = workspace.channel(channelId);
    if (channel === undefined) throw new Error(`There is no channel ${channelId}.`);
    if (!channel.members.includes(user.id)) throw new Error(`${user.realName} isn't in #${channel.name}.`);
    if (channel.archived) throw new Error(`#${channel.name} is archived.`);
    return channel;
  };

  const visibleMessage = (user: StandInUser, channel: StandInChannel, ts: string): StandInMessage => {
    const message = workspace.messages(channel.id, user.id).find((known) => known.ts === ts);
    if (message === undefined) throw new Error(`${user.realName} sees no message ${ts} in #${channel.name}.`);
    return message;
  };

  /** What each person has chosen in each message, with what they choose now. */
  const chosen = new Map<string, StateValues>();
  const choose = (
    user: StandInUser,
    message: StandInMessage,
    { blockId, actionId }: PlacedElement,
    value: StateValue | undefined,
  ): StateValues => {
    const key = `${user.id} ${message.channel} ${message.ts}`;
    const before = chosen.get(key) ?? {};
    const after =
      value === undefined ? before : { ...before, [blockId]: { ...before[blockId], [actionId]: value } };
    chosen.set(key, after);
    return stateValues(message.blocks, after);
  };

  const responseUrl = (target: ResponseTarget): string => `${origin}${state.responseUrls.create(target)}`;

  const answerTo = (user: StandInUser, { channel, ts }: StandInMessage): string =>
    responseUrl({ channel, user: user.id, messageTs: ts });

  const timestampNow = (): string => (state.clock.now().getTime() / 1000).toFixed(6);

  /** Where the message mentions the bot, and the bot is there. */
  const tellMention = async (message: StandInMessage, channel: StandInChannel): Promise<void> => {
    if (!message.text.includes(`<@${installation.botUserId}>`)) return;
    if (channel.kind === 'im' || !channel.members.includes(installation.botUserId)) return;
    const event = {
      ...messageJson(message, state),
      type: 'app_mention',
      // Observed: slackapi/slack-api-specs#73.
      ...(state.grid === undefined ? {} : { user_team: state.grid.id, source_team: installation.team.id }),
      channel: channel.id,
      event_ts: message.editedTs ?? message.ts,
    };
    await link.sendEvent(eventPayload(event, state));
  };

  /** A command's answer may itself be a message, as a response_url's. */
  const postAnswer = (outcome: Acknowledgement, target: ResponseTarget): Acknowledgement => {
    if (!outcome.acknowledged) return outcome;
    const { payload } = outcome;
    const body = typeof payload === 'string' && payload !== '' ? { text: payload } : payload;
    if (!isObject(body) || (body.text === undefined && body.blocks === undefined)) return outcome;
    const responded = respond(body, target, state);
    return responded.ok
      ? outcome
      : { acknowledged: false, error: 'dispatch_failed', reason: responded.error };
  };

  return {
    slashCommand: async (input) => {
      const user = activeUser(input.user, state);
      const channel = whereTheyAre(user, input.channel);
      if (input.threadTs !== undefined) throw new Error("Slash commands of apps can't be used in threads.");
      const target = {
        channel: channel.id,
        user: user.id,
        messageTs: undefined,
      };
      const payload = commandPayload(
        {
          user,
          channel,
          command: input.command ?? '/submit-opportunity',
          text: input.text.trim(),
          triggerId: triggerIds.create({ user: user.id, viewId: undefined }),
          responseUrl: responseUrl(target),
        },
        state,
      );
      return postAnswer(await link.deliver('slash_commands', payload), target);
    },

    messageShortcut: async (input) => {
      const user = activeUser(input.user, state);
      const channel = whereTheyAre(user, input.channel);
      const message = visibleMessage(user, channel, input.ts);
      if (message.ephemeralTo !== undefined) throw new Error('Ephemeral messages have no shortcuts.');
      return link.deliver(
        'interactive',
        messageShortcutPayload(
          {
            user,
            message,
            channel,
            callbackId: input.callbackId,
            triggerId: triggerIds.create({ user: user.id, viewId: undefined }),
            responseUrl: answerTo(user, message),
          },
          state,
        ),
      );
    },

    clickButton: async (input) => {
      const user = activeUser(input.user, state);
      const channel = whereTheyAre(user, input.channel);
      const message = visibleMessage(user, channel, input.ts);
      const placed = findElement((input.seen ?? message).blocks, input.actionId, input.blockId);
      const value = input.value === undefined ? undefined : enterInto(placed, input.value, [], state);
      if (value === undefined) pressable(placed);
      const values = choose(user, message, placed, value);
      return link.deliver(
        'interactive',
        blockActionsPayload(
          {
            user,
            place: {
              in: 'message',
              message,
              channel,
              values,
              responseUrl: answerTo(user, message),
            },
            placed,
            value,
            triggerId: triggerIds.create({ user: user.id, viewId: undefined }),
          },
          state,
        ),
      );
    },

    say: async (input) => {
      const user = activeUser(input.user, state);
      const channel = whereTheyAre(user, input.channel);
      const message = workspace.post({
        channel: channel.id,
        user: user.id,
        text: input.text,
        threadTs: input.threadTs,
        via: 'person',
      });
      await tellMention(message, channel);
      return message;
    },

    editMessage: async (input) => {
      const user = activeUser(input.user, state);
      const channel = whereTheyAre(user, input.channel);
      const before = visibleMessage(user, channel, input.ts);
      if (before.user !== user.id) throw new Error(`${user.realName} didn't write this message.`);
      const message = { ...before, text: input.text, edited: true, editedTs: timestampNow() };
      workspace.replace(message);
      await tellMention(message, channel);
      return message;
    },

    openHome: async (userId, tab = 'home') => {
      const user = activeUser(userId, state);
      const channel = workspace.directMessage(user.id, installation.botUserId);
      const published = tab === 'home' ? state.views.home(user.id) : undefined;
      const event = {
        type: 'app_home_opened',
        user: otherIdOf(user, state),
        channel: channel.id,
        tab,
        // https://docs.slack.dev/reference/events/app_home_opened: only where one was published before.
        ...(published === undefined ? {} : { view: viewJson(published, state) }),
        event_ts: timestampNow(),
      };
      return link.sendEvent(eventPayload(event, state));
    },
  };
}
