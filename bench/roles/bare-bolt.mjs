import bolt from '@slack/bolt';

/**
 * Bolt as it comes, with its own receiver and checks: it acknowledges, and does nothing else. Plain JavaScript and
 * nothing else imported, so that its start and its memory are Bolt's alone.
 */
const { slackApiUrl, token, signingSecret, command, callbackId } = JSON.parse(process.env.BENCH ?? '{}');
const logLevel = bolt.LogLevel.ERROR;
const app = new bolt.App({
  receiver: new bolt.HTTPReceiver({ signingSecret, endpoints: '/slack/events', logLevel }),
  token,
  clientOptions: { slackApiUrl },
  logLevel,
});
app.command(command, ({ ack }) => ack());
app.view(callbackId, ({ ack }) => ack());
const server = await app.start({ port: 0, host: '127.0.0.1' });

// The orders: `memory` and `memory as it is`.
process.on('message', ({ number, order }) => {
  if (order === 'memory') globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  const { heapUsed, rss } = process.memoryUsage();
  process.send?.({ number, value: { heap: heapUsed / 2 ** 20, resident: rss / 2 ** 20 } });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ number: 0, value: { port: server.address().port } });
