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
  const fast = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
  const identity = () => ({
    appId: slack.appId,
    workspaces: [slack.team.id],
    organisation: undefined,
    isOrgWide: false,
  });
  const directory = createDirectory({
    slack: { fast, posting: fast, identity },
    clock,
    log: pino({ level: 'silent' }),
  });
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

test('asked past what is kept, only a reading that began after the moment counts, and is shared', async () => {
  const { clock, slack, directory, asked } = await aDirectory();
  await directory.groupMembers(GROUP);
  slack.addUserGroup({ id: GROUP, handle: 'sellers', users: [] });
  clock.advance(30_000);
  expect(await directory.groupMembers(GROUP)).toContain(demoPeople.ana);

  const moment = clock.monotonic();
  const answers = await Promise.all(Array.from({ length: 30 }, () => directory.groupMembers(GROUP, moment)));
  expect(answers.flat()).toEqual([]);
  clock.advance(5000);
  expect(await directory.groupMembers(GROUP, moment)).toEqual([]);
  expect(asked('usergroups.users.list')).toBe(2);
  await directory.groupMembers(GROUP, clock.monotonic());
  expect(asked('usergroups.users.list')).toBe(3);
});

test('a reading that began before the moment is not shared, though it is still under way', async () => {
  const { clock, slack, directory, asked } = await aDirectory();
  const early = directory.groupMembers(GROUP);
  clock.advance(1);
  slack.addUserGroup({ id: GROUP, handle: 'sellers', users: [] });
  expect(await directory.groupMembers(GROUP, clock.monotonic())).toEqual([]);
  await early;
  expect(await directory.groupMembers(GROUP)).toEqual([]);
  expect(asked('usergroups.users.list')).toBe(2);
});

test('what cannot be asked anew is not known, and what was known before is not taken for it', async () => {
  const { clock, slack, directory } = await aDirectory();
  expect(await directory.person(demoPeople.ana)).toMatchObject({ kind: 'member' });
  const heal = slack.injectFault({ method: 'users.info', kind: { type: 'http-500' } });
  expect(await directory.person(demoPeople.ana, clock.monotonic() + 1)).toBeUndefined();
  expect(await directory.person(demoPeople.ana)).toBeUndefined();
  heal();
});
