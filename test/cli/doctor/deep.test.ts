import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { anOpportunity } from '../../../demo/partner-central/opportunities.ts';
import { startPartnerCentral } from '../../../demo/partner-central/server.ts';
import type { PartnerCentralOptions } from '../../../demo/partner-central/stand-in.ts';
import { eventsChecks } from '../../../src/cli/doctor/events.ts';
import { permissionChecks } from '../../../src/cli/doctor/permissions.ts';
import { systemClock } from '../../../src/clock.ts';
import { readParts } from '../../../src/config/config.ts';
import { findingsOf } from './findings-of.ts';

type Asked = Readonly<Record<string, string>>;
interface Answer {
  readonly status?: number;
  readonly xml: string;
}

/** STS, IAM and CloudWatch in one: they speak the same protocol. */
async function queryServer(answer: (asked: Asked) => Answer) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const input = Object.fromEntries(new URLSearchParams(body));
    asked.push(input);
    const { status = 200, xml } = answer(input);
    response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}`, asked };
}

const ROLE = 'arn:aws:sts::123456789012:assumed-role/opportunity-bot/task';
const identity = (arn = ROLE): Answer => ({
  xml: `<GetCallerIdentityResult><Arn>${arn}</Arn><Account>123456789012</Account></GetCallerIdentityResult>`,
});
const decision = (as: string): Answer => ({
  xml: `<SimulatePrincipalPolicyResult><EvaluationResults><member><EvalDecision>${as}</EvalDecision></member></EvaluationResults></SimulatePrincipalPolicyResult>`,
});
const refusal = (code: string): Answer => ({
  status: 403,
  xml: `<ErrorResponse><Error><Code>${code}</Code></Error></ErrorResponse>`,
});
const sums = (...each: number[]): Answer => ({
  xml: `<Datapoints>${each.map((sum) => `<member><Sum>${sum}</Sum></member>`).join('')}</Datapoints>`,
});

async function surroundings(
  answer: (asked: Asked) => Answer,
  { solutions, catalog = 'Sandbox' }: Pick<PartnerCentralOptions, 'solutions'> & { catalog?: string } = {},
) {
  const aws = await startPartnerCentral({ clock: systemClock, ...(solutions && { solutions }) });
  onTestFinished(() => aws.close());
  const queries = await queryServer((asked) =>
    asked.Action === 'GetCallerIdentity' ? identity() : answer(asked),
  );
  const parts = readParts({
    PARTNER_CENTRAL_CATALOG: catalog,
    AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: aws.url,
    AWS_ENDPOINT_URL_STS: queries.url,
    EVENTS_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/123456789012/partner-central-events',
  });
  const found = async (name: string) => {
    const calling = {
      credentials: async () => aws.credentials,
      clock: systemClock,
      userAgent: 'test|doctor',
    };
    const check = { ...permissionChecks(parts, calling, true), ...eventsChecks(parts, calling, true) }[name];
    if (check === undefined) throw new Error(`There is no check of ${name}.`);
    return findingsOf(check);
  };
  return { aws, queries, found };
}

describe('whether the bot may write', () => {
  test.each(['Sandbox', 'AWS'])(
    'is asked of IAM’s policy simulator, in the catalog %s: nothing is sent to Partner Central',
    async (catalog) => {
      const { aws, queries, found } = await surroundings(() => decision('allowed'), { catalog });
      expect(await found('writing')).toEqual(
        Object.fromEntries(
          ['SubmitOpportunity', 'UpdateOpportunity', 'AssociateOpportunity'].map((operation) => [
            operation,
            "ok: allowed, by IAM's policy simulator; nothing was sent to Partner Central",
          ]),
        ),
      );
      expect(aws.requests()).toEqual([]);
      const simulated = queries.asked.filter(({ Action }) => Action === 'SimulatePrincipalPolicy');
      expect(simulated).toHaveLength(3);
      expect(simulated[0]).toMatchObject({
        PolicySourceArn: 'arn:aws:iam::123456789012:role/opportunity-bot',
        'ActionNames.member.1': 'partnercentral:SubmitOpportunity',
        'ResourceArns.member.1': `arn:aws:partnercentral:us-east-1:123456789012:catalog/${catalog}/opportunity/O1`,
        'ContextEntries.member.1.ContextKeyName': 'partnercentral:Catalog',
        'ContextEntries.member.1.ContextKeyValues.member.1': catalog,
      });
    },
  );

  test('what the simulator denies fails', async () => {
    const { found } = await surroundings((asked) =>
      decision(
        asked['ActionNames.member.1'] === 'partnercentral:UpdateOpportunity' ? 'implicitDeny' : 'allowed',
      ),
    );
    const { SubmitOpportunity, UpdateOpportunity } = await found('writing');
    expect(SubmitOpportunity).toMatch(/^ok/);
    expect(UpdateOpportunity).toContain("failed: IAM's policy simulator says that the bot may not use it");
  });

  test.each([
    ['AccessDenied', 'not-checked: not known: the role may not ask IAM'],
    ['NoSuchEntity', 'not-checked: not known: IAM finds no such role'],
  ])('where IAM answers %s it isn’t known', async (code, says) => {
    const { found } = await surroundings(() => refusal(code));
    expect((await found('writing')).SubmitOpportunity).toContain(says);
  });
});

describe('which solutions there are', () => {
  test('the active ones, by their IDs', async () => {
    const { found } = await surroundings(() => decision('allowed'));
    expect(await found('solutions')).toEqual({
      solutions: 'ok: 4 active in Sandbox: S-0051246, S-0051247, S-0051248, S-0051249',
    });
  });

  test('none, as in a new Sandbox account', async () => {
    const { found } = await surroundings(() => decision('allowed'), { solutions: [] });
    expect((await found('solutions')).solutions).toContain('the solution has to be described');
  });
});

describe('whether events arrive', () => {
  test('is asked of CloudWatch: none is taken from the bot', async () => {
    const { queries, found } = await surroundings(() => sums(3, 4));
    expect(await found('events')).toEqual({ events: 'ok: about 7 came within 14 days' });
    expect(queries.asked).toMatchObject([
      { Action: 'GetMetricStatistics', 'Dimensions.member.1.Value': 'partner-central-events' },
    ]);
  });

  test('none came, and nothing changed: nothing is wrong', async () => {
    const { found } = await surroundings(() => sums());
    expect((await found('events')).events).toContain('not-checked: none came within 14 days, in which');
  });

  test('none came, though an opportunity changed', async () => {
    const { aws, found } = await surroundings(() => sums(0));
    aws.seed(anOpportunity({ now: new Date() }));
    expect((await found('events')).events).toMatch(
      /^failed: None came within 14 days, though an opportunity/,
    );
  });

  test('the role may not ask', async () => {
    const { found } = await surroundings(() => refusal('AccessDenied'));
    expect((await found('events')).events).toContain('not-checked: the role may not ask CloudWatch');
  });
});
