import { expect, test } from 'vitest';
import { idle, letPass, MINUTE, SECOND, within } from '../passing-time.ts';
import { inChannel } from '../review/thread.ts';
import { reads } from '../words-on-screen.ts';
import { overSocketMode, type Workspace } from '../workspace.ts';
import { idOf, requestMany } from './many.ts';

const ONE_A_SECOND = { settings: { SUBMITS_PER_SECOND: '1' } };

/** Milliseconds between a request's leave to go out and its arrival at AWS: no more than this, even on a busy machine. */
const ON_THE_WAY_MS = 700;

const executed = ({ aws }: Workspace) =>
  aws.requests('SubmitOpportunity').filter((request) => request.executed);

const idsOf = (workspace: Workspace): readonly unknown[] =>
  executed(workspace).map(({ body }) => body.Identifier);

function expectNoFasterThanOneASecond(workspace: Workspace): void {
  const [first, ...others] = workspace.aws.requests('SubmitOpportunity').map(({ at }) => at);
  others.forEach((at, index) => {
    expect(at - (first ?? at)).toBeGreaterThanOrEqual((index + 1) * SECOND - ON_THE_WAY_MS);
  });
}

/** Two are in hand at a time, so neighbours may change places; whoever AWS throttled comes again behind them. */
const PLACES_LOST = 5;

function expectOldestFirst(workspace: Workspace, count: number): void {
  idsOf(workspace).forEach((id, place) => {
    const asked = Number(String(id).slice(1)) - 5000;
    expect(Math.abs(asked - place), `${id} went out at place ${place}`).toBeLessThanOrEqual(PLACES_LOST);
  });
  expect(new Set(idsOf(workspace)).size).toBe(count);
}

overSocketMode('the queue to AWS', (open) => {
  test('a thousand requested at once all go out, one a second, oldest first, each told its place', async () => {
    const workspace = await open({ settings: { SUBMITS_PER_SECOND: '1', LOG_LEVEL: 'warn' }, quotas: true });
    await workspace.end();
    await requestMany(workspace, 1000);
    await workspace.begin();
    await idle(workspace);
    const told = inChannel(workspace);
    expect(told).toHaveLength(1000);
    const places = told.map((message) => Number(/(\d+) others go first/.exec(reads(message))?.[1] ?? 0));
    expect(Math.max(...places)).toBeGreaterThan(900);
    expect(new Set(places).size).toBeGreaterThan(900);

    await within(workspace, 1100 * SECOND, () => executed(workspace).length === 1000, SECOND);
    await letPass(workspace, 10 * SECOND);
    expectNoFasterThanOneASecond(workspace);
    expectOldestFirst(workspace, 1000);
    expect(inChannel(workspace).map(({ text }) => text.split(':')[0])).toEqual(
      Array.from({ length: 1000 }, () => 'Approval pending'),
    );
  }, 120_000);

  test('AWS throttles one and says for how long: everybody waits so long, nothing is read meanwhile, nothing is lost', async () => {
    const workspace = await open(ONE_A_SECOND);
    const { aws } = workspace;
    await workspace.end();
    await requestMany(workspace, 30);
    aws.injectFault({
      operation: 'SubmitOpportunity',
      times: 1,
      kind: { type: 'throttle', retryAfterMs: 60_000 },
    });
    await workspace.begin();
    await idle(workspace);
    await letPass(workspace, 55 * SECOND, SECOND);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
    expect(aws.requests('GetOpportunity').length).toBeLessThan(5);
    expect(inChannel(workspace).map(({ text }) => text)).toContain(`Waiting for AWS: ${idOf(0)}`);

    await within(workspace, 60 * SECOND, () => executed(workspace).length === 30, SECOND);
    expectOldestFirst(workspace, 30);
    expectNoFasterThanOneASecond(workspace);
  });

  test('AWS throttles the reads before sending: everybody waits, nothing is lost', async () => {
    const workspace = await open(ONE_A_SECOND);
    const { aws } = workspace;
    await workspace.end();
    await requestMany(workspace, 30);
    const heal = aws.injectFault({
      operation: 'GetOpportunity',
      kind: { type: 'throttle', retryAfterMs: 30_000 },
    });
    await workspace.begin();
    await idle(workspace);
    await letPass(workspace, 10 * MINUTE, 2 * SECOND);
    expect(aws.requests('GetOpportunity').length).toBeLessThan(60);
    heal();
    await within(workspace, 2 * MINUTE, () => executed(workspace).length === 30, SECOND);
    expectOldestFirst(workspace, 30);
  });

  test('other tools use up the quota too: throttled again and again, all go out in the end, each once', async () => {
    const workspace = await open(ONE_A_SECOND);
    const { aws } = workspace;
    await workspace.end();
    await requestMany(workspace, 20);
    for (const times of [3, 2, 4]) {
      aws.injectFault({ operation: 'SubmitOpportunity', times, kind: { type: 'throttle' } });
    }
    await workspace.begin();
    await within(workspace, 5 * MINUTE, () => executed(workspace).length === 20, SECOND);
    expect(new Set(idsOf(workspace)).size).toBe(20);
  });
});
