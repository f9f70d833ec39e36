import { fromJson, stringOf } from '../../json.ts';
import { viewJson } from '../slack-json.ts';
import type { SlackState } from '../state.ts';
import type { Trigger } from '../trigger-ids.ts';
import { checkHome, checkModal, isTooLarge } from '../view-rules.ts';
import type { ViewOutcome } from '../views.ts';
import { type Answer, invalidArguments, type Method, missing, refuse } from './answer.ts';

function answer(outcome: ViewOutcome, state: SlackState): Answer {
  return outcome.ok ? { ok: true, view: viewJson(outcome.stored, state) } : refuse(outcome.error);
}

/** An empty one is one too, and no view's (observed: slack-go/slack#1462). */
const hashOf = ({ hash }: Readonly<Record<string, unknown>>): string | undefined =>
  typeof hash === 'string' ? hash : undefined;

/** Opens or pushes a modal with a trigger_id, which is used up only where that succeeds. */
function withTrigger(
  args: Readonly<Record<string, unknown>>,
  state: SlackState,
  show: (trigger: Trigger, view: Parameters<SlackState['views']['open']>[1]) => ViewOutcome,
): Answer {
  const triggerId = stringOf(args.trigger_id);
  if (triggerId === undefined) return missing('trigger_id');
  const view = fromJson(args.view);
  if (view === undefined) return missing('view');
  if (isTooLarge(view)) return refuse('view_too_large');
  const checked = checkModal(view);
  if (!checked.ok) return invalidArguments(...checked.messages);
  const exchange = state.triggerIds.check(triggerId);
  if (!exchange.ok) return refuse(exchange.error);
  const outcome = show(exchange.trigger, checked.value);
  if (outcome.ok) state.triggerIds.exchange(triggerId);
  return answer(outcome, state);
}

/** https://docs.slack.dev/reference/methods/views.open */
const open: Method = (args, state) =>
  withTrigger(args, state, (trigger, view) => state.views.open(trigger.user, view));

/** https://docs.slack.dev/reference/methods/views.push */
const push: Method = (args, state) =>
  withTrigger(args, state, (trigger, view) =>
    trigger.viewId === undefined ? { ok: false, error: 'not_found' } : state.views.push(trigger.viewId, view),
  );

/** https://docs.slack.dev/reference/methods/views.update */
const update: Method = (args, state) => {
  const viewId = stringOf(args.view_id);
  const externalId = stringOf(args.external_id);
  if (viewId === undefined && externalId === undefined) return missing('view_id or external_id');
  const view = fromJson(args.view);
  if (view === undefined) return missing('view');
  if (isTooLarge(view)) return refuse('view_too_large');
  const checked = checkModal(view);
  if (!checked.ok) return invalidArguments(...checked.messages);
  return answer(state.views.update({ viewId, externalId }, hashOf(args), checked.value), state);
};

/**
 * For people of other workspaces it answers ok and shows nothing; an ID that has no home tab (an app's, one that nobody
 * has) is an invalid argument (observed: slackapi/bolt-js#1948, bolt-python#954).
 * https://docs.slack.dev/reference/methods/views.publish
 */
const publish: Method = (args, state) => {
  const userId = stringOf(args.user_id);
  if (userId === undefined) return missing('user_id');
  const user = state.workspace.user(userId);
  if (user === undefined || user.kind === 'bot' || user.kind === 'deactivated')
    return invalidArguments('[ERROR] invalid user_id [json-pointer:/user_id]');
  const view = fromJson(args.view);
  if (view === undefined) return missing('view');
  if (isTooLarge(view)) return refuse('view_too_large');
  const checked = checkHome(view);
  if (!checked.ok) return invalidArguments(...checked.messages);
  if (user.kind === 'stranger')
    return answer({ ok: true, stored: state.views.unseen(user.id, checked.value) }, state);
  return answer(state.views.publish(user.id, hashOf(args), checked.value), state);
};

export const viewMethods: Readonly<Record<string, Method>> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
