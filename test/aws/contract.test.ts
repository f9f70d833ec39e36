import { createServer } from 'node:http';
import {
  AssociateOpportunityCommand,
  GetAwsOpportunitySummaryCommand,
  GetOpportunityCommand,
  ListOpportunitiesCommand,
  ListSolutionsCommand,
  PartnerCentralSellingClient,
  SubmitOpportunityCommand,
  UpdateOpportunityCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type SignedRequest, signatureError } from '../../demo/partner-central/signature.ts';
import { exampleCredentials } from '../../demo/partner-central/wire-server.ts';
import { createPartnerCentral, type PartnerCentral } from '../../src/aws/operations.ts';
import { systemClock } from '../../src/clock.ts';

const signingScope = { service: 'partnercentral-selling', region: 'us-east-1' };

// The official client against the stand-in: test/demo/partner-central/official-client.test.ts.

interface CapturedRequest extends SignedRequest {
  readonly path: string;
}

/** A server that keeps every request as it came, and accepts it. */
async function startCapture() {
  const captured: CapturedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    );
    const { method = '', url: path = '' } = incoming;
    captured.push({ method, path, headers, body: Buffer.concat(chunks) });
    response.writeHead(200, {
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-requestid': '0d5ae5c4-1111-4222-8333-abcdefabcdef',
    });
    response.end('{"OpportunitySummaries":[],"RelatedEntityIdentifiers":{}}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    captured,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What a client says about itself and its connection, in headers that AWS acts on in no way. */
const clientHeaders = [
  'amz-sdk-invocation-id',
  'amz-sdk-request',
  'connection',
  'user-agent',
  'x-amz-user-agent',
  'x-amzn-user-agent',
];

/** What a signature makes of the rest: compared by checking the signature. */
const signatureHeaders = ['authorization', 'x-amz-date', 'x-amz-content-sha256'];

/** Says the same in other words of HTTP: its bytes are compared where the body is. */
const framingHeaders = ['content-length'];

function withoutHeaders(request: CapturedRequest, names: readonly string[]) {
  return Object.fromEntries(Object.entries(request.headers).filter(([name]) => !names.includes(name)));
}

import { AT_ANY_TIME } from './scripted-server.ts';

describe("our client's request beside the official client's", () => {
  const submission = {
    Catalog: 'Sandbox',
    Identifier: 'O1001',
    InvolvementType: 'Co-Sell',
    Visibility: 'Full',
  } as const;
  const summary = { Catalog: 'Sandbox', RelatedOpportunityIdentifier: 'O1001' } as const;
  const get = { Catalog: 'Sandbox', Identifier: 'O1001' } as const;
  const list = {
    Catalog: 'Sandbox',
    MaxResults: 100,
    Sort: { SortBy: 'LastModifiedDate', SortOrder: 'ASCENDING' },
    LifeCycleReviewStatus: ['Submitted', 'In review'],
  } as const;
  const association = {
    Catalog: 'Sandbox',
    OpportunityIdentifier: 'O1001',
    RelatedEntityType: 'Solutions',
    RelatedEntityIdentifier: 'S-0051246',
  } as const;
  const solutions = { Catalog: 'Sandbox', MaxResults: 100 } as const;
  const since = '2026-11-22T20:30:00.125Z';

  const calls = [
    {
      operation: 'SubmitOpportunity',
      ours: (client: PartnerCentral) => client.submitOpportunity(submission, AT_ANY_TIME),
      theirs: (client: PartnerCentralSellingClient) => client.send(new SubmitOpportunityCommand(submission)),
    },
    {
      operation: 'GetOpportunity',
      ours: (client: PartnerCentral) => client.getOpportunity(get),
      theirs: (client: PartnerCentralSellingClient) => client.send(new GetOpportunityCommand(get)),
    },
    {
      operation: 'GetAwsOpportunitySummary',
      ours: (client: PartnerCentral) => client.getAwsOpportunitySummary(summary),
      theirs: (client: PartnerCentralSellingClient) =>
        client.send(new GetAwsOpportunitySummaryCommand(summary)),
    },
    {
      operation: 'ListOpportunities',
      ours: (client: PartnerCentral) =>
        client.listOpportunities({ ...list, LastModifiedDate: { AfterLastModifiedDate: since } }),
      theirs: (client: PartnerCentralSellingClient) =>
        client.send(
          new ListOpportunitiesCommand({
            ...list,
            LifeCycleReviewStatus: [...list.LifeCycleReviewStatus],
            LastModifiedDate: { AfterLastModifiedDate: new Date(since) },
          }),
        ),
    },
    {
      operation: 'UpdateOpportunity',
      ours: (client: PartnerCentral) =>
        client.updateOpportunity(
          {
            ...get,
            LastModifiedDate: since,
            LifeCycle: { TargetCloseDate: '2027-02-01', NextSteps: 'Bread & butter' },
          },
          AT_ANY_TIME,
        ),
      theirs: (client: PartnerCentralSellingClient) =>
        client.send(
          new UpdateOpportunityCommand({
            ...get,
            LastModifiedDate: new Date(since),
            LifeCycle: { TargetCloseDate: '2027-02-01', NextSteps: 'Bread & butter' },
          }),
        ),
    },
    {
      operation: 'AssociateOpportunity',
      ours: (client: PartnerCentral) => client.associateOpportunity(association, AT_ANY_TIME),
      theirs: (client: PartnerCentralSellingClient) =>
        client.send(new AssociateOpportunityCommand(association)),
    },
    {
      operation: 'ListSolutions',
      ours: (client: PartnerCentral) => client.listSolutions({ ...solutions, Status: ['Active'] }),
      theirs: (client: PartnerCentralSellingClient) =>
        client.send(new ListSolutionsCommand({ ...solutions, Status: ['Active'] })),
    },
  ];

  it.each(['with a session token', 'without a session token'])(
    'differs only in headers that identify the client, %s',
    async (kind) => {
      const capture = await startCapture();
      onTestFinished(() => capture.close());
      const credentials = {
        ...exampleCredentials,
        ...(kind === 'with a session token' && { sessionToken: 'FwoGZXIvYXdzEXAMPLE/+token==' }),
      };
      const theirs = new PartnerCentralSellingClient({
        endpoint: capture.url,
        region: 'us-east-1',
        credentials,
        maxAttempts: 1,
      });
      const ours = createPartnerCentral({
        endpoint: new URL(capture.url),
        region: 'us-east-1',
        credentials: async () => credentials,
        clock: systemClock,
        userAgent: 'Example|submit-opportunity-bot',
      });

      for (const call of calls) {
        await call.theirs(theirs);
        await call.ours(ours);
        const [official, own] = capture.captured.splice(0);
        if (official === undefined || own === undefined) expect.fail(`${call.operation} was not sent`);

        expect(own.method).toBe(official.method);
        expect(own.path).toBe(official.path);
        expect(JSON.parse(Buffer.from(own.body).toString())).toEqual(
          JSON.parse(Buffer.from(official.body).toString()),
        );
        expect(own.headers['x-amz-target']).toBe(`AWSPartnerCentralSelling.${call.operation}`);
        const ignored = [...clientHeaders, ...signatureHeaders, ...framingHeaders];
        expect(withoutHeaders(own, ignored)).toEqual(withoutHeaders(official, ignored));
        for (const request of [official, own]) {
          expect(await signatureError(request, credentials, systemClock.now(), signingScope)).toBeUndefined();
        }
      }

      theirs.destroy();
      await ours.close();
    },
  );
});
