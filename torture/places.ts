import { demoChannels, demoPeople } from '../demo/slack/demo-workspace.ts';
import type { World } from '../test/crash/world.ts';
import { people } from '../test/replicas/people.ts';
import type { Random } from '../test/replicas/random.ts';

/** Who does something, and where. */
export interface Place {
  readonly user: string;
  readonly channel: string;
}

/** Those who may see no deal: a guest, and somebody of another workspace. */
export const OUTSIDERS: readonly string[] = [demoPeople.gus, demoPeople.sam];
const { deals, general } = demoChannels;
/** Where decisions on what others submitted are told. */
export const FOLLOW_CHANNEL = 'C08FOLLOW00';
const MEMBERS = 8;

/** People of all kinds, in a channel with the bot and in one without it. */
export function places(world: World): { pick(random: Random): Place } {
  const members = people(world, MEMBERS);
  for (const user of [...members, ...OUTSIDERS]) world.slack.join(general, user);
  world.slack.addChannel({
    id: FOLLOW_CHANNEL,
    name: 'aws-decisions',
    kind: 'public',
    members: [world.slack.botUserId, ...members, ...OUTSIDERS],
  });
  const [first = demoPeople.ana, ...rest] = members;
  return {
    pick: (random) => {
      const outsider = random.between(1, 20) === 1;
      return {
        user: outsider ? random.pick([demoPeople.gus, demoPeople.sam]) : random.pick([first, ...rest]),
        channel: random.between(1, 4) === 1 ? general : deals,
      };
    },
  };
}
