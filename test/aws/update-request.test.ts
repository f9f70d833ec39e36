import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addsMarketing,
  asUpdated,
  differences,
  isWholeOpportunity,
  lackOf,
  type NewValues,
  sendsBackRedacted,
  updateRequest,
  type WholeJson,
} from '../../src/aws/update-request.ts';
import { isJsonObject, type JsonObject, parseExactly, valueAt } from '../../src/aws/values.ts';

const RECORDED = new URL('../../../shared/aws/recorded/', import.meta.url);

/** What AWS answers and doesn't take back. */
const NOT_TAKEN = ['Id', 'Arn', 'CreatedDate', 'OpportunityTeam', 'RelatedEntityIdentifiers'];

/** A deal as AWS answers one, absent members null. */
const deal = (given: JsonObject = {}): WholeJson => ({
  Id: 'O1001',
  LastModifiedDate: '2026-11-20T10:00:00.123456Z',
  Arn: null,
  PrimaryNeedsFromAws: ['Co-Sell - Deal Support'],
  Customer: { Account: { CompanyName: 'Bread &amp; Butter', Duns: null }, Contacts: [] },
  Project: { Title: 'A &amp;amp; B', SalesActivities: null, ExpectedCustomerSpend: null },
  Marketing: { Source: 'None', CampaignName: 'Spring', UseCases: null, Channels: null, AwsFundingUsed: null },
  LifeCycle: {
    Stage: 'Prospect',
    ReviewStatus: 'Action Required',
    ReviewComments: 'Say more.',
    ReviewStatusReason: null,
    NextStepsHistory: [{ Value: 'Call', Time: '2026-11-19T10:00:00Z' }],
    TargetCloseDate: '2031-02-28',
  },
  ...given,
});

const lifeCycle = (given: JsonObject): JsonObject => ({ ...Object(deal().LifeCycle), ...given });
const updated = (read: WholeJson, edits: NewValues = new Map()) => updateRequest(read, 'AWS', edits);

describe('an update made from one read', () => {
  test.each(['Pending Submission', 'Action Required', 'action-required', 'Something new'])(
    'carries the review status %j exactly as it was read, and the moment of that read',
    (status) => {
      const request = updated(deal({ LifeCycle: lifeCycle({ ReviewStatus: status }) }));
      expect(request.LifeCycle).toMatchObject({ ReviewStatus: status });
      expect(request.LastModifiedDate).toBe('2026-11-20T10:00:00.123456Z');
    },
  );

  test("carries what AWS wrote into the life cycle, and none of what isn't UpdateOpportunity's", () => {
    const request = updated(deal({ OpportunityTeam: [{ Email: 'a@b.example' }] }));
    expect(request.LifeCycle).toEqual(deal().LifeCycle);
    for (const name of NOT_TAKEN) expect(request).not.toHaveProperty(name);
    expect(request).toMatchObject({ Catalog: 'AWS', Identifier: 'O1001' });
  });

  test.each<[string, JsonObject]>([
    ['no review status', { LifeCycle: lifeCycle({ ReviewStatus: null }) }],
    ['an empty review status', { LifeCycle: lifeCycle({ ReviewStatus: ' ' }) }],
    ['no life cycle', { LifeCycle: null }],
  ])('is not made of a deal with %s', (_, given) => {
    expect(lackOf(deal(given))).toBe('LifeCycle.ReviewStatus');
  });

  test.each<[string, JsonObject, string | undefined]>([
    ['no stage', { LifeCycle: lifeCycle({ Stage: null }) }, 'LifeCycle.Stage'],
    ['no needs, once AWS has had it', { PrimaryNeedsFromAws: [] }, 'PrimaryNeedsFromAws'],
    [
      'no needs, as a draft',
      { PrimaryNeedsFromAws: null, LifeCycle: lifeCycle({ ReviewStatus: 'Pending Submission' }) },
      undefined,
    ],
    ['a campaign, and no marketing source', { Marketing: { CampaignName: 'Spring' } }, 'Marketing.Source'],
    ['nothing about marketing', { Marketing: null }, undefined],
  ])('of a deal with %s lacks %s', (_, given, lack) => {
    expect(lackOf(deal(given))).toBe(lack);
  });

  test('what an edit brings is not lacking', () => {
    const edits = new Map([['PrimaryNeedsFromAws', ['Co-Sell - Deal Support']]]);
    expect(lackOf(deal({ PrimaryNeedsFromAws: null }), edits)).toBeUndefined();
  });

  test.each<[string, unknown, JsonObject]>([
    ['null', null, { Source: 'None' }],
    ['nulls', { Source: null, Channels: [] }, { Source: 'None' }],
    ['no funding', { Source: '', AwsFundingUsed: 'No' }, { Source: 'None', AwsFundingUsed: 'No' }],
  ])('says that there is no campaign where marketing is %s', (_, Marketing, sent) => {
    expect(addsMarketing(deal({ Marketing }))).toBe(true);
    const { Marketing: sentMarketing } = updated(deal({ Marketing }));
    expect(sentMarketing).toMatchObject(sent);
    expect(sentMarketing).not.toHaveProperty('Channels');
  });

  test('leaves a marketing source that is there as it is, whatever stands beside it', () => {
    expect(addsMarketing(deal())).toBe(false);
    expect(updated(deal()).Marketing).toEqual(deal().Marketing);
  });

  test('leaves out lists and entries that say nothing, and keeps whatever says something', () => {
    const request = updated(
      deal({
        Customer: {
          Contacts: [
            { FirstName: null, LastName: null, Email: '' },
            { FirstName: null, LastName: null, Email: 'only@mail.example' },
          ],
        },
        Project: {
          SalesActivities: [],
          ApnPrograms: [],
          ExpectedCustomerSpend: [
            { Amount: null, CurrencyCode: 'USD', EstimationUrl: null },
            { Amount: null, CurrencyCode: 'USD', TargetCompany: 'AWS' },
          ],
          Later: [],
        },
      }),
    );
    expect(request.Customer).toEqual({
      Contacts: [{ FirstName: null, LastName: null, Email: 'only@mail.example' }],
    });
    expect(request.Project).toEqual({
      ExpectedCustomerSpend: [{ Amount: null, CurrencyCode: 'USD', TargetCompany: 'AWS' }],
      Later: [],
    });
  });

  test('an amount typed into an entry that had only a currency goes where it was typed', () => {
    const spend = [
      { CurrencyCode: 'USD', Amount: null },
      { CurrencyCode: 'USD', Amount: '5' },
    ];
    const edits = new Map([['Project.ExpectedCustomerSpend[0].Amount', '12']]);
    expect(updated(deal({ Project: { ExpectedCustomerSpend: spend } }), edits).Project).toEqual({
      ExpectedCustomerSpend: [{ CurrencyCode: 'USD', Amount: '12' }, spend[1]],
    });
  });
});

const EDITS = fc.subarray<[string, unknown]>([
  ['LifeCycle.TargetCloseDate', '2031-02-28'],
  ['LifeCycle.NextSteps', 'Call & write'],
  ['Project.CustomerBusinessProblem', 'Harvest records arrive on paper — 収穫 &amp; more.'],
  ['Project.ExpectedCustomerSpend[0].Amount', '123456.70'],
  ['Customer.Account.WebsiteUrl', 'https://fisheries.example/?q=1&section=3&not=2'],
  ['Customer.Account.Address.City', undefined],
  ['PrimaryNeedsFromAws', ['Co-Sell - Deal Support']],
  ['Project.Title', 'Landing records'],
  ['Project.CustomerUseCase', 'Business Applications & Contact Center'],
  ['Project.SalesActivities', ['SOW Signed']],
  ['Project.DeliveryModels', ['Resell', 'Other']],
  ['Project.OtherSolutionDescription', 'An archive of our own'],
  ['Project.RelatedOpportunityIdentifier', 'O1234567'],
  ['Customer.Account.Industry', 'Other'],
  ['Customer.Account.OtherIndustry', 'Fishing'],
  ['Customer.Account.Address.StateOrRegion', 'Vestland'],
  ['Customer.Contacts[0].FirstName', 'Ingrid'],
  ['Customer.Contacts[0].Phone', '+4755512345'],
  ['Marketing.Source', 'Marketing Activity'],
  ['Marketing.AwsFundingUsed', 'No'],
]);

// The recordings are material beside the repository, as in CI; without it this says that it was skipped.
describe.skipIf(!existsSync(RECORDED))('of every recorded opportunity', () => {
  test.each(wholeDeals())('nothing that AWS wrote is lost, whatever is edited: %s', (_, read) => {
    expect(lackOf(read)).toBeUndefined();
    fc.assert(
      fc.property(EDITS, (edits) => {
        const request = updated(read, new Map(edits));
        for (const [path, value] of edits) expect(valueAt(request, path)).toEqual(value);
        for (const [path, value] of leavesOf(read)) {
          const isEdited = edits.some(([edited]) => path === edited || path.startsWith(`${edited}[`));
          if (isEdited || NOT_TAKEN.some((name) => path.split(/[.[]/)[0] === name)) continue;
          expect([path, valueAt(request, path)]).toEqual([path, value]);
        }
      }),
    );
  });
});

/** By the recording's name: every body that has a deal's life cycle and project. */
function wholeDeals(): [string, WholeJson][] {
  if (!existsSync(RECORDED)) return [];
  const names = readdirSync(RECORDED).filter((name) => name.includes('opportunity'));
  return names.flatMap((name): [string, WholeJson][] => {
    const recorded = parseExactly(readFileSync(new URL(name, RECORDED), 'utf8'));
    const bodies = isJsonObject(recorded) ? [recorded.request, recorded.response] : [];
    return bodies.flatMap((body): [string, WholeJson][] =>
      isJsonObject(body) && isJsonObject(body.LifeCycle) && valueAt(body, 'Project.Title') !== undefined
        ? [
            [
              name,
              {
                ...body,
                Catalog: 'AWS',
                Identifier: 'O1001',
                Id: 'O1001',
                LastModifiedDate: '2026-11-20T10:00:00Z',
              },
            ],
          ]
        : [],
    );
  });
}

/** Every value that says something, by its path. */
function leavesOf(value: unknown, path = ''): readonly (readonly [string, unknown])[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((entry, index) => leavesOf(entry, `${path}[${index}]`));
  if (!isJsonObject(value)) return [[path, value]];
  return Object.entries(value).flatMap(([name, inner]) =>
    leavesOf(inner, path === '' ? name : `${path}.${name}`),
  );
}

describe('what an update would send back', () => {
  test.each(['Redacted', '[REDACTED]', '****'])(
    'holds the mark %j in the place of a value: it is told, wherever it is',
    (mark) => {
      for (const given of [
        { Customer: { Account: { CompanyName: mark } } },
        { Customer: { Contacts: [{ FirstName: 'Kari', Email: mark }] } },
        { Project: { Title: mark } },
        { LifeCycle: lifeCycle({ NextStepsHistory: [{ Value: mark }] }) },
        { SomethingNew: [{ deep: mark }] },
      ]) {
        expect(sendsBackRedacted(deal(given))).toBe(true);
      }
    },
  );

  test('holds no such mark: neither in a sentence, nor in what is not sent', () => {
    expect(sendsBackRedacted(deal({ Project: { Title: 'A redacted archive' } }))).toBe(false);
    expect(sendsBackRedacted(deal({ OpportunityTeam: [{ Email: 'REDACTED' }] }))).toBe(false);
  });
});

test.each(['Customer', 'Project', 'LifeCycle'])(
  'an answer without %s is none of AWS’s, and nothing is written back from it',
  (name) => {
    expect(isWholeOpportunity(deal())).toBe(true);
    for (const value of [undefined, null, 'REDACTED', []]) {
      expect(isWholeOpportunity(deal({ [name]: value }))).toBe(false);
    }
  },
);

const DEAL = {
  Id: 'O1001',
  Catalog: 'AWS',
  Arn: null,
  LastModifiedDate: '2026-11-20T08:00:00.123Z',
  CreatedDate: '2026-11-01T08:00:00Z',
  PrimaryNeedsFromAws: ['Co-Sell - Architectural Validation', 'Co-Sell - Pricing Assistance'],
  Customer: {
    Account: { CompanyName: 'Dover &amp; Sons', WebsiteUrl: 'https://dover.example' },
    Contacts: [],
  },
  Project: {
    Title: 'Harbours',
    ExpectedCustomerSpend: [{ Amount: '10000', CurrencyCode: 'USD', Frequency: 'Monthly' }],
    AdditionalComments: null,
  },
  LifeCycle: { ReviewStatus: 'Pending Submission', Stage: 'Qualified', NextStepsHistory: null },
  Marketing: { Source: 'None' },
  RelatedEntityIdentifiers: { Solutions: ['S-0051246'] },
} as const;

/** What an update that sets the title is to make of the deal. */
const EXPECTED = asUpdated(DEAL, updateRequest(DEAL, 'AWS', new Map([['Project.Title', 'Ports']])));

/** What AWS answers since: the same, but for these members. */
const read = (given: object = {}) => ({
  ...DEAL,
  LastModifiedDate: '2026-11-20T08:05:00.000Z',
  Project: { ...DEAL.Project, Title: 'Ports' },
  ...given,
});

test('what was written, and nothing else, reads as expected: the dates say nothing', () => {
  expect(differences(EXPECTED, read({ CreatedDate: '2026-11-01T08:00:00.000Z' }))).toEqual([]);
});

test('nor do the ways in which AWS writes the same', () => {
  const project = { ...DEAL.Project, Title: ' Ports ' };
  const same = [
    {
      Project: {
        ...project,
        ExpectedCustomerSpend: [{ ...DEAL.Project.ExpectedCustomerSpend[0], Amount: '10000.00' }],
      },
    },
    { Project: { ...project, AdditionalComments: '' } },
    { Customer: { Account: { ...DEAL.Customer.Account, CompanyName: 'Dover & Sons' } } },
    { PrimaryNeedsFromAws: DEAL.PrimaryNeedsFromAws.toReversed() },
    { LifeCycle: { ...DEAL.LifeCycle, NextStepsHistory: [{ Time: '2026-11-20T08:05:00Z', Value: 'Call' }] } },
    { SoftwareRevenue: null, Arn: undefined },
  ];
  expect(same.map((given) => differences(EXPECTED, read(given)))).toEqual(same.map(() => []));
});

test('anything else that differs is told by its path', () => {
  const others = [
    [{ Project: { ...DEAL.Project, Title: 'Harbours' } }, 'Project.Title'],
    [{ LifeCycle: { ...DEAL.LifeCycle, ReviewStatus: null } }, 'LifeCycle.ReviewStatus'],
    [{ RelatedEntityIdentifiers: { Solutions: [] } }, 'RelatedEntityIdentifiers.Solutions[0]'],
    [
      {
        Project: {
          ...DEAL.Project,
          Title: 'Ports',
          ExpectedCustomerSpend: [{ Amount: '9000', CurrencyCode: 'USD', Frequency: 'Monthly' }],
        },
      },
      'Project.ExpectedCustomerSpend[0].Amount',
    ],
    [{ NationalSecurity: 'Yes' }, 'NationalSecurity'],
  ] as const;
  expect(others.map(([given]) => differences(EXPECTED, read(given)))).toEqual(
    others.map(([, path]) => [path]),
  );
});

test('an amount that was left to AWS is whatever it makes of the estimate', () => {
  const [{ Amount: _, ...spend }] = DEAL.Project.ExpectedCustomerSpend;
  const estimate = { ...spend, EstimationUrl: 'https://calculator.aws/1' };
  const expected = { ...EXPECTED, Project: { ...DEAL.Project, ExpectedCustomerSpend: [estimate] } };
  const answered = { Project: { ...DEAL.Project, ExpectedCustomerSpend: [{ ...estimate, Amount: '77' }] } };
  expect(differences(expected, read(answered))).toEqual([]);
});
