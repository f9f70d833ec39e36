import { expect } from 'vitest';
import type { InputValue, OpenView } from '../../../demo/slack/stand-in.ts';
import { idle, letPass } from '../passing-time.ts';
import { reads } from '../words-on-screen.ts';
import { ana, type Where, type Workspace } from '../workspace.ts';

/** `O1001`, `O1002`, … */
export const idsOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `O${1001 + index}`);

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

type Input = ReturnType<typeof inputsIn>[number];

/** The inputs of the form that offer its deals: which they are, and which deals. */
function inputsIn({ view }: OpenView) {
  return view.blocks.flatMap((block) => {
    if (!('element' in block) || !('options' in block.element)) return [];
    const values = (block.element.options ?? []).flatMap(({ value }) => value ?? []);
    return [{ block: block.block_id ?? '', values }];
  });
}

/** The block whose name begins so. */
export const blockOf = (view: OpenView, name: string): string =>
  view.view.blocks.map(({ block_id = '' }) => block_id).find((id) => id.startsWith(name)) ??
  expect.fail(`There is no block ${name}.`);

export function formOf({ slack }: Workspace, user: string = ana): OpenView {
  return slack.view(user) ?? expect.fail('The form is closed.');
}

const named = ({ values }: Input, ids: readonly string[]) =>
  values.filter((value) => ids.includes(value.split(' ')[0] ?? ''));

/** Chooses deals in what is called so: `deals` to check nothing but them, `instead`, `anyway`. */
export async function chooseDeals(
  workspace: Workspace,
  name: 'deals' | 'instead' | 'anyway',
  ids: readonly string[],
  user: string = ana,
): Promise<void> {
  for (const input of inputsIn(formOf(workspace, user)).filter(({ block }) => block.startsWith(name))) {
    await fillIn(workspace, { [input.block]: named(input, ids) }, user);
  }
}

/** Confirms that they will be locked. */
export const lock = (workspace: Workspace, user: string = ana): Promise<void> =>
  fillIn(workspace, { [blockOf(formOf(workspace, user), 'lock')]: ['understood'] }, user);

/** Co-Sell for all, what else is chosen, the lock, and Submit; answers what the modal says then. */
export async function submitSeveral(
  workspace: Workspace,
  choose: () => Promise<void> = async () => {},
  user: string = ana,
): Promise<OpenView> {
  const { slack } = workspace;
  await fillIn(workspace, { involvement_type: 'Co-Sell' }, user);
  await choose();
  await lock(workspace, user);
  expect(await slack.submitView(user)).toMatchObject({ acknowledged: true });
  return formOf(workspace, user);
}
