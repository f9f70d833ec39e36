import { type Evidence, placeKey } from './evidence.ts';

/** What is said of opportunities that AWS has. */
const AT_AWS = /^(with AWS|in review|approved|rejected|sent back)$/;

/** Messages about several opportunities that don't say in the end what became of each. */
export function untrueOfBatches({ outbox, records, standing }: Evidence): readonly string[] {
  return outbox.flatMap(({ kind, subject, channel_id, message_ts }) => {
    if (kind !== 'batch' || channel_id === null || message_ts === null) return [];
    // Undefined: somebody deleted it, or it is in a direct message.
    const says = standing.get(placeKey(channel_id, message_ts));
    if (says === undefined) return [];
    const own = newestOfEach(records.filter(({ batch_id }) => batch_id === subject));
    // Those that were submitted again outside of it are counted as that, whatever had come of them.
    const again = own.filter(({ opportunity_id, requested_at }) =>
      records.some((other) => other.opportunity_id === opportunity_id && other.requested_at > requested_at),
    );
    const states = own.filter((record) => !again.includes(record)).map(({ state }) => state);
    const said = [...says.matchAll(/(\d+) ([A-Za-z ]+)/g)].map(
      ([, count, what = '']) => [what, Number(count)] as const,
    );
    const sum = (of: (what: string) => boolean) =>
      said.reduce((total, [what, count]) => total + (of(what) ? count : 0), 0);
    // What has changed may have been sent back: somebody else had submitted it.
    const atAws = states.filter((state) =>
      ['submitted', 'already_submitted', 'changed'].includes(state),
    ).length;
    const cancelled = states.filter((state) => state === 'cancelled').length;
    const isTrue =
      sum((what) => what === 'submitted again') === again.length &&
      sum((what) => what !== 'submitted again') === states.length &&
      sum((what) => AT_AWS.test(what)) <= atAws &&
      sum((what) => what === 'cancelled') === cancelled;
    return isTrue
      ? []
      : [
          `the message of batch ${subject} says "${says}", and they are ${[...states, ...again.map(() => 'submitted again')].join(', ')}`,
        ];
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
