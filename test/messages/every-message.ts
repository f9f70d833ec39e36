import { EDIT_STATES, type Edit, type EditProblem } from '../../src/edits/edit.ts';
import { explainEdit } from '../../src/edits/explain.ts';
import { batchMessage } from '../../src/messages/kinds/batch.ts';
import { decisionMessage } from '../../src/messages/kinds/decision.ts';
import { digestMessage } from '../../src/messages/kinds/digest.ts';
import { editOutcome } from '../../src/messages/kinds/edit.ts';
import { elsewhereMessage } from '../../src/messages/kinds/elsewhere.ts';
import { reasonMessage } from '../../src/messages/kinds/reason.ts';
import { explainReminder } from '../../src/messages/kinds/reminder.ts';
import { sentBackMessage } from '../../src/messages/kinds/sent-back.ts';
import { compactMessage, submissionMessage } from '../../src/messages/kinds/submission.ts';
import { teamMessage } from '../../src/messages/kinds/team.ts';
import { answeredHere, decisionAsDm, sentAsDm } from '../../src/messages/ladder.ts';
import { REMINDERS } from '../../src/messages/outbox.ts';
import type { TakenOn } from '../../src/opportunities/opportunity.ts';
import { helpMessage } from '../../src/slack/answers/help.ts';
import type { Message } from '../../src/slack/blocks/elements.ts';
import {
  type Circumstances,
  type Explanation,
  explain,
  explainDecision,
} from '../../src/submissions/explain.ts';
import type { Sign } from '../../src/submissions/outcomes.ts';
import { type Problem, type Reviewed, STATES } from '../../src/submissions/submission.ts';
import { THEN_SUBMIT } from '../slack/surfaces/arbitrary-edits.ts';
import { aSubmission, at } from '../submissions/records.ts';

/** Every kind of message in every state that its records can have. */

/** A message, what it is of, and how many words it may have. */
export interface Sample {
  readonly name: string;
  readonly message: Message;
  readonly most: number;
}

const DEAL_PAGE = 'https://partnercentral.example/{id}';
const SUBMITTED_AT = { userId: 'U07ANASELLR', channelId: 'C07DEALS000' } as const;
const BOT: Circumstances = { catalog: 'AWS', paused: false, waitingBefore: 0 };

/** Words of a message where all is well, and where it isn't. */
const WELL = 30;
const NOT_WELL = 60;
const QUIET: readonly Sign[] = ['waiting', 'pending', 'in-review', 'approved', 'cancelled', 'saved'];

const REVIEWS = [
  undefined,
  'Pending Submission',
  'Submitted',
  'In review',
  'Approved',
  'Rejected',
  'Action Required',
  'On Hold',
  '',
];

const refused = (code: string, given: Partial<Extract<Problem, { type: 'refused' }>> = {}) => ({
  type: 'refused' as const,
  code,
  message: '',
  fieldErrors: [],
  ...given,
});
const field = (fieldName: string, code: string) => ({ fieldName, code, message: '' });
const MANY_FIELDS = [
  field('RelatedEntityIdentifiers.Solutions', 'NOT_ENOUGH_VALUES'),
  field('Project.ExpectedCustomerSpend[0].CurrencyCode', 'INVALID_ENUM_VALUE'),
  field('LifeCycle.TargetCloseDate', 'INVALID_VALUE'),
  field('Project.CustomerBusinessProblem', 'OPPORTUNITY_VALIDATION_FAILED'),
  field('Project.DeliveryModels', 'REQUIRED_FIELD_MISSING'),
  field('Marketing.Source', 'REQUIRED_FIELD_MISSING'),
];

const CALL_PROBLEMS = [
  refused('ValidationException'),
  refused('ValidationException', { message: 'Not ready.' }),
  refused('ValidationException', { fieldErrors: MANY_FIELDS.slice(0, 1) }),
  refused('ValidationException', { fieldErrors: MANY_FIELDS }),
  refused('ValidationException', { fieldErrors: [{ code: 'ACTION_NOT_PERMITTED', message: '' }] }),
  refused('ValidationException', {
    fieldErrors: [field('LifeCycle.TargetCloseDate', 'BUSINESS_VALIDATION_EXCEPTION')],
  }),
  refused('ResourceNotFoundException'),
  refused('AccessDeniedException'),
  refused('AccessDeniedException', { reason: 'INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE' }),
  refused('ConflictException'),
  { type: 'not-permitted' },
  { type: 'waiting', code: 'ThrottlingException', throttled: true },
  { type: 'waiting', code: 'ConnectTimeout', throttled: false },
  { type: 'unknown', code: 'ResponseTimeout' },
  { type: 'unknown', code: 'Interrupted' },
  { type: 'unknown', code: 'SetBack' },
  ...(['credentials', 'signature', 'clock', 'opt-in'] as const).map(
    (cause) => ({ type: 'operator', cause, code: 'SomeException' }) as const,
  ),
  { type: 'other-catalog' },
  ...(['failover', 'restore'] as const).map((by) => ({
    type: 'set-back' as const,
    by,
    until: at(0).toISOString(),
  })),
] as const satisfies readonly Problem[];

const PROBLEMS: readonly (Problem | undefined)[] = [
  undefined,
  ...CALL_PROBLEMS,
  ...(['gone', 'unreadable', 'no-status', 'other-status'] as const).flatMap((why) =>
    [true, false].map((mayLetGo) => ({
      type: 'unsettled' as const,
      code: 'Reset',
      why,
      since: at(0).toISOString(),
      mayLetGo,
    })),
  ),
  { type: 'not-executed', code: 'ThrottlingException' },
  ...(['not-sent', 'maybe-sent', 'refused', 'in-doubt'] as const).map((ours) => ({
    type: 'found-at-aws' as const,
    ours,
    involvementType: 'For Visibility Only' as const,
    visibility: 'Limited' as const,
  })),
];

const EDIT_PROBLEMS: readonly (EditProblem | undefined)[] = [
  undefined,
  ...CALL_PROBLEMS,
  ...[true, false].flatMap((inDoubt) => [
    ...['In review', '', 'Rejected'].map((reviewStatus) => ({
      type: 'not-editable' as const,
      reviewStatus,
      inDoubt,
    })),
    {
      type: 'changed-meanwhile' as const,
      fields: ['LifeCycle.TargetCloseDate', 'Project.CustomerBusinessProblem'],
      inDoubt,
    },
  ]),
  { type: 'lacks', path: 'Project.CustomerBusinessProblem' },
  { type: 'redacted' },
  { type: 'review-since' },
  ...['Submitted', 'In review', 'Action Required', 'Approved', 'Pending Submission', ''].map(
    (reviewStatus) => ({ type: 'review-since' as const, reviewStatus }),
  ),
];

const ofSign = (sign: Sign): number => (QUIET.includes(sign) ? WELL : NOT_WELL);
/** What keeps it from going out is nothing that goes well, nor is a request that didn't. */
const ofRecord = ({ state }: Reviewed, { sign, headline }: Explanation): number =>
  state === 'already_submitted' || (sign === 'waiting' && headline !== 'On its way to AWS')
    ? NOT_WELL
    : ofSign(sign);

const named = (...parts: readonly (string | boolean | undefined)[]): string =>
  parts.filter((part) => typeof part === 'string' && part !== '').join(', ');
const problemName = (problem: Problem | EditProblem | undefined): string | undefined =>
  problem === undefined
    ? undefined
    : Object.values(problem)
        .filter((value) => typeof value === 'string')
        .join(' ');

function submissions(): readonly Reviewed[] {
  const given = STATES.flatMap((state) => [
    ...PROBLEMS.map((problem) => ({ state, problem })),
    ...REVIEWS.map((reviewStatus) => ({ state, reviewStatus })),
  ]);
  return given.flatMap((each) =>
    [false, true].map((nationalSecurity) =>
      aSubmission({
        ...SUBMITTED_AT,
        catalog: 'AWS',
        reviewReadAt: at(60 * 60_000),
        involvementType: 'For Visibility Only',
        ...each,
        nationalSecurity,
      }),
    ),
  );
}

const ofSubmissions = (): Sample[] =>
  submissions().flatMap((submission) => {
    const name = named(
      submission.state,
      problemName(submission.problem),
      submission.reviewStatus,
      submission.nationalSecurity && 'National Security',
    );
    return [
      { ...BOT, nextTry: at(120_000) },
      { ...BOT, paused: true, waitingBefore: 37 },
    ].flatMap((now) => {
      const explanation = explain(submission, now);
      const most = ofRecord(submission, explanation);
      return [
        {
          name: named('submission', name, now.paused && 'paused'),
          message: submissionMessage({ submission, explanation, dealPage: DEAL_PAGE }),
          most,
        },
        {
          name: named('in the thread of several', name, now.paused && 'paused'),
          message: compactMessage({ submission, explanation, dealPage: DEAL_PAGE }),
          most,
        },
      ];
    });
  });

const takenOn = (reviewStatus: string | undefined): TakenOn => ({
  state: 'elsewhere',
  id: 'a-record',
  catalog: 'AWS',
  opportunityId: 'O1001',
  nationalSecurity: false,
  requestedAt: at(0),
  reviewStatus,
  reviewReadAt: at(0),
  reviewChangedAt: at(0),
  teamId: 'T1',
  threadTs: undefined,
  ...SUBMITTED_AT,
});

const ofReviews = (): Sample[] =>
  REVIEWS.flatMap((reviewStatus) => {
    const entry = takenOn(reviewStatus);
    const explanation = explain(entry, BOT);
    const decision = explainDecision(reviewStatus ?? '', reviewStatus);
    return [
      {
        name: named('taken on', reviewStatus),
        message: submissionMessage({ submission: entry, explanation, dealPage: DEAL_PAGE }),
        most: ofSign(explanation.sign),
      },
      {
        name: named('decision', reviewStatus),
        message: decisionMessage({ submission: aSubmission(SUBMITTED_AT), decision, dealPage: DEAL_PAGE }),
        most: ofSign(decision.sign),
      },
      {
        name: named('submitted elsewhere', reviewStatus),
        message: elsewhereMessage({ opportunity: entry, decision, dealPage: DEAL_PAGE }),
        most: NOT_WELL,
      },
      {
        name: named('decision', reviewStatus, 'gone on since'),
        message: decisionMessage({
          submission: aSubmission(SUBMITTED_AT),
          decision: explainDecision(reviewStatus ?? '', 'Submitted'),
          dealPage: DEAL_PAGE,
        }),
        most: WELL,
      },
      ...REMINDERS.flatMap((about) =>
        [7, undefined].map((days) => {
          const reminder = explainReminder(about, entry, days);
          return {
            name: named('reminder', about, reviewStatus, days === undefined && 'gone on since'),
            message: decisionMessage({
              submission: aSubmission(SUBMITTED_AT),
              decision: reminder,
              dealPage: DEAL_PAGE,
            }),
            most: ofSign(reminder.sign),
          };
        }),
      ),
    ];
  });

const anEdit = (given: Partial<Edit>): Edit => ({
  ...SUBMITTED_AT,
  teamId: 'T1',
  threadTs: undefined,
  responseUrl: undefined,
  catalog: 'AWS',
  opportunityId: 'O1001',
  lastModifiedDate: '2026-11-20T08:00:00.123Z',
  id: 'an-edit',
  formId: 'a-form',
  nationalSecurity: false,
  editableStatus: 'Action Required',
  fields: ['LifeCycle.TargetCloseDate', 'Project.CustomerBusinessProblem'],
  shown: new Map(),
  typed: undefined,
  updated: false,
  thenSubmit: undefined,
  state: 'saved',
  requestedAt: at(0),
  sendingAt: undefined,
  changedAt: at(0),
  problem: undefined,
  requestId: undefined,
  dueAt: undefined,
  tries: 0,
  attempt: 1,
  ...given,
});

/** What the store makes of the submission that is to follow, by how the edit stands. */
function canBe(
  then: Edit['thenSubmit'],
  state: Edit['state'],
  editableStatus: Edit['editableStatus'],
): boolean {
  if (then === undefined) return true;
  if (editableStatus === 'Action Required') return false;
  if (then.type === 'recorded') return state === 'saved';
  return then.type === 'wanted'
    ? state === 'requested' || state === 'sending'
    : (state === 'saved') !== (then.why === 'not-saved');
}

const ofEdits = (): Sample[] =>
  EDIT_STATES.flatMap((state) =>
    EDIT_PROBLEMS.flatMap((problem) =>
      (['Pending Submission', 'Action Required'] as const).flatMap((editableStatus) =>
        (['AWS', 'Sandbox'] as const).flatMap((catalog) =>
          [false, true].flatMap((updated) =>
            THEN_SUBMIT.filter((then) => canBe(then, state, editableStatus)).map((thenSubmit) => {
              const edit = anEdit({ state, problem, editableStatus, updated, catalog, thenSubmit });
              return {
                name: named(
                  'edit',
                  state,
                  problemName(problem),
                  editableStatus,
                  catalog,
                  updated && 'fields saved',
                  thenSubmit && JSON.stringify(thenSubmit),
                ),
                message: editOutcome(edit, explainEdit(edit, { paused: false }), DEAL_PAGE),
                most: NOT_WELL,
              };
            }),
          ),
        ),
      ),
    ),
  );

const aBatch = (count: number, of: (index: number) => Partial<Reviewed>): Message =>
  batchMessage({
    batch: {
      ...SUBMITTED_AT,
      id: 'a-batch',
      createdAt: at(0),
      teamId: 'T1',
      threadTs: undefined,
      responseUrl: undefined,
      catalog: 'AWS',
    },
    ...BOT,
    submissions: Array.from({ length: count }, (_, index) =>
      aSubmission({ catalog: 'AWS', opportunityId: `O${1001 + index}`, ...of(index) }),
    ),
    dealPage: DEAL_PAGE,
  });

const ofBatches = (): Sample[] => [
  { name: 'several, on their way', message: aBatch(25, () => ({})), most: WELL },
  {
    name: 'several, all with AWS',
    message: aBatch(25, () => ({ state: 'submitted', reviewStatus: 'Submitted' })),
    most: WELL,
  },
  {
    name: 'several, five refused',
    message: aBatch(25, (index) =>
      index < 5
        ? { state: 'refused', problem: refused('ValidationException', { fieldErrors: MANY_FIELDS }) }
        : { state: 'submitted', reviewStatus: 'Submitted' },
    ),
    most: NOT_WELL,
  },
  {
    name: 'several, of each something',
    message: aBatch(10, (index) => ({
      state: index < 4 ? (STATES[index] ?? 'requested') : 'submitted',
      reviewStatus: REVIEWS[index],
    })),
    most: NOT_WELL,
  },
];

const PEOPLE = [
  { FirstName: 'Dana', LastName: 'Voss', BusinessTitle: 'AWSSalesRep', Email: 'dana@example.com' },
];

const ofOthers = (): Sample[] => [
  {
    name: 'AWS has put people on it',
    message: teamMessage({
      submission: aSubmission({ ...SUBMITTED_AT, state: 'submitted', reviewStatus: 'Approved' }),
      people: PEOPLE,
      dealPage: DEAL_PAGE,
    }),
    most: WELL,
  },
  ...[undefined, { Id: 'O1001', LastModifiedDate: '' }].map((deal) => ({
    name: named('why AWS rejected it', deal === undefined && 'not to be shown'),
    message: reasonMessage({
      submission: aSubmission({ ...SUBMITTED_AT, state: 'submitted', reviewStatus: 'Rejected' }),
      deal,
      dealPage: DEAL_PAGE,
    }),
    most: WELL,
  })),
  {
    name: 'somebody sent it back to AWS',
    message: sentBackMessage(anEdit({}), aSubmission()),
    most: WELL,
  },
  {
    name: 'digest, nothing to do',
    message: digestMessage(
      { counts: [], needsSomebody: [], more: 0, longestWaiting: [], home: undefined },
      DEAL_PAGE,
    ),
    most: NOT_WELL,
  },
  {
    name: 'help',
    message: helpMessage({ type: 'allowed' }, { catalog: 'AWS', contact: 'U07BENOWNER' }),
    most: 90,
  },
  ...(['absent', 'closed', { code: 'restricted_action' }] as const).flatMap((why) => {
    const submission = aSubmission({ ...SUBMITTED_AT, state: 'submitted', reviewStatus: 'Submitted' });
    const explanation = explain(submission, BOT);
    return [
      answeredHere('@opportunity-bot', why),
      sentAsDm('<#C07DEALS000>', '@opportunity-bot', why),
      decisionAsDm('<#C07DEALS000>'),
    ].map((hint) => ({
      name: named('elsewhere than asked', hint),
      message: submissionMessage({ submission, explanation, dealPage: DEAL_PAGE, hint }),
      most: NOT_WELL,
    }));
  }),
];

/** All of them; those that read the same once. */
export function everyMessage(): readonly Sample[] {
  const all = [...ofSubmissions(), ...ofReviews(), ...ofEdits(), ...ofBatches(), ...ofOthers()];
  return [
    ...new Map(all.toReversed().map((sample) => [JSON.stringify(sample.message), sample])).values(),
  ].reverse();
}
