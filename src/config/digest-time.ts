import { DAY_MS } from '../clock.ts';

/** When a digest is posted: a weekday and a time of day, in a time zone. */
export interface DigestTime {
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly minutes: number;
  /** An IANA name, as `Europe/Berlin`. */
  readonly timeZone: string;
}

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MINUTE_MS = 60_000;
const WEEK_MS = 7 * DAY_MS;

/** Reads `Mon 09:00 Europe/Berlin`; undefined where it isn't that. */
export function parseDigestTime(text: string): DigestTime | undefined {
  const [, day = '', hours, minutes, timeZone = ''] = /^([a-z]{3}) (\d{2}):(\d{2}) (\S+)$/i.exec(text) ?? [];
  const weekday = WEEKDAYS.indexOf(day.toLowerCase());
  const inDay = Number(hours) * 60 + Number(minutes);
  if (weekday < 0 || Number(minutes) > 59 || inDay >= 24 * 60 || !isTimeZone(timeZone)) return undefined;
  return { weekday, minutes: inDay, timeZone };
}

/**
 * The day (`YYYY-MM-DD`, there) whose digest is to be posted at this moment: one is, from its time on, for a day.
 * Undefined: none is.
 */
export function digestDay(at: Date, { weekday, minutes, timeZone }: DigestTime): string | undefined {
  // As a reading of the clock on the wall there: only differences of such readings are used.
  const reading = new Intl.DateTimeFormat('sv-SE', { ...WALL, timeZone }).format(at);
  const wall = Date.parse(`${reading.replace(' ', 'T')}Z`);
  const daysSince = (new Date(wall).getUTCDay() - weekday + 7) % 7;
  const midnight = wall - (wall % DAY_MS) - daysSince * DAY_MS;
  const planned = midnight + minutes * MINUTE_MS;
  const latest = planned > wall ? planned - WEEK_MS : planned;
  return wall - latest < DAY_MS ? new Date(latest).toISOString().slice(0, 10) : undefined;
}

/** Swedish dates are ISO dates. */
const WALL = { dateStyle: 'short', timeStyle: 'medium' } as const;

function isTimeZone(timeZone: string): boolean {
  // The default, for whoever has no digest: asking would bring ICU's data into memory, 9 MB.
  if (timeZone === 'UTC') return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
