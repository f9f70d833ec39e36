import fc from 'fast-check';
import { expect, test } from 'vitest';
import { letPass, MINUTE } from '../e2e/passing-time.ts';
import { ana, deals, overHttp, type Workspace } from '../e2e/workspace.ts';
import { hostileText } from '../slack/hostile.ts';
import { type Captured, captureDeliveries } from './captured.ts';
import { pathsIn, withValue } from './places-in-values.ts';

/** Everything a person can do, once, and what Slack sent for it. */
async function everyPayload(workspace: Workspace): Promise<readonly Captured[]> {
  const { slack, deal, look, command, submit, message, press } = workspace;
  const { captured, close } = await captureDeliveries(workspace);
  deal({ id: 'O1001' });
  deal({ id: 'O1002' });
  await submit('O1001');
  const pending = await message('Approval pending: O1001');
  for (const button of ['check_status', 'show_details', 'view_in_partner_central'])
    await press(pending, button);
  await slack.waitForView(ana, ({ view }) => JSON.stringify(view).includes('"action_id":"history"'));
  await slack.clickViewButton({ user: ana, actionId: 'history' });
  await command('status O1001');
  await command('list');
  await command('');
  await slack.waitForView(ana, ({ view }) => 'submit' in view);
  await slack.optionsFor(ana, 'pick_opportunity', 'O1');
  await slack.fillIn(ana, { opportunity_id: 'O1002' });
  await slack.submitView(ana);
  const { ts } = await slack.say({ user: ana, channel: deals, text: 'What about O1001 and O1002?' });
  await slack.messageShortcut({
    user: ana,
    channel: deals,
    ts,
    callbackId: 'submit_opportunity_from_message',
  });
  await slack.say({ user: ana, channel: deals, text: `<@${slack.botUserId}> O1002` });
  await slack.openHome(ana);
  await look('O1002');
  await close();
  return captured;
}

const garbage = fc.oneof(
  hostileText.map((text) => text.slice(0, 4000)),
  fc.constantFrom<unknown>(
    undefined,
    null,
    0,
    -1,
    '',
    true,
    [],
    {},
    { toString: null },
    '__proto__',
    'O1002',
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

overHttp('what looks as if it came from Slack', (open) => {
  test('is taken or refused, whatever is wrong in it; nothing is sent, nothing falls over', {
    timeout: 60_000,
  }, async () => {
    const workspace = await open();
    const { slack, aws, deal, submit, message } = workspace;
    const payloads = await everyPayload(workspace);
    expect(
      new Set(payloads.map(({ kind, payload }) => `${kind} ${payload.type}`)).size,
    ).toBeGreaterThanOrEqual(6);
    const wrong = fc
      .tuple(fc.constantFrom(...payloads), fc.nat(), garbage)
      .map(([{ kind, payload }, at, value]) => {
        const paths = pathsIn(payload).filter((path) => path.length > 0);
        const [key = 'type', ...rest] = paths[at % paths.length] ?? [];
        return { kind, payload: { ...payload, [key]: withValue(payload[key], rest, value) } };
      });
    await fc.assert(
      fc.asyncProperty(fc.array(wrong, { minLength: 40, maxLength: 40 }), async (many) => {
        const sent = aws.requests('SubmitOpportunity').length;
        await Promise.all(many.map(({ kind, payload }) => slack.deliver(kind, payload)));
        await letPass(workspace, MINUTE);
        // The form of O1001 was sent before; whatever is wrong with it, it is the same form.
        expect(aws.requests('SubmitOpportunity')).toHaveLength(sent);
        expect((await fetch(`http://127.0.0.1:${workspace.opsPort()}/readyz`)).status).toBe(200);
      }),
      { numRuns: 3 },
    );
    deal({ id: 'O1003' });
    await submit('O1003');
    await message('Approval pending: O1003');
  });
});
