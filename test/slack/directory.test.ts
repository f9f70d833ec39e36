import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { demoPeople } from '../../demo/slack/demo-workspace.ts';
import { startSlack } from '../../demo/slack/server.ts';
import { createDirectory } from '../../src/slack/directory.ts';
import { manualClock } from '../demo/slack/manual-clock.ts';

const GROUP = 'S07SELLERS0';

async function aDirectory() {
  const clock = manualClock();
  clock.advance(1000);
  const slack = await startSlack({ clock });
  onTestFinished(() => slack.close());
  slack.addUserGroup({ id: GROUP, handle: 'sellers', users: [demoPeople.ana] });
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
  const directory = createDirectory({ client, clock, log: pino({ level: 'silent' }), teamId: () => 'T1' });
  const asked = (method: string) => slack.calls().filter((call) => call.method === method).length;
  return { clock, slack, directory, asked };
}

test('who asks at the same time shares one read, for a minute', async () => {
  const { clock, directory, asked } = await aDirectory();
  const answers = await Promise.all(Array.from({ length: 30 }, () => directory.groupMembers(GROUP)));
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toContain(demoPeople.ana);
  clock.advance(59_000);
  await directory.groupMembers(GROUP);
  expect(asked('usergroups.users.list')).toBe(1);
  clock.advance(2000);
  await directory.groupMembers(GROUP);
  expect(asked('usergroups.users.list')).toBe(2);
});

test('a failure is said to everybody who waits, and is not kept', async () => {
  const { slack, directory } = await aDirectory();
  const heal = slack.injectFault({ method: 'users.info', kind: { type: 'error', error: 'fatal_error' } });
  expect(await Promise.all([directory.person(demoPeople.ana), directory.person(demoPeople.ana)])).toEqual([
    undefined,
    undefined,
  ]);
  heal();
  expect(await directory.person(demoPeople.ana)).toMatchObject({ kind: 'member' });
});
