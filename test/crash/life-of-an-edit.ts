import { changedPaths, textAt } from '../../demo/json.ts';
import { withFields } from '../../demo/partner-central/data.ts';
import type { OpportunityChoices } from '../../demo/partner-central/opportunities.ts';
import type { StoredOpportunity } from '../../demo/partner-central/stand-in.ts';
import { isOpenState } from '../../src/attempts/sendable.ts';
import { reads } from '../e2e/words-on-screen.ts';
import type { BotProcess } from './bot-process.ts';
import { type Lived, liveUntil } from './live-until.ts';
import { ana, catalog, deals, type World } from './world.ts';

const PROBLEM = 'Project.CustomerBusinessProblem';
const CLOSE_DATE = 'LifeCycle.TargetCloseDate';
const SOLUTIONS = 'RelatedEntityIdentifiers.Solutions';

/** Values by AWS's path. */
type Fields = Readonly<Record<string, string>>;

/** A way to change a deal from Slack: how it stands at AWS, and what the person types. */
export interface WayToChange {
  readonly name: string;
  readonly deal: Partial<OpportunityChoices>;
  /** How the form begins. */
  readonly form: string;
  /** What is typed into the fields. */
  readonly typed: Fields;
  /** The solution that is chosen. */
  readonly solution?: string;
  /** What somebody else makes of one of the fields meanwhile. */
  readonly contested: Fields;
  /** How the person is told that all of it is saved. */
  readonly headline: string;
  /** The bot takes the deal on: it gets a record, and its thread says who sent it back. */
  readonly isTakenOn: boolean;
  /** It is submitted once it is saved. */
  readonly submits: boolean;
}

export const sendBack: WayToChange = {
  name: 'Fix and send back, of what was submitted without the bot',
  deal: { reviewStatus: 'Action Required', reviewComments: 'Please say more.' },
  form: 'AWS asks for changes',
  typed: {
    [PROBLEM]: 'Forty harbours report on paper; the reports come weeks too late.',
    'Customer.Account.WebsiteUrl': 'https://www.harbours.example',
  },
  contested: { [PROBLEM]: 'Forty harbours, said somebody else, report by telephone.' },
  headline: 'Sent back to AWS',
  isTakenOn: true,
  submits: false,
};

export const mend: WayToChange = {
  name: 'Save and submit: a field by UpdateOpportunity, then a solution by AssociateOpportunity',
  deal: { fields: { [SOLUTIONS]: [], [CLOSE_DATE]: '2020-01-31' } },
  form: 'What AWS will ask for',
  typed: { [CLOSE_DATE]: '2031-02-28' },
  solution: 'S-0051246',
  contested: { [CLOSE_DATE]: '2032-03-31' },
  headline: 'Saved; nothing was submitted',
  isTakenOn: false,
  submits: true,
};

/** What somebody else does to the deal in Partner Central while the bot is dead. */
export const MEANWHILE = ['nothing', 'another field', 'the same field'] as const;
export type Meanwhile = (typeof MEANWHILE)[number];

/** Puts the deal at AWS, opens the form for changing it and fills it in, up to Save. */
export async function readyToSave(world: World, way: WayToChange, id: string): Promise<StoredOpportunity> {
  const { slack } = world;
  while (slack.view(ana) !== undefined) await slack.closeView(ana);
  world.deal(id, way.deal);
  const before = storedAt(world, id);
  await slack.slashCommand({ user: ana, channel: deals, text: id });
  await slack.waitForView(ana, ({ view }) => JSON.stringify(view).includes('"fix_here"'));
  await slack.clickViewButton({ user: ana, actionId: 'fix_here' });
  await slack.waitForView(ana, (view) => reads(view).includes(way.form));
  await slack.fillIn(ana, way.typed);
  if (way.solution !== undefined) {
    await slack.optionsFor(ana, SOLUTIONS, way.solution);
    await slack.fillIn(ana, { [SOLUTIONS]: way.solution });
  }
  if (way.submits) await slack.fillIn(ana, { involvement_type: 'Co-Sell', lock: ['understood'] });
  return before;
}

/** Presses Save, and lives until the change is settled and everything told; as `liveUntil` does. */
export const liveThroughChange = (
  world: World,
  first: BotProcess,
  id: string,
  meanwhile?: () => void,
): Promise<Lived> =>
  liveUntil(
    world,
    first,
    async () => {
      const [change] = (await world.edits()).filter(({ opportunity_id }) => opportunity_id === id);
      const submissions = (await world.records()).filter(({ opportunity_id }) => opportunity_id === id);
      const outbox = await world.outbox();
      return (
        change !== undefined &&
        !isOpenState(change.state) &&
        submissions.every(({ state }) => !isOpenState(state)) &&
        outbox.every((message) => message.told_revision === message.revision)
      );
    },
    meanwhile,
  );

/** Somebody changes it in Partner Central, where AWS lets them; what they changed. */
export function changeElsewhere(world: World, way: WayToChange, id: string, what: Meanwhile): Fields {
  const stored = storedAt(world, id);
  const isLocked = ['Submitted', 'In review'].includes(textAt(stored.opportunity, 'LifeCycle.ReviewStatus'));
  if (what === 'nothing' || isLocked) return {};
  const fields =
    what === 'the same field' ? way.contested : { PartnerOpportunityIdentifier: 'CRM-by-somebody-else' };
  world.aws.seed(withFields(stored, { ...fields, LastModifiedDate: world.clock.now().toISOString() }));
  return fields;
}

/** What AWS itself moves on when a deal is saved. */
const MOVED_BY_AWS = /^(LastModifiedDate|LifeCycle\.(ReviewStatus|ReviewComments|ReviewStatusReason))$/;

/** The partner's fields in which AWS has something else than these values, or lost something; by AWS's path. */
export const differencesAt = (
  world: World,
  before: StoredOpportunity,
  { fields, solution }: { readonly fields: Fields; readonly solution: string | undefined },
): readonly string[] =>
  changedPaths(
    withFields(before, { ...fields, ...(solution === undefined ? {} : { [SOLUTIONS]: [solution] }) })
      .opportunity,
    storedAt(world, before.opportunity.Id).opportunity,
  ).filter((path) => !MOVED_BY_AWS.test(path));

function storedAt({ aws }: World, id: string): StoredOpportunity {
  const stored = aws.opportunity(catalog, id);
  if (stored === undefined) throw new Error(`There is no ${id}.`);
  return stored;
}
