import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { applied, asDifference, changesBy, type Evidences } from '../../rehearsal/apply.ts';
import type { Outcome } from '../../rehearsal/claim.ts';
import { CLAIMS } from '../../rehearsal/claims/index.ts';
import { differences } from '../../rehearsal/compare.ts';
import type { Report } from '../../rehearsal/report.ts';
import { basisIn, LOCKS, RULES, type Weight, weightIn } from '../../src/aws/evidence.ts';
import { isRuleName, READINESS_RULES as READINESS } from '../../src/opportunities/readiness.ts';
import { temporaryFolder } from '../database/databases.ts';

const MAIN = fileURLToPath(new URL('../../rehearsal/main.ts', import.meta.url));
const EVIDENCE = fileURLToPath(new URL('../../src/aws/rehearsed.json', import.meta.url));

function report(outcomes: Readonly<Record<string, Outcome>>, fields: Partial<Report> = {}): Report {
  return {
    format: 1,
    date: '2026-12-01',
    catalog: 'Sandbox',
    at: 'AWS',
    seconds: 300,
    ended: null,
    claims: Object.entries(outcomes).map(([id, outcome]) => ({
      id,
      claims: '',
      outcome,
      seen: outcome === 'holds' ? 'refused' : 'taken',
      known: '',
      reliedOn: [],
      exchanges: [],
    })),
    byHand: [],
    made: { closed: 0, left: 0, open: 0 },
    ...fields,
  };
}

const changed = (given: Report, current: Evidences = {}): Evidences =>
  applied(current, changesBy(given, 'a-report.json', CLAIMS, current).changes);

describe('a report changes how the evidence is known', () => {
  test('what was seen counts in Sandbox: AWS refuses it, or nothing is said of it any more', () => {
    const holds = changed(report({ 'submit-closing-today': 'holds' }));
    expect(holds).toEqual({
      'rule close-date': { holds: true, date: '2026-12-01', source: 'a-report.json' },
    });
    expect(weightIn('Sandbox', RULES['close-date'], 'block', holds['rule close-date'])).toBe('block');
    const differs = changed(report({ 'submit-closing-today': 'differs' }))['rule close-date'];
    expect(weightIn('Sandbox', RULES['close-date'], 'block', differs)).toBeUndefined();
    expect(weightIn('AWS', RULES['close-date'], 'block', differs)).toBe('block');
  });

  test('what only AWS’s guide said is known to be refused in Sandbox then', () => {
    const shown = changed(report({ 'submit-without-contacts': 'differs' }))['rule contacts'];
    expect(shown?.holds).toBe(true);
    expect(basisIn('Sandbox', RULES.contacts, shown)).toBe('seen');
    expect(basisIn('AWS', RULES.contacts, shown)).toBe('seen-in-sandbox');
  });

  test('what can’t be told changes nothing, nor do two claims that disagree about one rule', () => {
    expect(changed(report({ 'submit-closing-today': "can't be told" }))).toEqual({});
    const both = report({ 'submit-with-currency-gbp': 'holds', 'submit-with-currency-eur': 'differs' });
    expect(changed(both)).toEqual({});
    expect(asDifference(changesBy(both, 'r', CLAIMS, {}))).toBe(
      'Stays as it is: rule spend-currency: two claims disagree about it.',
    );
  });

  test('an older report changes nothing that a newer one said', () => {
    const newer = changed(report({ 'submit-closing-today': 'differs' }));
    const older = report({ 'submit-closing-today': 'holds' }, { date: '2026-11-01' });
    expect(changed(older, newer)).toEqual(newer);
  });

  test('a report of a stand-in is refused in words', () => {
    expect(() => changed(report({ 'submit-closing-today': 'holds' }, { at: 'a stand-in' }))).toThrow(
      'shows nothing about AWS',
    );
  });

  test('whatever a report of Sandbox says, no rule weighs less in Production, nor is known worse', () => {
    const outcome = fc.constantFrom<Outcome>('holds', 'differs', "can't be told");
    const outcomes = fc.record(Object.fromEntries(CLAIMS.map(({ id }) => [id, outcome])));
    const rank = (weight: Weight | undefined) => ['block', 'warn', 'hint', undefined].indexOf(weight);
    fc.assert(
      fc.property(outcomes, (each) => {
        const evidences = changed(report(each));
        for (const name of Object.keys(RULES).filter(isRuleName)) {
          const shown = evidences[`rule ${name}`];
          const most = READINESS[name].most;
          const before = weightIn('AWS', RULES[name], most);
          expect(rank(weightIn('AWS', RULES[name], most, shown))).toBeLessThanOrEqual(rank(before));
          const [was, is] = [basisIn('AWS', RULES[name]), basisIn('AWS', RULES[name], shown)];
          expect([was, 'seen-in-sandbox']).toContain(is);
          if (was !== 'written') expect(is).toBe(was);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('every evidence that a claim tells of is there', () => {
    const known = new Set([
      ...Object.keys(RULES).map((name) => `rule ${name}`),
      ...Object.entries(LOCKS).flatMap(([status, byPath]) =>
        Object.keys(byPath).map((path) => `lock ${status}: ${path}`),
      ),
    ]);
    const told = CLAIMS.flatMap(({ tells }) => tells?.evidence ?? []);
    expect(told.filter((evidence) => !known.has(evidence))).toEqual([]);
    expect(told.length).toBeGreaterThan(20);
    const kept: unknown = JSON.parse(readFileSync(EVIDENCE, 'utf8'));
    expect(Object.keys(Object(kept)).filter((evidence) => !known.has(evidence))).toEqual([]);
  });
});

test('the difference is shown before anything is written: what was known, what is, what people read then', async () => {
  const { path: folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const file = join(folder, '2026-12-01-taken.json');
  writeFileSync(
    file,
    JSON.stringify(report({ 'submit-closing-today': 'differs', 'stage-of-draft': 'holds' })),
  );
  const before = readFileSync(EVIDENCE, 'utf8');
  const shown = await new Promise<{ code: number | null; text: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [MAIN, '--apply', file],
      { cwd: folder, env: {} },
      (_error, out, err) => resolve({ code: child.exitCode, text: out + err }),
    );
    child.stdin?.end();
  });
  expect(shown.code).toBe(1);
  expect(shown.text).toContain(
    [
      'rule close-date',
      '  - no rehearsal yet',
      '  + AWS does without it, seen in Sandbox on 2026-12-01 (2026-12-01-taken.json)',
      '    Sandbox: block (AWS refuses this:) → nothing',
      '    Production: block (AWS refused this in Sandbox:), as before',
    ].join('\n'),
  );
  expect(shown.text).toContain('lock Pending Submission: LifeCycle.Stage');
  expect(shown.text).toContain('give --yes');
  expect(readFileSync(EVIDENCE, 'utf8')).toBe(before);
});

describe('two reports compared', () => {
  const submission = (status: number, body: unknown): Report['claims'][number]['exchanges'] => [
    {
      operation: 'SubmitOpportunity',
      request: {},
      ms: 1,
      answer: { status, headers: {}, body },
    },
  ];
  const withAnswer = (status: number, body: unknown): Report => {
    const { claims, ...rest } = report({ 'second-submission': 'holds' });
    return {
      ...rest,
      claims: claims.map((each) => ({ ...each, exchanges: submission(status, body) })),
    };
  };

  test('nothing changed', () => {
    expect(differences(withAnswer(200, { Id: 'O1' }), withAnswer(200, { Id: 'O2' }))).toEqual([]);
  });

  test('a claim that held differs, one is new, one is gone', () => {
    expect(
      differences(
        report({ 'submit-closing-today': 'holds', 'summary-insights': 'holds' }),
        report({ 'submit-closing-today': 'differs', 'stage-of-draft': 'holds' }),
      ),
    ).toEqual([
      'submit-closing-today: holds (refused) → differs (taken)',
      'stage-of-draft: not looked at before; now holds (refused)',
      'summary-insights: not looked at any more',
    ]);
  });

  test('the same verdict with another code, and members that are new or gone', () => {
    const error = (Code: string) => ({ ErrorList: [{ Code, FieldName: 'a' }] });
    expect(
      differences(withAnswer(400, error('ACTION_NOT_PERMITTED')), withAnswer(400, error('INVALID_VALUE'))),
    ).toEqual([
      'second-submission: SubmitOpportunity 400 ACTION_NOT_PERMITTED at a → 400 INVALID_VALUE at a',
    ]);
    expect(
      differences(
        withAnswer(200, { LifeCycle: { Stage: 'Prospect' } }),
        withAnswer(200, { LifeCycle: { Motion: null } }),
      ),
    ).toEqual([
      "SubmitOpportunity: LifeCycle.Motion: new in AWS's answers",
      "SubmitOpportunity: LifeCycle.Stage: no more in AWS's answers",
    ]);
  });
});
