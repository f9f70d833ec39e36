import fc from 'fast-check';
import type { PartnerCentralError } from '../../../src/aws/errors.ts';
import {
  awsOpportunitySummarySchema,
  type Opportunity,
  opportunitySchema,
} from '../../../src/aws/opportunity.ts';
import { REVIEW_STATUSES, reviewStatus } from '../../../src/aws/terms.ts';
import { HOME_SORTS, type HomePartName } from '../../../src/messages/home/board.ts';
import { HOME_ROWS } from '../../../src/messages/home/publish.ts';
import type { HomeTab, PartShown } from '../../../src/messages/home/view.ts';
import type { DealSummary, Elsewhere } from '../../../src/opportunities/opportunity.ts';
import { type Circumstances, explain } from '../../../src/submissions/explain.ts';
import type { History } from '../../../src/submissions/history.ts';
import type { AwsSide } from '../../../src/submissions/status.ts';
import { type Entry, type Problem, type Reviewed, STATES } from '../../../src/submissions/submission.ts';
import { aSubmission, at } from '../../submissions/records.ts';
import { hostileText } from '../hostile.ts';

/** Stands in every text that only those may see who may see the deal. */
export const CONFIDENTIAL = 'Zugspitz-Kabel';

const secret = hostileText.map((text) => `${CONFIDENTIAL} ${text}`);
export const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const id = fc.bigInt({ min: 0n, max: 9_999_999_999_999_999_999n }).map((digits) => `O${digits}`);

/** AWS's statuses, in its several spellings, and others. */
export const reviewStatuses = fc.oneof(
  hostileText.map((text) => text.slice(0, 100)),
  fc.constantFrom(
    'Pending Submission',
    'Submitted',
    'In review',
    'In-Review',
    'Approved',
    'Rejected',
    'Action Required',
    'Disqualified',
    '',
    'On <!channel> Hold',
  ),
);

/** An opportunity full of texts that are long, hostile, or not there. */
export const opportunities: fc.Arbitrary<Opportunity> = fc
  .record({
    Id: id,
    LastModifiedDate: fc.constant('2026-11-20T08:00:00.123Z'),
    NationalSecurity: fc.constantFrom('No', 'no', undefined),
    Customer: maybe(
      fc.record({
        Account: maybe(
          fc.record({
            CompanyName: maybe(secret),
            WebsiteUrl: maybe(secret),
            Address: maybe(fc.record({ CountryCode: maybe(fc.oneof(fc.constant('FR'), secret)) })),
          }),
        ),
      }),
    ),
    Project: maybe(
      fc.record({
        Title: maybe(secret),
        CustomerBusinessProblem: maybe(secret),
        ExpectedCustomerSpend: maybe(
          fc.array(
            fc.record({
              Amount: maybe(fc.oneof(fc.constant('2500.00'), secret)),
              CurrencyCode: maybe(fc.oneof(fc.constant('USD'), secret)),
              Frequency: maybe(fc.oneof(fc.constant('Monthly'), secret)),
            }),
            { maxLength: 12 },
          ),
        ),
      }),
    ),
    LifeCycle: maybe(
      fc.record({
        Stage: maybe(fc.oneof(fc.constant('Qualified'), secret)),
        ReviewStatus: maybe(reviewStatuses),
        ReviewComments: maybe(secret),
        ReviewStatusReason: maybe(secret),
        TargetCloseDate: maybe(fc.oneof(fc.constant('2027-01-31'), secret)),
        NextSteps: maybe(secret),
      }),
    ),
  })
  .map((wire) => opportunitySchema.parse(wire));

/** AWS's people on a deal. */
export const awsTeams = fc.array(
  fc.record({
    FirstName: maybe(secret),
    LastName: maybe(secret),
    Email: maybe(secret),
    BusinessTitle: maybe(fc.oneof(fc.constantFrom('AWSSalesRep', 'PSM'), secret)),
  }),
  { maxLength: 12 },
);

/** AWS's side of a deal, as full. */
export const awsSides: fc.Arbitrary<AwsSide> = fc
  .record({
    CosellMotion: maybe(secret),
    Insights: maybe(
      fc.record({
        NextBestActions: maybe(secret),
        EngagementScore: maybe(secret),
        OpportunityQuality: maybe(fc.record({ Score: fc.nat(100), Trend: maybe(secret) })),
        Recommendations: maybe(fc.array(fc.record({ Type: secret, Details: secret }), { maxLength: 9 })),
      }),
    ),
  })
  .chain((wire) =>
    fc.record({
      people: awsTeams,
      awaited: fc.boolean(),
      summary: maybe(fc.constant(awsOpportunitySummarySchema.parse(wire))),
    }),
  );

const fieldErrors = fc.array(
  fc.record({
    fieldName: fc.oneof(
      fc.constantFrom(
        'LifeCycle.TargetCloseDate',
        'Project.ExpectedCustomerSpend[0].Amount',
        'Project.CustomerBusinessProblem',
        'Some.NewField',
      ),
      fc.constant('A.'.repeat(59).concat('Bc')),
      secret,
    ),
    code: fc.oneof(
      fc.constantFrom('REQUIRED_FIELD_MISSING', 'INVALID_VALUE', 'INVALID_RESOURCE_STATE', ''),
      secret,
    ),
    message: secret,
  }),
  { maxLength: 30 },
);

/** Everything that can be the matter. */
const problems: fc.Arbitrary<Problem> = fc.oneof(
  fc.record({
    type: fc.constant('refused' as const),
    code: fc.constantFrom(
      'ValidationException',
      'ResourceNotFoundException',
      'AccessDeniedException',
      'ConflictException',
      'OtherException',
    ),
    reason: fc.constantFrom('BUSINESS_VALIDATION_FAILED', 'INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE'),
    message: secret,
    fieldErrors,
  }),
  fc.record({
    type: fc.constant('waiting' as const),
    code: fc.constant('ThrottlingException'),
    throttled: fc.boolean(),
  }),
  fc.record({ type: fc.constant('unknown' as const), code: fc.constant('ResponseTimeout') }),
  fc.record({
    type: fc.constant('unsettled' as const),
    code: fc.constantFrom('ResponseTimeout', 'Interrupted'),
    why: fc.constantFrom(
      'gone' as const,
      'unreadable' as const,
      'no-status' as const,
      'other-status' as const,
    ),
    since: fc.constant(at(1000).toISOString()),
    mayLetGo: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('found-at-aws' as const),
    ours: fc.constantFrom('not-sent' as const, 'refused' as const, 'in-doubt' as const),
    involvementType: fc.constantFrom('Co-Sell' as const, 'For Visibility Only' as const),
    visibility: fc.constantFrom('Full' as const, 'Limited' as const),
  }),
  fc.record({
    type: fc.constant('operator' as const),
    cause: fc.constantFrom('credentials' as const, 'signature' as const, 'clock' as const, 'opt-in' as const),
    code: fc.constant('ExpiredTokenException'),
  }),
  fc.constantFrom<Problem>({ type: 'not-permitted' }, { type: 'other-catalog' }),
);

/** Every state with every problem, likely or not: what a later version wrote must be shown too. */
export const submissions: fc.Arbitrary<Reviewed> = fc
  .record({
    state: fc.constantFrom(...STATES),
    problem: maybe(problems),
    opportunityId: id,
    reviewStatus: maybe(reviewStatuses),
    nationalSecurity: fc.boolean(),
    catalog: fc.constantFrom('AWS' as const, 'Sandbox' as const),
    involvementType: fc.constantFrom('Co-Sell' as const, 'For Visibility Only' as const),
    visibility: fc.constantFrom('Full' as const, 'Limited' as const),
    requestId: maybe(hostileText),
    sendingAt: maybe(fc.constant(at(1000))),
    reviewReadAt: maybe(fc.constantFrom(at(2000), at(20 * 60_000))),
  })
  .map(aSubmission);

/** What was submitted elsewhere, whether somebody works on it here or not. */
const elsewheres: fc.Arbitrary<Elsewhere> = fc
  .record({
    opportunityId: id,
    reviewStatus: maybe(reviewStatuses),
    nationalSecurity: fc.boolean(),
    catalog: fc.constantFrom('AWS' as const, 'Sandbox' as const),
    reviewReadAt: maybe(fc.constantFrom(at(2000), at(20 * 60_000))),
    reviewChangedAt: maybe(fc.constant(at(2000))),
    owner: fc.constantFrom({}, { teamId: 'T1', userId: 'U1', channelId: 'C1', threadTs: undefined }),
  })
  .map(({ owner, ...given }) => ({
    state: 'elsewhere',
    id: '3f2504e0-4f89-41d3-9a0c-0305e82c3302',
    requestedAt: at(0),
    ...given,
    ...owner,
  }));
export const entries: fc.Arbitrary<Entry> = fc.oneof(submissions, elsewheres);

export const circumstances: fc.Arbitrary<Circumstances> = fc.record({
  catalog: fc.constantFrom('AWS' as const, 'Sandbox' as const),
  paused: fc.boolean(),
  waitingBefore: fc.nat(2000),
});

/** What AWS answers instead of an opportunity. */
export const errors: fc.Arbitrary<PartnerCentralError> = fc.oneof(
  fc.record({
    kind: fc.constant('refused' as const),
    code: fc.constantFrom('ResourceNotFoundException' as const, 'AccessDeniedException' as const),
    reason: fc.constant(undefined),
    fieldErrors: fc.constant([]),
    message: hostileText,
    requestId: fc.option(hostileText, { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('unknown' as const),
    code: fc.constant('ResponseTimeout'),
    message: hostileText,
    requestId: fc.constant(undefined),
  }),
  fc.record({
    kind: fc.constant('operator' as const),
    cause: fc.constant('clock' as const),
    code: fc.constant('RequestExpired'),
    message: hostileText,
    requestId: fc.constant(undefined),
  }),
);

/** Records in a line each, as *list* and *status* show them. */
export const lines = fc.record({
  lines: fc.array(
    fc
      .record({ entry: entries, now: circumstances })
      .map(({ entry, now }) => ({ entry, headline: explain(entry, now).headline })),
    { maxLength: 10 },
  ),
  more: fc.nat(1000),
  orMore: fc.boolean(),
});

const happened = fc.record({
  at: fc.constant(at(0)),
  actor: fc.constantFrom('U1', 'bot', 'aws'),
  what: hostileText.map((text) => text.repeat(20)),
  requestId: fc.option(hostileText, { nil: undefined }),
});

/** A part of an audit trail. */
export const histories: fc.Arbitrary<History> = fc
  .tuple(entries, fc.array(happened, { maxLength: 15 }), fc.nat(999))
  .map(([entry, events, offset]) => ({
    type: 'history',
    entry,
    events,
    offset,
    total: offset + events.length + 1,
    earlier: offset === 0 ? undefined : 0,
    later: offset + events.length,
  }));

const deals: fc.Arbitrary<DealSummary> = fc.record({
  companyName: maybe(secret),
  expectedSpend: fc.array(
    fc.record({
      amount: fc.oneof(fc.constant('2500.00'), hostileText),
      currency: maybe(fc.oneof(fc.constant('USD'), hostileText)),
      frequency: maybe(fc.oneof(fc.constant('Monthly'), hostileText)),
    }),
    { maxLength: 5 },
  ),
});
const page = fc.record({ page: fc.nat(3), pages: fc.integer({ min: 4, max: 2000 }), total: fc.nat(10_000) });
const checks = fc.record({
  missing: fc.array(fc.oneof(fc.constant('Project.Title'), fc.constant('LifeCycle.TargetCloseDate')), {
    maxLength: 6,
  }),
  nationalSecurity: fc.boolean(),
  isReferral: fc.boolean(),
});
const partOf = (name: HomePartName): fc.Arbitrary<PartShown> =>
  fc
    .tuple(
      page,
      fc.uniqueArray(
        fc.tuple(
          entries,
          circumstances,
          fc.record({
            deal: maybe(deals),
            stage: maybe(secret),
            targetCloseDate: maybe(fc.oneof(fc.constant('2031-03-12'), secret)),
            check: maybe(checks),
          }),
        ),
        { selector: ([{ opportunityId }]) => opportunityId, maxLength: HOME_ROWS },
      ),
      deals,
    )
    .map(([paged, rows, { expectedSpend: spend }]) => ({
      ...paged,
      spend,
      counted: rows.length,
      rows: rows.map(([entry, now, shown]) => {
        const { headline, nextSteps } = explain(entry, now);
        return {
          ...shown,
          part: name,
          opportunityId: entry.opportunityId,
          record: undefined,
          review: reviewStatus(entry.reviewStatus),
          summary: undefined,
          entry,
          headline,
          step: name === 'ready' ? ('submit' as const) : (nextSteps[0] ?? 'show-details'),
        };
      }),
    }));
/** A home tab with everything on it. */
export const homeTabs: fc.Arbitrary<HomeTab> = fc.record({
  type: fc.constant('home' as const),
  at: fc.constant(at(60_000)),
  whose: fc.constantFrom('mine' as const, 'team' as const),
  catalog: fc.constantFrom('AWS' as const, 'Sandbox' as const),
  filter: fc.record({
    opportunityId: maybe(id),
    owner: maybe(fc.constant('U1')),
    status: maybe(fc.constantFrom(...REVIEW_STATUSES)),
    stage: maybe(secret),
    sort: maybe(fc.constantFrom(...HOME_SORTS)),
  }),
  parts: fc.record({
    needs: partOf('needs'),
    waiting: partOf('waiting'),
    ready: partOf('ready'),
    referred: partOf('referred'),
    decided: partOf('decided'),
  }),
  figures: fc.record({
    approved: fc.nat(10_000),
    rejected: fc.nat(10_000),
    ours: fc.record({ approved: fc.nat(99), decided: fc.nat(10_000) }),
    days: maybe(fc.record({ median: fc.integer({ min: 0, max: 300 }), of: fc.nat(10_000) })),
  }),
  list: fc.constantFrom(
    { type: 'list' as const, reach: 'all' as const, readAt: at(0) },
    { type: 'unavailable' as const, why: 'refused' as const },
  ),
  usualChannel: maybe(fc.constant('C1')),
});
