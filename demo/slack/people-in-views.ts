import { sleep } from '../../src/clock.ts';
import { readOptions, readSubmissionAnswer } from './answers.ts';
import type { AppLink } from './app-link.ts';
import { interactiveElements, type PlacedElement } from './elements.ts';
import { type StateValue, submissionProblems } from './input-values.ts';
import {
  blockActionsPayload,
  blockSuggestionPayload,
  viewClosedPayload,
  viewSubmissionPayload,
} from './payloads.ts';
import { activeUser, enterInto, findElement, pressable } from './people.ts';
import type { Acknowledgement, InputValue, OfferedGroup, SlackStandIn } from './stand-in.ts';
import type { SlackState } from './state.ts';
import type { StoredView } from './views.ts';

type InViews = Pick<
  SlackStandIn,
  'clickViewButton' | 'fillIn' | 'submitView' | 'closeView' | 'optionsFor' | 'optionGroupsFor'
>;

/** Whether using this element tells the app at once. */
function dispatches({ block }: PlacedElement): boolean {
  return block.type !== 'input' || block.dispatch_action === true;
}

function failed(reason: string): Acknowledgement {
  return { acknowledged: false, error: 'dispatch_failed', reason };
}

/** What people do in modals and in the home tab; `answersTakeMs`: how long an answer that has arrived takes to count. */
export function createPeopleInViews(state: SlackState, link: AppLink, answersTakeMs: () => number): InViews {
  const { views, triggerIds } = state;

  const topView = (user: string): StoredView => {
    const top = views.stack(user).at(-1);
    if (top === undefined) throw new Error('No view is open.');
    return top;
  };

  const keepValue = (viewId: string, placed: PlacedElement, value: StateValue): StoredView => {
    const stored = views.find(viewId);
    if (stored === undefined) throw new Error('The view was closed meanwhile.');
    const { blockId, actionId } = placed;
    const { [blockId]: _fixed, ...errors } = stored.errors;
    const kept = {
      ...stored,
      errors,
      values: { ...stored.values, [blockId]: { ...stored.values[blockId], [actionId]: value } },
    };
    views.keep(kept);
    return kept;
  };

  const act = (
    userId: string,
    stored: StoredView,
    placed: PlacedElement,
    value: StateValue | undefined,
  ): Promise<Acknowledgement> =>
    link.deliver(
      'interactive',
      blockActionsPayload(
        {
          user: activeUser(userId, state),
          place: { in: 'view', stored },
          placed,
          value,
          triggerId: triggerIds.create({ user: userId, viewId: stored.id }),
        },
        state,
      ),
    );

  const typeInto = (stored: StoredView, placed: PlacedElement, input: InputValue): StateValue =>
    enterInto(placed, input, stored.offered[placed.blockId] ?? [], state);

  const inputOf = (stored: StoredView, blockId: string): PlacedElement => {
    const [first, second] = interactiveElements(stored.view.blocks).filter(
      (placed) => placed.blockId === blockId && placed.element.type !== 'button',
    );
    if (first === undefined)
      throw new Error(
        `There is no input "${blockId}", only: ${Object.keys(stored.values).join(', ') || 'nothing'}.`,
      );
    if (second !== undefined)
      throw new Error(`"${blockId}" holds several inputs: use clickViewButton with a value.`);
    return first;
  };

  const apply = (stored: StoredView, outcome: Acknowledgement): Acknowledgement => {
    if (!outcome.acknowledged) return outcome;
    const answer = readSubmissionAnswer(outcome.payload, stored);
    if (!answer.ok) return failed(answer.messages.join('; '));
    // The person may have closed the view while the app was thinking: then there is nothing to change.
    const current = views.find(stored.id);
    if (current === undefined) return outcome;
    switch (answer.value.action) {
      case 'close':
        views.close(stored.id, false);
        return outcome;
      case 'clear':
        views.close(stored.id, true);
        return outcome;
      case 'errors':
        views.keep({ ...current, errors: answer.value.errors });
        return outcome;
      case 'update':
      case 'push': {
        const { action, view } = answer.value;
        const changed =
          action === 'push'
            ? views.push(stored.id, view)
            : views.update({ viewId: stored.id }, undefined, view);
        return changed.ok ? outcome : failed(changed.error);
      }
    }
  };

  const homeOf = (user: string): StoredView => {
    const home = views.home(user);
    if (home === undefined) throw new Error('No home tab was published.');
    return home;
  };

  const ask = async (
    user: string,
    blockId: string,
    query: string,
    { home } = { home: false },
  ): Promise<readonly OfferedGroup[]> => {
    const stored = home ? homeOf(user) : topView(user);
    const placed = inputOf(stored, blockId);
    const { element } = placed;
    if (element.type !== 'external_select' && element.type !== 'multi_external_select')
      throw new Error(`"${blockId}" is a ${element.type}: its options aren't asked for.`);
    // https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element/#external_select
    if (query.length < (element.min_query_length ?? 3)) return [];
    const outcome = await link.deliver(
      'interactive',
      blockSuggestionPayload(activeUser(user, state), stored, placed, query, state),
    );
    if (!outcome.acknowledged) throw new Error(`The app gave no options: ${outcome.error}.`);
    const options = readOptions(outcome.payload);
    if (!options.ok) throw new Error(`Slack can't show these options: ${options.messages.join('; ')}`);
    const offered = options.value.flatMap((group) => group.options);
    const current = views.find(stored.id);
    if (current !== undefined)
      // Answers may overtake each other: the person chooses from one that they were shown.
      views.keep({
        ...current,
        offered: { ...current.offered, [blockId]: [...offered, ...(current.offered[blockId] ?? [])] },
      });
    return options.value;
  };

  return {
    clickViewButton: async ({ user, actionId, blockId, value, home }) => {
      const stored = home ? homeOf(user) : topView(user);
      const placed = findElement(stored.view.blocks, actionId, blockId);
      if (!dispatches(placed))
        throw new Error(`"${actionId}" tells the app nothing until the view is submitted: use fillIn.`);
      if (value === undefined) return act(user, stored, pressable(placed), undefined);
      const entered = typeInto(stored, placed, value);
      const kept = placed.element.type === 'overflow' ? stored : keepValue(stored.id, placed, entered);
      return act(user, kept, placed, entered);
    },

    fillIn: async (user, inputs) => {
      const { id } = topView(user);
      for (const [blockId, input] of Object.entries(inputs)) {
        // Looked up each time: the app may have changed the view when the last input told it something.
        const stored = views.find(id);
        if (stored === undefined) throw new Error('The view was closed meanwhile.');
        const placed = inputOf(stored, blockId);
        const value = typeInto(stored, placed, input);
        const kept = keepValue(id, placed, value);
        if (dispatches(placed)) await act(user, kept, placed, value);
      }
    },

    submitView: async (user) => {
      const stored = topView(user);
      if (stored.view.type !== 'modal' || stored.view.submit === undefined)
        throw new Error('The view has no Submit button.');
      const problems = submissionProblems(stored.view.blocks, stored.values);
      if (Object.keys(problems).length > 0) {
        views.keep({ ...stored, errors: problems });
        throw new Error(`Slack doesn't send the view: ${JSON.stringify(problems)}`);
      }
      views.keep({ ...stored, errors: {} });
      const payload = viewSubmissionPayload(
        activeUser(user, state),
        stored,
        triggerIds.create({ user, viewId: stored.id }),
        state,
      );
      const outcome = await link.deliver('interactive', payload);
      if (answersTakeMs() > 0) await sleep(state.clock, answersTakeMs());
      return apply(stored, outcome);
    },

    closeView: async (user) => {
      const stored = topView(user);
      const person = activeUser(user, state);
      const whole = stored.view.type === 'modal' && stored.view.clear_on_close === true;
      const closed = whole ? [...views.stack(user)].reverse() : [stored];
      views.close(stored.id, whole);
      for (const one of closed) {
        if (one.view.type === 'modal' && one.view.notify_on_close === true)
          await link.deliver('interactive', viewClosedPayload(person, one, whole, state));
      }
    },

    optionsFor: async (user, blockId, query) =>
      (await ask(user, blockId, query)).flatMap((group) => group.options),

    optionGroupsFor: ask,
  };
}
