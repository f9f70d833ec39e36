import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isObject, type JsonObject, listAt, textAt } from '../../../demo/json.ts';
import { anOpportunity, type OpportunityChoices } from '../../../demo/partner-central/opportunities.ts';
import { startPartnerCentral } from '../../../demo/partner-central/server.ts';
import type { PartnerCentralStandIn } from '../../../demo/partner-central/stand-in.ts';
import { call } from './call.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

let clock: ManualClock;
let aws: PartnerCentralStandIn;

beforeEach(async () => {
  clock = manualClock();
  aws = await startPartnerCentral({ clock });
});

afterEach(() => aws.close());

async function list(input: JsonObject = {}) {
  const { json, status } = await call(
    aws,
    'ListOpportunities',
    { Catalog: 'Sandbox', ...input },
    { signedAt: clock.now() },
  );
  const summaries = listAt(json, 'OpportunitySummaries').filter(isObject);
  return { status, json, summaries, ids: summaries.map((summary) => summary.Id) };
}

function seed(id: string, choices: Omit<OpportunityChoices, 'now' | 'id'> = {}) {
  aws.seed(anOpportunity({ id, now: clock.now(), ...choices }));
}

async function everyPage(input: JsonObject): Promise<readonly unknown[]> {
  const page = await list(input);
  const token = page.json.NextToken;
  return typeof token === 'string'
    ? [...page.ids, ...(await everyPage({ ...input, NextToken: token }))]
    : page.ids;
}

describe('listing opportunities', () => {
  it('gives summaries: where the review stands, and no title or associations', async () => {
    seed('O1', { reviewStatus: 'Action Required', reviewComments: 'Postal code?', companyName: 'Acme' });
    const { summaries } = await list();
    expect(summaries).toMatchObject([
      {
        Id: 'O1',
        Catalog: 'Sandbox',
        LifeCycle: { ReviewStatus: 'Action Required', ReviewComments: 'Postal code?' },
        Customer: { Account: { CompanyName: 'Acme' } },
      },
    ]);
    expect(summaries[0]).not.toHaveProperty('Project.Title');
    expect(summaries[0]).not.toHaveProperty('RelatedEntityIdentifiers');
    expect(summaries[0]).not.toHaveProperty('Customer.Account.AwsAccountId');
  });

  it('has every member, null where there is nothing, no street, and amounts with a decimal', async () => {
    seed('O1', { fields: { 'Project.DeliveryModels': undefined, PartnerOpportunityIdentifier: undefined } });
    const { json, summaries } = await list();
    expect(json.NextToken).toBeNull();
    expect(summaries).toMatchObject([
      {
        PartnerOpportunityIdentifier: null,
        LifeCycle: { ClosedLostReason: null, ReviewComments: null, ReviewStatusReason: null },
        Project: {
          DeliveryModels: null,
          ExpectedCustomerSpend: [{ Amount: '18500.0', CurrencyCode: 'USD', EstimationUrl: null }],
        },
      },
    ]);
    expect(summaries[0]).not.toHaveProperty('Customer.Account.Address.StreetAddress');
    expect(summaries[0]).not.toHaveProperty('LifeCycle.NextStepsHistory');
  });

  it('of a status leaves out a deal that has none', async () => {
    seed('O1', { reviewStatus: null });
    expect((await list()).ids).toEqual(['O1']);
    const LifeCycleReviewStatus = ['Pending Submission', 'Submitted', 'In review', 'Approved'];
    expect((await list({ LifeCycleReviewStatus })).ids).toEqual([]);
  });

  it('leaves out other catalogs and what may not be seen', async () => {
    seed('O1');
    seed('O2', { catalog: 'AWS' });
    seed('O3', { accessDenied: true });
    expect((await list()).ids).toEqual(['O1']);
  });

  it('filters by ID, status, stage, company and by when it changed', async () => {
    const at = (minute: number) => ({ fields: { LastModifiedDate: `2026-11-22T19:0${minute}:00.000Z` } });
    seed('O1', { reviewStatus: 'Submitted', ...at(1) });
    seed('O2', { reviewStatus: 'In review', stage: 'Committed', ...at(2) });
    seed('O3', { companyName: 'Acme', ...at(3) });
    const sorted = { Sort: { SortBy: 'Identifier', SortOrder: 'ASCENDING' } };
    const ids = async (filter: JsonObject) => (await list({ ...sorted, ...filter })).ids;

    expect(await ids({ Identifier: ['O3', 'O1', 'O404'] })).toEqual(['O1', 'O3']);
    expect(await ids({ LifeCycleReviewStatus: ['Submitted', 'In review'] })).toEqual(['O1', 'O2']);
    expect(await ids({ LifeCycleStage: ['Committed'] })).toEqual(['O2']);
    expect(await ids({ CustomerCompanyName: ['Acme'] })).toEqual(['O3']);
    const after = { AfterLastModifiedDate: '2026-11-22T19:01:00.000Z' };
    expect(await ids({ LastModifiedDate: after })).toEqual(['O2', 'O3']);
    const before = { BeforeLastModifiedDate: '2026-11-22T19:03:00.000Z' };
    expect(await ids({ LastModifiedDate: { ...after, ...before } })).toEqual(['O2']);
  });

  it('sorts, the newest change first where nothing is said, and IDs as numbers', async () => {
    seed('O9', { fields: { LastModifiedDate: '2026-11-22T10:00:00.000Z' } });
    seed('O10', { fields: { LastModifiedDate: '2026-11-22T11:00:00.000Z' } });
    expect((await list()).ids).toEqual(['O10', 'O9']);
    const byId = { SortBy: 'Identifier', SortOrder: 'ASCENDING' };
    expect((await list({ Sort: byId })).ids).toEqual(['O9', 'O10']);
  });

  it('goes through every page, although the list changes meanwhile', async () => {
    for (const id of ['O1', 'O2', 'O3', 'O4', 'O5']) seed(id);
    const question = { MaxResults: 2, Sort: { SortBy: 'Identifier', SortOrder: 'ASCENDING' } };
    const first = await list(question);
    seed('O0');
    const rest = await everyPage({ ...question, NextToken: first.json.NextToken });
    expect([...first.ids, ...rest]).toEqual(['O1', 'O2', 'O3', 'O4', 'O5']);
  });

  it("refuses a token that isn't its own, or belongs to another question", async () => {
    seed('O1');
    seed('O2');
    const { json } = await list({ MaxResults: 1 });
    const refused = { json: { ErrorList: [{ FieldName: 'nextToken', Code: 'INVALID_VALUE' }] } };
    expect(await list({ NextToken: 'made-up' })).toMatchObject(refused);
    expect(await list({ NextToken: json.NextToken, LifeCycleStage: ['Prospect'] })).toMatchObject(refused);
  });

  it.each([
    [{ MaxResults: 0 }, 'maxResults', 'VALUE_OUT_OF_RANGE'],
    [{ MaxResults: 101 }, 'maxResults', 'VALUE_OUT_OF_RANGE'],
    [{ Identifier: Array.from({ length: 21 }, (_, n) => `O${n}`) }, 'identifier', 'TOO_MANY_VALUES'],
    [{ Sort: { SortBy: 'Title', SortOrder: 'ASCENDING' } }, 'sort.sortBy', 'INVALID_ENUM_VALUE'],
    [
      { LastModifiedDate: { AfterLastModifiedDate: 'now' } },
      'lastModifiedDate.afterLastModifiedDate',
      'INVALID_STRING_FORMAT',
    ],
  ])('refuses %j', async (input, FieldName, Code) => {
    expect((await list(input)).json).toMatchObject({ ErrorList: [{ FieldName, Code }] });
  });

  it('goes through ten thousand opportunities, 100 at a time', async () => {
    for (let number = 1; number <= 10_000; number += 1) seed(`O${number}`);
    const question = { MaxResults: 100, Sort: { SortBy: 'LastModifiedDate', SortOrder: 'ASCENDING' } };
    const ids = await everyPage(question);
    expect(new Set(ids).size).toBe(10_000);
    expect(ids).toHaveLength(10_000);
  });
});

describe('listing solutions', () => {
  it('gives the active ones, page by page', async () => {
    const solutions = (input: JsonObject) =>
      call(aws, 'ListSolutions', { Catalog: 'Sandbox', ...input }, { signedAt: clock.now() });
    const active = { Status: ['Active'], MaxResults: 3 };
    const first = (await solutions(active)).json;
    const second = (await solutions({ ...active, NextToken: first.NextToken })).json;
    const ids = [...listAt(first, 'SolutionSummaries'), ...listAt(second, 'SolutionSummaries')]
      .filter(isObject)
      .map((solution) => textAt(solution, 'Id'));
    expect(ids).toEqual(['S-0051246', 'S-0051247', 'S-0051248', 'S-0051249']);
  });
});
