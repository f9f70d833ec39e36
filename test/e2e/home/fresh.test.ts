import { expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.ts';
import { idle, letPass, MINUTE, SECOND } from '../passing-time.ts';
import { requestMany } from '../queue/many.ts';
import { buttons, reads } from '../words-on-screen.ts';
import { ana, ben, overSocketMode, type Workspace } from '../workspace.ts';
import { home, openHome, pressAtHome } from './on-the-tab.ts';

overSocketMode('the home tab follows', (open) => {
  const publications = ({ slack }: Workspace) => slack.calls('views.publish').length;

  test('what is submitted elsewhere, and what AWS decides, appear by themselves', async () => {
    const workspace = await open();
    const { aws, deal, submit, message } = workspace;
    deal({ companyName: 'Northwind Fisheries' });
    await openHome(workspace, 'Not submitted yet: 1');
    await idle(workspace);
    await submit('O1001');
    await message('Approval pending: O1001');
    await letPass(workspace, 6 * SECOND, SECOND);
    await home(workspace, /Approval pending[\s\S]*Not submitted yet: 0/);
    aws.review('AWS', 'O1001', 'Action Required', { comments: 'Which workload?' });
    await letPass(workspace, 60 * SECOND);
    const shown = await home(workspace, /Needs you: 1[\s\S]*Action required[\s\S]*With AWS: 0/);
    // AWS's own words are a press away.
    expect(reads(shown)).not.toContain('Which workload?');
    expect(buttons(shown)).toContain('Fix and send back');
  });

  test('only tabs that show the change are published, and many changes at once are few publications', async () => {
    const workspace = await open();
    const { slack, deal, submit, message } = workspace;
    for (let number = 1; number <= 8; number += 1) deal({ id: `O${number}` });
    await openHome(workspace, 'Not submitted yet: 8');
    await openHome(workspace, 'Not submitted yet: 8', ben);
    await idle(workspace);
    const before = publications(workspace);
    for (let number = 1; number <= 8; number += 1) {
      await submit(`O${number}`);
      await message(`Approval pending: O${number}`);
    }
    await letPass(workspace, 6 * SECOND, SECOND);
    await home(workspace, 'With AWS: 8');
    const published = slack.calls('views.publish').slice(before);
    expect(published.length).toBeLessThanOrEqual(8);
    expect(published.every(({ arguments: given }) => given.user_id === ana)).toBe(true);
  });

  test('while AWS is slow the tab shows at once what we know, then the rest', async () => {
    const workspace = await open();
    const { slack, aws, clock, deal, submit, message } = workspace;
    deal({ companyName: 'Northwind Fisheries' });
    await submit('O1001');
    await message('Approval pending: O1001');
    aws.injectFault({ operation: 'ListOpportunities', kind: { type: 'latency', ms: 2000 } });
    await slack.openHome(ana);
    await idle(workspace);
    clock.jump(400);
    const first = reads(await home(workspace, "AWS hasn't listed the deals yet"));
    expect(first).toContain('*O1001*\nApproval pending · for less than an hour');
    await idle(workspace);
    clock.jump(2000);
    expect(reads(await home(workspace, '*Northwind Fisheries* · O1001'))).not.toContain("hasn't listed");
  });

  test('while AWS does not answer, our own records stand there, and that it did not', async () => {
    const workspace = await open();
    const { aws, deal, submit, message, later } = workspace;
    deal({ companyName: 'Northwind Fisheries' });
    await submit('O1001');
    await message('Approval pending: O1001');
    const heal = aws.injectFault({ operation: 'ListOpportunities', kind: { type: 'throttle' } });
    const shown = await openHome(workspace, "AWS hasn't listed the deals yet");
    expect(reads(shown)).toContain('*O1001*\nApproval pending');
    heal();
    await later(5 * MINUTE);
    await home(workspace, 'Northwind Fisheries');
  });

  test('following costs AWS no call while nothing new is to be read', async () => {
    const workspace = await open();
    const { aws, deal, submit, message } = workspace;
    for (const id of ['O1', 'O2', 'O3']) deal({ id });
    await submit('O1');
    await message('Approval pending: O1');
    await openHome(workspace, 'Not submitted yet: 2');
    await idle(workspace);
    const asked = aws.requests('ListOpportunities').length;
    await submit('O2');
    await letPass(workspace, 6 * SECOND, SECOND);
    await home(workspace, 'With AWS: 2');
    // One for the deal that is new there.
    expect(aws.requests('ListOpportunities').length).toBeLessThanOrEqual(asked + 1);
  });

  test('what Slack does not take is published again, and smaller where it refuses it', async () => {
    const workspace = await open();
    const { slack, deal, later } = workspace;
    deal();
    slack.injectFault({ method: 'views.publish', times: 1, kind: { type: 'http-500' } });
    await slack.openHome(ana);
    await later(10 * SECOND);
    await home(workspace, 'Not submitted yet: 1');
    slack.injectFault({
      method: 'views.publish',
      times: 1,
      kind: { type: 'rate-limit', retryAfterSeconds: 30 },
    });
    await pressAtHome(workspace, 'home_team');
    await later(29 * SECOND);
    expect(reads(await home(workspace, 'Not submitted yet'))).toContain('✓ Mine');
    await later(2 * SECOND);
    await home(workspace, "✓ Team's");
    // A tab that Slack refuses gives way to one it takes.
    slack.injectFault({
      method: 'views.publish',
      times: 1,
      kind: { type: 'error', error: 'invalid_arguments' },
    });
    await pressAtHome(workspace, 'home_mine');
    await home(workspace, "This can't be shown right now");
    await pressAtHome(workspace, 'home_refresh');
    await home(workspace, 'Not submitted yet: 1');
  });

  test('what Slack asks us to wait for waits, whatever becomes new meanwhile', async () => {
    const workspace = await open();
    const { slack, deal, submit, message } = workspace;
    for (const id of ['O1', 'O2']) deal({ id });
    await openHome(workspace, 'Not submitted yet: 2');
    await letPass(workspace, 10 * SECOND);
    const limited = { type: 'rate-limit', retryAfterSeconds: 60 } as const;
    slack.injectFault({ method: 'views.publish', times: 1, kind: limited });
    const before = publications(workspace);
    for (const id of ['O1', 'O2']) {
      await submit(id);
      await message(`Approval pending: ${id}`);
      await letPass(workspace, 10 * SECOND);
    }
    await letPass(workspace, 30 * SECOND);
    expect(publications(workspace) - before).toBe(1);
    await letPass(workspace, 20 * SECOND);
    await home(workspace, 'With AWS: 2');
  });

  test('a press whose window Slack does not open is answered by a direct message', async () => {
    const workspace = await open();
    const { slack, deal, submit, message } = workspace;
    deal({ id: 'O1' });
    deal({ id: 'O2' });
    await submit('O1');
    await message('Approval pending: O1');
    await openHome(workspace, 'With AWS: 1');
    slack.injectFault({ method: 'views.open', kind: { type: 'error', error: 'expired_trigger_id' } });
    const { id: channel } = slack.directMessage(ana);
    for (const [count, press] of [
      () => pressAtHome(workspace, 'check_status'),
      () => pressAtHome(workspace, 'home_submit', { blockId: 'ready O2' }),
    ].entries()) {
      await press();
      await idle(workspace);
      expect(slack.messages(channel).map(({ text }) => text)).toEqual(
        Array.from({ length: count + 1 }, () => expect.stringContaining('Please press the button again')),
      );
    }
  });

  test('the messages beside it publish nothing', async () => {
    const workspace = await open();
    await workspace.slack.openHome(ana, 'messages');
    await idle(workspace);
    expect(publications(workspace)).toBe(0);
  });

  test('ten thousand submissions: counted, paged to the last one, within every limit of Slack’s', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    const { slack } = workspace;
    await workspace.end();
    await requestMany(workspace, 1);
    await copies(workspace, 9_999);
    await workspace.begin();
    await openHome(workspace, 'With AWS: 10,000');
    let shown = await home(workspace, 'Page 1 of 1,000');
    await pressAtHome(workspace, 'home_next', { blockId: 'waiting pages' });
    shown = await home(workspace, 'Page 2 of 1,000');
    expect(buttons(shown)).toEqual(expect.arrayContaining(['Previous', 'Next']));
    expect(shown.view.blocks.length).toBeLessThanOrEqual(100);
    // A button from before, of a page that isn't there any more.
    await slack.deliver('interactive', forged(workspace, 'waiting 999999'));
    shown = await home(workspace, 'Page 1,000 of 1,000');
    expect(buttons(shown)).not.toContain('Next');
    expect(slack.calls('views.publish').every(({ ok }) => ok)).toBe(true);
  });
});

/** A press of a paging button with a value of our choosing, as Slack would send it. */
function forged({ slack }: Workspace, value: string): Record<string, unknown> {
  return {
    type: 'block_actions',
    team: { id: slack.team.id, domain: slack.team.domain },
    user: { id: ana, team_id: slack.team.id },
    api_app_id: slack.appId,
    container: { type: 'view', view_id: slack.home(ana)?.id },
    trigger_id: '1.2.3',
    view: { id: slack.home(ana)?.id, type: 'home' },
    actions: [
      { type: 'button', action_id: 'home_next', block_id: 'waiting pages', value, action_ts: '1700000000.0' },
    ],
  };
}

/** Copies the one record there is, straight in the bot's database while it is stopped. */
async function copies({ folder }: Workspace, count: number): Promise<void> {
  const { db, close } = await connect({ type: 'sqlite', folder }, { onLostConnection: () => {} });
  const record = await db.selectFrom('submissions').selectAll().executeTakeFirstOrThrow();
  const opportunity = await db.selectFrom('opportunities').selectAll().executeTakeFirstOrThrow();
  const ONCE = 500;
  for (let start = 0; start < count; start += ONCE) {
    const copied = Array.from({ length: Math.min(ONCE, count - start) }, (_, index) => {
      const number = start + index;
      return { id: `copy-${number}`, opportunity_id: `O${100_000 + number}` };
    });
    await db
      .insertInto('submissions')
      .values(copied.map((copy) => ({ ...record, ...copy, form_id: `draft-${copy.id}` })))
      .execute();
    await db
      .insertInto('opportunities')
      .values(copied.map((copy) => ({ ...opportunity, ...copy, submission_id: copy.id })))
      .execute();
  }
  await close();
}
