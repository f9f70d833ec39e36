import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOpenState, SIGNATURE_LIFETIME_MS } from '../../src/attempts/sendable.ts';
import { isDecision, reviewStatus } from '../../src/aws/terms.ts';
import { fieldName, fieldProblems } from '../../src/opportunities/field-names.ts';
import { explain, explainDecision } from '../../src/submissions/explain.ts';
import { isDoubtful, type Problem, type Reviewed, STATES } from '../../src/submissions/submission.ts';
import { hostileText } from '../slack/hostile.ts';
import { circumstances, reviewStatuses, submissions } from '../slack/surfaces/arbitrary.ts';
import { aSubmission, at } from './records.ts';

const bot = { catalog: 'Sandbox', paused: false, waitingBefore: 0 } as const;
const refusal = (code: string, given: Partial<Extract<Problem, { type: 'refused' }>> = {}): Problem => ({
  type: 'refused',
  code,
  message: "AWS's own text",
  fieldErrors: [],
  ...given,
});
const operator = (cause: 'credentials' | 'signature' | 'clock' | 'opt-in'): Problem => ({
  type: 'operator',
  cause,
  code: 'SomeException',
});
const anErrorIn = { fieldName: 'LifeCycle.TargetCloseDate', code: 'INVALID_VALUE', message: 'text' };
const explained = (given: Partial<Reviewed>) => explain(aSubmission(given), bot);
/** Every word of an explanation. */
const words = ({ headline, known, next }: { headline: string; known: string; next: string }) =>
  `${headline}\n${known}\n${next}`;

/** Words that claim AWS has it, and words that claim it hasn't. */
const HAS_IT = /AWS accepted it|Approval pending|In review|Approved|AWS has it|[Aa]lready submitted/;
const HAS_IT_NOT =
  /[Nn]othing was submitted|Nothing has been submitted|[Nn]othing has reached AWS|has not reached AWS|has not been sent/;

describe('what is said of each state', () => {
  test.each<[string, Partial<Reviewed>, string, RegExp, RegExp]>([
    ['asked for', { state: 'requested' }, 'On its way to AWS', /goes to AWS next/, /appears here/],
    ['being sent', { state: 'sending' }, 'On its way to AWS', /isn't known yet/, /^$/],
    [
      'throttled',
      { state: 'requested', problem: { type: 'waiting', code: 'ThrottlingException', throttled: true } },
      'Waiting for AWS',
      /busy.*Nothing has been submitted/,
      /24 hours/,
    ],
    [
      'AWS away',
      { state: 'requested', problem: { type: 'waiting', code: 'ConnectTimeout', throttled: false } },
      'Waiting for AWS',
      /can't be reached.*Nothing has been submitted/,
      /24 hours/,
    ],
    [
      'credentials',
      { state: 'requested', problem: operator('credentials') },
      "Waiting: the bot can't sign in to AWS",
      /credentials/,
      /whoever runs this bot/,
    ],
    [
      'signature',
      { state: 'requested', problem: operator('signature') },
      "Waiting: AWS doesn't accept the bot's signature",
      /signature/,
      /whoever runs this bot/,
    ],
    [
      'clock',
      { state: 'requested', problem: operator('clock') },
      "Waiting: the bot's clock is wrong",
      /clock/,
      /whoever runs this bot/,
    ],
    [
      'opt-in',
      { state: 'requested', problem: operator('opt-in') },
      "Waiting: the AWS account isn't set up for this",
      /not linked to Partner Central/,
      /whoever runs this bot/,
    ],
    [
      'another catalog',
      { state: 'requested', catalog: 'AWS', problem: { type: 'other-catalog' } },
      'Held back',
      /recorded for Production.*works in Sandbox.*not been sent/,
      /whoever runs this bot/,
    ],
    [
      'accepted',
      { state: 'submitted', reviewStatus: 'Submitted' },
      'Approval pending',
      /AWS accepted it/,
      /decision appears here/,
    ],
    [
      'accepted, unread',
      { state: 'submitted' },
      'Approval pending',
      /AWS accepted it/,
      /decision appears here/,
    ],
    [
      'in review',
      { state: 'submitted', reviewStatus: 'In-Review' },
      'In review at AWS',
      /locked/,
      /decision appears here/,
    ],
    ['approved', { state: 'submitted', reviewStatus: 'Approved' }, 'Approved by AWS', /work on it/, /^$/],
    ['rejected', { state: 'submitted', reviewStatus: 'Rejected' }, 'Rejected by AWS', /AWS contact/, /^$/],
    [
      'sent back',
      { state: 'submitted', reviewStatus: 'Action Required' },
      'Action required',
      /asks for changes/,
      /Fix and send back.*isn't submitted a second time/,
    ],
    [
      'a status nobody knows',
      { state: 'submitted', reviewStatus: 'On Hold' },
      'AWS says: On Hold',
      /^AWS shows .* doesn't know/,
      /Partner Central/,
    ],
    [
      'refused for its fields',
      { state: 'refused', problem: refusal('ValidationException', { fieldErrors: [anErrorIn] }) },
      'AWS needs something changed first',
      /did not accept it; nothing was submitted/,
      /Fix shows what to change/,
    ],
    [
      'refused as a whole',
      { state: 'refused', problem: refusal('ValidationException') },
      'AWS needs something changed first',
      /nothing was submitted/,
      /See why.*Try again/,
    ],
    [
      'not found',
      { state: 'refused', problem: refusal('ResourceNotFoundException') },
      "AWS doesn't find this opportunity",
      /showed it before.*nothing was submitted/,
      /Partner Central.*Try again/,
    ],
    [
      'access denied',
      { state: 'refused', problem: refusal('AccessDeniedException') },
      "AWS doesn't let the bot submit this",
      /nothing was submitted/,
      /AWS permissions/,
    ],
    [
      'access denied to the partner',
      {
        state: 'refused',
        problem: refusal('AccessDeniedException', { reason: 'INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE' }),
      },
      "AWS doesn't allow this for your partner account",
      /nothing was submitted/,
      /alliance manager/,
    ],
    [
      'refused otherwise',
      { state: 'refused', problem: refusal('ConflictException') },
      'AWS did not accept it',
      /nothing was submitted/,
      /See why/,
    ],
    [
      'no longer allowed',
      { state: 'refused', problem: { type: 'not-permitted' } },
      'Not sent: no longer allowed',
      /Nothing was submitted/,
      /who may/,
    ],
    [
      'in doubt',
      { state: 'uncertain', problem: { type: 'unknown', code: 'ResponseTimeout' } },
      'Not sure AWS got it',
      /may have it or not.*won't send it twice/,
      /don't submit it elsewhere/,
    ],
    [
      'in doubt since the bot stopped, which may have been before anything went out',
      { state: 'uncertain', problem: { type: 'unknown', code: 'Interrupted' } },
      'Not sure AWS got it',
      /^(?!.*The request went out).*isn't known whether the request went out/,
      /don't submit it elsewhere/,
    ],
    [
      'in doubt for a day of reads that bring nothing',
      {
        state: 'uncertain',
        problem: {
          type: 'unsettled',
          code: 'Reset',
          why: 'gone',
          since: at(0).toISOString(),
          mayLetGo: true,
        },
      },
      'Still not known whether AWS has it',
      /hasn't found it.*may have it or not/,
      /Let it go/,
    ],
    [
      'let go',
      { state: 'let_go' },
      'Let go; not known whether AWS has it',
      /may still take effect.*look once a day/,
      /Try again/,
    ],
    [
      'not seen',
      { state: 'not_seen' },
      'Probably not submitted',
      /Pending Submission.*may take effect late/,
      /Try again/,
    ],
    [
      'already submitted before it was sent',
      { state: 'already_submitted', problem: { type: 'found-at-aws', ours: 'not-sent' } },
      'Already submitted',
      /before this request was sent/,
      /compare them in Partner Central/,
    ],
    [
      'refused, and submitted by somebody else',
      { state: 'already_submitted', problem: { type: 'found-at-aws', ours: 'refused' } },
      'Already submitted',
      /did not accept this request/,
      /compare them in Partner Central/,
    ],
    [
      'found at AWS after a doubt',
      {
        state: 'already_submitted',
        problem: {
          type: 'found-at-aws',
          ours: 'in-doubt',
          involvementType: 'Co-Sell',
          visibility: 'Limited',
        },
      },
      "AWS has it; we can't tell whose request did it",
      /No answer to this request ever came.*AWS shows it as Co-Sell, Limited/,
      /compare them in Partner Central/,
    ],
    [
      'changed',
      { state: 'changed' },
      'Not sent: the opportunity has changed',
      /Nothing was submitted/,
      /Try again/,
    ],
    // AWS may have it meanwhile, from somebody else: whether it can be submitted isn't known.
    ['taken back', { state: 'cancelled' }, 'Cancelled', /Nothing was submitted/, /^$/],
    ['expired', { state: 'expired' }, 'Not sent within 24 hours', /Nothing was submitted/, /Try again/],
  ])('%s', (_, given, headline, known, next) => {
    const explanation = explained(given);
    expect(explanation.headline).toBe(headline);
    expect(explanation.known).toMatch(known);
    expect(explanation.next).toMatch(next);
  });

  test('how many others go first is said, in words where there is one', () => {
    const known = (waitingBefore: number) => explain(aSubmission(), { ...bot, waitingBefore }).known;
    expect(known(0)).toBe('Recorded. It goes to AWS next.');
    expect(known(1)).toContain('one other goes first');
    expect(known(37)).toContain('37 others go first');
  });

  test('Pending Submission right after a submit is AWS being slow; later somebody moved it back', () => {
    const read = (ms: number) =>
      explained({
        state: 'submitted',
        reviewStatus: 'Pending Submission',
        changedAt: at(0),
        reviewReadAt: at(ms),
      });
    expect(read(1000).headline).toBe('Approval pending');
    expect(read(1000).known).toContain("doesn't show it as submitted yet");
    expect(read(SIGNATURE_LIFETIME_MS + 1).headline).toBe('Back to Pending Submission');
  });

  test('while sending is switched off, what waits says so and nothing else does', () => {
    for (const state of STATES) {
      const { headline } = explain(aSubmission({ state }), { ...bot, paused: true });
      expect(headline === 'Kept, not sent yet').toBe(state === 'requested');
    }
  });

  test('a doubt says until when we look at least: as long as AWS may still take our signature', () => {
    const { until } = explained({ state: 'uncertain', sendingAt: at(500), changedAt: at(9000) });
    expect(until).toEqual(at(500 + SIGNATURE_LIFETIME_MS));
    expect(explained({ state: 'submitted' }).until).toBeUndefined();
  });

  test.each([
    ['Approved', 'Approved by AWS'],
    ['rejected', 'Rejected by AWS'],
    ['Action-Required', 'Action required'],
    ['In review', 'AWS says: In review'],
    ['On Hold', 'AWS says: On Hold'],
  ])('the status %j is, as a decision, %j', (status, headline) => {
    expect(explainDecision(status, status).headline).toBe(headline);
  });
});

describe('whatever a record holds', () => {
  test('there is something to read, and something to do or to wait for', () => {
    fc.assert(
      fc.property(submissions, circumstances, (submission, now) => {
        const { headline, known, next } = explain(submission, now);
        for (const text of [headline, `${known}${next}`]) expect(text.trim()).not.toBe('');
      }),
      { numRuns: 300 },
    );
  });

  test('AWS is said to have it only where AWS said so, and not to have it only where that is known', () => {
    const plain = fc.tuple(submissions, fc.constantFrom('Submitted', 'In review', 'Approved', undefined));
    fc.assert(
      fc.property(plain, circumstances, ([given, status], now) => {
        const submission = { ...given, reviewStatus: status };
        const text = words(explain(submission, now));
        const may = submission.state === 'submitted' || submission.state === 'already_submitted';
        if (!may) expect(text.replaceAll('whether AWS has it', '')).not.toMatch(HAS_IT);
        if (may || isDoubtful(submission)) {
          expect(text).not.toMatch(HAS_IT_NOT);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('Try again is never offered where AWS may have it or may yet get it', () => {
    fc.assert(
      fc.property(submissions, circumstances, (submission, now) => {
        const { nextSteps } = explain(submission, now);
        const may =
          isOpenState(submission.state) ||
          submission.state === 'submitted' ||
          submission.state === 'already_submitted';
        if (may) expect(nextSteps).not.toContain('try-again');
        expect(nextSteps.includes('cancel')).toBe(submission.state === 'requested');
        expect(new Set(nextSteps).size).toBe(nextSteps.length);
      }),
      { numRuns: 300 },
    );
  });

  test('what words call a button is there to be pressed', () => {
    fc.assert(
      fc.property(submissions, circumstances, (given, now) => {
        const explanation = explain({ ...given, reviewStatus: undefined }, now);
        const named = explanation.next;
        if (named.includes('Try again')) expect(explanation.nextSteps).toContain('try-again');
        if (named.includes('See why')) expect(explanation.nextSteps).toContain('see-why');
        expect(explanation.nextSteps.length).toBeLessThanOrEqual(2);
        if (named.includes('Check status')) expect(explanation.nextSteps).toContain('check-status');
      }),
      { numRuns: 300 },
    );
  });

  test('of any status AWS may send, only those three and none at all are decisions', () => {
    fc.assert(
      fc.property(reviewStatuses, (status) => {
        const read = reviewStatus(status);
        const known = /^\s*(approved|rejected|action[\s_-]*required)\s*$/i.test(status);
        expect(isDecision(read.status)).toBe(known || read.status === 'none');
        expect(explainDecision(status, status).headline.trim()).not.toBe('');
      }),
    );
  });
});

describe('the fields AWS objected to', () => {
  const fieldsOf = (fieldErrors: Extract<Problem, { type: 'refused' }>['fieldErrors']) =>
    explained({ state: 'refused', problem: refusal('ValidationException', { fieldErrors }) }).fields;

  test.each([
    ['LifeCycle.TargetCloseDate', 'Target close date'],
    ['Project.ExpectedCustomerSpend[0].Amount', 'Expected spend: amount'],
    ['Project.ExpectedCustomerSpend.0.CurrencyCode', 'Expected spend: currency'],
    ['Opportunity.Project.Title', 'Project title'],
    ['Customer.Account.WebsiteUrl', 'Customer website'],
    ['Project.SomethingNew', 'Project.SomethingNew'],
    // As AWS was seen to write them.
    ['project.salesActivities', 'Sales activities'],
    ['marketing.source', 'Marketing source'],
    ['lifeCycle.stage', 'Stage'],
    ['lifeCycle.targetCloseDate', 'Target close date'],
    ['customer.account.companyName', 'Customer company name'],
    ['customer.account.industry', 'Industry'],
    ['primaryNeedsFromAws', 'Primary needs from AWS'],
    ['marketing.*', 'Marketing details'],
    ['softwareRevenue.*', 'Software revenue'],
    ['softwareRevenue.somethingNew', 'Software revenue'],
    ['ExpectedCustomerSpend.CurrencyCode', 'Expected spend: currency'],
    // And as it may.
    ['salesActivities', 'Sales activities'],
    ['SalesActivities[0]', 'Sales activities'],
    ['PROJECT.TITLE', 'Project title'],
    ['expectedCustomerSpend[0].amount', 'Expected spend: amount'],
    ['project.expectedCustomerSpend.member.1.amount', 'Expected spend: amount'],
    ['project.expectedCustomerSpend[*].amount', 'Expected spend: amount'],
    ['account.address.postalCode', 'Customer postal code'],
    ['customer.contacts[0].email', 'Customer contact: email'],
  ])('%s is called %s', (path, name) => {
    expect(fieldName(path)).toBe(name);
    expect(fieldsOf([{ fieldName: path, code: 'INVALID_VALUE', message: '' }])[0]?.name).toBe(name);
  });

  test.each([
    undefined,
    '',
    'Acme Cables Ltd',
    '<!channel>',
    'a.b.',
    '.a',
    'x'.repeat(121),
    '12345',
    'https://acme.example',
  ])('%j is no path, and stays out', (path) => {
    expect(fieldName(path)).toBeUndefined();
    const errors = [
      { ...(path === undefined ? {} : { fieldName: path }), code: 'INVALID_VALUE', message: '' },
    ];
    expect(fieldsOf(errors)[0]?.name).toBe("A field AWS doesn't name");
  });

  test('whatever AWS names, nothing but a name of ours or a path comes out', () => {
    fc.assert(
      fc.property(hostileText, (path) => {
        expect(fieldName(path) ?? 'X').toMatch(
          /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)*$|^[A-Z][A-Za-z:, ]+$/,
        );
      }),
    );
  });

  test('with the values of the deal in them as well', () => {
    const word = fc.stringMatching(/^[A-Za-z]{5,12}$/).filter((text) => fieldName(text) === undefined);
    const before = fc.constantFrom('', 'Acme ', 'https://', '$', '.');
    fc.assert(
      fc.property(
        before,
        word,
        fc.constantFrom('', '.Title', '.project.title', ' Ltd', '[0]'),
        (start, text, end) => {
          expect(fieldName(`${start}${text}${end}`) ?? '').not.toContain(text);
        },
      ),
    );
  });

  test('a refusal without a field claims nothing, and says what to look at', () => {
    const [only, ...more] = fieldsOf([
      { code: 'ACTION_NOT_PERMITTED', message: 'Submit action cannot be performed' },
      { fieldName: 'Acme Ltd', code: 'ACTION_NOT_PERMITTED', message: '' },
    ]);
    expect(more).toEqual([]);
    expect(`${only?.name} ${only?.problem}`).toMatch(/^This step isn't permitted .* review status/);
    expect(JSON.stringify(only)).not.toMatch(/submitted|already|opportunity:/i);
  });

  test('a refusal that names no field offers no Fix, which would have nothing to show', () => {
    const refusedFor = (...fieldNames: readonly (string | undefined)[]) =>
      explained({
        state: 'refused',
        problem: refusal('ValidationException', {
          fieldErrors: fieldNames.map((fieldName) => ({
            ...(fieldName === undefined ? {} : { fieldName }),
            code: 'ACTION_NOT_PERMITTED',
            message: '',
          })),
        }),
      });
    const nameless = refusedFor(undefined, 'Acme Ltd');
    expect(nameless.nextSteps).toEqual(['try-again', 'see-why']);
    expect(nameless.next).not.toContain('Fix');
    expect(refusedFor(undefined, 'lifeCycle.targetCloseDate').nextSteps).toEqual(['fix-and-submit']);
  });

  test('what AWS asks of a value is said of a value, not of a field that is missing or locked', () => {
    const said = (code: string) =>
      fieldsOf([{ fieldName: 'lifeCycle.targetCloseDate', code, message: '' }])[0]?.problem;
    expect(said('INVALID_VALUE')).toBe('needs a date after today');
    expect(said('REQUIRED_FIELD_MISSING')).toBe('is missing');
    expect(said('ACTION_NOT_PERMITTED')).toContain('as the opportunity stands');
  });

  test('a refusal of which AWS says nothing at all says so', () => {
    const say = (message: string) =>
      explained({ state: 'refused', problem: refusal('ValidationException', { message, fieldErrors: [] }) });
    expect(say('').known).toContain('AWS gave no reason');
    expect(say('Not ready.').next).toContain("See why has AWS's words");
  });

  test('a word that is none of AWS’s fields is not passed on, whatever JavaScript makes of it', () => {
    expect(fieldName('Northwind')).toBeUndefined();
    for (const path of ['constructor', 'toString', 'hasOwnProperty', 'valueOf']) {
      expect(fieldName(path)).toBeUndefined();
    }
  });

  test('and so are codes', () => {
    for (const code of ['constructor', 'toString', '__proto__']) {
      const [field] = fieldsOf([{ fieldName: code, code, message: '' }]);
      expect(field?.problem).toBe("isn't accepted by AWS");
    }
  });

  test('every code AWS documents is in our words, any other one too', () => {
    for (const code of [...fieldProblems.keys(), 'SOMETHING_NEW', '']) {
      const [field] = fieldsOf([{ fieldName: 'Project.Title', code, message: 'Title must be: Acme' }]);
      expect(field?.problem).not.toBe('');
      expect(field?.problem).not.toContain('Acme');
      expect(field?.problem).not.toContain('_');
    }
  });
});
