import type { Evidence } from './evidence.ts';

/** Updates that took effect, by the edit that they belong to: of an opportunity only one is open at a time. */
function updatesOf({ editsRecorded, updates }: Evidence): ReadonlyMap<string, number> {
  const found = new Map(editsRecorded.map(({ id }) => [id, 0]));
  const newestFirst = editsRecorded.toSorted((one, other) => other.at - one.at);
  for (const { body, at } of updates) {
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
    times > (evidence.editsRecorded.some((edit) => edit.id === id) ? 1 : 0)
      ? [`edit ${id} was updated ${times} times`]
      : [],
  );

/** What was said not to be saved, and was. */
export function savedInSecret(evidence: Evidence): readonly string[] {
  const updates = updatesOf(evidence);
  return evidence.edits.flatMap(({ id, opportunity_id, state, updated, problem }) => {
    const isSaid =
      state === 'saved' || updated === 1 || /"inDoubt":true|"type":"unknown"/.test(problem ?? '');
    return isSaid || updates.get(id) === 0 ? [] : [`${opportunity_id} (${id}) is ${state}, and AWS saved it`];
  });
}
