import type { Block, KnownBlock } from '@slack/types';
import { optionsOf } from '../demo/slack/block-rules.ts';
import { demoChannels } from '../demo/slack/demo-workspace.ts';
import { interactiveElements, type PlacedElement } from '../demo/slack/elements.ts';
import type { InputValue, OpenView } from '../demo/slack/stand-in.ts';
import { reads } from '../test/e2e/words-on-screen.ts';
import type { Random } from '../test/replicas/random.ts';
import type { Scene } from './action.ts';
import { FOLLOW_CHANNEL } from './places.ts';

/** Of the messages that somebody sees, those they still look at. */
const MESSAGES_IN_SIGHT = 25;

/** As every view begins that is still being filled. */
const LOADING = /Looking up/;

/** A button that a person sees. */
interface Seen {
  readonly label: string;
  press(): Promise<{ readonly acknowledged: boolean }>;
}

/** Presses one of the buttons, so many times at once. */
export async function press({ random }: Scene, buttons: readonly Seen[], times: number): Promise<string> {
  const chosen = buttons[random.between(0, buttons.length - 1)];
  if (chosen === undefined) throw new Error('There is no button.');
  const answers = await Promise.all(Array.from({ length: times }, () => chosen.press()));
  return `${chosen.label}: ${answers.map(({ acknowledged }) => (acknowledged ? 'answered' : 'not answered')).join(', ')}`;
}

const isButton = ({ element }: PlacedElement): boolean => element.type === 'button';

/** What there is to press and to fill in. */
const elementsIn = (shown: OpenView | undefined): readonly PlacedElement[] =>
  interactiveElements(shown?.view.blocks.filter(isKnown) ?? []);

/** The stand-in takes no others; Slack's type of a view allows for any. */
const isKnown = (block: Block | KnownBlock): block is KnownBlock =>
  ['actions', 'input', 'section'].includes(block.type);

/** The buttons of the latest messages, in the channels and in the person's DM with the bot. */
export function messageButtons({ world, user }: Scene): readonly Seen[] {
  const { slack } = world;
  const { deals, general } = demoChannels;
  return [deals, general, FOLLOW_CHANNEL, slack.directMessage(user).id].flatMap((place) =>
    slack
      .messages(place, user)
      .slice(-MESSAGES_IN_SIGHT)
      .flatMap(({ ts, blocks, text }) =>
        interactiveElements(blocks)
          .filter(isButton)
          .map(({ actionId, blockId }) => ({
            label: `${actionId} of "${text.slice(0, 50)}"`,
            press: () => slack.clickButton({ user, channel: place, ts, actionId, blockId }),
          })),
      ),
  );
}

/** The buttons of the view on top, and of the home tab. */
export function viewButtons({ world, user }: Scene): readonly Seen[] {
  const { slack } = world;
  const seen = (home: boolean) =>
    elementsIn(home ? slack.home(user) : slack.view(user))
      .filter(isButton)
      .map(({ actionId, blockId }) => ({
        label: `${actionId} of the ${home ? 'home tab' : 'view'}`,
        press: () => slack.clickViewButton({ user, actionId, blockId, home }),
      }));
  return [...seen(false), ...seen(true)];
}

/** The view on top once it has been filled. */
export async function loaded({ world: { slack }, user }: Scene, patienceMs: number): Promise<OpenView> {
  if (slack.view(user) === undefined) throw new Error('No view is open.');
  return slack.waitForView(user, (view) => !LOADING.test(reads(view)), { timeoutMs: patienceMs });
}

/** Fills in the form that is open, or is just being loaded: mostly so that it can be sent. */
export async function fillIn(scene: Scene, patienceMs: number): Promise<void> {
  const { world, user, random, deals } = scene;
  const { slack } = world;
  const shown = await loaded(scene, patienceMs);
  if (!('submit' in shown.view)) throw new Error(`It says: ${reads(shown)}`);
  // Choosing can change the form: what it has then is filled in as well.
  const filled = new Set<string>();
  for (;;) {
    const next = elementsIn(slack.view(user)).find(
      ({ block, blockId }) => block.type === 'input' && !filled.has(blockId),
    );
    if (next === undefined) return;
    filled.add(next.blockId);
    const value = await valueFor(next, random, {
      opportunityId: () => deals.some(random),
      offered: () => slack.optionsFor(user, next.blockId, 'O'),
    });
    if (value !== undefined) await slack.fillIn(user, { [next.blockId]: value });
  }
}

/** What AWS takes for a field of a deal, by its path. */
const FITTING: readonly (readonly [RegExp, (random: Random) => string])[] = [
  [/\.Amount$/, (random) => `${random.between(1, 99)}500.00`],
  [/Contacts\[\d+\]\.Email$/, () => 'person@customer.example'],
  [/Contacts\[\d+\]\.Phone$/, () => '+4755512345'],
  [/\.RelatedOpportunityIdentifier$/, (random) => `O${random.between(1000, 9999)}`],
  [
    /CustomerBusinessProblem$|NextSteps$/,
    (random) =>
      `Records in ${random.between(2, 99)} spreadsheets, days late; one place for all of them on AWS.`,
  ],
];

/** What somebody enters; undefined: they leave it as it is. */
async function valueFor(
  placed: PlacedElement,
  random: Random,
  sources: {
    readonly opportunityId: () => string;
    readonly offered: () => Promise<readonly { readonly value?: string }[]>;
  },
): Promise<InputValue | undefined> {
  const { element, block } = placed;
  const any = (options: readonly { readonly value?: string }[]) =>
    options[random.between(0, Math.max(0, options.length - 1))]?.value;
  if (block.type === 'input' && block.optional === true && random.between(1, 3) === 1) return undefined;
  switch (element.type) {
    case 'radio_buttons':
    case 'static_select':
      return any(optionsOf(element) ?? []);
    case 'checkboxes':
    case 'multi_static_select':
      return random.between(1, 15) === 1
        ? []
        : (optionsOf(element) ?? []).flatMap(({ value }) => (value === undefined ? [] : [value]));
    case 'external_select':
    case 'multi_external_select':
      return any(await sources.offered());
    case 'plain_text_input': {
      const fitting = FITTING.find(([path]) => path.test(placed.blockId))?.[1];
      if (fitting !== undefined && random.between(1, 8) > 1) return fitting(random);
      if ('initial_value' in element && random.between(1, 2) === 1) return undefined;
      return random
        .pick([
          sources.opportunityId(),
          'Records in spreadsheets, days late; one place for all of them on AWS, by the hour.',
          '2500.00',
          '<!channel> <https://example.com|*Approve*>',
        ])
        .slice(0, element.max_length ?? 3000);
    }
    case 'url_text_input':
      return 'https://www.example.com';
    case 'email_text_input':
      return 'person@example.com';
    case 'number_input':
      return '1200';
    case 'conversations_select':
      return demoChannels.deals;
    case 'datepicker':
      return random.pick(['2030-06-30', '2031-02-28', '2032-03-31', '2020-01-31']);
    default:
      return undefined;
  }
}
