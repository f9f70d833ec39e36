import { thenSubmitFrom } from '../src/edits/edit.ts';
import type { Evidence } from './evidence.ts';
import type { Noted } from './logs.ts';
import { CLOCK_OFF_MS } from './reminders.ts';

/**
 * Edits that were recorded: by the logs, which a failover doesn't set back, and by the records, where the commit's answer
 * was lost and no log tells of it. Their time is the bot's, whose clock may be ahead.
 */
const recordedIn = ({ edits, editsRecorded }: Evidence): readonly Noted[] => {
  const logged = new Set(editsRecorded.map(({ id }) => id));
  return [
    ...editsRecorded,
    ...edits
      .filter(({ id }) => !logged.has(id))
      .map(({ id, opportunity_id, requested_at }) => ({
        id,
        opportunityId: opportunity_id,
        at: Date.parse(requested_at) - CLOCK_OFF_MS,
      })),
  ];
};

/** Updates that took effect, by the edit that they belong to: of an opportunity only one is open at a time. */
function updatesOf(evidence: Evidence): ReadonlyMap<string, number> {
  const editsRecorded = recordedIn(evidence);
  const found = new Map(editsRecorded.map(({ id }) => [id, 0]));
  const newestFirst = editsRecorded.toSorted((one, other) => other.at - one.at);
  for (const { body, at } of evidence.updates) {
    const edit = newestFirst.find(
      ({ opportunityId, at: recordedAt }) => opportunityId === body.Identifier && recordedAt <= at,
    );
    const id = edit?.id ?? `${body.Identifier}, of no edit`;
    found.set(id, (found.get(id) ?? 0) + 1);
  }
  return found;
}

/** AWS takes an edit that a person saved once at most, and no other. */
export const savedTwice = (evidence: Evidence): readonly string[] =>
  [...updatesOf(evidence)].flatMap(([id, times]) =>
    times > (recordedIn(evidence).some((edit) => edit.id === id) ? 1 : 0)
      ? [`edit ${id} was updated ${times} times`]
      : [],
  );

/** What was said not to be saved, and was. */
export function savedInSecret(evidence: Evidence): readonly string[] {
  const updates = updatesOf(evidence);
  return evidence.edits.flatMap(({ id, opportunity_id, state, updated, problem }) => {
    const isSaid =
      state === 'saved' || updated === 1 || /"inDoubt":true|"type":"(unknown|set-back)"/.test(problem ?? '');
    return isSaid || updates.get(id) === 0 ? [] : [`${opportunity_id} (${id}) is ${state}, and AWS saved it`];
  });
}

const IN_TIME_MS = 15 * 60_000;

/**
 * A submission that was to follow an edit exists only where the edit was saved without a doubt, and in time; then there
 * is one. The choices are with an edit only while it is on its way.
 */
export function submittedOtherwise({ edits }: Pick<Evidence, 'edits'>): readonly string[] {
  return edits.flatMap(({ id, opportunity_id, state, then_submit, requested_at, submitted_at }) => {
    const then = thenSubmitFrom(then_submit);
    const what = `${opportunity_id} (${id})`;
    const late =
      submitted_at !== null && Math.abs(Date.parse(submitted_at) - Date.parse(requested_at)) > IN_TIME_MS;
    if (then?.type === 'recorded') {
      return [
        ...(submitted_at === null ? [`${what} is to be submitted, and has no submission`] : []),
        ...(state === 'saved' ? [] : [`${what} is ${state}, and submitted`]),
        ...(late ? [`${what} is submitted after more than 15 minutes`] : []),
      ];
    }
    const isOnItsWay = state === 'requested' || state === 'sending';
    const why = then?.type === 'dropped' ? then.why : (then?.type ?? 'only to be saved');
    return [
      ...(submitted_at === null ? [] : [`${what} is submitted, though ${why}`]),
      ...(then?.type === 'wanted' && !isOnItsWay ? [`${what} is ${state}, and still to be submitted`] : []),
    ];
  });
}
