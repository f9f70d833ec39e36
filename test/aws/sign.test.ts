import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signCall, signPost } from '../../src/aws/sign.ts';
import {
  answer,
  clientOf,
  type ReceivedRequest,
  scriptedServer,
  submission,
  testCredentials,
  testInstant,
} from './scripted-server.ts';

interface Signing {
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    sessionToken?: string;
  };
  readonly region: string;
  readonly at: Date;
  readonly service?: string;
}

/** What AWS's own signer makes of the headers that the request says are signed. */
async function officialSignature(
  request: Pick<ReceivedRequest, 'headers' | 'body'>,
  { credentials, region, at, service = 'partnercentral-selling' }: Signing,
): Promise<string | undefined> {
  const signedNames =
    /SignedHeaders=([^,]+)/.exec(request.headers.authorization ?? '')?.[1]?.split(';') ?? [];
  const signer = new SignatureV4({
    credentials,
    region,
    service,
    sha256: Sha256,
    applyChecksum: false,
  });
  const signed = await signer.sign(
    {
      method: 'POST',
      protocol: 'https:',
      hostname: 'unused',
      path: '/',
      headers: Object.fromEntries(signedNames.map((name) => [name, request.headers[name] ?? ''])),
      body: request.body,
    },
    { signingDate: at, signableHeaders: new Set(signedNames) },
  );
  return signed.headers.authorization;
}

test('what arrives is signed as AWS’s own signer signs it', async () => {
  const { endpoint, received } = await scriptedServer([answer(200, '')]);
  await clientOf(endpoint, { region: 'eu-west-1' }).submitOpportunity(submission);
  const [request] = received;
  if (request === undefined) throw new Error('Nothing arrived.');
  expect(request.headers['x-amz-date']).toBe('20261121T101112Z');
  expect(request.headers['x-amz-security-token']).toBe(testCredentials.sessionToken);
  expect(request.headers.authorization).toContain('/20261121/eu-west-1/partnercentral-selling/aws4_request');
  expect(request.headers.authorization).toBe(
    await officialSignature(request, { credentials: testCredentials, region: 'eu-west-1', at: testInstant }),
  );
});

test('any text and any credentials are signed so, to the byte', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJ0123456789'), minLength: 16, maxLength: 32 }),
      fc.string({ minLength: 1 }),
      fc.boolean(),
      fc.date({ min: new Date('2020-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
      async (text, accessKeyId, secretAccessKey, temporary, at) => {
        const credentials = {
          accessKeyId,
          secretAccessKey,
          ...(temporary ? { sessionToken: 'token/+=' } : {}),
        };
        const { headers, body } = signCall(
          {
            service: { signingName: 'partnercentral-selling', target: 'AWSPartnerCentralSelling' },
            operation: 'GetOpportunity',
            input: { Identifier: text },
            endpoint: new URL('https://partnercentral-selling.us-east-1.api.aws'),
            region: 'us-east-1',
            userAgent: 'bot',
          },
          credentials,
          at,
        );
        expect(headers['content-length']).toBe(String(body.byteLength));
        expect(headers.authorization).toBe(
          await officialSignature(
            { headers, body: body.toString('utf8') },
            { credentials, region: 'us-east-1', at },
          ),
        );
      },
    ),
  );
});

test('a request to another of AWS’s services is signed for that one', async () => {
  const { headers, body } = signPost(
    {
      service: 'sts',
      region: 'us-east-1',
      endpoint: new URL('https://sts.us-east-1.amazonaws.com'),
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    },
    testCredentials,
    testInstant,
  );
  expect(headers.authorization).toContain('/us-east-1/sts/aws4_request');
  expect(headers.authorization).toBe(
    await officialSignature(
      { headers, body: body.toString() },
      { credentials: testCredentials, region: 'us-east-1', at: testInstant, service: 'sts' },
    ),
  );
});
