import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backUpSqlite } from '../../../src/database/sqlite.ts';
import { onSubmit } from '../aws-faults.ts';
import { letPass, MINUTE } from '../passing-time.ts';
import { pressOf } from '../press-of.ts';
import { inDm } from '../review/thread.ts';
import { reads } from '../words-on-screen.ts';
import { ana, ben, deals, gus, overSocketMode, sam, type Workspace } from '../workspace.ts';
import { atAws, CLOSE_DATE, refused } from './changing.ts';

/** The person's form for a deal without a close date, filled in. */
async function filledIn(workspace: Workspace, user: string = ana, date = '2031-02-28') {
  const { look, slack, modal } = workspace;
  await look('O1001', { user });
  await slack.clickViewButton({ user, actionId: 'fix_here' });
  const form = await modal('What AWS will ask for', { user });
  await slack.fillIn(user, { [CLOSE_DATE]: date, involvement_type: 'Co-Sell', lock: ['understood'] });
  return form;
}

const LATE_DEAL = { id: 'O1001', fields: { [CLOSE_DATE]: '2020-01-31' } };
const throttled = { operation: 'UpdateOpportunity', kind: { type: 'throttle' } } as const;
const noSubmission = ({ aws }: Workspace) => expect(aws.requests('SubmitOpportunity')).toEqual([]);

overSocketMode('Save and submit, pressed again', (open) => {
  test('twice at once: saved once, submitted once', async () => {
    const workspace = await open();
    const { deal, slack, aws, message } = workspace;
    deal(LATE_DEAL);
    await filledIn(workspace);
    await Promise.all([slack.submitView(ana), slack.submitView(ana)]);
    await message('Approval pending: O1001');
    await letPass(workspace, MINUTE);
    expect(aws.requests('UpdateOpportunity')).toHaveLength(1);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test('by two people: one of them is told that it is on its way', async () => {
    const workspace = await open();
    const { deal, slack, aws, message } = workspace;
    deal(LATE_DEAL);
    await filledIn(workspace);
    await filledIn(workspace, ben, '2031-03-31');
    await Promise.all([slack.submitView(ana), slack.submitView(ben)]);
    await message('Approval pending: O1001');
    await letPass(workspace, MINUTE);
    expect(aws.requests('UpdateOpportunity')).toHaveLength(1);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  test('the same press once it was cancelled: it says that, also while sending is paused', async () => {
    const workspace = await open();
    const { deal, slack, aws, message, press, restart } = workspace;
    deal(LATE_DEAL);
    await filledIn(workspace);
    const sent = pressOf(workspace, ana);
    const heal = aws.injectFault(throttled);
    await slack.submitView(ana);
    await press(await message('Your changes wait for AWS: O1001'), 'cancel_edit');
    await message('Cancelled: not saved: O1001');
    heal();
    await restart({ PAUSED: '1' });
    const again = JSON.stringify(await slack.deliver('interactive', sent));
    expect(again).toContain('Cancelled: not saved');
    expect(again).not.toContain('then submitted');
    noSubmission(workspace);
  });

  test('with changes, where a first press submitted the deal as it was and that was cancelled: nothing of it is taken, and what was typed stays', async () => {
    const workspace = await open();
    const { deal, slack, aws, message, press } = workspace;
    deal({ id: 'O1001' });
    await refused(workspace, 'project.title');
    await slack.fillIn(ana, { lock: ['understood'] });
    // Slack doesn't hear the answer, and the form stays.
    const heal = aws.injectFault({ operation: 'SubmitOpportunity', kind: { type: 'throttle' } });
    await slack.deliver('interactive', pressOf(workspace, ana));
    await press(await message('Waiting for AWS: O1001'), 'cancel_submission');
    await message('Cancelled: O1001');
    heal();
    await slack.fillIn(ana, { 'Project.Title': 'A better title' });
    expect(await slack.submitView(ana)).toMatchObject({
      payload: {
        response_action: 'errors',
        errors: { 'Project.Title': expect.stringContaining('sent before') },
      },
    });
    await letPass(workspace, MINUTE);
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
    expect(aws.submissionsExecuted('O1001')).toBe(0);
  });
});

overSocketMode('Save and submit over the form for several', (open) => {
  test('and then both of them submitted: what went by itself does not go again', async () => {
    const workspace = await open();
    const { deal, slack, aws, look, message, modal } = workspace;
    deal(LATE_DEAL);
    deal({ id: 'O1002' });
    await look('O1001 O1002');
    await slack.clickViewButton({ user: ana, actionId: 'fix_one' });
    await modal('What AWS will ask for');
    await slack.fillIn(ana, {
      [CLOSE_DATE]: '2031-02-28',
      involvement_type: 'Co-Sell',
      lock: ['understood'],
    });
    await slack.submitView(ana);
    await message('Approval pending: O1001');
    await slack.closeView(ana);
    const several = await modal('O1002');
    const [anyway = ''] = several.view.blocks.flatMap(({ block_id = '' }) =>
      block_id.startsWith('anyway') ? [block_id] : [],
    );
    await slack.fillIn(ana, { [anyway]: ['O1001 18500/USD/Monthly'] });
    await slack.fillIn(ana, { involvement_type: 'Co-Sell' });
    await letPass(workspace, 5000, 1000);
    const locks = () =>
      slack
        .view(ana)
        ?.view.blocks.flatMap(({ block_id = '' }) => (block_id.startsWith('lock') ? [block_id] : []));
    for (const lock of locks() ?? []) await slack.fillIn(ana, { [lock]: ['understood'] });
    await slack.submitView(ana);
    await letPass(workspace, 2 * MINUTE);
    expect(aws.submissionsExecuted('O1002')).toBe(1);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
    expect(slack.messages(deals).map(reads).join('\n')).toContain('Already submitted: O1001');
  });
});

overSocketMode('a button whose time is over', (open) => {
  test('Try now on a message from before, once it went out and nobody knows: nothing is sent again', async () => {
    const workspace = await open();
    const { deal, slack, aws, submit, message, press } = workspace;
    deal({ id: 'O1001' });
    const heal = aws.injectFault({ operation: 'SubmitOpportunity', kind: { type: 'throttle' } });
    await submit('O1001');
    const waiting = await message('Waiting for AWS: O1001');
    const button = waiting.blocks.flatMap((block) =>
      'elements' in block
        ? block.elements.filter((each) => 'action_id' in each && each.action_id === 'try_now')
        : [],
    );
    const late = (user: string) =>
      slack.deliver('interactive', {
        type: 'block_actions',
        team: { id: slack.team.id, domain: slack.team.domain },
        user: { id: user, name: 'somebody', team_id: slack.team.id },
        api_app_id: slack.appId,
        token: 'none',
        trigger_id: '1.2.3',
        container: { type: 'message', message_ts: waiting.ts, channel_id: deals },
        channel: { id: deals, name: 'deals' },
        message: { ts: waiting.ts, text: waiting.text, blocks: waiting.blocks },
        actions: button.map((each) => ({ block_id: 'next', action_ts: '1795777010.000100', ...each })),
      });
    heal();
    aws.injectFault(onSubmit({ type: 'reset', execute: false }, 1));
    await press(waiting, 'try_now');
    await message('Not sure AWS got it: O1001');
    const asked = aws.requests('SubmitOpportunity').length;
    await Promise.all([late(ana), late(ben)]);
    await letPass(workspace, MINUTE);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(asked);
  });

  test.each([gus, sam])(
    '%s, who may not, chooses Details and History: nothing of the deal, and AWS is not asked',
    async (user) => {
      const workspace = await open();
      const { deal, aws, submit, message, press, modal, slack } = workspace;
      deal({ id: 'O1001', companyName: 'Northwind Fisheries' });
      await submit('O1001');
      const pending = await message('Approval pending: O1001');
      await letPass(workspace, MINUTE);
      const asked = aws.requests().length;
      for (const action of ['show_details', 'history']) {
        await press(pending, action, { user });
        const shown = reads(await modal(/Guests can't|Only people of/, { user }));
        expect(shown).not.toMatch(/Northwind|O1001/);
        await slack.closeView(user);
      }
      expect(aws.requests()).toHaveLength(asked);
    },
  );
});

overSocketMode('between saving and submitting', (open) => {
  test('the right is lost: saved, and not sent', async () => {
    const workspace = await open();
    const { deal, slack, aws, message } = workspace;
    deal(LATE_DEAL);
    await filledIn(workspace);
    const stop = aws.onChange(() => {
      if (atAws(workspace, CLOSE_DATE) !== '2031-02-28') return;
      stop();
      slack.addUser({ id: ana, name: 'ana', realName: 'Ana', kind: 'guest' });
    });
    await slack.submitView(ana);
    await message('Not sent: no longer allowed: O1001');
    await letPass(workspace, MINUTE);
    noSubmission(workspace);
  });

  test.each([
    ['while it waited', throttled],
    ['while AWS got it', { operation: 'UpdateOpportunity', kind: { type: 'latency', ms: 5000 } } as const],
  ])('the records are set back to %s: nobody is told that nothing was submitted', async (_, fault) => {
    const workspace = await open();
    const { deal, slack, aws, message, end, begin, folder } = workspace;
    deal(LATE_DEAL);
    await filledIn(workspace);
    const heal = aws.injectFault(fault);
    await slack.submitView(ana);
    if (fault === throttled) await message('Your changes wait for AWS: O1001');
    await expect.poll(() => aws.requests('UpdateOpportunity').length).toBeGreaterThan(0);
    const copy = join(folder, 'copy.sqlite');
    await backUpSqlite(folder, copy);
    heal();
    await letPass(workspace, MINUTE);
    await message('Approval pending: O1001');
    await end();
    for (const name of ['bot.sqlite', 'bot.sqlite-wal', 'bot.sqlite-shm'])
      await rm(join(folder, name), { force: true });
    await copyFile(copy, join(folder, 'bot.sqlite'));
    await begin();
    await letPass(workspace, 50 * MINUTE, MINUTE);
    const told = [...slack.messages(deals), ...inDm(workspace, ana)].map(reads).join('\n---\n');
    expect(told).toContain('Saved; not sure it was submitted: O1001');
    expect(told).not.toMatch(/nothing was submitted/i);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
    expect(aws.requests('UpdateOpportunity').filter(({ executed }) => executed)).toHaveLength(1);
  });
});
