import { demoOpportunities } from '../../demo/partner-central/demo-opportunities.ts';
import { demoChannels, demoInstallation, demoPeople } from '../../demo/slack/demo-workspace.ts';
import type { OpenView, SlackStandIn, StandInMessage } from '../../demo/slack/stand-in.ts';
import type { Demo } from '../../demo/start.ts';
import { hasButton, reads } from '../../test/e2e/words-on-screen.ts';
import { everyMessage } from '../../test/messages/every-message.ts';

/** One thing that a person can have before them. */
export type Shown = { readonly name: string } & (
  | { readonly surface: 'message'; readonly message: StandInMessage }
  | { readonly surface: 'modal' | 'home'; readonly view: OpenView }
);

const { ana, gus } = demoPeople;
const { deals } = demoChannels;

/** A post of the bot's in #deals; `at` (seconds) gives it its place. */
const posted = (blocks: StandInMessage['blocks'], at: number, ephemeralTo?: string): StandInMessage => ({
  channel: deals,
  ts: `${at}.000100`,
  threadTs: undefined,
  user: demoInstallation.botUserId,
  text: '',
  blocks,
  edited: false,
  deleted: false,
  ephemeralTo,
  via: 'api',
});

/** Every kind of message in every state; what looks the same is there once, under its first name. */
export function messages(now: Date): readonly Shown[] {
  const seconds = Math.floor(now.getTime() / 1000);
  const byLook = new Map(
    everyMessage()
      .map((each) => [JSON.stringify(each.message.blocks), each] as const)
      .reverse(),
  );
  return [...byLook.values()].reverse().map(({ name, message }, index) => ({
    name,
    surface: 'message',
    message: posted(message.blocks, seconds - 3600 + index),
  }));
}

const isFilledIn = (open: OpenView): boolean => !reads(open).includes('Looking up');
const isFixForm = ({ view }: OpenView): boolean =>
  'callback_id' in view && view.callback_id === 'fix-opportunity';

/** What is typed after the command, and answered in a message that only one person sees. */
const QUESTIONS = ['help', 'hepl', 'list', 'status', 'status O3008', 'status O3009'];

/** What the real bot shows in the demo: each deal's modal and where it leads, answers to commands, the home tab. */
export async function surfaces({ slack }: Demo, now: Date): Promise<readonly Shown[]> {
  const shown: Shown[] = [];
  const keep = (name: string, surface: 'modal' | 'home', view: OpenView) => {
    shown.push({ name, surface, view });
    return view;
  };
  const opens = async (name: string, text: string, user: string = ana) => {
    await closeAll(slack, user);
    await slack.slashCommand({ user, channel: deals, text });
    return keep(name, 'modal', await slack.waitForView(user, isFilledIn));
  };
  const presses = async (name: string, actionId: string, matches: (open: OpenView) => boolean) => {
    await slack.clickViewButton({ user: ana, actionId });
    keep(name, 'modal', await slack.waitForView(ana, matches));
  };

  keep('home tab', 'home', await homeOf(slack, ana));
  keep('home tab of a guest', 'home', await homeOf(slack, gus));
  for (const { stored, purpose } of demoOpportunities(now, 'AWS')) {
    const { Id: id } = stored.opportunity;
    const view = await opens(`${id}: ${purpose}`, id);
    if (hasButton(view, 'fix_here')) await presses(`${id}, Fix`, 'fix_here', isFixForm);
  }
  await opens('an ID that AWS does not know', 'O999999');
  await opens('somebody who may not', 'O1001', gus);
  await opens('no ID', '');
  await opens('a customer', 'northwind');
  await opens('an ID and rubbish', 'O1001 and O20');
  const all = demoOpportunities(now, 'AWS').map(({ stored }) => stored.opportunity.Id);
  await opens('five', all.slice(0, 5).join(' '));
  await opens('all of them', all.join(' '));
  await closeAll(slack, ana);

  for (const text of QUESTIONS) {
    const before = slack.messages(deals, ana).length;
    await slack.slashCommand({ user: ana, channel: deals, text });
    const message = await slack.waitForMessage(
      deals,
      ({ ephemeralTo, ts }) =>
        ephemeralTo === ana &&
        slack
          .messages(deals, ana)
          .slice(before)
          .some((each) => each.ts === ts),
    );
    shown.push({ name: `answer to "${text}"`, surface: 'message', message });
  }
  return shown;
}

async function homeOf(slack: SlackStandIn, user: string): Promise<OpenView> {
  await slack.openHome(user);
  return slack.waitForHome(user, (view) => !reads(view).includes('Looking up'));
}

async function closeAll(slack: SlackStandIn, user: string): Promise<void> {
  while (slack.view(user) !== undefined) await slack.closeView(user);
}
