import { describe, expect, onTestFinished, test } from 'vitest';
import { postgresUrl, temporaryPostgres } from '../database/databases.ts';
import { awsError, type FaultKind } from './aws-faults.ts';
import { behindItsBack } from './behind-its-back.ts';
import { changeElsewhere, NEW_PROBLEM, openFix, PROBLEM, refused, sentBack } from './fix/changing.ts';
import { DAY, HOUR, letPass, MINUTE, SECOND, within } from './passing-time.ts';
import { inChannel, inDm } from './review/thread.ts';
import { buttons, reads } from './words-on-screen.ts';
import { ana, ben, deals, overSocketMode, type Workspace } from './workspace.ts';

const says = (workspace: Workspace, words: string) => () =>
  inChannel(workspace).some(({ text }) => text.startsWith(words));

/** What the bot ended on becomes a copy that was put back, as the next one finds out that starts on it. */
const becomesACopy = (workspace: Workspace, url?: string) => {
  const copy = { id: 1, copied_at: workspace.clock.now().toISOString() };
  return behindItsBack(
    workspace,
    (db) =>
      db
        .insertInto('lineage')
        .values(copy)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(copy))
        .execute(),
    url,
  );
};

/** A request waits in a copy that is put back, and AWS shows the deal like this by now. */
async function putBack(
  workspace: Workspace,
  {
    reviewStatus = 'Pending Submission',
    isChanged = true,
    paused = '0',
    url,
    before = () => {},
  }: {
    readonly reviewStatus?: string;
    readonly isChanged?: boolean;
    readonly paused?: '0' | '1';
    readonly url?: string | undefined;
    readonly before?: (workspace: Workspace) => unknown;
  } = {},
): Promise<void> {
  const { clock, deal, submit, message, end, begin, slack } = workspace;
  deal();
  await submit('O1001');
  await message('Kept, not sent yet: O1001');
  await slack.closeView(ana);
  await end();
  await becomesACopy(workspace, url);
  clock.jump(MINUTE);
  if (isChanged) deal({ reviewStatus });
  before(workspace);
  await begin({ PAUSED: paused });
}

const PAUSED = { settings: { PAUSED: '1' } } as const;
const unread = (workspace: Workspace, kind: FaultKind) =>
  workspace.aws.injectFault({ operation: 'GetOpportunity', kind });
const FOUND = "we can't tell whose request did it: O1001";

overSocketMode('a copy of the database that is put back', (open) => {
  test.each<[string, FaultKind]>([
    ['AWS is away', { type: 'html-503', execute: false }],
    ["the bot's access to AWS is broken", awsError('UnrecognizedClientException')],
  ])(
    '%s until it is over, and then has it: nor then is it claimed that nothing was sent',
    async (_, kind) => {
      const workspace = await open(PAUSED);
      await putBack(workspace, { reviewStatus: 'Submitted', before: () => unread(workspace, kind) });
      await letPass(workspace, 40 * MINUTE, MINUTE);
      workspace.aws.clearFaults();
      await within(workspace, HOUR, () => !says(workspace, 'Kept')(), MINUTE);
      const told = reads(await workspace.message('O1001'));
      expect(told).toContain("we can't tell whose request did it");
      expect(told).not.toContain('it was not sent');
    },
  );

  test('while sending is paused it is not said that nothing has reached AWS, and Cancel is not offered', async () => {
    const workspace = await open(PAUSED);
    await putBack(workspace, { paused: '1' });
    const kept = await workspace.message('Kept: AWS is looked at first: O1001');
    expect(reads(kept)).toContain("isn't known whether this was sent");
    expect(reads(kept)).toContain('Whoever runs this bot has paused it');
    expect(reads(kept)).not.toContain('Nothing has reached AWS');
    expect(buttons(kept)).toEqual([]);
  });

  test('Cancel is refused before anybody has looked at it: whether it was sent is not known', async () => {
    const workspace = await open(PAUSED);
    await putBack(workspace, {
      paused: '1',
      // The message stands as it did before that was noticed.
      before: ({ slack }) => slack.injectFault({ method: 'chat.update', kind: { type: 'http-500' } }),
    });
    await workspace.press(await workspace.message('Kept, not sent yet: O1001'), 'cancel_submission');
    await workspace.message("isn't known whether it was sent");
    expect(reads(await workspace.message('Kept'))).not.toContain('Cancelled');
  });

  test('first looked at when the wait is over, and AWS has it: nobody is told that it was not sent', async () => {
    const workspace = await open(PAUSED);
    await putBack(workspace, { reviewStatus: 'Submitted', paused: '1' });
    await workspace.message('Kept: AWS is looked at first: O1001');
    await letPass(workspace, HOUR, 10 * MINUTE);
    await workspace.restart({ PAUSED: '0' });
    const found = await workspace.message(FOUND);
    expect(reads(found)).not.toContain('it was not sent');
    await workspace.press(found, 'history');
    expect(reads(await workspace.modal('History of'))).not.toContain('was not sent');
  });

  test.each([
    ['AWS shows it to nobody', 'ResourceNotFoundException', 'AWS'],
    ['AWS denies the bot a look', 'AccessDeniedException', 'AWS'],
    ['the bot works in another catalog, which denies it a look', 'AccessDeniedException', 'Sandbox'],
  ] as const)(
    '%s for more than a day, and has it: nobody is told that it was not sent',
    async (_, name, catalog) => {
      const workspace = await open(PAUSED);
      await putBack(workspace, { reviewStatus: 'Submitted', paused: '1' });
      unread(workspace, awsError(name));
      await workspace.moveTo(catalog, { PAUSED: '0' });
      await letPass(workspace, 26 * HOUR, HOUR);
      const doubt = reads(await workspace.message(/Not sure AWS got it|Still not known whether AWS has it/));
      expect(doubt).toContain('AWS may have it or not');
      workspace.aws.clearFaults();
      await letPass(workspace, HOUR, 10 * MINUTE);
      const found = reads(await workspace.message(FOUND));
      expect(found).toContain("It isn't known whether this request was sent");
      expect(workspace.aws.requests('SubmitOpportunity')).toEqual([]);
    },
  );

  test('AWS denies the bot a look when the wait is over, and then not any more: it is sent, once', async () => {
    const workspace = await open(PAUSED);
    await putBack(workspace, {
      isChanged: false,
      before: () => unread(workspace, awsError('AccessDeniedException')),
    });
    await letPass(workspace, 40 * MINUTE, MINUTE);
    expect(says(workspace, 'Kept: AWS is looked at first')()).toBe(true);
    workspace.aws.clearFaults();
    await within(workspace, HOUR, says(workspace, 'Approval pending'), MINUTE);
    expect(workspace.aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test('AWS is away for two days: it can be let go, and nobody is told that it was not sent', async () => {
    const workspace = await open(PAUSED);
    await putBack(workspace, { before: () => unread(workspace, { type: 'html-503', execute: false }) });
    await letPass(workspace, 23 * HOUR, 30 * MINUTE);
    expect(says(workspace, 'Kept: AWS is looked at first')()).toBe(true);
    await within(workspace, 3 * HOUR, says(workspace, 'Not sure AWS got it'), 10 * MINUTE);
    await within(workspace, 30 * HOUR, says(workspace, 'Still not known whether AWS has it'), HOUR);
    const kept = await workspace.message('Still not known whether AWS has it');
    expect(reads(kept)).toContain("For a day AWS couldn't be asked for it");
    expect(buttons(kept)).toContain('Let it go');
  });

  test('AWS shows it to nobody for a while and then as pending: not known whether it was sent, and it is not sent again by itself', async () => {
    const workspace = await open(PAUSED);
    await putBack(workspace, { before: () => unread(workspace, awsError('ResourceNotFoundException')) });
    await within(workspace, HOUR, says(workspace, 'Not sure AWS got it'), MINUTE);
    const doubt = await workspace.message('Not sure AWS got it');
    expect(reads(doubt)).toContain("it isn't known whether the request went out");
    expect(buttons(doubt)).not.toContain('Cancel');
    workspace.aws.clearFaults();
    await within(workspace, HOUR, says(workspace, 'Probably not submitted'), MINUTE);
    const told = await workspace.message('Probably not submitted');
    expect(reads(told)).toContain(
      "It isn't known whether it was sent, and AWS still shows Pending Submission",
    );
    expect(buttons(told)).toContain('Try again');
    await letPass(workspace, DAY, HOUR);
    expect(workspace.aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('AWS has sent it back by now: whose request that was about is not claimed', async () => {
    const workspace = await open(PAUSED);
    await putBack(workspace, { reviewStatus: 'Action Required' });
    await within(workspace, HOUR, () => !says(workspace, 'Kept')(), MINUTE);
    const { message } = workspace;
    expect(reads(await message('O1001'))).not.toContain('Nothing was submitted');
    expect(workspace.aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('the deal has changed: that nothing was submitted is said once AWS has had its time to show it', async () => {
    const workspace = await open(PAUSED);
    await putBack(workspace);
    await workspace.message('Kept: AWS is looked at first: O1001');
    await within(workspace, HOUR, says(workspace, 'Not sent: the opportunity has changed'), MINUTE);
    expect(workspace.aws.requests('SubmitOpportunity')).toEqual([]);
  });
});

describe.each([
  { name: 'SQLite', left: false, server: undefined },
  {
    name:
      postgresUrl === undefined ? 'PostgreSQL: left out, TEST_DATABASE_URL names no server' : 'PostgreSQL',
    left: postgresUrl === undefined,
    server: postgresUrl,
  },
])('on $name', ({ left, server }) => {
  overSocketMode('what waits in a copy that is put back, and AWS shows to nobody any more', (open) => {
    const start = async () => {
      if (server === undefined) return { workspace: await open(PAUSED), url: undefined };
      const { url, drop } = await temporaryPostgres(server);
      onTestFinished(drop);
      return { workspace: await open({ settings: { PAUSED: '1', DATABASE_URL: url } }), url };
    };
    /** Lets time pass until it has come about; PostgreSQL answers in its own. */
    const comes = (workspace: Workspace, holds: () => boolean, stepMs: number) =>
      expect
        .poll(
          () => {
            workspace.clock.jump(stepMs);
            return holds();
          },
          { timeout: 30_000, interval: 20 },
        )
        .toBe(true);

    test.skipIf(left)(
      'a request is a doubt, let go after a day, submitted anew, and found out still',
      { timeout: 60_000 },
      async () => {
        const { workspace, url } = await start();
        const { aws, slack } = workspace;
        await putBack(workspace, {
          url,
          before: () => unread(workspace, awsError('ResourceNotFoundException')),
        });
        await comes(workspace, says(workspace, 'Not sure AWS got it'), MINUTE);
        expect(reads(await workspace.message('Not sure AWS got it'))).not.toMatch(
          /not sent|[Nn]othing (was|has)|No answer/,
        );
        await comes(workspace, says(workspace, 'Still not known whether AWS has it'), 10 * MINUTE);
        const doubt = await workspace.message('Still not known whether AWS has it');
        await workspace.press(doubt, 'let_go', { user: ben });
        await workspace.message('Let go; not known whether AWS has it');

        aws.clearFaults();
        workspace.deal();
        expect(reads(await workspace.look('O1001'))).toContain('An earlier request may still take effect');
        await workspace.choose();
        await workspace.message('Approval pending: O1001');
        await comes(workspace, says(workspace, 'AWS has it;'), HOUR);
        expect(reads(await workspace.message(FOUND))).toContain("isn't known whether this request was sent");
        expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
        await slack.closeView(ana);
      },
    );

    test.skipIf(left)(
      'a change of a deal ends after a day as not known, never as not saved',
      { timeout: 60_000 },
      async () => {
        const { workspace, url } = await start();
        const { aws, slack, modal, end, begin, clock } = workspace;
        sentBack(workspace);
        await openFix(workspace);
        await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
        await slack.submitView(ana);
        await modal('Whoever runs this bot has paused sending');
        await end();
        await becomesACopy(workspace, url);
        clock.jump(MINUTE);
        unread(workspace, awsError('ResourceNotFoundException'));
        await begin({ PAUSED: '0' });
        const told = () => [...slack.messages(deals), ...inDm(workspace, ana)].map(reads).join('\n');
        await comes(workspace, () => told().includes('AWS is looked at first'), SECOND);
        await comes(
          workspace,
          () => told().includes('Not known whether AWS saved your changes'),
          10 * MINUTE,
        );
        expect(told()).toContain("it isn't known whether they were sent");
        expect(told()).not.toMatch(/not saved|[Nn]othing was|answer was lost/);
        expect(aws.requests('UpdateOpportunity')).toEqual([]);
      },
    );
  });
});

overSocketMode('a change of a deal that waits in a copy that is put back', (open) => {
  /** A paused bot has recorded a change, and its database is put back from a copy made then. */
  const changeWaitsInACopy = async (workspace: Workspace): Promise<void> => {
    const { slack, modal, end, clock } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await slack.submitView(ana);
    await modal('Whoever runs this bot has paused sending');
    await end();
    await becomesACopy(workspace);
    clock.jump(MINUTE);
  };

  test.each([
    ['AWS has it: it is saved', true, 'Sent back to AWS: O1001'],
    ['AWS shows it to nobody: not known', false, 'Not known whether AWS saved your changes: O1001'],
  ])('its person may no longer change deals, and %s', async (_, isAtAws, outcome) => {
    const workspace = await open(PAUSED);
    const { aws, slack, begin, message } = workspace;
    await changeWaitsInACopy(workspace);
    const unreadable = unread(workspace, awsError('ResourceNotFoundException'));
    await begin({ PAUSED: '0', SUBMITTERS: ben });
    await letPass(workspace, 40 * MINUTE, MINUTE);
    if (isAtAws) {
      changeElsewhere(workspace, 'Project', { CustomerBusinessProblem: NEW_PROBLEM });
      aws.review('AWS', 'O1001', 'Submitted');
      unreadable();
    }
    await letPass(workspace, 25 * HOUR, 30 * MINUTE);
    const told = reads(await message(outcome, { channel: slack.directMessage(ana).id }));
    expect(told).not.toMatch(/does not show|not saved/);
  });

  test.each([
    [
      'as the form showed it: nothing was sent',
      false,
      'Not saved within 24 hours: O1001',
      'Nothing was changed.',
    ],
    [
      'without the change, and changed since: it may have been changed back',
      true,
      'Not known whether AWS saved your changes: O1001',
      "it isn't known whether they were sent",
    ],
  ])('too old to go out, and a read shows the deal %s', async (_, isChanged, outcome, words) => {
    const workspace = await open(PAUSED);
    const { aws, slack, begin, message } = workspace;
    await changeWaitsInACopy(workspace);
    if (isChanged) changeElsewhere(workspace, 'Project', { Title: 'Harbour reports' });
    await begin({ PAUSED: '1' });
    await letPass(workspace, 25 * HOUR, 30 * MINUTE);
    const told = reads(await message(outcome, { channel: slack.directMessage(ana).id }));
    expect(told).toContain(words);
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
  });

  test('to be submitted then, and a read after a day shows the deal as the form showed it: neither happened', async () => {
    const workspace = await open();
    const { aws, slack, deal, end, begin, restart, clock, message } = workspace;
    deal({ id: 'O1001' });
    await refused(workspace, 'customer.account.websiteUrl', PROBLEM);
    await restart({ PAUSED: '1' });
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await expect(slack.submitView(ana)).rejects.toThrow('lock');
    await slack.fillIn(ana, { lock: ['understood'] });
    await slack.submitView(ana);
    await end();
    await becomesACopy(workspace);
    clock.jump(MINUTE);
    await begin({ PAUSED: '1' });
    await letPass(workspace, 25 * HOUR, 30 * MINUTE);
    const told = reads(
      await message('Not saved within 24 hours: O1001', { channel: slack.directMessage(ana).id }),
    );
    expect(told).toContain('Nothing was submitted.');
    expect(told).not.toContain("isn't known");
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
  });
});
