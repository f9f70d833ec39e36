import { describe, expect, it } from 'vitest';
import { fieldAt, textAt, withField } from '../../../demo/json.ts';
import { reviewStatuses } from '../../../demo/partner-central/codes.ts';
import { demoOpportunities } from '../../../demo/partner-central/demo-opportunities.ts';
import { parseInput, updateOpportunityInput } from '../../../demo/partner-central/model.ts';
import { likeliest } from '../../../demo/partner-central/observed.ts';
import { type Submission, submissionRefusal } from '../../../demo/partner-central/rules.ts';
import type { StoredOpportunity } from '../../../demo/partner-central/stand-in.ts';

const now = new Date('2026-11-22T20:30:00.000Z');
const demos = demoOpportunities(now);
const coSell: Submission = { InvolvementType: 'Co-Sell', Visibility: 'Full' };
const refusal = (stored: StoredOpportunity, at = now, submission = coSell) =>
  submissionRefusal(stored, submission, { now: at, observed: likeliest });
const byPurpose = (start: string) => demos.filter(({ purpose }) => purpose.startsWith(start));

describe("the demo's opportunities", () => {
  it('have IDs of their own and say what they are for', () => {
    expect(new Set(demos.map(({ stored }) => stored.opportunity.Id)).size).toBe(demos.length);
    expect(demos.every(({ purpose }) => purpose.length > 5)).toBe(true);
  });

  it('are all as the model wants them', () => {
    for (const { stored } of demos) {
      const { Id, ...fields } = stored.opportunity;
      const parsed = parseInput(updateOpportunityInput, { ...fields, Identifier: Id });
      expect(parsed, Id).toMatchObject({ ok: true });
    }
  });

  it('cover every review status, and none at all', () => {
    const covered = demos.map(({ stored }) => textAt(stored.opportunity, 'LifeCycle.ReviewStatus'));
    expect(new Set(covered)).toEqual(new Set([...reviewStatuses, '']));
  });

  it('are at Prospect as long as they are drafts', () => {
    const drafts = demos.filter(
      ({ stored }) => textAt(stored.opportunity, 'LifeCycle.ReviewStatus') === 'Pending Submission',
    );
    expect(drafts.length).toBeGreaterThan(8);
    expect(new Set(drafts.map(({ stored }) => textAt(stored.opportunity, 'LifeCycle.Stage')))).toEqual(
      new Set(['Prospect']),
    );
  });

  it('can be submitted where they are called ready, and are refused where they say so', () => {
    expect(byPurpose('Ready').map(({ stored }) => refusal(stored))).toEqual(
      byPurpose('Ready').map(() => undefined),
    );
    expect(byPurpose('National Security').map(({ stored }) => refusal(stored))).toEqual([undefined]);
    const refused = demos.filter(({ group }) => group === 'refused');
    expect(refused.length).toBeGreaterThan(4);
    for (const { stored, purpose } of refused) {
      expect(refusal(stored), purpose).toMatchObject({ name: 'ValidationException' });
    }
  });

  it('begin with some that simply go through', () => {
    const first = demos.filter(({ group }) => group === 'start');
    expect(first.length).toBeGreaterThan(2);
    expect(first.map(({ stored }) => refusal(stored))).toEqual(first.map(() => undefined));
  });

  it('are accepted for visibility only where they say so', () => {
    const [{ stored } = expect.fail()] = byPurpose('No needs from AWS');
    const visibilityOnly: Submission = { InvolvementType: 'For Visibility Only', Visibility: 'Full' };
    expect(refusal(stored, now, visibilityOnly)).toBeUndefined();
  });

  it('stay ready whenever the demo is started', () => {
    const later = new Date('2031-02-28T23:59:59.000Z');
    const ready = demoOpportunities(later).filter(({ purpose }) => purpose.startsWith('Ready'));
    expect(ready.map(({ stored }) => refusal(stored, later))).toEqual(ready.map(() => undefined));
  });

  it("keep one back in the catalog that the demo doesn't use", () => {
    const others = (catalog: string) =>
      demoOpportunities(now, catalog).filter(({ stored }) => stored.catalog !== catalog);
    expect(others('Sandbox').map(({ stored }) => stored.catalog)).toEqual(['AWS']);
    expect(others('AWS').map(({ stored }) => stored.catalog)).toEqual(['Sandbox']);
  });

  it('use made-up domains only', () => {
    for (const { stored } of demos) {
      const hosts = JSON.stringify(stored).match(/(?<=https?:\/\/|@)[a-z0-9.-]+/g) ?? [];
      expect(hosts.every((host) => host.endsWith('.example'))).toBe(true);
    }
  });
});

describe('paths into an opportunity', () => {
  it('are read and changed without touching the rest', () => {
    const before = { a: { b: 1, c: 2 } };
    expect(fieldAt(before, 'a.b')).toBe(1);
    expect(fieldAt(before, 'a.b.c')).toBeUndefined();
    expect(withField(before, 'a.b', undefined)).toEqual({ a: { c: 2 } });
    expect(withField(before, 'x.y', 3)).toEqual({ a: { b: 1, c: 2 }, x: { y: 3 } });
    expect(before).toEqual({ a: { b: 1, c: 2 } });
  });
});
