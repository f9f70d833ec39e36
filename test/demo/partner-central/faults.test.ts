import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { anOpportunity } from '../../../demo/partner-central/opportunities.ts';
import { startPartnerCentral } from '../../../demo/partner-central/server.ts';
import type { PartnerCentralFault, PartnerCentralStandIn } from '../../../demo/partner-central/stand-in.ts';
import { call } from './call.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

let clock: ManualClock;
let aws: PartnerCentralStandIn;

beforeEach(async () => {
  clock = manualClock();
  aws = await startPartnerCentral({ clock });
  aws.seed(anOpportunity({ now: clock.now() }));
});

afterEach(() => aws.close());

const id = { Catalog: 'Sandbox', Identifier: 'O1001' };
const get = () => call(aws, 'GetOpportunity', id, { signedAt: clock.now() });
const submit = () =>
  call(aws, 'SubmitOpportunity', { ...id, InvolvementType: 'Co-Sell' }, { signedAt: clock.now() });

/** Resolves once the stand-in has something to tell; the next change after `act`. */
async function nextChange(act: () => void): Promise<void> {
  const changed = Promise.withResolvers<void>();
  const unsubscribe = aws.onChange(changed.resolve);
  act();
  await changed.promise;
  unsubscribe();
}

type Kind = PartnerCentralFault['kind'];

describe('a fault', () => {
  it('holds for as many requests as it is told to, of the operation it is told', async () => {
    aws.injectFault({ operation: 'SubmitOpportunity', times: 2, kind: { type: 'throttle' } });
    expect((await get()).status).toBe(200);
    expect((await submit()).status).toBe(400);
    expect((await submit()).status).toBe(400);
    expect((await submit()).status).toBe(200);
  });

  it('holds until it is switched off, the newest before the older ones', async () => {
    aws.injectFault({ kind: { type: 'error', name: 'OptInRequired' } });
    const off = aws.injectFault({ kind: { type: 'error', name: 'ServiceUnavailable' } });
    expect((await get()).status).toBe(503);
    off();
    expect((await get()).json.__type).toMatch(/#OptInRequired$/);
    aws.clearFaults();
    expect((await get()).status).toBe(200);
  });

  it.each([
    ['AccessDeniedException', 400, 'Message'],
    ['ConflictException', 400, 'Message'],
    ['InternalServerException', 500, 'Message'],
    ['ResourceNotFoundException', 400, 'Message'],
    ['ThrottlingException', 400, 'Message'],
    ['ValidationException', 400, 'Message'],
    ['ExpiredTokenException', 403, 'message'],
    ['OptInRequired', 403, 'message'],
    ['ServiceUnavailable', 503, 'message'],
    ['UnrecognizedClientException', 400, 'message'],
  ])('%s comes with its status and its text, and nothing is executed', async (name, status, text) => {
    aws.injectFault({ kind: { type: 'error', name } });
    const answer = await submit();
    expect(answer.status).toBe(status);
    expect(answer.json.__type).toMatch(new RegExp(`#${name}$`));
    expect(answer.json[text]).toEqual(expect.any(String));
    expect(answer.headers['x-amzn-requestid']).toEqual(expect.any(String));
    expect(aws.submissionsExecuted('O1001')).toBe(0);
  });

  it('can be an error of any shape', async () => {
    aws.injectFault({
      kind: {
        type: 'error',
        name: 'ValidationException',
        status: 422,
        message: 'No.',
        body: { Reason: 'FRESH_REASON', ErrorList: [] },
        headers: { 'x-amzn-errortype': 'ValidationException' },
      },
    });
    const answer = await get();
    expect(answer.status).toBe(422);
    expect(answer.json).toMatchObject({ Message: 'No.', Reason: 'FRESH_REASON', ErrorList: [] });
    expect(answer.headers['x-amzn-errortype']).toBe('ValidationException');
  });

  it('can be an error after the fact', async () => {
    aws.injectFault({ kind: { type: 'error', name: 'InternalServerException', execute: true } });
    expect((await submit()).status).toBe(500);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  it('throttles with a hint in milliseconds', async () => {
    aws.injectFault({ kind: { type: 'throttle', retryAfterMs: 1500 } });
    const answer = await submit();
    expect(answer.json.__type).toBe('com.amazon.partnerintegrationapi.common#ThrottlingException');
    expect(answer.headers['x-amz-retry-after']).toBe('1500');
  });

  it('can be the 503 of a gateway, in HTML and without a request ID', async () => {
    aws.injectFault({ kind: { type: 'html-503', execute: false } });
    const answer = await submit();
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('<html>');
    expect(answer.headers['x-amzn-requestid']).toBeUndefined();
  });

  it('can be a 200 with nothing in it and no request ID', async () => {
    aws.injectFault({ kind: { type: 'empty-body', execute: false } });
    const answer = await submit();
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(answer.headers['x-amzn-requestid']).toBeUndefined();
  });

  it('can be a 200 that says something AWS never says', async () => {
    aws.injectFault({ kind: { type: 'odd-200', execute: true } });
    const answer = await submit();
    expect([answer.status, answer.json]).toEqual([200, { SubmissionStatus: 'QUEUED' }]);
  });

  it.each<[string, (execute: boolean) => Kind]>([
    ['a reset', (execute) => ({ type: 'reset', execute })],
    ['a body that breaks off', (execute) => ({ type: 'truncated-body', execute })],
  ])('%s fails the request, before or after it took effect', async (_case, kind) => {
    aws.injectFault({ times: 1, kind: kind(false) });
    await expect(submit()).rejects.toThrow();
    expect(aws.submissionsExecuted('O1001')).toBe(0);
    aws.injectFault({ times: 1, kind: kind(true) });
    await expect(submit()).rejects.toThrow();
    expect(aws.submissionsExecuted('O1001')).toBe(1);
    expect(aws.requests('SubmitOpportunity').map(({ executed }) => executed)).toEqual([false, true]);
  });

  it('can leave the caller waiting, though the submission took effect; closing ends the wait', async () => {
    aws.injectFault({ times: 2, kind: { type: 'hang', execute: true } });
    const waiting: Promise<unknown>[] = [];
    const submitted = nextSubmission();
    waiting.push(submit().catch((error: unknown) => error));
    await submitted;
    expect(aws.submissionsExecuted('O1001')).toBe(1);
    await aws.close();
    expect(await Promise.all(waiting)).toEqual([expect.any(Error)]);
  });

  it('can be that it is accepted and takes effect much later, its signature long over', async () => {
    aws.injectFault({ times: 1, kind: { type: 'late', ms: 20 * 60_000, answer: 'reset' } });
    await expect(submit()).rejects.toThrow();
    clock.advance(20 * 60_000 - 1);
    expect(aws.submissionsExecuted('O1001')).toBe(0);
    const acceptedAt = clock.now().getTime() - 20 * 60_000 + 1;
    const submitted = nextSubmission();
    clock.advance(1);
    await submitted;
    expect(aws.submissionsExecuted('O1001')).toBe(1);
    await vi.waitFor(() =>
      expect(aws.requests('SubmitOpportunity')).toMatchObject([
        { at: acceptedAt, executed: true, executedAt: acceptedAt + 20 * 60_000 },
      ]),
    );
  });

  it('is noted with the answer where one got through', async () => {
    aws.injectFault({ times: 1, kind: { type: 'reset', execute: false } });
    await expect(submit()).rejects.toThrow();
    aws.injectFault({ times: 1, kind: { type: 'error', name: 'ValidationException' } });
    await submit();
    await submit();
    const at = clock.now().getTime();
    expect(aws.requests('SubmitOpportunity').map(({ answered }) => answered)).toEqual([
      undefined,
      { at, status: 400, error: 'ValidationException', whole: true },
      { at, status: 200, error: undefined, whole: true },
    ]);
  });

  it('can take time, after which the request goes its way', async () => {
    aws.injectFault({ times: 1, kind: { type: 'error', name: 'ServiceUnavailable' } });
    aws.injectFault({ times: 1, kind: { type: 'latency', ms: 2_000 } });
    let answered = false;
    const waiting = { answer: Promise.resolve(0) };
    await nextChange(() => {
      waiting.answer = get().then(({ status }) => {
        answered = true;
        return status;
      });
    });
    clock.advance(1_999);
    expect(answered).toBe(false);
    clock.advance(1);
    expect(await waiting.answer).toBe(503);
  });
});

it('what nobody knows of AWS can change on the way: from here on reads lag', async () => {
  const status = async () => JSON.stringify((await get()).json.LifeCycle);
  aws.behave({ submitLagMs: 90_000 });
  await submit();
  expect(await status()).toContain('Pending Submission');
  clock.advance(90_000);
  expect(await status()).toContain('Submitted');
});

/** Resolves when O1001 turns Submitted. */
function nextSubmission(): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = aws.onChange(() => {
      if (aws.opportunity('Sandbox', 'O1001')?.involvementType === undefined) return;
      unsubscribe();
      resolve();
    });
  });
}

describe('the quotas', () => {
  it('allow one write and ten reads a second, and throttle the rest', async () => {
    const limited = await startPartnerCentral({ clock, quotas: true });
    limited.seed(anOpportunity({ now: clock.now() }));
    const send = (operation: string, input: Readonly<Record<string, unknown>>) =>
      call(limited, operation, input, { signedAt: clock.now() });
    const reads = () => Promise.all(Array.from({ length: 11 }, () => send('GetOpportunity', id)));
    const statuses = (await reads()).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);

    const submission = { ...id, InvolvementType: 'Co-Sell' };
    expect((await send('SubmitOpportunity', { ...submission, Identifier: 'O404' })).json.__type).toMatch(
      /#ResourceNotFoundException$/,
    );
    expect((await send('SubmitOpportunity', submission)).json).toEqual({
      __type: 'com.amazon.partnerintegrationapi.common#ThrottlingException',
      Message: 'Rate exceeded',
    });
    clock.advance(1_000);
    expect((await send('SubmitOpportunity', submission)).status).toBe(200);
    expect((await send('GetOpportunity', id)).status).toBe(200);
    await limited.close();
  });
});
