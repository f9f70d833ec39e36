import { expect, test } from 'vitest';
import { differences } from '../../src/aws/read-back.ts';
import { asUpdated, updateRequest } from '../../src/aws/update-request.ts';

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
