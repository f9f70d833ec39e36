import { expect } from 'vitest';
import type { InputValue, OpenView } from '../../../demo/slack/stand-in.ts';
import { idle, letPass } from '../passing-time.ts';
import { reads } from '../words-on-screen.ts';
import { ana, type Where, type Workspace } from '../workspace.ts';

/** `O1001`, `O1002`, … */
export const idsOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `O${1001 + index}`);

/** The select in a row of the form. */
export const row = (id: string): string => `exception ${id}`;

/** Puts deals there that are ready (but for those that are there), and opens the form for them. */
export async function lookAtSeveral(
  workspace: Workspace,
  ids: readonly string[],
  where: Where = {},
): Promise<OpenView> {
  for (const id of ids) {
    if (workspace.aws.opportunity('AWS', id) === undefined) workspace.deal({ id });
  }
  const { command, modal, slack } = workspace;
  const user = where.user ?? ana;
  await command(ids.join(' '), where);
  await modal(/Looking up/, { user });
  // One after the other, a quarter of a second apart.
  await letPass(workspace, ids.length * 250, 250);
  return slack.waitForView(user, (view) => !reads(view).includes('Looking up'));
}

/** Fills inputs in one after the other, as a person sees the form change. */
export async function fillIn(
  workspace: Workspace,
  values: Readonly<Record<string, InputValue>>,
  user: string = ana,
): Promise<void> {
  for (const [block, value] of Object.entries(values)) {
    await workspace.slack.fillIn(user, { [block]: value });
    await idle(workspace);
  }
}

/** Co-Sell for all but what `rows` says, every confirmation there is, and Submit; answers what the modal says then. */
export async function submitSeveral(
  workspace: Workspace,
  rows: Readonly<Record<string, InputValue>> = {},
  user: string = ana,
): Promise<OpenView> {
  const { slack } = workspace;
  await fillIn(workspace, { involvement_type: 'Co-Sell', ...rows }, user);
  const blocks = slack.view(user)?.view.blocks.map(({ block_id }) => block_id ?? '') ?? [];
  for (const block of blocks.filter((id) => id.startsWith('anyway'))) {
    await slack.fillIn(user, { [block]: 'anyway' });
  }
  await slack.fillIn(user, { lock: 'understood' });
  expect(await slack.submitView(user)).toMatchObject({ acknowledged: true });
  const view = slack.view(user);
  if (view === undefined) throw new Error('The modal closed.');
  return view;
}
