import { expect, test } from 'vitest';
import { z } from 'zod';
import { anOpportunity } from '../../demo/partner-central/opportunities.ts';
import { awsError, onSubmit } from './aws-faults.ts';
import { confidentialIn, leaksIn } from './leaks.ts';
import { idle, MINUTE, within } from './passing-time.ts';
import { inThreads } from './review/thread.ts';
import { overSocketMode, type Workspace } from './workspace.ts';

const lineSchema = z.looseObject({ level: z.number(), time: z.number(), msg: z.string() });

/** What the log says at `info` and above, oldest first. */
const lines = (workspace: Workspace) =>
  workspace
    .log()
    .trimEnd()
    .split('\n')
    .map((line) => lineSchema.parse(JSON.parse(line)))
    .filter(({ level }) => level >= 30);

overSocketMode('the log', (open) => {
  test('the life of one submission, a line an event, by its IDs', async () => {
    const workspace = await open();
    workspace.deal({ id: 'O1001' });
    await workspace.submit('O1001');
    await workspace.message('Approval pending: O1001');
    await idle(workspace);
    workspace.aws.review('AWS', 'O1001', 'Approved');
    await within(workspace, MINUTE, () => inThreads(workspace).length === 1);

    const written = lines(workspace);
    const said = written.map(({ msg }) => msg);
    const inOrder = [
      'command',
      'recorded as requested',
      'sending',
      'submitted',
      'review changed',
      'told: submission',
      'review changed',
      'told: decision',
    ];
    let at = -1;
    for (const each of inOrder) {
      at = said.indexOf(each, at + 1);
      expect(at, `${each} in ${said.join(', ')}`).toBeGreaterThanOrEqual(0);
    }
    expect(said).toContain('view_submission');

    const team = workspace.slack.team.id;
    const [recorded] = written.filter(({ msg }) => msg === 'recorded as requested');
    expect(recorded).toMatchObject({ opportunity: 'O1001', team, by: 'person', why: 'Co-Sell, Full' });
    const submission = recorded?.submission;
    expect(submission).toMatch(/^[0-9a-f-]{36}$/);
    for (const msg of ['sending', 'submitted', 'review changed', 'told: submission', 'told: decision']) {
      const about = written.filter((line) => line.msg === msg);
      for (const line of about) expect(line).toMatchObject({ submission, opportunity: 'O1001', team });
    }
    expect(written.find(({ msg }) => msg === 'submitted')).toHaveProperty('requestId');
    expect(written.findLast(({ msg }) => msg === 'review changed')).toMatchObject({ review: 'Approved' });
    expect(written.filter(({ level }) => level > 30)).toEqual([]);
  });

  test('a refusal says AWS’s code and request ID, and none of what it says about the deal', async () => {
    const workspace = await open();
    workspace.deal({ id: 'O1001' });
    const message = 'The customer Example Corp is not eligible';
    workspace.aws.injectFault(onSubmit(awsError('ValidationException', { message }), 1));
    await workspace.submit('O1001');
    await within(workspace, MINUTE, () => lines(workspace).some(({ msg }) => msg === 'told: submission'));
    const refused = lines(workspace).find(({ msg }) => msg === 'refused');
    expect(refused).toMatchObject({ opportunity: 'O1001', why: 'ValidationException' });
    expect(refused).toHaveProperty('requestId');
    expect(workspace.log()).not.toContain(message);
  });

  test('who did it is not in the log: the record has that', async () => {
    const workspace = await open();
    workspace.deal({ id: 'O1001' });
    await workspace.submit('O1001');
    await workspace.message('Approval pending: O1001');
    await workspace.command('status');
    await idle(workspace);
    for (const { id } of workspace.slack.users()) expect(workspace.log()).not.toContain(id);
  });
});

test('what every one of these tests looks for in the log would be found there', () => {
  const { opportunity } = anOpportunity({
    now: new Date(),
    reviewComments: 'Please add the \\"quota\\" figures',
    fields: { 'LifeCycle.NextSteps': 'Call Ingrid\non Monday' },
  });
  const texts = confidentialIn(opportunity);
  expect(texts).toEqual(
    expect.arrayContaining(['Ingrid', '18500', 'Bryggen 12', 'Northwind Fisheries', '+4755512345']),
  );
  const leaks = (written: string) =>
    leaksIn({
      slack: { botToken: 'xoxb-1', appToken: 'xapp-1', signingSecret: 'secret-1', team: { id: 'T1' } },
      aws: { credentials: { secretAccessKey: 'secret-2' }, opportunities: () => [{ opportunity }] },
      log: () => written,
    });
  for (const text of texts) {
    for (const said of [`about ${text} again`, `it is ${text}.`, text]) {
      expect(leaks(JSON.stringify({ msg: said }))).toContain(text);
    }
  }
  // By chance an amount is part of a time, an ID or another number.
  for (const other of ['1764218500123', 'V18500ABC', '0.18500', '18500.75']) {
    expect(leaks(JSON.stringify({ msg: `about ${other}` }))).toEqual([]);
  }
});
