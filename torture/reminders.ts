import { digestDay, parseDigestTime } from '../src/config/digest-time.ts';
import { HEADLINES } from '../src/messages/kinds/reminder.ts';
import { REMINDERS } from '../src/messages/outbox.ts';
import type { Evidence } from './evidence.ts';
import { DIGEST_CHANNEL } from './places.ts';

const DAY_MS = 24 * 60 * 60_000;
/** A bot whose clock is ahead reminds as much too early (milliseconds). */
export const CLOCK_OFF_MS = 20 * 60_000;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Settings by which everybody is reminded after a day, and the first digest is due a day from now. */
export function remindersFrom(now: Date) {
  const first = new Date(now.getTime() + DAY_MS);
  return {
    REMIND_WAITING_DAYS: '1',
    REMIND_ACTION_REQUIRED_DAYS: '1',
    REMIND_CLOSE_DATE: '1',
    DIGEST_CHANNEL,
    DIGEST_TIME: `${WEEKDAYS[first.getUTCDay()]} ${first.toISOString().slice(11, 16)} UTC`,
  };
}

/** Reminders that were told too early, and what is told once and was posted again. */
export const untimely = (evidence: Evidence): readonly string[] => [
  ...tooEarly(evidence),
  ...remindedAgain(evidence),
  ...digestsAgain(evidence),
];

/** AWS has had it for a day; it sent it back a day ago. */
function tooEarly({ claims, records, requests, elsewhere, reviewed }: Evidence): readonly string[] {
  const opportunityOf = new Map(records.map(({ id, opportunity_id }) => [id, opportunity_id]));
  const beginnings: ReadonlyMap<string, (id: string | undefined) => readonly { readonly at: number }[]> =
    new Map([
      [
        HEADLINES.waiting,
        (id) => [
          ...requests.filter(({ executed, body }) => executed && body.Identifier === id),
          ...elsewhere.filter((other) => other.id === id),
        ],
      ],
      [
        HEADLINES['action-required'],
        (id) => reviewed.filter((review) => review.id === id && review.status === 'Action Required'),
      ],
    ]);
  return claims.flatMap(({ submissionId, headline, at }) => {
    const id = opportunityOf.get(submissionId);
    // Of what a failover has forgotten nobody knows the opportunity.
    const began = id === undefined ? undefined : beginnings.get(headline)?.(id);
    return began === undefined || began.some((each) => each.at <= at - DAY_MS + CLOCK_OFF_MS)
      ? []
      : [`"${headline}" was said of ${id} (${submissionId}), less than a day after it began`];
  });
}

/**
 * A reminder is posted once in a turn; again only by another attempt, because the first one's answer was lost. What was
 * told in a turn that is over may be forgotten: it counts as told once.
 */
function remindedAgain({
  claims,
  outbox,
  records,
  reviewed,
  movedBack,
  losses,
}: Evidence): readonly string[] {
  return records.flatMap(({ id, opportunity_id }) => {
    const moves = [...reviewed, ...movedBack].filter((moved) => moved.id === opportunity_id).length;
    return REMINDERS.flatMap((about) => {
      const posts = claims.filter(
        ({ submissionId, headline }) => submissionId === id && headline === HEADLINES[about],
      );
      const attempts = outbox
        .filter(
          (message) =>
            message.kind === 'reminder' &&
            message.opportunity === opportunity_id &&
            message.subject?.startsWith(`${about} `),
        )
        .reduce((sum, { attempt }) => sum + attempt, 0);
      const places = new Set(posts.flatMap(({ postedIn }) => postedIn ?? []));
      return [...places].flatMap((place) => {
        const times = posts.filter(({ postedIn }) => postedIn === place).length;
        // What a failover forgets is told once more.
        return times <= attempts + moves + losses.length
          ? []
          : [
              `"${HEADLINES[about]}" was posted ${times} times of ${opportunity_id} (${id}), in ${attempts} attempts`,
            ];
      });
    });
  });
}

/** A digest is posted once for its day, from its time on; again only by another attempt. */
function digestsAgain({ digests, outbox, digestTime, losses }: Evidence): readonly string[] {
  const days = outbox.flatMap(({ kind, subject, attempt }) =>
    kind === 'digest' && subject !== null ? [{ day: subject, attempt }] : [],
  );
  const time = parseDigestTime(digestTime);
  if (time === undefined) return ['the time of the digest can not be read'];
  const wrong = days.filter(
    ({ day }) => digestDay(new Date(Date.parse(day) + time.minutes * 60_000), time) !== day,
  );
  return [
    ...wrong.map(({ day }) => `a digest was made for ${day}, which is no day for one`),
    ...digests.flatMap((at, before) => {
      const due = days.filter(({ day }) => Date.parse(day) + time.minutes * 60_000 <= at + CLOCK_OFF_MS);
      const attempts = due.reduce((sum, { attempt }) => sum + attempt, 0);
      return before < attempts + losses.length
        ? []
        : [`digest ${before + 1} was posted, after ${attempts} attempts`];
    }),
  ];
}
