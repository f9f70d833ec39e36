import { textAt } from '../demo/json.ts';
import { anOpportunity, type OpportunityChoices } from '../demo/partner-central/opportunities.ts';
import type { StoredOpportunity } from '../demo/partner-central/stand-in.ts';
import { catalog, type World } from '../test/crash/world.ts';
import type { Random } from '../test/replicas/random.ts';
import type { Evidence, Happened } from './evidence.ts';

/** Stands in every text of a deal that only those may read who may see it. */
export const SECRET = 'Zugspitz';

/** People are mostly at the same few deals. */
const AT_HAND = 8;

/** The opportunities of a run. */
export interface Deals {
  /** Puts one more at AWS. */
  add(random: Random): string;
  /** One of the latest, seldom any other. */
  some(random: Random): string;
  /** One of the latest that AWS has got, or hasn't. */
  stored(random: Random, where: 'submitted' | 'pending'): StoredOpportunity;
  /** One that AWS wants changed, if there is any. */
  sentBack(random: Random): string;
  /** What AWS got without the bot, and what it moved back, oldest first. */
  readonly elsewhere: readonly Happened[];
  readonly movedBack: readonly Happened[];
  /** What AWS's reviewer said. */
  readonly reviewed: Evidence['reviewed'];
  /** Somebody submits it outside of Slack. */
  submitElsewhere(stored: StoredOpportunity): void;
  /** AWS undoes that it was submitted. */
  moveBack(stored: StoredOpportunity): void;
  review(stored: StoredOpportunity, status: string): void;
}

type Kind = Partial<Pick<OpportunityChoices, 'catalog' | 'origin' | 'accessDenied' | 'fields'>>;

const READY: Kind = {};
/** Most can be submitted as they are. */
const KINDS: readonly [Kind, ...Kind[]] = [
  READY,
  ...Array.from({ length: 11 }, () => READY),
  { fields: { 'Marketing.Source': undefined } },
  { fields: { 'Project.SalesActivities': [] } },
  { fields: { 'LifeCycle.TargetCloseDate': '2020-01-31' } },
  { fields: { 'Project.CustomerBusinessProblem': undefined } },
  {
    fields: {
      NationalSecurity: 'Yes',
      'Customer.Account.Industry': 'Government',
      'Customer.Account.Address.CountryCode': 'US',
    },
  },
  { catalog: 'Sandbox' },
  { origin: 'AWS Referral' },
  { accessDenied: true },
];

export function createDeals(world: World): Deals {
  const { aws, clock } = world;
  const ids: string[] = [];
  const elsewhere: Happened[] = [];
  const movedBack: Happened[] = [];
  const reviewed: Evidence['reviewed'][number][] = [];
  const note = (list: Happened[], id: string) => list.push({ id, at: clock.now().getTime() });
  const deals: Deals = {
    elsewhere,
    movedBack,
    reviewed,
    add(random) {
      const id = `O${1001 + ids.length}`;
      const { fields, ...kind } = random.pick(KINDS);
      aws.seed(
        anOpportunity({
          id,
          catalog,
          now: clock.now(),
          title: `${SECRET} data lake ${id}`,
          companyName: `${SECRET} Kabel ${id}`,
          ...kind,
          fields: {
            'Project.CustomerBusinessProblem': `${SECRET} keeps its records in spreadsheets, and wants one place for them on AWS.`,
            'LifeCycle.NextSteps': `A workshop at ${SECRET}.`,
            ...fields,
          },
        }),
      );
      ids.push(id);
      return id;
    },
    some(random) {
      const from = random.between(1, 10) === 1 ? 0 : Math.max(0, ids.length - AT_HAND);
      return ids[random.between(from, ids.length - 1)] ?? deals.add(random);
    },
    stored(random, where) {
      const fitting = aws
        .opportunities()
        .filter(
          (stored) =>
            stored.catalog === catalog &&
            (textAt(stored.opportunity, 'LifeCycle.ReviewStatus') === 'Pending Submission') ===
              (where === 'pending'),
        )
        .slice(-AT_HAND);
      const stored = fitting[random.between(0, fitting.length - 1)];
      if (stored === undefined) throw new Error(`No deal is ${where}.`);
      return stored;
    },
    sentBack(random) {
      const ids = aws
        .opportunities()
        .filter(({ opportunity }) => textAt(opportunity, 'LifeCycle.ReviewStatus') === 'Action Required')
        .map(({ opportunity }) => opportunity.Id)
        .slice(-AT_HAND);
      return ids[random.between(0, ids.length - 1)] ?? deals.some(random);
    },
    submitElsewhere(stored) {
      const { Id: id } = stored.opportunity;
      note(elsewhere, id);
      aws.seed({ ...stored, involvementType: 'For Visibility Only', visibility: 'Limited' });
      aws.review(catalog, id, 'Submitted');
    },
    review({ opportunity: { Id: id } }, status) {
      reviewed.push({ id, status, at: clock.now().getTime() });
      aws.review(catalog, id, status);
    },
    moveBack({ opportunity: { Id: id } }) {
      note(movedBack, id);
      aws.review(catalog, id, 'Pending Submission');
    },
  };
  return deals;
}
