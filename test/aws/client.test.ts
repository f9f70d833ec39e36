import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  type AwsCredentialIdentity,
  type CredentialProvider,
  signPost,
  standardCredentials,
} from '../../src/aws/client.ts';
import {
  AT_ANY_TIME,
  answer,
  clientOf,
  hang,
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
  await clientOf(endpoint, { region: 'eu-west-1' }).submitOpportunity(submission, AT_ANY_TIME);
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
        const { headers, body } = signPost(
          {
            service: 'partnercentral-selling',
            region: 'us-east-1',
            endpoint: new URL('https://partnercentral-selling.us-east-1.api.aws'),
            headers: { 'x-amz-target': 'AWSPartnerCentralSelling.GetOpportunity' },
            body: JSON.stringify({ Identifier: text }),
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

const expiredToken = answer(400, { __type: 'ExpiredTokenException', message: 'It has expired.' });
const old = { accessKeyId: 'AKIDOLD', secretAccessKey: 'old', sessionToken: 'old-token' };
const fresh = { accessKeyId: 'AKIDFRESH', secretAccessKey: 'fresh', sessionToken: 'fresh-token' };

/** Keeps `old` until it is told to refresh. */
function source(): CredentialProvider & { readonly refreshes: () => number } {
  let current: AwsCredentialIdentity = old;
  let refreshes = 0;
  const provider: CredentialProvider = async (options) => {
    if (options?.forceRefresh) {
      refreshes += 1;
      current = fresh;
    }
    return current;
  };
  return Object.assign(provider, { refreshes: () => refreshes });
}

describe('credentials that have expired', () => {
  test('are fetched anew once, and the submission is made with them', async () => {
    const { endpoint, received } = await scriptedServer([expiredToken, answer(200, '')]);
    const credentials = source();
    const result = await clientOf(endpoint, { credentials }).submitOpportunity(submission, AT_ANY_TIME);
    expect(result).toMatchObject({ ok: true });
    expect(received.map(({ headers }) => headers['x-amz-security-token'])).toEqual([
      'old-token',
      'fresh-token',
    ]);
    expect(received.map(({ connection }) => connection)).toEqual([1, 2]);
    expect(credentials.refreshes()).toBe(1);
  });

  test('are taken from whoever fetched them first', async () => {
    const { endpoint, received } = await scriptedServer([expiredToken, answer(200, '')]);
    let current = old;
    const credentials: CredentialProvider = async (options) => {
      if (options?.forceRefresh) throw new Error('fetched twice');
      const now = current;
      current = fresh;
      return now;
    };
    expect(
      await clientOf(endpoint, { credentials }).submitOpportunity(submission, AT_ANY_TIME),
    ).toMatchObject({
      ok: true,
    });
    expect(received[1]?.headers['x-amz-security-token']).toBe('fresh-token');
  });

  test('again are the operator’s to mend, after two requests and no more', async () => {
    const { endpoint, received } = await scriptedServer([expiredToken]);
    const result = await clientOf(endpoint, { credentials: source() }).submitOpportunity(
      submission,
      AT_ANY_TIME,
    );
    expect(result).toMatchObject({
      error: { kind: 'operator', cause: 'credentials', code: 'ExpiredTokenException' },
    });
    expect(received).toHaveLength(2);
  });

  test('don’t make a submission that has become too late', async () => {
    const { endpoint, received } = await scriptedServer([expiredToken, answer(200, '')]);
    const answers = [true, false];
    const result = await clientOf(endpoint, { credentials: source() }).submitOpportunity(submission, {
      maySend: () => answers.shift() ?? false,
    });
    expect(result).toMatchObject({ error: { kind: 'retryable', code: 'DeadlinePassed' } });
    expect(received).toHaveLength(1);
  });
});

describe('without credentials', () => {
  test.each<[string, CredentialProvider]>([
    ['the source rejects', () => Promise.reject(new Error('command failed: get-key --password hunter2'))],
    [
      'the source throws',
      () => {
        throw new Error('hunter2');
      },
    ],
  ])('nothing is sent where %s, and no secret is repeated', async (_what, credentials) => {
    const { endpoint, received } = await scriptedServer([answer(200, '')]);
    const result = await clientOf(endpoint, { credentials }).submitOpportunity(submission, AT_ANY_TIME);
    expect(result).toMatchObject({
      error: { kind: 'operator', cause: 'credentials', code: 'CredentialsUnavailable' },
    });
    expect(JSON.stringify(result)).toContain('AWS_PROFILE');
    expect(JSON.stringify(result)).not.toContain('hunter2');
    expect(received).toEqual([]);
  });

  test('because an SSO session has ended, the operator is told how to begin another', async () => {
    const { endpoint } = await scriptedServer([hang]);
    const credentials = () => Promise.reject(new Error('The SSO session has expired.'));
    const result = await clientOf(endpoint, { credentials }).getOpportunity({
      Catalog: 'Sandbox',
      Identifier: 'O1',
    });
    expect(JSON.stringify(result)).toContain('aws sso login');
  });

  test('a source that never answers is given up', async () => {
    const { endpoint } = await scriptedServer([hang]);
    const result = await clientOf(endpoint, {
      credentials: () => new Promise(() => {}),
      timeouts: { totalMs: 30 },
    }).submitOpportunity(submission, AT_ANY_TIME);
    expect(result).toMatchObject({ error: { code: 'CredentialsUnavailable' } });
  });
});

describe('the standard chain', () => {
  /** An environment with this profile file and nothing else of AWS's. */
  async function profileFile(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'submit-opportunity-bot-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    for (const name of Object.keys(process.env).filter((each) => each.startsWith('AWS_'))) {
      vi.stubEnv(name, undefined);
    }
    const path = join(folder, 'credentials');
    vi.stubEnv('AWS_PROFILE', 'bot');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path);
    vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    return path;
  }
  const profile = (keyId: string) => `[bot]\naws_access_key_id = ${keyId}\naws_secret_access_key = x\n`;

  test('keeps a profile’s credentials, and reads the edited file when they are to be refreshed', async () => {
    const path = await profileFile();
    await writeFile(path, profile('AKIDONE'));
    const credentials = standardCredentials();
    expect(await credentials()).toMatchObject({ accessKeyId: 'AKIDONE' });

    await writeFile(path, profile('AKIDTWO'));
    expect(await credentials()).toMatchObject({ accessKeyId: 'AKIDONE' });
    expect(await credentials({ forceRefresh: true })).toMatchObject({ accessKeyId: 'AKIDTWO' });
    expect(await credentials()).toMatchObject({ accessKeyId: 'AKIDTWO' });
  });

  test('finds credentials that are set up after the bot has started', async () => {
    const path = await profileFile();
    const credentials = standardCredentials();
    const { endpoint } = await scriptedServer([answer(200, '')]);
    const partnerCentral = clientOf(endpoint, { credentials });
    expect(await partnerCentral.submitOpportunity(submission, AT_ANY_TIME)).toMatchObject({
      error: { kind: 'operator', code: 'CredentialsUnavailable' },
    });

    await writeFile(path, profile('AKIDONE'));
    expect(await partnerCentral.submitOpportunity(submission, AT_ANY_TIME)).toMatchObject({ ok: true });
  });
});
