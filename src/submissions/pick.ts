import type { Bot } from '../bot.ts';
import { fromNow, LATE, within } from '../clock.ts';
import type { WhyNoList } from '../opportunities/listing.ts';
import { ACCEPTED_LATELY_MS, type Candidate, type PickList, search } from '../opportunities/pick-list.ts';
import { knownInTime, type NotAllowed, type Permission, type Who } from '../permissions.ts';

/** What a person who picks is offered for what they typed, or why nothing is. */
export type Suggestions =
  | {
      readonly type: 'found';
      /** All that match, most recently changed first. */
      readonly candidates: readonly Candidate[];
      /** How many were searched. */
      readonly searched: number;
      readonly reach: Extract<PickList, { type: 'list' }>['reach'];
    }
  | NotAllowed
  /** The form isn't this person's, or is too old to be known. */
  | { readonly type: 'unknown-form' }
  /** `ours`: our own records can't be reached. */
  | { readonly type: 'unavailable'; readonly why: WhyNoList | 'ours' };

type PickBot = Pick<Bot, 'pickList' | 'permissions'>;

/** Milliseconds; together they leave the answer its place in Slack's 3 s. */
const PERMISSION_WITHIN_MS = 1000;
const ANSWER_WITHIN_MS = 2200;
const RECORDS_WITHIN_MS = 500;

/** Whether the person may pick an opportunity here. Where they may, the list begins to be read, to be there when they do. */
export async function preparePicking(
  { pickList, permissions }: PickBot,
  who: Who,
  channelId: string,
): Promise<Permission> {
  const permission = await permissions.ask(who, channelId);
  if (permission.type === 'allowed') pickList.prepare();
  return permission;
}

/** Offers the opportunities that can be submitted, to those who may. Permission comes before any deal is listed. */
export async function suggest(
  bot: PickBot & Pick<Bot, 'store' | 'clock' | 'log' | 'catalog'>,
  { formId, who, query }: { readonly formId: string; readonly who: Who; readonly query: string },
): Promise<Suggestions> {
  const { pickList, store, permissions, clock, log, catalog } = bot;
  const start = clock.monotonic();
  /** In the place their form was asked for. */
  const mayPick = async (): Promise<Permission | undefined> => {
    const form = await permissions.own(await store.form(formId), who);
    return form && permissions.ask(who, form.channelId);
  };
  try {
    const asked = await within(clock, PERMISSION_WITHIN_MS, mayPick());
    if (asked === undefined) return { type: 'unknown-form' };
    const permission = knownInTime(asked);
    if (permission.type !== 'allowed') return permission;

    const read = await pickList.read(ANSWER_WITHIN_MS - (clock.monotonic() - start));
    if (read.type === 'unavailable') return read;
    const since = fromNow(clock, -ACCEPTED_LATELY_MS);
    const taken = await within(clock, RECORDS_WITHIN_MS, store.onTheirWay(catalog, since));
    // Where our records are slow, a deal that is on its way is offered too: choosing it says so.
    const without = new Set(taken === LATE ? [] : taken);
    const candidates = search(read.candidates, query, without);
    return { type: 'found', candidates, searched: read.candidates.length, reach: read.reach };
  } catch (error) {
    log.error({ error }, 'nothing could be offered to pick from');
    return { type: 'unavailable', why: 'ours' };
  }
}

/** Offers all deals of the partner, to those who may see them. Permission comes before any deal is listed. */
export async function suggestDeal(
  { deals, permissions, clock, log }: Pick<Bot, 'deals' | 'permissions' | 'clock' | 'log'>,
  { who, query }: { readonly who: Who; readonly query: string },
): Promise<Suggestions> {
  const start = clock.monotonic();
  try {
    const permission = knownInTime(
      await within(clock, PERMISSION_WITHIN_MS, permissions.ask(who, undefined)),
    );
    if (permission.type !== 'allowed') return permission;
    const list = await deals.read(ANSWER_WITHIN_MS - (clock.monotonic() - start), 'kept');
    if (list.type === 'unavailable') return list;
    const all = deals.candidates();
    return {
      type: 'found',
      candidates: search(all, query, new Set()),
      searched: all.length,
      reach: list.reach,
    };
  } catch (error) {
    log.error({ error }, 'no deal could be offered to find');
    return { type: 'unavailable', why: 'ours' };
  }
}
