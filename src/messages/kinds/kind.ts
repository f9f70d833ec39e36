import type { ModalView } from '@slack/types';
import type { Opportunity } from '../../aws/opportunity.ts';
import type { Bot } from '../../bot.ts';
import { sleep } from '../../clock.ts';
import type { Edit } from '../../edits/edit.ts';
import { notAllowed, type Who } from '../../permissions.ts';
import type { Message } from '../../slack/blocks/elements.ts';
import type { Owned } from '../../submissions/submission.ts';
import type { Key } from '../outbox.ts';
import type { Outgoing, Place } from '../queue.ts';

/** What kinds of messages read. */
export type KindBot = Pick<
  Bot,
  | 'store'
  | 'edits'
  | 'aws'
  | 'channels'
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
   * Said once in the thread of a message that is up to date. To `userId` too where they aren't in the channel, or where it
   * takes nothing; undefined: somebody who is told in any case.
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

/**
 * Where a message stands: what a channel may see is nothing for a person who isn't in it, and perhaps may not submit any
 * more. `hint`: why it stands there, mrkdwn of our own.
 */
export interface ShownAt {
  readonly via: 'channel' | 'dm';
  readonly hint?: string | undefined;
}

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
  render(bot: Pick<Bot, 'catalog' | 'paused' | 'dealPage'>, data: Data, at: ShownAt): Message;
  /** Of what it is about, for the log: IDs and states, nobody's name and no deal's details. */
  logged(about: About): Readonly<Record<string, string | undefined>>;
  /** What it shows without what is no reason to refresh it; all of it where it isn't given. */
  lasting?(data: Data): Data;
  /** What people have read of it is to stay for now. */
  stays?(about: About): boolean;
  /** The form it began with, where that shows what came of it. */
  form?(bot: Pick<Bot, 'catalog' | 'paused' | 'dealPage'>, data: Data): OpenForm | undefined;
  /** Milliseconds between two refreshes. */
  readonly restMs?: number;
}

/** A message as its records are now. */
export interface Found {
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
export const kind = <About, Data>({
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
    return {
      to,
      logged: logged(about),
      stays: stays(about),
      load: async () => {
        const data = await load(bot, about);
        return {
          message: (at) => render(bot, data, at),
          lasting: (at) => render(bot, lasting(data), at),
          form: form(bot, data),
        };
      },
    };
  },
});

/** The one message of somebody's opportunity. */
export const messageKey = ({ state, id }: Pick<Owned, 'state' | 'id'>): Key =>
  state === 'elsewhere' ? { kind: 'taken-on', recordId: id } : { kind: 'submission', submissionId: id };

/** For the log, of what is about somebody's opportunity. */
export const loggedOf = ({ id, opportunityId, teamId, state }: Owned) => ({
  submission: state === 'elsewhere' ? undefined : id,
  opportunity: opportunityId,
  team: teamId,
  state,
});

/** The same of what is about an edit. */
export const loggedEdit = ({ id, opportunityId, teamId, state }: Edit) => ({
  edit: id,
  opportunity: opportunityId,
  team: teamId,
  state,
});

/** The deal, where the channel may see it: one that the operator lists, and that nobody outside reads along in. */
export async function detailsFor(
  { aws, channels, config }: Pick<KindBot, 'aws' | 'channels' | 'config'>,
  deal: Pick<Owned, 'channelId' | 'catalog' | 'opportunityId'>,
): Promise<Opportunity | undefined> {
  if (!config.detailChannels.includes(deal.channelId)) return undefined;
  const [read, isInside] = await Promise.all([
    aws.getOpportunity({ Catalog: deal.catalog, Identifier: deal.opportunityId }),
    channels.isInside(deal.channelId),
  ]);
  return read.ok && isInside ? read.value : undefined;
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

/** Milliseconds for which a form that was sent is brought up to date. */
const FOR_MS = 2 * 60_000;
/** Milliseconds before each try: until Slack has taken the acknowledgement the view doesn't have its name. */
const TRY_AFTER_MS = [0, 300, 700, 2000];

/**
 * Shows in a form what its message says, once that has been told: by whoever told it, which is one replica. It waits for
 * Slack, and nobody waits for it. `read` makes the form as the records are then. A form that was closed isn't found,
 * and that is all.
 */
export async function showInForm(
  {
    views,
    posting,
    permissions,
    clock,
    log,
  }: Pick<Bot, 'views' | 'posting' | 'permissions' | 'clock' | 'log'>,
  place: Place,
  form: OpenForm,
  read: () => Promise<OpenForm | undefined>,
): Promise<void> {
  try {
    if (clock.now().getTime() - form.sentAt.getTime() > FOR_MS) return;
    const link = place.via === 'response_url' ? undefined : await posting.permalink(place);
    if (notAllowed(await permissions.ask(form.who, form.channelId)) !== undefined) return;
    for (const afterMs of TRY_AFTER_MS) {
      if (afterMs > 0) await sleep(clock, afterMs);
      // While Slack was asked, something newer may have been told, and shown.
      const shown = await read();
      if (shown === undefined || (await views.replace(shown.name, shown.view(link)))) return;
    }
  } catch (error) {
    log.warn({ error }, 'what came of a form could not be shown in it');
  }
}
