import type { KnownBlock, ModalView } from '@slack/types';
import type { Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity } from '../../aws/terms.ts';
import type { Bot } from '../../bot.ts';
import { FORGOTTEN } from '../../database/schema.ts';
import type { Edit } from '../../edits/edit.ts';
import type { Who } from '../../permissions.ts';
import { actions, type Message } from '../../slack/blocks/elements.ts';
import { buttonFor, factsLine, menuFor, sayingBlock } from '../../slack/blocks/outcome.ts';
import { cut, type DealPage, escapeMrkdwn, notification } from '../../slack/text.ts';
import type { Decision } from '../../submissions/explain.ts';
import type { Entry, Owned } from '../../submissions/submission.ts';
import type { Key } from '../outbox.ts';
import type { Outgoing } from '../queue.ts';

/** What kinds of messages read. */
export type KindBot = Pick<
  Bot,
  | 'store'
  | 'database'
  | 'edits'
  | 'aws'
  | 'directory'
  | 'deals'
  | 'permissions'
  | 'clock'
  | 'catalog'
  | 'config'
  | 'followChannel'
  | 'paused'
  | 'dealPage'
  | 'slack'
>;

/** Whom a message is for, and where it belongs. `under`: the key of the message in whose thread it stands. */
export type Destination =
  /** One message, kept up to date where somebody asked for what it is about; else where it reaches that person. */
  | {
      readonly type: 'asked-in';
      readonly channelId: string;
      readonly threadTs: string | undefined;
      readonly under: Key | undefined;
      readonly userId: string;
      /** Answers the command itself, where not even a DM reaches that person; such an answer can't be edited. */
      readonly responseUrl: string | undefined;
      readonly askedAt: Date;
    }
  /**
   * Said once in the thread of a message that is up to date. To `userId` too where they aren't in the channel, or where
   * it takes nothing; undefined: somebody who is told in any case.
   */
  | {
      readonly type: 'thread';
      readonly under: Key;
      readonly channelId: string;
      readonly userId: string | undefined;
    }
  /** A channel that the operator named: there is nobody to turn to where it can't be reached. */
  | { readonly type: 'channel'; readonly channelId: string }
  /** For one person's eyes: where the form was opened while Slack takes an answer there, else in their DM. */
  | {
      readonly type: 'person';
      readonly userId: string;
      readonly responseUrl?: string | undefined;
      readonly askedAt?: Date;
    };

/** Where a message stands. */
interface ShownAt {
  /** What a channel may see isn't shown in a DM: that person isn't in the channel, and perhaps may not submit any more. */
  readonly via: 'channel' | 'dm';
  /** Why it stands there: mrkdwn of our own. */
  readonly hint?: string | undefined;
}

/** What a message is made from: its data, its place, and how the bot is set. */
type Shown<Data> = Data & ShownAt & Pick<Bot, 'catalog' | 'paused' | 'dealPage'>;

/** A kind of message. `About`: the records it is about. `Data`: what it shows. */
interface KindOf<About, Data> {
  /** Whom it is for, as the records are now; undefined: there is nothing to tell any more. */
  audience(
    bot: KindBot,
    message: Outgoing,
  ): Promise<{ readonly to: Destination; readonly about: About } | undefined>;
  /** Reads what it shows: from the records, and from AWS where its place may see that. */
  load(bot: KindBot, about: About): Promise<Data>;
  /** What people read. */
  render(shown: Shown<Data>): Message;
  /** For the log, what it is about: IDs and states, nobody's name and no deal's details. */
  logged(about: About): Readonly<Record<string, string | undefined>>;
  /** The data without what alone is no reason to refresh the message; all of it, where this isn't given. */
  lasting?(data: Data): Data;
  /** What people have read of it is to stay for now. */
  stays?(about: About): boolean;
  /** The form it began with, where that shows what came of it. */
  form?(shown: Data & Pick<Bot, 'catalog' | 'paused' | 'dealPage'>): OpenForm | undefined;
  /** Milliseconds between two refreshes. */
  readonly restMs?: number;
}

/** The form that a message began with: its person may still have it open, and sees there what came of it. */
export interface OpenForm {
  /** The `external_id` that its view has since it was sent. */
  readonly name: string;
  readonly who: Who;
  readonly channelId: string;
  readonly sentAt: Date;
  /** `link`: to the message; undefined: Slack gave none. */
  readonly view: (link: string | undefined) => ModalView;
}

/** A message as its records are now. */
interface Found {
  readonly to: Destination;
  readonly logged: Readonly<Record<string, string | undefined>>;
  readonly stays: boolean;
  load(): Promise<Loaded>;
}

export interface Loaded {
  message(at: ShownAt): Message;
  /** The same without what is no reason to refresh it. */
  lasting(at: ShownAt): Message;
  readonly form: OpenForm | undefined;
}

/** A kind, whatever it is about. */
export interface MessageKind {
  readonly restMs: number | undefined;
  find(bot: KindBot, message: Outgoing): Promise<Found | undefined>;
}

/** Makes a kind of its parts. */
export const kind = <About, Data extends object>({
  audience,
  load,
  render,
  logged,
  lasting = (data) => data,
  stays = () => false,
  form = () => undefined,
  restMs,
}: KindOf<About, Data>): MessageKind => ({
  restMs,
  async find(bot, message) {
    const found = await audience(bot, message);
    if (found === undefined) return undefined;
    const { to, about } = found;
    const { catalog, paused, dealPage } = bot;
    const set = { catalog, paused, dealPage };
    return {
      to,
      logged: logged(about),
      stays: stays(about),
      load: async () => {
        const data = await load(bot, about);
        return {
          message: (at) => render({ ...data, ...at, ...set }),
          lasting: (at) => render({ ...lasting(data), ...at, ...set }),
          form: form({ ...data, ...set }),
        };
      },
    };
  },
});

/**
 * A message about one deal: a headline that links to it, what is known of it and what comes next; `blocks`; and what can be
 * done. `to`: whom it names, as a mention.
 */
export const dealMessage = ({
  entry,
  says,
  to,
  blocks,
  dealPage,
}: {
  readonly entry: Pick<Entry, 'id' | 'opportunityId'>;
  readonly says: Decision;
  readonly to?: string;
  readonly blocks: readonly KnownBlock[];
  readonly dealPage: DealPage;
}): Message => ({
  text: escapeMrkdwn(cut(notification(says.headline, entry.opportunityId), 300)),
  blocks: [
    sayingBlock(says, entry.opportunityId, dealPage, to),
    ...blocks,
    actions([...says.nextSteps.map((step) => buttonFor(step, entry)), menuFor(entry, dealPage)]),
  ],
});

/** The one message of somebody's opportunity. */
export const messageKey = ({ state, id }: Pick<Owned, 'state' | 'id'>): Key =>
  state === 'elsewhere' ? { kind: 'taken-on', recordId: id } : { kind: 'submission', submissionId: id };

/** The thread of the one message of somebody's opportunity. */
export const inThreadOf = (submission: Owned, userId: string | undefined): Destination => ({
  type: 'thread',
  under: messageKey(submission),
  channelId: submission.channelId,
  userId,
});

/** Whether a channel may see details: the operator lists it, and nobody outside reads along there. */
export const showsDetails = async (
  { directory, config }: Pick<KindBot, 'directory' | 'config'>,
  channelId: string,
): Promise<boolean> => config.detailChannels.includes(channelId) && (await directory.isInside(channelId));

/** The deal, where its channel may see it. */
export async function detailsFor(
  bot: Pick<KindBot, 'aws' | 'directory' | 'config'>,
  { channelId, catalog, opportunityId }: Pick<Owned, 'channelId' | 'catalog' | 'opportunityId'>,
): Promise<Opportunity | undefined> {
  if (!(await showsDetails(bot, channelId))) return undefined;
  const read = await bot.aws.getOpportunity({ Catalog: catalog, Identifier: opportunityId });
  return read.ok ? read.value : undefined;
}

/** For the log, of what is about somebody's opportunity. */
export const loggedOf = ({ id, opportunityId, teamId, state }: Owned) => ({
  submission: state === 'elsewhere' ? undefined : id,
  opportunity: opportunityId,
  team: teamId,
  state,
});

/** A direct message to whoever submitted a deal here or took it on. Undefined: there is nobody any more. */
export async function toOwner({ store }: Pick<KindBot, 'store'>, recordId: string) {
  const about = await store.hearerOf(recordId);
  if (about === undefined || about.userId === FORGOTTEN) return undefined;
  return { about, to: { type: 'person', userId: about.userId } } as const;
}

/** The deal, where its owner may still see it. Never a National Security deal. */
export async function dealForOwner(
  { permissions, aws }: Pick<KindBot, 'permissions' | 'aws'>,
  submission: Owned,
): Promise<Opportunity | undefined> {
  if (submission.nationalSecurity) return undefined;
  const permission = await permissions.ask(submission, submission.channelId);
  if (permission.type !== 'allowed') return undefined;
  const { catalog, opportunityId } = submission;
  const deal = await aws.getOpportunity({ Catalog: catalog, Identifier: opportunityId });
  // It may have become a National Security deal since, and only this read says so.
  return deal.ok && !isNationalSecurity(deal.value) ? deal.value : undefined;
}

/** Why they get a direct message. */
export const submittedIn = ({ channelId }: Owned) => factsLine([`You submitted it in <#${channelId}>.`]);

/** An edit, for the log. */
export function loggedEdit({ id, opportunityId, teamId, state }: Edit) {
  return { edit: id, opportunity: opportunityId, team: teamId, state };
}
