import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type JsonObject, withField } from '../../demo/json.ts';
import { withFields } from '../../demo/partner-central/data.ts';
import { anOpportunity } from '../../demo/partner-central/opportunities.ts';
import { startPartnerCentral } from '../../demo/partner-central/server.ts';
import type { PartnerCentralStandIn, StoredOpportunity } from '../../demo/partner-central/stand-in.ts';
import { updateRequest } from '../../src/aws/update-request.ts';
import { systemClock } from '../../src/clock.ts';
import { AT_ANY_TIME, answer, clientOf, scriptedServer } from './scripted-server.ts';

const get = { Catalog: 'Sandbox', Identifier: 'O1001' } as const;

/** What AWS lets be edited, and a value that it takes. */
const EDITS: Readonly<Record<string, unknown>> = {
  'LifeCycle.TargetCloseDate': '2031-02-28',
  'LifeCycle.NextSteps': 'Call on Monday; <b>bring "figures"</b> & sums.',
  'Project.CustomerBusinessProblem': 'Harvest records arrive on paper, weeks late — 収穫 🐟 & more.',
  'Project.ExpectedCustomerSpend[0].Amount': '123456.7',
  'Project.ExpectedCustomerSpend[0].EstimationUrl': undefined,
  'Customer.Account.WebsiteUrl': 'https://fisheries.example',
  'Customer.Account.Address.City': 'Tromsø',
  'Customer.Account.Address.StreetAddress': undefined,
  PartnerOpportunityIdentifier: undefined,
  PrimaryNeedsFromAws: ['Co-Sell - Deal Support'],
};

/** Whatever AWS may add one day. Null is absence in its protocol, so there is none. */
const anything = fc
  .json({ maxDepth: 2 })
  .map((text): unknown => JSON.parse(text))
  .filter((value) => !holdsNull(value));
const unknownMembers = fc.dictionary(
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .map((name) => `New${name.replaceAll('.', '')}`),
  anything,
  { maxKeys: 4 },
);
/** Texts as AWS may hold them: entities, control sequences, whatever. */
const awsText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    'Dover &amp; Sons &lt;!channel&gt;',
    'already &amp;amp; doubled',
    '  spaces\r\nand lines  ',
  ),
);

describe('an update', () => {
  test('changes nothing but what was edited, whatever else the opportunity holds', async () => {
    const { aws, client } = await standIn();
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(Object.entries(EDITS)),
        fc.array(unknownMembers, { minLength: 6, maxLength: 6 }),
        fc.array(awsText, { minLength: 3, maxLength: 3 }),
        async (edits, [top, account, address, project, spend, lifeCycle], [title, comments, contact]) => {
          aws.seed(full({ top, account, address, project, spend, lifeCycle, title, comments, contact }));
          const before = stored(aws);
          const read = await client.getWholeOpportunity(get);
          if (!read.ok) throw new Error(read.error.message);
          const updated = await client.updateOpportunity(
            updateRequest(read.value.json, 'Sandbox', new Map(edits)),
            AT_ANY_TIME,
          );

          const after = stored(aws);
          expect(updated).toMatchObject({ ok: true, value: { LastModifiedDate: after.LastModifiedDate } });
          expect(comparable(after)).toEqual(comparable(edits.reduce(edited, before)));
        },
      ),
      { numRuns: 100 },
    );
  });

  test('is sent back byte for byte where nothing was edited: numbers, entities, order', async () => {
    const amounts = '"Weight":12345678901234567890,"Share":1.10,"Tiny":1e-7,"Zero":-0';
    const body = `{"Id":"O1001","Arn":"a","LastModifiedDate":"2026-11-20T10:00:00.123456Z","__proto__":{"x":1},"Customer":{},"LifeCycle":{"ReviewStatus":"Action Required","ReviewComments":null},"Project":{"Title":"Bread &amp; Butter",${amounts},"2":"b","1":"a"},"Later":[{${amounts}},null]}`;
    const { endpoint, received } = await scriptedServer([
      answer(200, body),
      answer(200, { Id: 'O1001', LastModifiedDate: '2026-11-20T11:00:00Z' }),
    ]);
    const client = clientOf(endpoint);
    const read = await client.getWholeOpportunity(get);
    if (!read.ok) throw new Error(read.error.message);
    await client.updateOpportunity(updateRequest(read.value.json, 'Sandbox', new Map()), AT_ANY_TIME);
    const sent = received[1]?.body ?? '';
    expect(sent).toContain(`"Title":"Bread &amp; Butter",${amounts}`);
    expect(sent).toContain(`"Later":[{${amounts}},null]`);
    expect(sent).toContain('"__proto__":{"x":1}');
    expect(sent).toContain('"LastModifiedDate":"2026-11-20T10:00:00.123456Z"');
    expect(sent).toContain('"Identifier":"O1001"');
    expect(sent).toContain('"LifeCycle":{"ReviewStatus":"Action Required","ReviewComments":null}');
    expect(sent).not.toMatch(/"(Id|Arn)"/);
  });

  test('that was guarded by an older LastModifiedDate is refused as a conflict', async () => {
    const { aws, client } = await standIn();
    aws.seed(anOpportunity({ now: new Date() }));
    const read = await client.getWholeOpportunity(get);
    if (!read.ok) throw new Error(read.error.message);
    aws.review('Sandbox', 'O1001', 'Action Required');
    expect(
      await client.updateOpportunity(updateRequest(read.value.json, 'Sandbox', new Map()), AT_ANY_TIME),
    ).toMatchObject({
      ok: false,
      error: { kind: 'refused', code: 'ConflictException' },
    });
  });
});

test("the partner's solutions are read, and one is associated", async () => {
  const { aws, client } = await standIn();
  aws.seed(anOpportunity({ now: new Date(), fields: { 'RelatedEntityIdentifiers.Solutions': [] } }));
  const listed = await client.listSolutions({ Catalog: 'Sandbox', MaxResults: 100, Status: ['Active'] });
  expect(listed).toMatchObject({ ok: true });
  const [first] = listed.ok ? listed.value.SolutionSummaries : [];
  expect(first).toMatchObject({ Id: 'S-0051246', Name: 'Harbor Data Lakehouse' });
  const associated = await client.associateOpportunity(
    {
      Catalog: 'Sandbox',
      OpportunityIdentifier: 'O1001',
      RelatedEntityType: 'Solutions',
      RelatedEntityIdentifier: first?.Id ?? '',
    },
    AT_ANY_TIME,
  );
  expect(associated.ok).toBe(true);
  expect(stored(aws)).toMatchObject({
    RelatedEntityIdentifiers: { Solutions: ['S-0051246'] },
  });
});

/** A stand-in of the test's own, and our client of it. */
async function standIn() {
  const aws = await startPartnerCentral({ clock: systemClock });
  onTestFinished(() => aws.close());
  const client = clientOf(new URL(aws.url), { credentials: async () => aws.credentials, clock: systemClock });
  return { aws, client };
}

function stored(aws: PartnerCentralStandIn): StoredOpportunity['opportunity'] {
  const found = aws.opportunity('Sandbox', 'O1001');
  if (found === undefined) throw new Error('It is gone.');
  return found.opportunity;
}

function full(
  parts: {
    readonly [part in 'top' | 'account' | 'address' | 'project' | 'spend' | 'lifeCycle']:
      | JsonObject
      | undefined;
  } & { readonly [text in 'title' | 'comments' | 'contact']: string | undefined },
) {
  const bare = anOpportunity({ id: 'O1001', now: new Date(), reviewComments: parts.comments ?? '' });
  const under = (prefix: string, members: JsonObject | undefined) =>
    Object.fromEntries(Object.entries(members ?? {}).map(([name, value]) => [`${prefix}${name}`, value]));
  return withFields(bare, {
    ...under('', parts.top),
    ...under('Customer.Account.', parts.account),
    ...under('Customer.Account.Address.', parts.address),
    ...under('Project.', parts.project),
    ...under('LifeCycle.', parts.lifeCycle),
    'Customer.Account.Duns': '123456789',
    'Customer.Account.OtherIndustry': parts.contact,
    'Customer.Contacts': [
      { FirstName: parts.contact, BusinessTitle: `The ${parts.title}`.slice(0, 80), ...parts.top },
    ],
    'Project.Title': parts.title,
    'Project.AdditionalComments': 'See &quot;annex&quot;',
    'Project.OtherCompetitorNames': parts.title,
    'Project.ApnPrograms': ['Migration Acceleration'],
    'Project.ExpectedCustomerSpend': [
      {
        Amount: '18500',
        CurrencyCode: 'USD',
        Frequency: 'Monthly',
        TargetCompany: 'AWS',
        EstimationUrl: 'https://calculator.example/1',
        ...parts.spend,
      },
      { Amount: '1', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'Self', ...parts.top },
    ],
    Marketing: {
      Source: 'Marketing Activity',
      CampaignName: parts.title,
      Channels: ['Email'],
      ...parts.spend,
    },
    SoftwareRevenue: {
      DeliveryModel: 'Contract',
      Value: { Amount: '1000', CurrencyCode: 'USD' },
      EffectiveDate: '2026-01-01',
      ExpirationDate: '2027-01-01',
      ...parts.lifeCycle,
    },
  });
}

function edited(opportunity: JsonObject, [path, value]: readonly [string, unknown]): JsonObject {
  const spend = /^(Project\.ExpectedCustomerSpend)\[0\]\.(\w+)$/.exec(path);
  if (spend === null) return withField(opportunity, path, value);
  const [, list = '', member = ''] = spend;
  const { Project } = opportunity;
  const entries: unknown = Project instanceof Object ? Reflect.get(Project, 'ExpectedCustomerSpend') : [];
  const [first, ...others] = Array.isArray(entries) ? entries : [];
  return withField(opportunity, list, [withField(first, member, value), ...others]);
}

/** Without what every save changes. */
function comparable(opportunity: JsonObject): JsonObject {
  return withField(
    withField(opportunity, 'LastModifiedDate', undefined),
    'LifeCycle.NextStepsHistory',
    undefined,
  );
}

function holdsNull(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === 'object' && Object.values(value).some(holdsNull);
}
