import { describe, expect, test } from 'vitest';
import type { OpenView } from '../../demo/slack/stand-in.ts';
import { idle } from './passing-time.ts';
import { reads } from './words-on-screen.ts';
import { ana, overBothTransports, type Workspace } from './workspace.ts';

/** What is chosen in the form for one, or for several. */
interface Chosen {
  readonly involvement?: 'Co-Sell' | 'For Visibility Only';
  readonly visibility: 'Full' | 'Limited';
}

const option = (value: string | undefined) => ({
  type: 'radio_buttons',
  selected_option: value === undefined ? null : { text: { type: 'plain_text', text: value }, value },
});

/** Tells the bot of a choice as Slack does where nothing has come back yet of the one before: with the view as it was. */
function tell(
  { slack }: Workspace,
  { id, hash, view, values }: OpenView,
  { involvement, visibility }: Chosen,
  at: number,
): Promise<unknown> {
  const [ofInvolvement, ofVisibility] = ['involvement_type', 'visibility'].flatMap((block) =>
    view.blocks.flatMap((each) =>
      each.block_id === block && 'element' in each && 'action_id' in each.element
        ? [String(each.element.action_id)]
        : [],
    ),
  );
  const action = {
    block_id: 'involvement_type',
    action_id: ofInvolvement,
    action_ts: `17957770${at}.000100`,
  };
  return slack.deliver('interactive', {
    type: 'block_actions',
    team: { id: slack.team.id, domain: slack.team.domain },
    user: { id: ana, name: 'ana', team_id: slack.team.id },
    api_app_id: slack.appId,
    token: 'none',
    trigger_id: '1.2.3',
    container: { type: 'view', view_id: id },
    actions: [{ ...action, ...option(involvement) }],
    view: {
      ...view,
      id,
      hash,
      state: {
        values: {
          ...values,
          involvement_type: { [ofInvolvement ?? '']: option(involvement) },
          visibility: { [ofVisibility ?? '']: option(visibility) },
        },
      },
    },
  });
}

const COSELL = { involvement: 'Co-Sell', visibility: 'Full' } as const;
const LIMITED = { ...COSELL, visibility: 'Limited' } as const;
const VISIBLE = { involvement: 'For Visibility Only', visibility: 'Full' } as const;
const REFUSED = '*Visibility* is Limited';

const FORMS: readonly (readonly [string, (workspace: Workspace) => Promise<OpenView>, refused: string])[] = [
  [
    'one opportunity',
    ({ deal, look }) => {
      deal();
      return look('O1001');
    },
    REFUSED,
  ],
  [
    'several',
    async ({ deal, command, modal }) => {
      deal();
      deal({ id: 'O1002' });
      await command('O1001 O1002');
      return modal('2 deals');
    },
    '*Visibility*',
  ],
];

async function now(workspace: Workspace): Promise<string> {
  await idle(workspace);
  return reads(workspace.slack.view(ana) ?? expect.fail());
}

overBothTransports('quick choices, each told of before anything has come back of the one before', (open) => {
  describe.each(FORMS)('for %s', (_, shown, refused) => {
    test('the form shows what follows from the last', async () => {
      const workspace = await open();
      const form = await shown(workspace);
      await Promise.all([tell(workspace, form, COSELL, 10), tell(workspace, form, LIMITED, 11)]);
      expect(await now(workspace)).toContain(refused);
      // Long answered, and still with the view from before.
      await tell(workspace, form, VISIBLE, 12);
      expect(await now(workspace)).not.toContain(refused);
      await tell(workspace, form, LIMITED, 13);
      expect(await now(workspace)).toContain(refused);
    });

    test('they come in another order: the last one made is shown', async () => {
      const workspace = await open();
      const form = await shown(workspace);
      await Promise.all([tell(workspace, form, LIMITED, 11), tell(workspace, form, COSELL, 10)]);
      expect(await now(workspace)).toContain(refused);
    });
  });

  test('what Submit has put in the place of the form stays', async () => {
    const workspace = await open();
    workspace.deal();
    const form = await workspace.look('O1001');
    await tell(workspace, form, COSELL, 10);
    await workspace.choose();
    const after = await now(workspace);
    await tell(workspace, form, LIMITED, 11);
    expect(await now(workspace)).toBe(after);
    expect(workspace.aws.submissionsExecuted('O1001')).toBe(1);
  });
});
