import { progress } from '../src/slack/forms/batch-words.ts';
import { type Evidence, placeKey } from './evidence.ts';

/** Whatever was tried: AWS had turned it away before. */
const TURNED_AWAY: ReadonlySet<string> = new Set(['changed', 'cancelled', 'expired']);

/** Messages about several opportunities that don't say in the end how many of them went out. */
export function untrueOfBatches({ outbox, records, standing }: Evidence): readonly string[] {
  return outbox.flatMap(({ kind, subject, channel_id, message_ts }) => {
    if (kind !== 'batch' || channel_id === null || message_ts === null) return [];
    // Undefined: somebody deleted it, or it is in a direct message.
    const says = standing.get(placeKey(channel_id, message_ts));
    const newest = newestOfEach(records.filter(({ batch_id }) => batch_id === subject));
    const sent = newest.filter(
      ({ state, sending_at }) => sending_at !== null && !TURNED_AWAY.has(state),
    ).length;
    const expected = progress(sent, newest.length);
    return says === undefined || says === expected
      ? []
      : [`the message of batch ${subject} says "${says}", and it is "${expected}"`];
  });
}

/** Of each opportunity the record that was made last: it may have been tried again. */
const newestOfEach = (records: Evidence['records']): Evidence['records'] => [
  ...new Map(
    records
      .toSorted((one, other) => one.requested_at.localeCompare(other.requested_at))
      .map((record) => [record.opportunity_id, record]),
  ).values(),
];
