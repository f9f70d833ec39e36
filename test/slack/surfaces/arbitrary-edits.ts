import fc from 'fast-check';
import { reviewStatus } from '../../../src/aws/terms.ts';
import { DROPPED, EDIT_STATES, type Edit } from '../../../src/edits/edit.ts';
import { mendedBy } from '../../../src/edits/field-kinds.ts';
import { fieldsAt, fieldsToSendBack, stampOf } from '../../../src/edits/fields.ts';
import type { Fix } from '../../../src/edits/fix.ts';
import type { SolutionsFound } from '../../../src/edits/solutions.ts';
import type { EditForm } from '../../../src/forms/form.ts';
import { readinessOf } from '../../../src/opportunities/readiness.ts';
import type { StandingRefusal } from '../../../src/submissions/submission.ts';
import { aForm, aSubmission, at, CHOICES } from '../../submissions/records.ts';
import { hostileText } from '../hostile.ts';
import { opportunities, reviewStatuses } from './arbitrary.ts';
import { DRAFT } from './arbitrary-looks.ts';
import { refusals } from './refusals.ts';

const OF = {
  teamId: 'T1',
  userId: 'U1',
  channelId: 'C1',
  threadTs: undefined,
  responseUrl: undefined,
  catalog: 'AWS',
  opportunityId: 'O1001',
  lastModifiedDate: '2026-11-20T08:00:00.123Z',
  nationalSecurity: false,
} as const;

const REFUSAL: StandingRefusal = {
  at: at(0),
  problem: {
    type: 'refused',
    code: 'ValidationException',
    message: '',
    fieldErrors: [
      'project.title',
      'Visibility',
      'arn:<of> *nothing*',
      'project.expectedCustomerSpend[0].amount',
    ].map((fieldName) => ({ fieldName, code: 'INVALID_VALUE', message: '<!channel> & more' })),
  },
};

/** Forms for changing deals full of hostile texts, from both doors, some with what was typed before. */
const forms: fc.Arbitrary<Fix> = fc
  .record({
    opportunity: opportunities,
    sentBack: fc.boolean(),
    nationalSecurity: fc.boolean(),
    keeps: fc.boolean(),
    refused: fc.boolean(),
    typed: hostileText,
  })
  .map(({ opportunity, sentBack, nationalSecurity, keeps, refused, typed }) => {
    const findings = readinessOf(opportunity, 'AWS', at(0)).Full['Co-Sell'];
    const mended = new Set(findings.flatMap(({ rule }) => mendedBy(rule, nationalSecurity)));
    const fields = sentBack
      ? fieldsToSendBack(opportunity, nationalSecurity)
      : fieldsAt(opportunity, [...mended]);
    const form: EditForm = {
      ...aForm({ id: DRAFT, nationalSecurity }),
      editing: {
        status: sentBack ? 'Action Required' : 'Pending Submission',
        answerUrl: undefined,
        shown: new Map(fields.map(({ path, value }) => [path, stampOf(DRAFT, path, value)])),
      },
    };
    const kept = fields
      .filter(({ kind }) => kind === 'line' || kind === 'paragraph')
      .map(({ path, most }) => [path, typed.slice(0, most)] as const);
    return {
      type: 'form',
      form,
      opportunity,
      fields,
      refusal: refused && !sentBack ? REFUSAL : undefined,
      doubt: keeps ? aSubmission({ state: 'let_go' }) : undefined,
      findings: sentBack ? [] : findings,
      isBlocked: keeps,
      kept: new Map(keeps ? kept : []),
      addsMarketing: keeps,
    };
  });

/** Everything that whoever wants to edit a deal can be shown. */
export const fixes: fc.Arbitrary<Fix> = fc.oneof(
  { weight: 5, arbitrary: forms },
  {
    weight: 1,
    arbitrary: reviewStatuses.map((status): Fix => ({ type: 'not-editable', review: reviewStatus(status) })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Fix>(
      { type: 'nothing-here' },
      { type: 'redacted' },
      { type: 'lacks', lack: 'PrimaryNeedsFromAws' },
      { type: 'being-submitted', submission: aSubmission() },
      { type: 'permission-unknown' },
      ...refusals.map((why) => ({ type: 'not-permitted', why }) as const),
      { type: 'not-found', doubt: aSubmission({ state: 'let_go' }) },
      { type: 'operator', requestId: 'request-1' },
    ),
  },
);

/** What became of the submission that was to follow an edit. */
export const THEN_SUBMIT: readonly Edit['thenSubmit'][] = [
  undefined,
  { type: 'wanted', ...CHOICES },
  { type: 'recorded', submissionId: 'a-submission' },
  ...DROPPED.map((why) => ({ type: 'dropped', why }) as const),
];

/** An edit in any state, refused in AWS's hostile words, or met by somebody else's. */
export const edits: fc.Arbitrary<Edit> = fc
  .record({
    state: fc.constantFrom(...EDIT_STATES),
    editableStatus: fc.constantFrom('Pending Submission' as const, 'Action Required' as const),
    nationalSecurity: fc.boolean(),
    updated: fc.boolean(),
    thenSubmit: fc.constantFrom(...THEN_SUBMIT),
    text: hostileText,
    problem: fc.constantFrom(
      'refused',
      'not-editable',
      'lacks',
      'redacted',
      'changed-meanwhile',
      'review-since',
      'waiting',
      undefined,
    ),
  })
  .map(({ state, editableStatus, nationalSecurity, updated, thenSubmit, text, problem }) => ({
    ...OF,
    id: DRAFT,
    formId: DRAFT,
    nationalSecurity,
    editableStatus,
    fields: ['LifeCycle.TargetCloseDate', 'Project.ExpectedCustomerSpend[1].Amount', text],
    shown: new Map(),
    typed: undefined,
    updated,
    thenSubmit,
    state,
    requestedAt: at(0),
    sendingAt: undefined,
    changedAt: at(0),
    problem: problemOf(problem, text),
    requestId: text,
    dueAt: undefined,
    tries: 0,
    attempt: 1,
  }));

function problemOf(type: string | undefined, text: string): Edit['problem'] {
  switch (type) {
    case 'refused':
      return {
        type,
        code: 'ValidationException',
        message: text,
        fieldErrors: Array.from({ length: 12 }, () => ({ fieldName: text, code: text, message: text })),
      };
    case 'not-editable':
      return { type, reviewStatus: text.slice(0, 100), inDoubt: true };
    case 'review-since':
      return { type, reviewStatus: text.slice(0, 100) };
    case 'lacks':
      return { type, path: text };
    case 'redacted':
      return { type };
    case 'changed-meanwhile':
      return { type, fields: [text], inDoubt: false };
    case 'waiting':
      return { type, code: text, throttled: true };
    default:
      return undefined;
  }
}

/** What a search for a solution finds, and does not. */
export const solutionsFound: fc.Arbitrary<SolutionsFound> = fc.oneof(
  fc.array(hostileText, { maxLength: 120 }).map(
    (names): SolutionsFound => ({
      type: 'found',
      solutions: names.map((name, index) => ({ id: `S-${index}`, name })),
    }),
  ),
  fc.constantFrom<SolutionsFound>(
    { type: 'unavailable', why: 'busy' },
    ...refusals.map((why) => ({ type: 'not-permitted', why }) as const),
    { type: 'unknown-form' },
  ),
);
