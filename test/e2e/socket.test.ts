import { expect, test } from 'vitest';
import { letPass, MINUTE, SECOND } from './passing-time.ts';
import { overSocketMode } from './workspace.ts';

overSocketMode('the socket to Slack', (open) => {
  test.each([
    ['does not give out sockets', { type: 'error', error: 'internal_error' }],
    ['refuses the token', { type: 'error', error: 'invalid_auth' }],
    ['fails', { type: 'http-500' }],
    ['cannot be reached', { type: 'reset', execute: false }],
  ] as const)('stands again within 30 s of Slack being well, where Slack %s for an hour', async (_, kind) => {
    const workspace = await open();
    const { slack, clock, deal, submit, message } = workspace;
    const tries = () => slack.calls('apps.connections.open').length;
    slack.injectFault({ method: 'apps.connections.open', kind });
    slack.disconnect();
    await letPass(workspace, 60 * MINUTE, 15 * SECOND);
    // Often enough, and Slack isn't run over.
    expect(tries()).toBeGreaterThan(100);
    expect(tries()).toBeLessThan(250);

    slack.clearFaults();
    const well = clock.monotonic();
    clock.jump(15 * SECOND);
    await slack.connected();
    expect(clock.monotonic() - well).toBeLessThan(30 * SECOND);
    deal();
    await submit('O1001');
    await message('Approval pending');
  });

  test('is left alone for as long as Slack asks', async () => {
    const workspace = await open();
    const { slack, clock } = workspace;
    const tries = () => slack.calls('apps.connections.open').length;
    slack.injectFault({
      method: 'apps.connections.open',
      times: 1,
      kind: { type: 'rate-limit', retryAfterSeconds: 60 },
    });
    slack.disconnect();
    await letPass(workspace, 50 * SECOND);
    expect(tries()).toBe(2);
    clock.jump(15 * SECOND);
    await slack.connected();
  });

  test.each(['warning', 'refresh_requested', 'link_disabled', 'too_many_websockets'] as const)(
    'is opened again where Slack ends it (%s)',
    async (reason) => {
      const workspace = await open();
      const { slack, command, message } = workspace;
      slack.disconnect(reason);
      const tries = () => slack.calls('apps.connections.open').length;
      await expect.poll(tries, { timeout: 10 * SECOND }).toBe(2);
      await slack.connected();
      await command('help');
      await message('A submission locks the deal');
    },
  );

  test('that a network cut is counted by Slack all the same: that is logged, and stands in the metrics', async () => {
    const workspace = await open();
    const { slack, log, opsPort } = workspace;
    const warned = 'Slack counts more sockets for this app than there should be';
    const metrics = async () => (await fetch(`http://127.0.0.1:${opsPort()}/metrics`)).text();
    expect(await metrics()).toMatch(/^opportunity_bot_sockets 1$/m);
    expect(log()).not.toContain(warned);
    slack.cutSockets();
    await expect.poll(() => slack.calls('apps.connections.open').length, { timeout: 10 * SECOND }).toBe(2);
    await slack.connected();
    await expect.poll(log).toContain(warned);
    expect(await metrics()).toMatch(/^opportunity_bot_sockets 2$/m);
  });
});
