import { setTimeout as delay } from 'node:timers/promises';
import type { OpenView } from '../../demo/slack/stand-in.ts';
import { deals, type World, wasTaken } from '../crash/world.ts';

/** What a person gives one look before trying the command again (milliseconds of the machine). */
const PATIENCE_MS = 4000;
const BEFORE_TRYING_AGAIN_MS = 150;

/** So many people, all of them in the channel. */
export function people({ slack }: World, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `U08PERSON${String(index).padStart(2, '0')}`;
    slack.addUser({ id, name: `person-${index}`, realName: `Person ${index}`, kind: 'member' });
    slack.join(deals, id);
    return id;
  });
}

/** Submits every deal, as a patient person does: whatever goes wrong, they try again until the bot says it has it. */
export async function submitAll(world: World, user: string, deal: () => string | undefined): Promise<void> {
  for (let id = deal(); id !== undefined; id = deal()) {
    while (!(await tryToSubmit(world, user, id))) await delay(BEFORE_TRYING_AGAIN_MS);
    while (world.slack.view(user) !== undefined) await world.slack.closeView(user);
  }
}

/** True: the bot has it, by this press or an earlier one. */
async function tryToSubmit(world: World, user: string, id: string): Promise<boolean> {
  const { slack } = world;
  try {
    while (slack.view(user) !== undefined) await slack.closeView(user);
    const answer = await slack.slashCommand({ user, channel: deals, text: id });
    if (!answer.acknowledged) return false;
    const view = await slack.waitForView(user, (shown) => isForm(shown) || hasItAlready(shown), {
      timeoutMs: PATIENCE_MS,
    });
    if (hasItAlready(view)) return true;
    await slack.fillIn(user, { involvement_type: 'Co-Sell', visibility: 'Full', lock: ['understood'] });
    for (let presses = 0; presses < 10; presses += 1) {
      const shown = slack.view(user);
      if (shown === undefined || !isForm(shown)) return false;
      if (wasTaken(await slack.submitView(user))) return !isForm(slack.view(user));
      await delay(BEFORE_TRYING_AGAIN_MS);
    }
    return false;
  } catch {
    // The look never came to its end: the bot that was at it is dead.
    return false;
  }
}

const isForm = (shown: OpenView | undefined): boolean => shown !== undefined && 'submit' in shown.view;

const hasItAlready = ({ view }: OpenView): boolean =>
  /Already on its way|AWS has it|AWS is reviewing it|AWS approved/.test(JSON.stringify(view));
