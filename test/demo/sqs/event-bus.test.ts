import { expect, onTestFinished, test } from 'vitest';
import { anOpportunity } from '../../../demo/partner-central/opportunities.ts';
import { startPartnerCentral } from '../../../demo/partner-central/server.ts';
import { sendUpdates } from '../../../demo/sqs/event-bus.ts';
import { startQueue } from '../../../demo/sqs/server.ts';
import { readEvent } from '../../../src/opportunities/events.ts';
import { call } from '../partner-central/call.ts';
import { manualClock } from '../partner-central/manual-clock.ts';

async function bus() {
  const clock = manualClock();
  const aws = await startPartnerCentral({ clock });
  const queue = await startQueue({ clock });
  onTestFinished(async () => {
    await aws.close();
    await queue.close();
  });
  for (const id of ['O1001', 'O1002']) aws.seed(anOpportunity({ id, now: clock.now() }));
  const end = sendUpdates(aws, queue, clock);
  const send = (operation: string, input: Readonly<Record<string, unknown>>) =>
    call(aws, operation, { Catalog: 'Sandbox', ...input }, { signedAt: clock.now() });
  const events = () => queue.messages().map(({ body }) => readEvent(body));
  return { clock, aws, end, send, events };
}

const updated = (opportunityId: string) => ({
  type: 'opportunity-updated',
  catalog: 'Sandbox',
  opportunityId,
});

test('what is modified at Partner Central is an event in the queue, as the bot reads it; a fault is none', async () => {
  const { aws, end, events } = await bus();
  aws.injectFault({ times: 1, kind: { type: 'throttle' } });
  expect(events()).toEqual([]);

  aws.review('Sandbox', 'O1002', 'In review');
  expect(events()).toEqual([updated('O1002')]);
  end();
  aws.review('Sandbox', 'O1002', 'Approved');
  expect(events()).toHaveLength(1);
});

test('a submission is two events, two seconds apart; an association is one', async () => {
  const { clock, send, events, end } = await bus();
  await send('AssociateOpportunity', {
    OpportunityIdentifier: 'O1001',
    RelatedEntityType: 'Solutions',
    RelatedEntityIdentifier: 'S-0051247',
  });
  clock.advance(10_000);
  expect(events()).toEqual([updated('O1001')]);

  await send('SubmitOpportunity', { Identifier: 'O1002', InvolvementType: 'Co-Sell' });
  expect(events()).toEqual([updated('O1001'), updated('O1002')]);
  clock.advance(2000);
  expect(events()).toEqual([updated('O1001'), updated('O1002'), updated('O1002')]);

  await send('SubmitOpportunity', { Identifier: 'O1001', InvolvementType: 'Co-Sell' });
  end();
  clock.advance(10_000);
  expect(events()).toHaveLength(4);
});
