import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestDay, parseDigestTime } from '../../src/config/digest-time.ts';

const HOUR_MS = 60 * 60 * 1000;

function timeOf(text: string) {
  const time = parseDigestTime(text);
  if (time === undefined) throw new Error(`${text} was not taken.`);
  return time;
}

describe('when the weekly digest is due', () => {
  test.each([
    ['2026-11-23T07:59:59Z', 'Mon 09:00 Europe/Berlin', undefined],
    ['2026-11-23T08:00:00Z', 'Mon 09:00 Europe/Berlin', '2026-11-23'],
    ['2026-11-24T07:59:59Z', 'Mon 09:00 Europe/Berlin', '2026-11-23'],
    ['2026-11-24T08:00:00Z', 'Mon 09:00 Europe/Berlin', undefined],
    // In summer Berlin's clock is another hour ahead.
    ['2026-07-06T06:59:59Z', 'mon 09:00 Europe/Berlin', undefined],
    ['2026-07-06T07:00:00Z', 'mon 09:00 Europe/Berlin', '2026-07-06'],
    // It is Monday in Auckland while it is Sunday in UTC.
    ['2026-11-22T11:30:00Z', 'Mon 00:00 Pacific/Auckland', '2026-11-23'],
    ['2026-11-23T08:30:00Z', 'Sun 23:59 America/Los_Angeles', '2026-11-22'],
  ])('at %s with %s: %s', (at, time, day) => {
    expect(digestDay(new Date(at), timeOf(time))).toBe(day);
  });

  test.each([
    '',
    'Mon',
    'Mon 9:00 UTC',
    'Mon 24:00 UTC',
    'Mon 09:60 UTC',
    'Tag 09:00 UTC',
    'Mon 09:00 Mars/Base',
  ])('%o is no time for a digest', (text) => {
    expect(parseDigestTime(text)).toBeUndefined();
  });

  test('through a year and every change of the clocks there is one a week, each for about a day', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Sun', 'Mon', 'Sat'),
        fc.constantFrom('00:00', '02:30', '23:59'),
        fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
        (weekday, hours, timeZone) => {
          const time = timeOf(`${weekday} ${hours} ${timeZone}`);
          const start = Date.UTC(2026, 0, 1);
          const days = Array.from({ length: 364 * 24 }, (_, hour) =>
            digestDay(new Date(start + hour * HOUR_MS), time),
          ).filter((day) => day !== undefined);
          const hoursOf = Map.groupBy(days, (day) => day);
          expect(hoursOf.size).toBeGreaterThanOrEqual(52);
          expect(hoursOf.size).toBeLessThanOrEqual(53);
          for (const [day, { length }] of [...hoursOf].slice(1, -1)) {
            expect(new Date(`${day}T00:00:00Z`).toUTCString()).toContain(weekday);
            expect(length).toBeGreaterThanOrEqual(23);
            expect(length).toBeLessThanOrEqual(25);
          }
        },
      ),
      { numRuns: 6 },
    );
  });
});
