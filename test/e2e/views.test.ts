import { expect, test } from 'vitest';
import type { OpenView } from '../../demo/slack/stand-in.ts';
import { atAws, NEW_PROBLEM, openFix, PROBLEM, sentBack } from './fix/changing.ts';
import { pressAtHome } from './home/on-the-tab.ts';
import { idle } from './passing-time.ts';
import { reads } from './words-on-screen.ts';
import { ana, deals, overBothTransports, type Workspace } from './workspace.ts';

const FORM = 'How should AWS be involved?';
/** Milliseconds: far longer than the bot needs to look a deal up. */
const LATE = 600;

overBothTransports('an answer that Slack takes later than the update behind it', (open) => {
  test('the opportunity that was asked for: the form comes, and stays', async () => {
    const workspace = await open();
    const { slack, deal, command, modal } = workspace;
    deal();
    await command('');
    await modal('Opportunity ID');
    slack.takeAnswersAfter(LATE);
    await slack.fillIn(ana, { opportunity_id: 'O1001' });
    await slack.submitView(ana);
    await modal(FORM);
    await idle(workspace);
    await modal(FORM);
  });

  test('several of them', async () => {
    const workspace = await open();
    const { slack, deal, command, modal } = workspace;
    deal();
    deal({ id: 'O1002' });
    await command('');
    await modal('Opportunity ID');
    slack.takeAnswersAfter(LATE);
    await slack.fillIn(ana, { opportunity_id: 'O1001 O1002' });
    await slack.submitView(ana);
    await modal('2 deals');
  });

  test('the channel for the outcome', async () => {
    const workspace = await open();
    const { slack, deal, modal } = workspace;
    deal();
    await slack.openHome(ana);
    await slack.waitForHome(ana, (home) => reads(home).includes('O1001'));
    await pressAtHome(workspace, 'home_submit');
    await modal('Where');
    slack.takeAnswersAfter(LATE);
    await slack.fillIn(ana, { choose_channel: deals });
    await slack.submitView(ana);
    await modal(FORM);
  });

  test('a change that was saved: what came of it is shown', async () => {
    const workspace = await open();
    const { slack, modal } = workspace;
    sentBack(workspace);
    await openFix(workspace);
    slack.takeAnswersAfter(LATE);
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await slack.submitView(ana);
    await modal('Sent back to AWS');
  });
});

/** Sends the person's view as Slack would, with another state. */
const submitWith = ({ slack }: Workspace, { id, hash, view }: OpenView, state: unknown) =>
  slack.deliver('interactive', {
    type: 'view_submission',
    team: { id: slack.team.id, domain: slack.team.domain },
    user: { id: ana, name: 'ana', team_id: slack.team.id },
    api_app_id: slack.appId,
    token: 'none',
    view: { ...view, id, hash, state },
  });

const OPENED: readonly (readonly [string, (workspace: Workspace) => Promise<OpenView>])[] = [
  [
    'which opportunity',
    async ({ command, modal }) => {
      await command('');
      return modal('Opportunity ID');
    },
  ],
  [
    'one opportunity',
    ({ deal, look }) => {
      deal();
      return look('O1001');
    },
  ],
  [
    'several',
    async ({ deal, command, modal }) => {
      deal();
      deal({ id: 'O1002' });
      await command('O1001 O1002');
      return modal('2 deals');
    },
  ],
  [
    'the channel',
    async (workspace) => {
      workspace.deal();
      await workspace.slack.openHome(ana);
      await workspace.slack.waitForHome(ana, (home) => reads(home).includes('O1001'));
      await pressAtHome(workspace, 'home_submit');
      return workspace.modal('Where');
    },
  ],
  [
    'changing a deal',
    async (workspace) => {
      sentBack(workspace);
      return openFix(workspace);
    },
  ],
];

overBothTransports('a form that comes back without what was entered', (open) => {
  test.each(OPENED)('%s: says what is missing, and records nothing', async (_, shown) => {
    const workspace = await open();
    const view = await shown(workspace);
    const inputs = view.view.blocks.flatMap(({ type, block_id }) => (type === 'input' ? [block_id] : []));
    for (const state of [{}, undefined, { values: null }, { values: { involvement_type: null } }]) {
      const answer = await submitWith(workspace, view, state);
      expect(answer).toMatchObject({ acknowledged: true, payload: { response_action: 'errors' } });
      const errors = answer.acknowledged ? Object.keys(Object(Object(answer.payload).errors)) : [];
      expect(inputs).toEqual(expect.arrayContaining(errors));
    }
    expect(workspace.aws.requests('SubmitOpportunity')).toEqual([]);
    expect(workspace.aws.requests('UpdateOpportunity')).toEqual([]);
    expect(workspace.log()).not.toContain('"level":50');
  });

  test('changing a deal: blocks of another form, and inputs that say nothing, empty no field', async () => {
    const workspace = await open();
    const { slack, aws } = workspace;
    sentBack(workspace);
    const view = await openFix(workspace);
    const empty = Object.fromEntries(Object.keys(view.values).map((block) => [block, {}]));
    const silent = Object.fromEntries(
      Object.keys(view.values).map((block) => [block, { field: { type: 'plain_text_input' } }]),
    );
    const foreign = Object.fromEntries(
      Object.keys(view.values).map((block) => [block, { other: { type: 'plain_text_input', value: '' } }]),
    );
    for (const values of [empty, silent, foreign]) {
      expect(await submitWith(workspace, view, { values })).toMatchObject({
        payload: { response_action: 'errors', errors: { [Object.keys(empty)[0] ?? '']: expect.any(String) } },
      });
    }
    const before = atAws(workspace, 'Project.Title');
    await submitWith(workspace, view, {
      values: { ...empty, [PROBLEM]: { field: { type: 'plain_text_input', value: NEW_PROBLEM } } },
    });
    await slack.closeView(ana);
    await idle(workspace);
    await expect.poll(() => atAws(workspace, PROBLEM)).toBe(NEW_PROBLEM);
    expect(atAws(workspace, 'Project.Title')).toBe(before);
    expect(aws.requests('UpdateOpportunity')).toHaveLength(1);
  });
});

overBothTransports('a view that Slack says it does not find', (open) => {
  test('for a moment: it is filled in all the same', async () => {
    const { slack, deal, command, modal, log } = await open();
    deal();
    slack.injectFault({ method: 'views.update', times: 1, kind: { type: 'error', error: 'not_found' } });
    await command('O1001');
    await modal(FORM);
    expect(log()).not.toContain('"level":50');
  });
});
