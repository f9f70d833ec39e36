import { z } from 'zod';
import { DAY_MS } from '../../src/clock.ts';
import type { Acknowledgement, InputValue, OfferedGroup } from '../slack/stand-in.ts';
import { type PageSources, viewers } from './state.ts';

const inputValue = z.union([z.string(), z.array(z.string()), z.null()]);
const blockId = z.string().optional();
/** What is chosen there, where it is no button. */
const chosen = inputValue.optional();

/** What the page can do, as it comes in `POST /api/act`. */
export const pageAction = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('slashCommand'),
    user: z.string(),
    channel: z.string(),
    command: z.string(),
    text: z.string(),
  }),
  z.object({
    type: z.literal('clickButton'),
    user: z.string(),
    channel: z.string(),
    ts: z.string(),
    actionId: z.string(),
    blockId,
    value: chosen,
  }),
  z.object({
    type: z.literal('clickViewButton'),
    user: z.string(),
    actionId: z.string(),
    blockId,
    value: chosen,
    /** In the home tab; else in the topmost modal. */
    home: z.boolean().optional(),
  }),
  z.object({ type: z.literal('openHome'), user: z.string(), tab: z.enum(['home', 'messages']) }),
  z.object({
    type: z.literal('messageShortcut'),
    user: z.string(),
    channel: z.string(),
    ts: z.string(),
    callbackId: z.string(),
  }),
  z.object({ type: z.literal('say'), user: z.string(), channel: z.string(), text: z.string() }),
  z.object({ type: z.literal('fillIn'), user: z.string(), values: z.record(z.string(), inputValue) }),
  z.object({
    type: z.literal('suggest'),
    user: z.string(),
    blockId: z.string(),
    query: z.string(),
    home: z.boolean().optional(),
  }),
  z.object({ type: z.literal('submitView'), user: z.string() }),
  z.object({ type: z.literal('closeView'), user: z.string() }),
  z.object({ type: z.literal('addBot'), channel: z.string() }),
  z.object({
    type: z.literal('review'),
    catalog: z.string(),
    id: z.string(),
    status: z.enum(['In review', 'Approved', 'Action Required', 'Rejected']),
    comments: z.string(),
  }),
  z.object({ type: z.literal('assignTeam'), catalog: z.string(), id: z.string() }),
  z.object({ type: z.literal('setAutomaticReviewer'), on: z.boolean() }),
  z.object({ type: z.literal('setFault'), id: z.string(), on: z.boolean() }),
  z.object({ type: z.literal('clearFaults') }),
  z.object({ type: z.literal('disconnectSlack') }),
  /** Puts the demo's clock forward. */
  z.object({ type: z.literal('skipDay') }),
]);

export type PageAction = z.infer<typeof pageAction>;

/** `refused`: the stand-ins wouldn't, as Slack or AWS's console wouldn't; `reason` says why. */
export type ActionResult =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'answered'; readonly acknowledgement: Acknowledgement }
  /** What an external select offers for what was typed. */
  | { readonly outcome: 'offered'; readonly groups: readonly OfferedGroup[] }
  | { readonly outcome: 'refused'; readonly reason: string };

/** Does it, and waits for what the bot acknowledges where it is asked something. */
export async function perform(sources: PageSources, action: PageAction): Promise<ActionResult> {
  if ('user' in action && !viewers(sources.slack).includes(action.user)) {
    return { outcome: 'refused', reason: `nobody here is called ${action.user}` };
  }
  try {
    if (action.type === 'suggest') {
      const { user, blockId, query, home = false } = action;
      const groups = await sources.slack.optionGroupsFor(user, blockId, query, { home });
      return { outcome: 'offered', groups };
    }
    const acknowledgement = await dispatch(sources, action);
    return acknowledgement ? { outcome: 'answered', acknowledgement } : { outcome: 'done' };
  } catch (error) {
    return { outcome: 'refused', reason: error instanceof Error ? error.message : String(error) };
  }
}

async function dispatch(
  { slack, partnerCentral, faults, reviewer, clock }: PageSources,
  action: Exclude<PageAction, { type: 'suggest' }>,
): Promise<Acknowledgement | undefined> {
  switch (action.type) {
    case 'slashCommand': {
      const { user, channel, command, text } = action;
      return await slack.slashCommand({ user, channel, command, text });
    }
    case 'clickButton': {
      const { type: _, blockId, value, ...where } = action;
      return await slack.clickButton({ ...where, ...given({ blockId, value }) });
    }
    case 'clickViewButton': {
      const { user, actionId, blockId, value, home = false } = action;
      return await slack.clickViewButton({ user, actionId, home, ...given({ blockId, value }) });
    }
    case 'openHome':
      return await slack.openHome(action.user, action.tab);
    case 'messageShortcut': {
      const { user, channel, ts, callbackId } = action;
      return await slack.messageShortcut({ user, channel, ts, callbackId });
    }
    case 'say': {
      const { user, channel, text } = action;
      await slack.say({ user, channel, text });
      return undefined;
    }
    case 'fillIn':
      await slack.fillIn(action.user, action.values);
      return undefined;
    case 'submitView':
      return await slack.submitView(action.user);
    case 'closeView':
      await slack.closeView(action.user);
      return undefined;
    case 'addBot':
      slack.join(action.channel, slack.botUserId);
      return undefined;
    case 'review':
      partnerCentral.review(
        action.catalog,
        action.id,
        action.status,
        action.comments === '' ? {} : { comments: action.comments },
      );
      return undefined;
    case 'assignTeam':
      partnerCentral.assignTeam(action.catalog, action.id);
      return undefined;
    case 'setAutomaticReviewer':
      reviewer.setAutomatic(action.on);
      return undefined;
    case 'setFault':
      if (!faults.set(action.id, action.on)) throw new Error(`there is no fault called ${action.id}`);
      return undefined;
    case 'clearFaults':
      faults.clear();
      return undefined;
    case 'disconnectSlack':
      slack.disconnect();
      return undefined;
    case 'skipDay':
      clock.jump(DAY_MS);
      return undefined;
  }
}

function given(action: { readonly blockId: string | undefined; readonly value: InputValue | undefined }) {
  const { blockId, value } = action;
  return { ...(blockId === undefined ? {} : { blockId }), ...(value === undefined ? {} : { value }) };
}
