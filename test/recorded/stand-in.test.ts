import { describe, expect, onTestFinished, test } from 'vitest';
import { startPartnerCentral } from '../../demo/partner-central/server.ts';
import type { PartnerCentralStandIn } from '../../demo/partner-central/stand-in.ts';
import { isWholeOpportunity, lackOf, updateRequest } from '../../src/aws/update-request.ts';
import { isJsonObject, type JsonObject, valueAt, withValueAt } from '../../src/aws/values.ts';
import { type CallAnswer, call } from '../demo/partner-central/call.ts';
import { areThere, bodyOf, type Operation, of, type Recording, SKIPPED } from './recordings.ts';
import { differences, shapeOf } from './shape.ts';

const now = new Date('2025-12-20T09:00:00.123Z');
const clock = { now: () => now, monotonic: () => 0, after: () => () => {} };

async function standIn(options: Partial<Parameters<typeof startPartnerCentral>[0]> = {}) {
  const aws = await startPartnerCentral({ clock, ...options });
  onTestFinished(() => aws.close());
  return aws;
}

/** What AWS left empty is left out: whether it comes back as null is the stand-in's to know. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => (each === null ? [] : [[name, withoutNulls(each)]])),
  );
}

const textIn = (json: JsonObject, path: string): string => {
  const value = valueAt(json, path);
  if (typeof value !== 'string') throw new Error(`No ${path} is recorded.`);
  return value;
};

const isCoSell = ({ PrimaryNeedsFromAws }: JsonObject): boolean =>
  String(PrimaryNeedsFromAws).startsWith('Co-Sell');

/** Puts a recorded deal into the stand-in; one that was submitted for what its needs say. */
function put(
  aws: PartnerCentralStandIn,
  deal: JsonObject,
): { readonly Catalog: string; readonly Identifier: string } {
  const opportunity = withoutNulls(deal);
  if (!isJsonObject(opportunity) || !isWholeOpportunity(opportunity)) throw new Error('That is no deal.');
  const isDraft = valueAt(deal, 'LifeCycle.ReviewStatus') === 'Pending Submission';
  const catalog = textIn(deal, 'Catalog');
  aws.seed({
    catalog,
    opportunity,
    origin: 'Partner Referral',
    involvementType: isDraft ? undefined : isCoSell(deal) ? 'Co-Sell' : 'For Visibility Only',
    visibility: isDraft ? undefined : 'Full',
  });
  return { Catalog: catalog, Identifier: opportunity.Id };
}

/** As whoever recorded the answers asked: the operation in the path, plain JSON. */
const ask = (aws: PartnerCentralStandIn, operation: Operation, input: JsonObject): Promise<CallAnswer> =>
  call(aws, operation, input, {
    signedAt: now,
    target: null,
    path: `/${operation}`,
    contentType: 'application/json',
  });

/** How each header is written that AWS sends. */
const HEADERS: Readonly<Record<string, RegExp>> = {
  date: /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  'content-type': /^application\/json$/,
  'content-length': /^\d+$/,
  connection: /^keep-alive$/,
  'x-amzn-requestid': /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
};

/** Where an answer differs from the recorded one, in its body, its status and its headers. */
function differs(answered: CallAnswer, recording: Recording): readonly string[] {
  const { operation, response, headers } = recording;
  const all = shapeOf(of(operation).flatMap(({ response: body }) => (body === null ? [] : [body])));
  return [
    ...(answered.status === recording.status ? [] : [`status: ${answered.status} ${answered.text}`]),
    ...Object.keys(headers)
      .filter((name) => HEADERS[name]?.test(String(answered.headers[name])) !== true)
      .map((name) => `header ${name}: ${answered.headers[name]}`),
    ...(response === null
      ? answered.text === ''
        ? []
        : ['body: not empty']
      : differences(answered.json, response, all)),
  ];
}

/** Whole deals, as recorded. */
const deals = of('GetOpportunity').map(bodyOf);
/** One of Sandbox, for Co-Sell. */
const dealIn = (status: string): JsonObject =>
  deals.find(
    (deal) =>
      valueAt(deal, 'LifeCycle.ReviewStatus') === status && deal.Catalog === 'Sandbox' && isCoSell(deal),
  ) ?? {};

const asDraft = (deal: JsonObject): JsonObject =>
  withValueAt(deal, 'LifeCycle.ReviewStatus', 'Pending Submission');
const sentBack = (recording: Recording): JsonObject =>
  withValueAt(bodyOf(recording), 'LifeCycle.ReviewStatus', 'Action Required');
const withoutDate = ({ LastModifiedDate: _theirs, ...rest }: JsonObject): JsonObject => rest;

describe.runIf(areThere)('the stand-in answers in the shape that was recorded', () => {
  test.each(of('GetOpportunity'))('$name', async (recording) => {
    const aws = await standIn();
    const at = put(aws, bodyOf(recording));
    expect(differs(await ask(aws, 'GetOpportunity', { ...at }), recording)).toEqual([]);
  });

  test.each(of('ListOpportunities'))('$name', async (recording) => {
    const aws = await standIn();
    for (const deal of deals) put(aws, deal);
    const answered = await ask(aws, 'ListOpportunities', recording.request);
    expect(answered.json.OpportunitySummaries).not.toEqual([]);
    expect(differs(answered, recording)).toEqual([]);
  });

  test.each(of('GetAwsOpportunitySummary'))('$name', async (recording) => {
    const recorded = bodyOf(recording);
    const aws = await standIn({
      observed: {
        summaryLifeCycle: recorded.LifeCycle === null ? 'null' : 'without stage',
        insights: recorded.Insights === null ? 'null' : 'spend',
      },
    });
    const alike = [
      ['Customer.Contacts', 'Customer.Contacts'],
      ['RelatedEntityIdentifiers.Solutions', 'RelatedEntityIds.Solutions'],
      ['Project.ExpectedCustomerSpend', 'Project.ExpectedCustomerSpend'],
      ['LifeCycle.NextSteps', 'LifeCycle.NextSteps'],
    ] as const;
    const deal = alike.reduce<JsonObject>(
      (json, [path, there]) => withValueAt(json, path, valueAt(recorded, there)),
      dealIn('Approved'),
    );
    const { Catalog, Identifier } = put(aws, deal);
    aws.assignTeam(Catalog, Identifier);
    const answered = await ask(aws, 'GetAwsOpportunitySummary', {
      Catalog,
      RelatedOpportunityIdentifier: Identifier,
    });
    expect(differs(answered, recording)).toEqual([]);
  });

  test.each(of('ListSolutions'))('$name', async (recording) => {
    const aws = await standIn();
    const answered = await ask(aws, 'ListSolutions', { Catalog: 'Sandbox', MaxResults: 5 });
    expect(answered.json.SolutionSummaries).not.toEqual([]);
    expect(differs(answered, recording)).toEqual([]);
  });

  test.each(of('UpdateOpportunity'))('$name', async (recording) => {
    const aws = await standIn();
    const at = put(aws, dealIn('Approved'));
    const whole = (await ask(aws, 'GetOpportunity', { ...at })).json;
    if (!isWholeOpportunity(whole)) throw new Error('It could not be read.');
    const edits = new Map([['LifeCycle.NextSteps', 'Call them on Monday']]);
    const answered = await ask(aws, 'UpdateOpportunity', updateRequest(whole, 'Sandbox', edits));
    expect(differs(answered, recording)).toEqual([]);
  });

  test.each(of('SubmitOpportunity'))('$name', async (recording) => {
    const aws = await standIn();
    const at = put(aws, asDraft(dealIn('Submitted')));
    const choices = { InvolvementType: 'Co-Sell', Visibility: 'Full' };
    expect(differs(await ask(aws, 'SubmitOpportunity', { ...at, ...choices }), recording)).toEqual([]);
  });

  test.each(of('CreateOpportunity'))('$name', async (recording) => {
    const aws = await standIn();
    // Variables of the collection stand in these places.
    const dated = withValueAt(recording.request, 'LifeCycle.TargetCloseDate', '2026-10-05');
    const request = { ...dated, Catalog: 'Sandbox', ClientToken: 'a-token' };
    expect(differs(await ask(aws, 'CreateOpportunity', request), recording)).toEqual([]);
  });

  test.each(of('ListEngagementResourceAssociations'))('$name', async (recording) => {
    const aws = await standIn({ altered: { engagementOfSubmission: 'made' } });
    const { Catalog, Identifier } = put(aws, dealIn('Approved'));
    const request = { Catalog, ResourceType: 'Opportunity', ResourceIdentifier: Identifier };
    expect(differs(await ask(aws, 'ListEngagementResourceAssociations', request), recording)).toEqual([]);
  });

  test.each(of('GetOpportunity').filter(({ name }) => name.startsWith('get-opportunity.submitted.')))(
    'AWS accepted $name, and so does the stand-in, and shows it so',
    async (recording) => {
      const aws = await standIn();
      const recorded = bodyOf(recording);
      const forVisibility = recording.name.endsWith('for-visibility-only');
      const form = asDraft(forVisibility ? withValueAt(recorded, 'PrimaryNeedsFromAws', null) : recorded);
      const at = put(aws, form);
      const InvolvementType = forVisibility ? 'For Visibility Only' : 'Co-Sell';
      const submitted = await ask(aws, 'SubmitOpportunity', { ...at, InvolvementType, Visibility: 'Full' });
      expect([submitted.status, submitted.text]).toEqual([200, '']);
      const shown = await ask(aws, 'GetOpportunity', { ...at });
      expect(differs(shown, recording)).toEqual([]);
      const { LastModifiedDate: _ours, ...rest } = shown.json;
      expect(rest).toMatchObject(withoutDate(recorded));
    },
  );

  test.each(of('GetOpportunity').filter((recording) => lackOf(sentBack(recording)) === undefined))(
    'the deal of $name, edited while AWS asks for changes, keeps all that wasn’t edited',
    async (recording) => {
      const aws = await standIn();
      const at = put(aws, sentBack(recording));
      const before = (await ask(aws, 'GetOpportunity', { ...at })).json;
      if (!isWholeOpportunity(before)) throw new Error('It could not be read.');
      const catalog = at.Catalog === 'AWS' ? 'AWS' : 'Sandbox';
      const path = 'LifeCycle.TargetCloseDate';
      const request = updateRequest(before, catalog, new Map([[path, '2026-11-30']]));
      expect(await ask(aws, 'UpdateOpportunity', request)).toMatchObject({ status: 200 });
      const after = (await ask(aws, 'GetOpportunity', { ...at })).json;
      const changed = ['LastModifiedDate', 'LifeCycle.ReviewStatus', path];
      const others = (json: JsonObject) =>
        changed.reduce<JsonObject>((rest, each) => withValueAt(rest, each, undefined), json);
      expect(valueAt(after, path)).toBe('2026-11-30');
      expect(others(after)).toEqual(others(before));
    },
  );

  test.each(of('AssociateOpportunity'))('$name', async (recording) => {
    const aws = await standIn();
    const { Catalog, Identifier } = put(aws, dealIn('Approved'));
    const RelatedEntityType = textIn(recording.request, 'RelatedEntityType');
    const RelatedEntityIdentifier =
      RelatedEntityType === 'Solutions'
        ? 'S-0051246'
        : 'arn:aws:aws-marketplace:us-east-1:111122223333:AWSMarketplace/Offer/offer-1abcdefghijkl';
    const input = { Catalog, OpportunityIdentifier: Identifier, RelatedEntityType, RelatedEntityIdentifier };
    expect(differs(await ask(aws, 'AssociateOpportunity', input), recording)).toEqual([]);
  });
});

if (!areThere) test.skip(SKIPPED, () => {});
