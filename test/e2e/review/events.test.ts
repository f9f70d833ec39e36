import { afterEach, expect, test } from 'vitest';
import { jumpClock } from '../../../demo/jump-clock.ts';
import { startQueue } from '../../../demo/sqs/server.ts';
import type { QueueStandIn } from '../../../demo/sqs/stand-in.ts';
import { idle, letPass, MINUTE, SECOND, within } from '../passing-time.ts';
import { samplesAt } from '../samples.ts';
import { reads } from '../words-on-screen.ts';
import { ana, overSocketMode, type Workspace } from '../workspace.ts';
import { inChannel, inThreads } from './thread.ts';

const queues: QueueStandIn[] = [];
afterEach(async () => {
  for (const queue of queues.splice(0)) await queue.close();
});

overSocketMode("following AWS's review by events", (open) => {
  const withQueue = async (settings: Readonly<Record<string, string>> = {}) => {
    const clock = jumpClock();
    const queue = await startQueue({ clock });
    queues.push(queue);
    const workspace = await open({ clock, settings: { EVENTS_QUEUE_URL: queue.url, ...settings } });
    return { ...workspace, queue };
  };

  /** Deals that AWS has and that the bot follows. */
  const follow = async (workspace: Workspace, ...ids: readonly string[]) => {
    for (const id of ids) {
      workspace.deal({ id });
      await workspace.submit(id);
      await workspace.message(`Approval pending: ${id}`);
      await workspace.slack.closeView(ana);
    }
    await idle(workspace);
  };

  const readsOf = ({ aws }: Workspace, id: string) =>
    aws.requests('GetOpportunity').filter(({ body }) => body.Identifier === id).length;

  const decisions = (workspace: Workspace, id: string) =>
    inThreads(workspace).filter((message) => reads(message).includes(`: ${id}`)).length;

  test('a decision is told as soon as its event comes, without waiting for a poll', async () => {
    const workspace = await withQueue();
    await follow(workspace, 'O1001');

    const decided = workspace.clock.monotonic();
    workspace.aws.review('AWS', 'O1001', 'Approved');
    workspace.queue.sendOpportunityUpdated('AWS', 'O1001');
    await workspace.message('Approved by AWS: O1001');
    expect(workspace.clock.monotonic() - decided).toBeLessThan(5 * SECOND);

    await within(workspace, 5 * SECOND, () => decisions(workspace, 'O1001') === 1, SECOND);
    expect(workspace.aws.requests('ListOpportunities').at(-1)?.at ?? 0).toBeLessThan(
      workspace.aws.requests('GetOpportunity').at(-1)?.at ?? 0,
    );
    expect(workspace.queue.messages()).toEqual([]);
  });

  test('five events for one change are one read and are told once', async () => {
    const workspace = await withQueue();
    await follow(workspace, 'O1001');
    await workspace.end();
    workspace.aws.review('AWS', 'O1001', 'Action Required');
    for (let copy = 0; copy < 5; copy += 1) workspace.queue.sendOpportunityUpdated('AWS', 'O1001');
    const before = readsOf(workspace, 'O1001');
    await workspace.begin();

    await within(workspace, 10 * SECOND, () => decisions(workspace, 'O1001') === 1, SECOND);
    await letPass(workspace, 2 * MINUTE);
    expect(readsOf(workspace, 'O1001') - before).toBe(1);
    expect(decisions(workspace, 'O1001')).toBe(1);
    expect(workspace.queue.messages()).toEqual([]);
  });

  test('an event that comes late, after newer ones, or again, changes nothing that is known better', async () => {
    const workspace = await withQueue();
    await follow(workspace, 'O1001');
    workspace.aws.review('AWS', 'O1001', 'In review');
    workspace.aws.review('AWS', 'O1001', 'Approved');
    workspace.queue.sendOpportunityUpdated('AWS', 'O1001');
    await within(workspace, 10 * SECOND, () => decisions(workspace, 'O1001') === 1, SECOND);

    // The event of "In review", overtaken by that of "Approved".
    workspace.queue.sendOpportunityUpdated('AWS', 'O1001');
    await within(workspace, 10 * SECOND, () => workspace.queue.messages().length === 0, SECOND);
    await letPass(workspace, MINUTE);
    expect(inChannel(workspace).map(reads).join()).toContain('Approved by AWS: O1001');
    expect(decisions(workspace, 'O1001')).toBe(1);
  });

  test('what is no event of an opportunity is left for the dead-letter queue, unlogged, and holds nothing up', async () => {
    const workspace = await withQueue();
    await follow(workspace, 'O1001');
    const secret = 'the customer is Example Corp';
    const malformed = [
      secret,
      JSON.stringify({ source: 'aws.partnercentral-selling', detail: secret }),
      JSON.stringify({
        source: 'aws.partnercentral-selling',
        'detail-type': 'Opportunity Updated',
        detail: { catalog: 'AWS', opportunity: { identifier: secret } },
      }),
    ].map((body) => workspace.queue.send(body));

    workspace.aws.review('AWS', 'O1001', 'Approved');
    workspace.queue.sendOpportunityUpdated('AWS', 'O1001');
    await within(workspace, 10 * SECOND, () => decisions(workspace, 'O1001') === 1, SECOND);

    const isDead = () => workspace.queue.deadLetters().length === malformed.length;
    await within(workspace, 15 * MINUTE, isDead, 10 * SECOND);
    expect(workspace.queue.messages()).toEqual([]);
    expect(workspace.log()).not.toContain(secret);
    expect(workspace.log()).toContain(malformed[0]);
    const counted = await samplesAt(workspace.opsPort());
    expect(counted.get('opportunity_bot_events_total{outcome="compared"}')).toBe(1);
    expect(counted.get('opportunity_bot_events_total{outcome="malformed"}')).toBe(3 * 5);
  });

  test('events of another catalog, of others’ opportunities and of another kind are deleted unread', async () => {
    const workspace = await withQueue();
    await follow(workspace, 'O1001');
    const before = workspace.aws.requests('GetOpportunity').length;
    workspace.queue.sendOpportunityUpdated('Sandbox', 'O1001');
    workspace.queue.sendOpportunityUpdated('AWS', 'O4711');
    workspace.queue.send(
      JSON.stringify({
        source: 'aws.partnercentral-selling',
        'detail-type': 'Opportunity Created',
        detail: {},
      }),
    );
    await within(workspace, 5 * SECOND, () => workspace.queue.messages().length === 0, SECOND);
    expect(workspace.aws.requests('GetOpportunity').length).toBe(before);
  });

  test('while AWS can’t be read an event is kept, asked about ever more rarely, and told when AWS is back', async () => {
    const workspace = await withQueue();
    await follow(workspace, 'O1001', 'O1002');
    workspace.aws.review('AWS', 'O1001', 'Rejected');
    const mend = workspace.aws.injectFault({ kind: { type: 'html-503', execute: false } });
    workspace.queue.sendOpportunityUpdated('AWS', 'O1001');
    await letPass(workspace, 5 * MINUTE);
    expect(workspace.queue.messages()).toHaveLength(1);
    expect(workspace.aws.requests('GetOpportunity').filter(({ executed }) => !executed).length).toBeLessThan(
      6,
    );
    mend();
    await within(workspace, 3 * MINUTE, () => decisions(workspace, 'O1001') === 1);
    await within(workspace, 3 * MINUTE, () => workspace.queue.messages().length === 0);
  });

  test('an event about what AWS refuses to show is left for the dead-letter queue, the others go on', async () => {
    const workspace = await withQueue();
    await follow(workspace, 'O1001', 'O1002');
    workspace.aws.injectFault({
      operation: 'GetOpportunity',
      times: 1,
      kind: { type: 'error', name: 'AccessDeniedException' },
    });
    await workspace.end();
    workspace.queue.sendOpportunityUpdated('AWS', 'O1001');
    workspace.queue.sendOpportunityUpdated('AWS', 'O1002');
    await workspace.begin();
    await within(workspace, 10 * SECOND, () => workspace.queue.messages().length === 1, SECOND);
    expect(workspace.queue.messages()[0]?.body).toContain('O1001');
  });

  test('a queue that can’t be read is said once, asked ever more rarely, and polling goes on', async () => {
    const workspace = await withQueue();
    await follow(workspace, 'O1001');
    const asked = () => workspace.queue.requests('ReceiveMessage').length;
    await workspace.end();
    const mend = workspace.queue.injectFault({ kind: { type: 'error', name: 'AccessDeniedException' } });
    const before = asked();
    await workspace.begin();
    workspace.aws.review('AWS', 'O1001', 'Approved');
    await within(workspace, MINUTE, () => decisions(workspace, 'O1001') === 1);
    await letPass(workspace, 9 * MINUTE);
    expect(asked() - before).toBeGreaterThan(5);
    expect(asked() - before).toBeLessThan(18);
    expect(workspace.log().match(/no events can be received/g)).toHaveLength(1);

    mend();
    await within(workspace, 2 * MINUTE, () => workspace.log().includes('events are received again'));
  });

  test('stopping doesn’t wait for the queue', async () => {
    const workspace = await withQueue();
    await idle(workspace);
    const before = performance.now();
    await workspace.end();
    expect(performance.now() - before).toBeLessThan(2 * SECOND);
  });
});
