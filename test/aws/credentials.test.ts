import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  type AwsCredentialIdentity,
  type CredentialProvider,
  standardCredentials,
} from '../../src/aws/credentials.ts';
import { answer, clientOf, hang, scriptedServer, submission } from './scripted-server.ts';

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
    const result = await clientOf(endpoint, { credentials }).submitOpportunity(submission);
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
    expect(await clientOf(endpoint, { credentials }).submitOpportunity(submission)).toMatchObject({
      ok: true,
    });
    expect(received[1]?.headers['x-amz-security-token']).toBe('fresh-token');
  });

  test('again are the operator’s to mend, after two requests and no more', async () => {
    const { endpoint, received } = await scriptedServer([expiredToken]);
    const result = await clientOf(endpoint, { credentials: source() }).submitOpportunity(submission);
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
    const result = await clientOf(endpoint, { credentials }).submitOpportunity(submission);
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
    }).submitOpportunity(submission);
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
    expect(await partnerCentral.submitOpportunity(submission)).toMatchObject({
      error: { kind: 'operator', code: 'CredentialsUnavailable' },
    });

    await writeFile(path, profile('AKIDONE'));
    expect(await partnerCentral.submitOpportunity(submission)).toMatchObject({ ok: true });
  });
});
