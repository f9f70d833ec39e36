import { expect } from 'vitest';
import type { OpenView } from '../../../demo/slack/stand-in.ts';
import { reads } from '../words-on-screen.ts';
import { ana, type Workspace } from '../workspace.ts';

/** The home tab of a person that reads as described, now or later. */
export const home = ({ slack }: Workspace, words: RegExp | string, user: string = ana): Promise<OpenView> =>
  slack.waitForHome(user, (view) =>
    typeof words === 'string' ? reads(view).includes(words) : words.test(reads(view)),
  );

/** Opens the tab and waits until it reads as described. */
export async function openHome(
  workspace: Workspace,
  words: RegExp | string,
  user: string = ana,
): Promise<OpenView> {
  expect(await workspace.slack.openHome(user)).toMatchObject({ acknowledged: true });
  return home(workspace, words, user);
}

/** Presses a button of the person's home tab. */
export const pressAtHome = (
  { slack }: Workspace,
  actionId: string,
  { blockId, user = ana }: { readonly blockId?: string; readonly user?: string } = {},
) => slack.clickViewButton({ user, actionId, home: true, ...(blockId === undefined ? {} : { blockId }) });
