import { expect, test } from 'vitest';
import { withFields } from '../../demo/partner-central/data.ts';
import { awsError, onSubmit } from './aws-faults.ts';
import { DAY, HOUR, letPass, MINUTE, within } from './passing-time.ts';
import { inChannel, inThreads } from './review/thread.ts';
import { buttons, reads } from './words-on-screen.ts';
import { ana, ben, overSocketMode, type Workspace } from './workspace.ts';

const lost = (execute: boolean) => onSubmit({ type: 'reset', execute }, 1);

/** A submission whose answer was lost, with its message. */
async function inDoubt(workspace: Workspace, executed: boolean): Promise<void> {
  workspace.deal();
  workspace.aws.injectFault(lost(executed));
  await workspace.submit('O1001');
  await workspace.message('Not sure AWS got it: O1001');
  await workspace.slack.closeView(ana);
}

/** The same, 16 minutes later: AWS hadn't executed it. */
async function notSeen(workspace: Workspace): Promise<void> {
  await inDoubt(workspace, false);
  await within(workspace, 20 * MINUTE, says(workspace, 'Probably not submitted'), MINUTE);
}

/** Found by reading: AWS has it, and nobody is credited. */
const FOUND = "AWS has it; we can't tell whose request did it";

const says = (workspace: Workspace, words: string) => () =>
  inChannel(workspace).some(({ text }) => text.startsWith(words));

overSocketMode('after a doubt', (open) => {
  test('it says until when we look, and that it is not sent again', async () => {
    const workspace = await open();
    await inDoubt(workspace, false);
    const [message] = inChannel(workspace);
    const shown = message === undefined ? '' : reads(message);
    expect(shown).toMatch(/checking at least until <!date\^\d+/);
    expect(shown).toContain("won't send it twice");
    expect(message && buttons(message)).not.toContain('Cancel');
    await letPass(workspace, 14 * MINUTE, MINUTE);
    expect(says(workspace, 'Not sure AWS got it')()).toBe(true);
  });

  test('the bot is started anew in the middle of it: the next one finds out', async () => {
    const workspace = await open();
    const { aws } = workspace;
    await inDoubt(workspace, true);
    await workspace.end();
    workspace.clock.jump(2 * HOUR);
    await workspace.begin();
    await within(workspace, 3 * MINUTE, says(workspace, FOUND));
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  test('AWS cannot be read for a day: it stays a doubt, and is settled when AWS answers', async () => {
    const workspace = await open();
    const { aws } = workspace;
    await inDoubt(workspace, false);
    const heal = aws.injectFault({ operation: 'GetOpportunity', kind: { type: 'html-503', execute: false } });
    await letPass(workspace, DAY, 10 * MINUTE);
    expect(says(workspace, 'Not sure AWS got it')()).toBe(true);
    heal();
    await within(workspace, 5 * MINUTE, says(workspace, 'Probably not submitted'));
  });

  test('whoever else looks is told that it is on its way, and cannot send a second one', async () => {
    const workspace = await open();
    await inDoubt(workspace, false);
    expect(reads(await workspace.look('O1001', { user: ben }))).toContain('*Already on its way.*');
    expect(workspace.aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test('never sent again without a person, however long it takes', async () => {
    const workspace = await open();
    await notSeen(workspace);
    await letPass(workspace, 5 * DAY, 2 * HOUR);
    expect(says(workspace, 'Probably not submitted')()).toBe(true);
    expect(workspace.aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test('somebody submits it elsewhere afterwards: found out within a minute, and nobody here is credited', async () => {
    const workspace = await open();
    await notSeen(workspace);
    workspace.aws.review('AWS', 'O1001', 'Submitted');
    await within(workspace, MINUTE, says(workspace, FOUND));
    const found = reads(inChannel(workspace)[0] ?? expect.fail());
    expect(found).toContain("we can't tell whose request did it");
    expect(found).not.toMatch(/accepted|submitted twice|take effect/);
  });

  // The read before sending showed Pending Submission: AWS has had it since.
  test.each(['Rejected', 'Action Required'])(
    'found out only once it is %s: said, and the decision reaches whoever asked',
    async (status) => {
      const workspace = await open();
      const { aws } = workspace;
      await inDoubt(workspace, true);
      aws.review('AWS', 'O1001', status);
      await within(workspace, 5 * MINUTE, says(workspace, FOUND));
      expect(reads(inChannel(workspace)[0] ?? expect.fail())).toContain(`AWS's review says: ${status}`);
      await within(workspace, MINUTE, () => inThreads(workspace).length === 1);
    },
  );

  test('Try again, and that goes through: the first is credited with nothing, and the decision is told once', async () => {
    const workspace = await open();
    const { aws, slack } = workspace;
    await notSeen(workspace);
    const [first] = inChannel(workspace);
    if (first === undefined) throw new Error('There is no message.');
    await workspace.press(first, 'try_again');
    await workspace.modal('How should AWS be involved?');
    await slack.fillIn(ana, { lock: ['understood'] });
    await slack.submitView(ana);
    await workspace.message('Approval pending: O1001');
    await letPass(workspace, 2 * DAY, HOUR);
    expect(inChannel(workspace).filter(({ text }) => text.startsWith('Approval pending'))).toHaveLength(1);
    expect(inChannel(workspace)[0]?.text).toBe(`${FOUND}: O1001`);
    expect(aws.submissionsExecuted('O1001')).toBe(1);

    aws.review('AWS', 'O1001', 'Approved');
    await letPass(workspace, DAY, HOUR);
    expect(inThreads(workspace)).toHaveLength(1);
    expect(inThreads(workspace)[0]?.threadTs).not.toBe(first.ts);
  });

  test('two requests whose answers were lost: whichever AWS executes, neither is credited', async () => {
    const workspace = await open();
    const { aws, slack } = workspace;
    await notSeen(workspace);
    aws.injectFault(lost(false));
    await workspace.press(inChannel(workspace)[0] ?? expect.fail(), 'try_again');
    const form = await workspace.modal('How should AWS be involved?');
    expect(reads(form)).toContain(`An earlier request may still take effect.* <@${ana}> asked`);
    await slack.fillIn(ana, { lock: ['understood'] });
    await slack.submitView(ana);
    await workspace.message('Not sure AWS got it');
    // AWS executes the first of them now.
    aws.review('AWS', 'O1001', 'Submitted');
    await within(workspace, 10 * MINUTE, () =>
      inChannel(workspace).every(({ text }) => text.startsWith(FOUND)),
    );
    expect(inChannel(workspace)).toHaveLength(2);
  });

  test.each([
    ['a review status that nobody knows', 'On Hold'],
    ['no review status', undefined],
  ])('%s proves nothing: it stays a doubt', async (_, status) => {
    const workspace = await open();
    await inDoubt(workspace, false);
    workspace.aws.seed(withFields(workspace.deal(), { 'LifeCycle.ReviewStatus': status }));
    await letPass(workspace, HOUR, MINUTE);
    expect(says(workspace, 'Not sure AWS got it')()).toBe(true);
  });

  test('the deal is gone for a day: let go on a press, submitted anew with a warning, and found out still', async () => {
    const workspace = await open();
    const { aws } = workspace;
    await inDoubt(workspace, false);
    const heal = aws.injectFault({
      operation: 'GetOpportunity',
      kind: awsError('ResourceNotFoundException'),
    });
    const notFound = reads(await workspace.look('O1001', { user: ben }));
    expect(notFound).toContain("O1001 isn't there");
    expect(notFound).toContain(`An earlier request may still take effect.* <@${ana}> asked`);
    expect(reads(await workspace.look('O1001 O1002', { user: ben }))).toContain(
      `<@${ana}>'s earlier request for it may still take effect`,
    );
    await letPass(workspace, 23 * HOUR, 10 * MINUTE);
    const [before] = inChannel(workspace);
    expect(before && buttons(before)).not.toContain('Let it go');
    await within(workspace, 2 * HOUR, says(workspace, 'Still not known whether AWS has it'), MINUTE);
    const [message] = inChannel(workspace);
    expect(message && reads(message)).toContain("For a day AWS hasn't found it");
    expect(message && buttons(message)).not.toContain('Try again');

    await workspace.press(message ?? expect.fail(), 'let_go', { user: ben });
    await within(workspace, MINUTE, says(workspace, 'Let go; not known whether AWS has it'));
    await workspace.command('status O1001');
    const status = reads(await workspace.message("doesn't find the opportunity any more"));
    expect(status).toContain('Let go; not known whether AWS has it');
    heal();
    expect(reads(await workspace.look('O1001'))).toContain('An earlier request may still take effect');
    aws.review('AWS', 'O1001', 'Submitted');
    await within(workspace, 25 * HOUR, says(workspace, FOUND), HOUR);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });
});
