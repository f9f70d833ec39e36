import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { demoInstallation } from '../../demo/slack/demo-workspace.ts';
import { signature } from '../../demo/slack/http-delivery.ts';
import { type LoadOrder, type LoadReport, loadOrder } from './load-order.ts';
import { commandBody, plainMetadata, submissionBody } from './requests.ts';
import { serve } from './serve.ts';

/** Slack's side of the door: signs requests, posts them, and takes how long each waits for its answer. */
serve(null, { run: (input) => run(loadOrder.parse(input)) });

/** Requests that are signed beforehand where their number isn't known; they are sent again and again. */
const PREPARED = 500;

async function run(order: LoadOrder): Promise<LoadReport> {
  const { pace, seconds } = order;
  const pool = new Pool(`http://127.0.0.1:${order.port}`, { connections: 64 });
  const count = 'perSecond' in pace ? Math.ceil(pace.perSecond * seconds) : PREPARED;
  const prepared = prepare(order, count);
  const waits: number[] = [];
  let refused = 0;
  const send = async (number: number): Promise<void> => {
    const sent = performance.now();
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/slack/events',
      ...prepared[number % prepared.length],
    });
    const answer = await body.text();
    if (statusCode === 200 && !answer.includes('"errors"')) waits.push(performance.now() - sent);
    else refused += 1;
  };

  const began = process.hrtime.bigint().toString();
  const started = performance.now();
  const passed = () => performance.now() - started;
  if ('perSecond' in pace) {
    const sending: Promise<void>[] = [];
    for (let number = 0; number < count; number += 1) {
      const earlyMs = (number * 1000) / pace.perSecond - passed();
      if (earlyMs > 0) await delay(earlyMs);
      sending.push(send(number));
    }
    await Promise.all(sending);
  } else {
    let next = 0;
    const sender = async () => {
      while (passed() < seconds * 1000) {
        const number = next;
        next += 1;
        await send(number);
      }
    };
    await Promise.all(Array.from({ length: pace.atOnce }, sender));
  }
  const report = { waits, refused, seconds: passed() / 1000, began };
  await pool.close();
  return report;
}

/** The load's own work mustn't come between two requests. */
function prepare({ requests, responseUrl }: LoadOrder, count: number) {
  const now = new Date();
  const timestamp = String(Math.floor(now.getTime() / 1000));
  return Array.from({ length: count }, (_, index) => {
    const number = requests.first + index;
    const body =
      requests.type === 'commands'
        ? commandBody(number, responseUrl)
        : submissionBody(
            number,
            now,
            requests.type === 'plain-submissions' ? plainMetadata(number) : undefined,
          );
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature(demoInstallation.signingSecret, timestamp, body),
    };
    return { body, headers };
  });
}
