import { expect, test } from 'vitest';
import { lookAtSeveral, submitSeveral } from '../batch/several.ts';
import { DAY, HOUR, letPass, MINUTE, within } from '../passing-time.ts';
import { buttons, reads } from '../words-on-screen.ts';
import { ana, ben, board, deals, overSocketMode, type Workspace } from '../workspace.ts';
import { inChannel, inDm, inThreads } from './thread.ts';

/** A deal that AWS has, from a person in `#deals`. */
async function submitted(workspace: Workspace, id = 'O1001', given = {}, user: string = ana): Promise<void> {
  const { deal, submit, message, slack } = workspace;
  deal({ id, companyName: 'Northwind Fisheries', ...given });
  await submit(id, {}, { user });
  await message(`Approval pending: ${id}`);
  await slack.closeView(user);
}

const threads = (workspace: Workspace) => inThreads(workspace).map(({ text }) => text);

overSocketMode('reminders', (open) => {
  test('none comes unless it is switched on', async () => {
    const workspace = await open();
    const { aws, clock } = workspace;
    await submitted(workspace, 'O1001', {
      fields: {
        'LifeCycle.TargetCloseDate': new Date(clock.now().getTime() + DAY).toISOString().slice(0, 10),
      },
    });
    await letPass(workspace, 20 * DAY, 4 * DAY);
    aws.review('AWS', 'O1001', 'Action Required');
    await letPass(workspace, 20 * DAY, 4 * DAY);
    expect(threads(workspace)).toEqual(['Action required: O1001']);
    expect(inChannel(workspace)).toHaveLength(1);
  });

  test('AWS has not decided for long: once in the thread, naming who submitted, whatever restarts', async () => {
    const workspace = await open({ settings: { REMIND_WAITING_DAYS: '10' } });
    const { aws } = workspace;
    await submitted(workspace);
    await letPass(workspace, 4 * DAY, 2 * DAY);
    aws.review('AWS', 'O1001', 'In review');
    await letPass(workspace, 5 * DAY + 20 * HOUR, DAY);
    expect(threads(workspace)).toEqual([]);
    await within(workspace, 6 * HOUR, () => threads(workspace).length === 1, HOUR);
    await workspace.restart();
    await letPass(workspace, 30 * DAY, 6 * DAY);
    await workspace.restart({ REMIND_WAITING_DAYS: '3' });
    await letPass(workspace, 2 * DAY, DAY);

    const [told, ...repeated] = inThreads(workspace);
    expect(repeated).toEqual([]);
    const shown = told === undefined ? '' : reads(told);
    expect(shown).toContain(`<@${ana}> ⏳ *Still waiting for AWS: O1001*`);
    expect(shown).toContain('AWS has had it for 10 days');
    expect(shown).toContain('Your AWS contact may know more');
    expect(shown).not.toContain('Northwind');
    expect(told?.threadTs).toBe(inChannel(workspace)[0]?.ts);
    expect(told && buttons(told)).toEqual(['Check status']);
  });

  test('sent back and untouched: once; changed and waiting anew, each turn has its own reminder', async () => {
    const workspace = await open({
      settings: { REMIND_WAITING_DAYS: '10', REMIND_ACTION_REQUIRED_DAYS: '3' },
    });
    const { aws } = workspace;
    await submitted(workspace);
    await letPass(workspace, 2 * DAY, DAY);
    aws.review('AWS', 'O1001', 'Action Required', { comments: 'Northwind is misspelt' });
    await letPass(workspace, 20 * DAY, 4 * DAY);
    expect(threads(workspace)).toEqual(['Action required: O1001', 'Action is still required: O1001']);
    aws.review('AWS', 'O1001', 'Submitted');
    await letPass(workspace, 9 * DAY, 3 * DAY);
    expect(threads(workspace)).toHaveLength(2);
    await letPass(workspace, 10 * DAY, 2 * DAY);
    expect(threads(workspace).at(-1)).toBe('Still waiting for AWS: O1001');
    aws.review('AWS', 'O1001', 'Action Required');
    await letPass(workspace, 10 * DAY, 2 * DAY);
    expect(threads(workspace).slice(3)).toEqual([
      'Action required: O1001',
      'Action is still required: O1001',
    ]);
    const all = inThreads(workspace).map(reads).join('\n');
    expect(all).toContain('AWS sent it back 4 days ago');
    expect(all).not.toContain('Northwind is');
  });

  test('the target close date has passed: once, without the date; not where AWS has decided, nor of a National Security deal', async () => {
    const workspace = await open({ settings: { REMIND_CLOSE_DATE: '1' } });
    const { aws, clock } = workspace;
    const closes = new Date(clock.now().getTime() + 2 * DAY).toISOString().slice(0, 10);
    const given = { fields: { 'LifeCycle.TargetCloseDate': closes } };
    await submitted(workspace, 'O1001', given);
    await submitted(workspace, 'O1002', given, ben);
    await submitted(workspace, 'O1003');
    const secret = {
      NationalSecurity: 'Yes',
      'Customer.Account.Industry': 'Government',
      'Customer.Account.Address.CountryCode': 'US',
    };
    await submitted(workspace, 'O1004', { fields: { ...given.fields, ...secret } });
    aws.review('AWS', 'O1002', 'Approved');
    await letPass(workspace, DAY, 12 * HOUR);
    expect(threads(workspace)).toEqual(['Approved by AWS: O1002']);
    await letPass(workspace, 20 * DAY, 4 * DAY);
    expect(threads(workspace).slice(1)).toEqual(['Its target close date has passed: O1001']);
    const told = inThreads(workspace).map(reads).join('\n');
    expect(told).toContain("While AWS reviews it the date can't be changed.");
    expect(told).not.toContain(closes);
  });

  test('of one of several it comes in the thread of their message', async () => {
    const workspace = await open({ settings: { REMIND_WAITING_DAYS: '1' } });
    await lookAtSeveral(workspace, ['O1001', 'O1002']);
    await submitSeveral(workspace);
    await letPass(workspace, 2 * MINUTE, 10_000);
    const batch = await workspace.message('2 with AWS');
    await letPass(workspace, 2 * DAY, DAY);
    const told = inThreads(workspace).filter(({ text }) => text.startsWith('Still waiting'));
    expect(told.map(({ text, threadTs }) => [text, threadTs]).sort()).toEqual([
      ['Still waiting for AWS: O1001', batch.ts],
      ['Still waiting for AWS: O1002', batch.ts],
    ]);
  });

  test('where the channel is gone it reaches the person as a direct message', async () => {
    const workspace = await open({ settings: { REMIND_WAITING_DAYS: '1' } });
    const { slack } = workspace;
    await submitted(workspace);
    slack.archive(deals);
    await letPass(workspace, 2 * DAY, DAY);
    expect(inDm(workspace, ana).map(({ text }) => text)).toEqual(['Still waiting for AWS: O1001']);
  });
});

overSocketMode('the weekly digest', (open) => {
  test('says how many stand where and which need somebody: once a week, in its channel, without details', async () => {
    const workspace = await open();
    const { aws } = workspace;
    for (const id of ['O1001', 'O1002', 'O1003', 'O1004']) await submitted(workspace, id);
    aws.review('AWS', 'O1002', 'Action Required', { comments: 'Northwind is misspelt' });
    aws.review('AWS', 'O1003', 'In review');
    aws.review('AWS', 'O1004', 'Rejected');
    await letPass(workspace, 2 * MINUTE);
    await workspace.restart(atNine(workspace));
    await letPass(workspace, untilNine(workspace) - MINUTE, DAY);
    expect(digests(workspace)).toEqual([]);
    await within(workspace, 3 * MINUTE, () => digests(workspace).length === 1, MINUTE);
    const [digest] = digests(workspace);
    const shown = digest === undefined ? '' : reads(digest);
    expect(shown).toContain('• Approval pending: 1');
    expect(shown).toContain('• In review at AWS: 1');
    expect(shown).toContain('• Action required: 1');
    expect(shown).toContain('• Rejected in the last seven days: 1');
    expect(shown).toContain(`• *O1002*: Action required · <@${ana}>`);
    expect(shown).not.toMatch(/Northwind|O1001|O1003|O1004/);
    expect(digest === undefined ? [] : buttons(digest)).toEqual(['Open the home tab']);
    await letPass(workspace, 7 * DAY + 2 * MINUTE, DAY);
    const next = digests(workspace).at(-1);
    expect(next === undefined ? '' : reads(next)).toMatch(
      /Wait for AWS the longest\*\n• \*O1001\*: Approval pending · for \d+ days · <@/,
    );
  });

  test.each([
    ['a channel that may see details', board, true],
    ['one that people of another organisation are in, though it is listed', deals, false],
  ])('what is to be spent on what needs somebody stands in %s', async (_, channel, isShown) => {
    const workspace = await open();
    await submitted(workspace, 'O1002');
    workspace.aws.review('AWS', 'O1002', 'Action Required');
    await letPass(workspace, 2 * MINUTE);
    workspace.slack.join(board, workspace.slack.botUserId);
    await workspace.restart({ ...atNine(workspace), DIGEST_CHANNEL: channel, DETAIL_CHANNELS: channel });
    await letPass(workspace, untilNine(workspace) + 2 * MINUTE, DAY);
    const digest = await workspace.message('AWS opportunities, this week', { channel });
    expect(reads(digest)).toContain('*O1002*');
    expect(reads(digest).includes('$18,500')).toBe(isShown);
  });

  test('neither a restart nor a second round repeats it; a week later there is the next', async () => {
    const workspace = await open();
    const settings = atNine(workspace);
    await workspace.restart(settings);
    await letPass(workspace, untilNine(workspace) + 2 * MINUTE, DAY);
    expect(digests(workspace).map(reads).join()).toContain('Nothing needs anybody right now.');
    await workspace.restart(settings);
    await letPass(workspace, 6 * DAY, 8 * HOUR);
    expect(digests(workspace)).toHaveLength(1);
    await letPass(workspace, DAY + 2 * MINUTE, DAY);
    expect(digests(workspace)).toHaveLength(2);
  });

  test('a bot that was away at its time posts it when it is back within a day, and later no more', async () => {
    const workspace = await open();
    const settings = atNine(workspace);
    await workspace.end();
    workspace.clock.jump(untilNine(workspace) + 5 * HOUR);
    await workspace.begin(settings);
    await within(workspace, 10 * MINUTE, () => inChannel(workspace).length === 1, MINUTE);
    await workspace.end();
    workspace.clock.jump(8 * DAY);
    await workspace.begin(settings);
    await letPass(workspace, HOUR, MINUTE);
    expect(inChannel(workspace)).toHaveLength(1);
  });
});

const digests = (workspace: Workspace) =>
  inChannel(workspace).filter(({ text }) => text === 'AWS opportunities, this week');

/** Every week on the weekday of tomorrow, by the clock in UTC. */
const atNine = ({ clock }: Workspace) => ({
  DIGEST_CHANNEL: deals,
  DIGEST_TIME: `${new Date(clock.now().getTime() + DAY).toUTCString().slice(0, 3)} 09:00 UTC`,
});

/** Milliseconds until nine o'clock tomorrow, in UTC. */
function untilNine({ clock }: Workspace): number {
  const now = clock.now().getTime();
  return now - (now % DAY) + DAY + 9 * HOUR - now;
}
