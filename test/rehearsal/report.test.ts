import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plausibleTeam } from '../../demo/partner-central/reviewer.ts';
import { BY_HAND } from '../../rehearsal/by-hand.ts';
import { CLAIMS } from '../../rehearsal/claims/index.ts';
import { redaction } from '../../rehearsal/redact.ts';
import { type Report, reportOf, reportSchema } from '../../rehearsal/report.ts';
import { rehearse } from '../../rehearsal/run.ts';
import { asTable } from '../../rehearsal/table.ts';
import { scrubbed } from '../../rehearsal/vocabulary.ts';
import { readFile } from '../project/imports.ts';
import { standIn, type World } from './rehearsals.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const letter = fc.constantFrom(...LETTERS);
const name = fc
  .tuple(fc.constantFrom(...LETTERS.toUpperCase()), fc.string({ unit: letter, minLength: 7, maxLength: 12 }))
  .map(([first, rest]) => first + rest)
  .filter((text) => scrubbed(text) === '…');
const foreignName = fc.constantFrom(
  'Åsa Brännström',
  'Łukasz Żółć',
  '김철수',
  'Ольга Иванова',
  'O’Brian-Šarić',
);
const account = fc.stringMatching(/^[1-9]\d{11}$/);
const secret = fc.oneof(
  name,
  name.map((text) => text.toUpperCase()),
  name.map((text) => text.toLowerCase()).filter((text) => scrubbed(text) === '…'),
  foreignName,
  account,
  account.map((digits) => digits.replace(/(\d{4})(\d{4})(\d{4})/, '$1-$2-$3')),
  fc.tuple(account, name).map(([digits, text]) => `arn:aws:iam::${digits}:role/${text}`),
  fc.tuple(name, name).map(([one, other]) => `${one}.${other}@${other}.example`),
  account.map((digits) => `+47${digits}`),
);
const around = fc.constantFrom(
  (text: string) => text,
  (text: string) => `User: ${text} is not authorized to perform this`,
  (text: string) => `Value '${text}' at 'project.title' is not valid`,
  (text: string) => `(${text})`,
  (text: string) => `contact=${text};`,
  (text: string) => `Field:${text}\n`,
);
const hostile = secret.chain((text) => around.map((wrap) => ({ text, wrapped: wrap(text) })));

const ours = new Set(['Rehearsal Fisheries (made up)', 'Sandbox']);

describe('what a report holds of AWS’s answers', () => {
  test('no name, account, ARN or address, wherever it stands: as a value, in a text, as a member, as a number', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 6 }), account, (planted, number) => {
        const texts = planted.map(({ wrapped }) => wrapped);
        const answer = {
          Id: 'O4585545',
          Message: texts.join(' and '),
          ErrorList: planted.map(({ wrapped }) => ({
            FieldName: wrapped,
            Code: wrapped,
            Message: `${wrapped} is required`,
          })),
          ...Object.fromEntries(planted.map(({ text }) => [text, { [text]: [text] }])),
          AwsAccountId: Number(number),
        };
        const kept = JSON.stringify(redaction(ours)(answer));
        for (const { text } of planted) {
          expect(kept).not.toContain(text);
          for (const word of text.match(/[A-Za-z]{8,}|\d{5,}/g) ?? []) expect(kept).not.toContain(word);
        }
        expect(kept).not.toContain(number);
      }),
      { numRuns: 300 },
    );
  });

  test('IDs keep their shape, and equal ones stay equal', () => {
    const redacted = redaction(ours);
    expect(redacted(['O4585545', 'O4585546', 'O4585545', 'eng-lingz0rjt6trqb'])).toEqual([
      'O0000001',
      'O0000002',
      'O0000001',
      'eng-00000000000003',
    ]);
    expect(redacted('238de88e-6b5c-4b71-9b16-d2ff4c0b5e0d')).toBe('00000000-0000-0000-0000-000000000004');
  });

  test('what AWS says of a refusal, dates, values of its lists and what we made up stay as they are', () => {
    const body = {
      Message: '',
      Reason: 'BUSINESS_VALIDATION_FAILED',
      ErrorList: [
        {
          FieldName: 'customer.account.address.stateOrRegion',
          Message: 'Stage is not editable in the current status',
          Code: 'ACTION_NOT_PERMITTED',
        },
      ],
      LifeCycle: { ReviewStatus: 'Pending Submission', Stage: 'Technical Validation' },
      LastModifiedDate: '2025-12-15T23:37:01.591Z',
      Customer: { Account: { CompanyName: 'Rehearsal Fisheries (made up)' } },
      Insights: null,
    };
    expect(redaction(ours)(body)).toEqual(body);
  });
});

test('docs/rehearsal.md has what is to be done by hand, step by step', () => {
  const [, byHand = ''] = readFile('docs/rehearsal.md').split('## By hand');
  const text = byHand.replaceAll(/\s+/g, ' ');
  for (const { asks, steps } of BY_HAND) {
    for (const part of [asks, ...steps]) expect(text).toContain(part);
  }
});

async function reported(world: World, ids: readonly string[]): Promise<Report> {
  const play = world.begin();
  const rehearsed = await rehearse(
    CLAIMS.filter(({ id }) => ids.includes(id)),
    play,
  );
  return reportOf({
    ...rehearsed,
    at: 'a stand-in',
    now: world.clock.now(),
    ms: world.clock.monotonic(),
    entries: play.notebook.entries(),
  });
}

describe('a whole report', () => {
  test('of hostile answers holds nothing of them, nor does what the terminal shows', async () => {
    const world = await standIn();
    const leak = 'Quillfeather';
    const body = {
      Message: `User: arn:aws:sts::123456789012:assumed-role/${leak} of ${leak}@${leak}.example`,
      ErrorList: [
        { FieldName: `project.${leak}`, Code: leak.toUpperCase(), Message: `${leak} 123456789012` },
      ],
      [leak]: { [leak]: leak },
    };
    const headers = {
      'x-amzn-errortype': `ValidationException:http://${leak}.example/`,
      [`x-${leak}`]: leak,
    };
    for (const operation of ['SubmitOpportunity', 'AssociateOpportunity']) {
      world.aws.injectFault({
        operation,
        kind: { type: 'error', name: 'ValidationException', body, headers },
      });
    }
    world.aws.injectFault({
      operation: 'GetAwsOpportunitySummary',
      kind: { type: 'error', name: leak, status: 500, body: { message: leak } },
    });
    world.aws.injectFault({
      operation: 'ListOpportunities',
      kind: {
        type: 'error',
        name: 'x',
        status: 200,
        body: { OpportunitySummaries: [{ Id: leak, ...body }] },
      },
    });
    const report = await reported(world, [
      'submission-alone-co-sell',
      'submit-without-use-case',
      'second-association',
      'summary-before-submission',
      'list-after-submission',
    ]);
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    const shown = [JSON.stringify(report), asTable(report), ...world.told].join('\n');
    expect(shown).not.toMatch(new RegExp(leak, 'i'));
    expect(shown).not.toContain('123456789012');
    expect(report.claims.map(({ outcome }) => outcome)).toContain('differs');
  });

  test('of AWS’s people holds no name', async () => {
    const world = await standIn();
    const report = await reported(world, ['aws-people-from-submission', 'summary-after-submission']);
    const text = JSON.stringify(report);
    expect(text).toContain('OpportunityTeam');
    for (const { FirstName, LastName, Email } of plausibleTeam) {
      for (const part of [FirstName, LastName, Email]) expect(text).not.toContain(part);
    }
  });

  test('says of each difference what depends on it', async () => {
    const world = await standIn({ observed: { closeDateToday: 'accepted' } });
    const table = asTable(await reported(world, ['submit-closing-today', 'summary-before-submission']));
    expect(table).toContain('✗ submit-closing-today       taken');
    expect(table).toContain('✓ summary-before-submission  without one');
    expect(table).toContain('Not so: A deal that closes today, as UTC counts days, is refused.');
    expect(table).toContain('→ src/opportunities/readiness-project.ts');
    expect(table).toContain('1 hold, 1 differ');
  });

  test('keeps each answer whole: status, headers, body, milliseconds', async () => {
    const { claims } = await reported(await standIn(), ['submit-without-use-case']);
    const submission = claims[0]?.exchanges.find(({ operation }) => operation === 'SubmitOpportunity');
    expect(submission).toMatchObject({
      request: { Catalog: 'Sandbox', Identifier: 'O0000001', InvolvementType: 'Co-Sell' },
      answer: {
        status: 400,
        headers: { 'content-type': 'application/x-amz-json-1.0' },
        body: {
          ErrorList: [{ Code: 'REQUIRED_FIELD_MISSING', FieldName: 'project.customerUseCase' }],
          Message: '',
        },
      },
    });
    expect(submission?.ms).toBeGreaterThanOrEqual(0);
  });
});
