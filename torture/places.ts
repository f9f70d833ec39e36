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
/** Where decisions on what others submitted are told, and where the digest is posted. */
export const FOLLOW_CHANNEL = 'C08FOLLOW00';
export const DIGEST_CHANNEL = 'C08DIGEST00';
const MEMBERS = 8;

/** People of all kinds, in a channel with the bot and in one without it. */
export function places(world: World): { pick(random: Random): Place } {
  const members = people(world, MEMBERS);
  for (const user of [...members, ...OUTSIDERS]) world.slack.join(general, user);
  for (const [id, name] of [
    [FOLLOW_CHANNEL, 'aws-decisions'],
    [DIGEST_CHANNEL, 'aws-digest'],
  ] as const) {
    const everybody = [world.slack.botUserId, ...members, ...OUTSIDERS];
    world.slack.addChannel({ id, name, kind: 'public', members: everybody });
  }
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
