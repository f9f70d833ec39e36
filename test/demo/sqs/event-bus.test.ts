import { expect, onTestFinished, test } from 'vitest';
import { anOpportunity } from '../../../demo/partner-central/opportunities.ts';
import { startPartnerCentral } from '../../../demo/partner-central/server.ts';
import { sendUpdates } from '../../../demo/sqs/event-bus.ts';
import { startQueue } from '../../../demo/sqs/server.ts';
import { systemClock } from '../../../src/clock.ts';
import { readEvent } from '../../../src/partner-central/opportunity-updated.ts';

test('what is modified at Partner Central is an event in the queue, as the bot reads it; a fault is none', async () => {
  const aws = await startPartnerCentral({ clock: systemClock });
  const queue = await startQueue({ clock: systemClock });
  onTestFinished(async () => {
    await aws.close();
    await queue.close();
  });
  for (const id of ['O1001', 'O1002']) aws.seed(anOpportunity({ id, now: new Date() }));
  const end = sendUpdates(aws, queue);
  aws.injectFault({ times: 1, kind: { type: 'throttle' } });
  expect(queue.messages()).toEqual([]);

  aws.review('Sandbox', 'O1002', 'In review');
  expect(queue.messages().map(({ body }) => readEvent(body))).toEqual([
    { type: 'opportunity-updated', catalog: 'Sandbox', opportunityId: 'O1002' },
  ]);
  end();
  aws.review('Sandbox', 'O1002', 'Approved');
  expect(queue.messages()).toHaveLength(1);
});
