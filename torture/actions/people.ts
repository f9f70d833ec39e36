import { setTimeout as delay } from 'node:timers/promises';
import { ACTION } from '../../src/slack/ids.ts';
import { validation } from '../../src/submissions/outcomes.ts';
import { reads } from '../../test/e2e/words-on-screen.ts';
import type { Action, Scene } from '../action.ts';
import { fillIn, loaded, messageButtons, press, viewButtons } from '../hands.ts';

/** Milliseconds of the machine. */
const PATIENCE_MS = 4000;
const BEFORE_TRYING_AGAIN_MS = 300;
/** How the form says, of one or of several, that they are recorded: `words/modal.ts`, `words/batch.ts`. */
const PROMISE = /\*Recorded[,:.]/;

/** What people do in Slack: the right thing, twice, too early, too late, and something else. */
export const peopleActions: readonly Action[] = [
  {
    name: 'asks for a deal and submits it',
    actor: 'person',
    weight: 24,
    act: async (scene) => {
      const id = await askFor(scene);
      await fillIn(scene, PATIENCE_MS);
      return `${id}: ${await submit(scene)}`;
    },
  },
  {
    name: 'asks for a deal and leaves the form open',
    actor: 'person',
    weight: 6,
    act: (scene) => askFor(scene),
  },
  {
    name: 'types something else',
    actor: 'person',
    weight: 4,
    act: (scene) => {
      const { random, deals } = scene;
      return command(
        scene,
        random.pick([
          '',
          'help',
          'list',
          'status',
          `status ${deals.some(random)}`,
          'O99999999',
          `${deals.some(random)} ${deals.some(random)}`,
          '<!channel> `; drop table submissions;',
        ]),
      );
    },
  },
  {
    name: 'fills in what is open and submits',
    actor: 'person',
    weight: 8,
    act: async (scene) => {
      await fillIn(scene, PATIENCE_MS);
      return submit(scene);
    },
  },
  {
    name: 'asks for a deal and presses Submit twice',
    actor: 'person',
    weight: 6,
    act: async (scene) => {
      await askFor(scene);
      await fillIn(scene, PATIENCE_MS);
      return (await Promise.all([submit(scene), submit(scene)])).join(', ');
    },
  },
  {
    name: 'asks for a deal, submits and closes the form at once',
    actor: 'person',
    weight: 4,
    act: async (scene) => {
      await askFor(scene);
      await fillIn(scene, PATIENCE_MS);
      const submitting = submit(scene);
      await scene.world.slack.closeView(scene.user);
      return submitting;
    },
  },
  {
    name: 'asks for several deals and submits them',
    actor: 'person',
    weight: 4,
    act: async (scene) => {
      const { deals, random } = scene;
      const ids = Array.from({ length: random.between(2, 6) }, () => deals.some(random)).join(' ');
      await askFor(scene, ids);
      await fillIn(scene, PATIENCE_MS);
      return `${ids}: ${await submit(scene)}`;
    },
  },
  {
    name: 'changes a deal from Slack',
    actor: 'person',
    weight: 6,
    act: async (scene) => {
      const { deals, random, world, user } = scene;
      await askFor(scene, deals.sentBack(random));
      await loaded(scene, PATIENCE_MS);
      const fixes = [...viewButtons(scene), ...messageButtons(scene)].filter(({ label }) =>
        label.startsWith('fix'),
      );
      const before = world.slack.view(user)?.id;
      const pressed = await press(scene, fixes, 1);
      await world.slack.waitForView(user, ({ id, view }) => id !== before || 'submit' in view, {
        timeoutMs: PATIENCE_MS,
      });
      await fillIn(scene, PATIENCE_MS);
      return `${pressed}; ${await submit(scene)}`;
    },
  },
  {
    name: 'fixes what AWS refused and submits',
    actor: 'person',
    weight: 6,
    act: async (scene) => {
      const { world, user } = scene;
      const fixes = messageButtons(scene).filter(({ label }) =>
        label.startsWith(`${ACTION.fix} of "${validation.fields.headline}`),
      );
      const before = world.slack.view(user)?.id;
      const pressed = await press(scene, fixes, 1);
      await world.slack.waitForView(user, ({ id, view }) => id !== before && 'submit' in view, {
        timeoutMs: PATIENCE_MS,
      });
      await fillIn(scene, PATIENCE_MS);
      return `${pressed}; ${await submit(scene)}`;
    },
  },
  {
    name: 'opens the home tab',
    actor: 'person',
    weight: 3,
    act: async ({ world, user }) => {
      const answer = await world.slack.openHome(user);
      return answer.acknowledged ? 'answered' : answer.error;
    },
  },
  {
    name: 'presses a button of a message',
    actor: 'person',
    weight: 16,
    act: (scene) => press(scene, messageButtons(scene), scene.random.between(1, 4) === 1 ? 2 : 1),
  },
  {
    name: 'presses a button of a view or of the home tab',
    actor: 'person',
    weight: 6,
    act: (scene) => press(scene, viewButtons(scene), 1),
  },
  {
    name: 'closes the view',
    actor: 'person',
    weight: 3,
    act: async ({ world, user }) => {
      await world.slack.closeView(user);
      return 'closed';
    },
  },
  {
    name: 'mentions the bot',
    actor: 'person',
    weight: 2,
    act: async ({ world, deals, random, user, channel }) => {
      const text = `<@${world.slack.botUserId}> ${deals.some(random)}`;
      await world.slack.say({ user, channel, text });
      return text;
    },
  },
  {
    name: 'uses the shortcut of a message',
    actor: 'person',
    weight: 2,
    act: async ({ world, deals, random, user, channel }) => {
      const text = `What about ${deals.some(random)}?`;
      const { ts } = await world.slack.say({ user, channel, text });
      const callbackId = 'submit_opportunity_from_message';
      const { acknowledged } = await world.slack.messageShortcut({ user, channel, ts, callbackId });
      return acknowledged ? text : `${text} not answered`;
    },
  },
];

/** Gives the command for one of the deals, and waits until something opens; throws where nothing does. */
async function askFor(scene: Scene, id = scene.deals.some(scene.random)): Promise<string> {
  await leave(scene);
  const answered = await command(scene, id);
  if (answered !== 'answered') {
    // Nobody types it again at once: most come back when the bot does.
    await Promise.race([scene.world.slack.connected(), delay(PATIENCE_MS)]);
    await delay(BEFORE_TRYING_AGAIN_MS);
    throw new Error(`${id}: ${answered}`);
  }
  await scene.world.slack.waitForView(scene.user, () => true, { timeoutMs: PATIENCE_MS });
  return id;
}

async function command({ world, user, channel }: Scene, text: string): Promise<string> {
  const answer = await world.slack.slashCommand({ user, channel, text });
  return answer.acknowledged ? 'answered' : answer.error;
}

/** Presses Submit. What the bot promises by its answer is kept, to be held against it. */
async function submit({ world, user, promised }: Scene): Promise<string> {
  const { slack } = world;
  const form = slack.view(user);
  const answer = await slack.submitView(user);
  if (!answer.acknowledged) return answer.error;
  const said = JSON.stringify(answer.payload ?? '');
  const isPromise = PROMISE.test(said);
  if (isPromise && form?.view.private_metadata !== undefined)
    promised.set(form.view.private_metadata, world.clock.now().getTime());
  if (isPromise) return 'recorded';
  const after = slack.view(user);
  return said.includes('"errors"')
    ? `errors: ${said.slice(0, 200)}`
    : after === undefined
      ? 'closed'
      : reads(after).slice(0, 120);
}

/** Closes whatever is open: Slack shows three views at most. */
async function leave({ world, user }: Scene): Promise<void> {
  while (world.slack.view(user) !== undefined) await world.slack.closeView(user);
}
