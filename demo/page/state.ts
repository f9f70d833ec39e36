import { decode } from 'html-entities';
import { textAt } from '../json.ts';
import type { JumpClock } from '../jump-clock.ts';
import type { DemoOpportunity } from '../partner-central/demo-opportunities.ts';
import type { PartnerCentralStandIn, StoredOpportunity } from '../partner-central/stand-in.ts';
import type {
  OpenView,
  SlackStandIn,
  StandInChannel,
  StandInMessage,
  StandInUser,
} from '../slack/stand-in.ts';
import type { FaultState, FaultSwitches } from './faults.ts';
import type { Reviewer } from './reviewer.ts';

/** Everything the page shows to one person: what `GET /api/state` answers. */
export interface PageState {
  readonly team: string;
  readonly botUserId: string;
  readonly viewer: string;
  readonly users: readonly PageUser[];
  /** Those that the viewer sees in their sidebar. */
  readonly channels: readonly PageChannel[];
  /** By channel ID, oldest first, without the deleted ones. */
  readonly messages: Readonly<Record<string, readonly StandInMessage[]>>;
  /** The viewer's open modals, topmost last. */
  readonly views: readonly OpenView[];
  /** The bot's home tab, as published for the viewer. */
  readonly home: OpenView | undefined;
  readonly opportunities: readonly PageOpportunity[];
  readonly faults: readonly FaultState[];
  readonly reviewer: { readonly automatic: boolean };
  /** ISO 8601: of which start of the demo this is. */
  readonly startedAt: string;
  /** ISO 8601. Days can have been skipped. */
  readonly now: string;
}

export interface PageUser {
  readonly id: string;
  readonly name: string;
  readonly kind: StandInUser['kind'];
}

export interface PageChannel {
  readonly id: string;
  /** Without the `#`; a direct message carries the other person's name. */
  readonly name: string;
  readonly kind: StandInChannel['kind'];
  readonly hasBot: boolean;
}

export interface PageOpportunity {
  readonly catalog: string;
  readonly id: string;
  readonly company: string;
  readonly stage: string;
  readonly reviewStatus: string;
  readonly reviewComments: string;
  /** AWS has put people of its own on it. */
  readonly hasTeam: boolean;
  /** Its review status isn't what it was when the page started. */
  readonly moved: boolean;
  /** What a newcomer can see by submitting it. */
  readonly purpose: string;
  readonly group: DemoOpportunity['group'];
}

/** What each opportunity is there to show, by its ID. */
export type Purposes = ReadonlyMap<string, Pick<DemoOpportunity, 'purpose' | 'group'>>;

export interface PageSources {
  readonly slack: SlackStandIn;
  readonly partnerCentral: PartnerCentralStandIn;
  readonly faults: FaultSwitches;
  readonly reviewer: Reviewer;
  readonly clock: JumpClock;
  readonly purposes: Purposes;
  /** What `reviewStatuses` answered when the page started. */
  readonly statusesAtStart: ReadonlyMap<string, string>;
  readonly startedAt: string;
}

/** The people whose eyes the page can borrow, in the workspace's order. */
export function viewers(slack: SlackStandIn): readonly string[] {
  return slack
    .users()
    .filter((user) => user.kind !== 'bot' && user.kind !== 'deactivated')
    .map((user) => user.id);
}

/** What `viewer`, one of `viewers(slack)`, sees now. */
export function pageState(
  { slack, partnerCentral, faults, reviewer, clock, purposes, statusesAtStart, startedAt }: PageSources,
  viewer: string,
): PageState {
  const channels = channelsOf(slack, viewer);
  return {
    team: slack.team.name,
    botUserId: slack.botUserId,
    viewer,
    users: slack.users().map(({ id, realName, kind }) => ({ id, name: realName, kind })),
    channels,
    messages: Object.fromEntries(
      channels.map(({ id }) => [id, slack.messages(id, viewer).filter((message) => !message.deleted)]),
    ),
    views: slack.views(viewer),
    home: slack.home(viewer),
    opportunities: partnerCentral
      .opportunities()
      .map((stored) =>
        pageOpportunity(
          stored,
          statusesAtStart.get(stored.opportunity.Id),
          purposes.get(stored.opportunity.Id),
        ),
      ),
    faults: faults.list(),
    reviewer: { automatic: reviewer.automatic() },
    startedAt,
    now: clock.now().toISOString(),
  };
}

function channelsOf(slack: SlackStandIn, viewer: string): readonly PageChannel[] {
  const people = new Map(slack.users().map((user) => [user.id, user]));
  const seesPublic = people.get(viewer)?.kind === 'member';
  return slack
    .channels()
    .filter(
      (channel) =>
        !channel.archived && (channel.members.includes(viewer) || (channel.kind === 'public' && seesPublic)),
    )
    .map(({ id, name, kind, members }) => {
      const other = members.find((member) => member !== viewer) ?? viewer;
      return {
        id,
        name: kind === 'im' ? (people.get(other)?.realName ?? other) : name,
        kind,
        hasBot: members.includes(slack.botUserId),
      };
    });
}

function pageOpportunity(
  { catalog, opportunity, awsTeam = [] }: StoredOpportunity,
  statusAtStart: string | undefined,
  { purpose, group }: Pick<DemoOpportunity, 'purpose' | 'group'> = { purpose: '', group: 'odd' },
): PageOpportunity {
  const reviewStatus = textAt(opportunity, 'LifeCycle.ReviewStatus');
  return {
    catalog,
    id: opportunity.Id,
    company: decode(textAt(opportunity, 'Customer.Account.CompanyName')),
    stage: textAt(opportunity, 'LifeCycle.Stage'),
    reviewStatus,
    reviewComments: decode(textAt(opportunity, 'LifeCycle.ReviewComments')),
    hasTeam: awsTeam.length > 0,
    moved: statusAtStart !== undefined && statusAtStart !== reviewStatus,
    purpose,
    group,
  };
}

/** Every opportunity's review status now, by its ID. */
export function reviewStatuses(partnerCentral: PartnerCentralStandIn): ReadonlyMap<string, string> {
  return new Map(
    partnerCentral
      .opportunities()
      .map(({ opportunity }) => [opportunity.Id, textAt(opportunity, 'LifeCycle.ReviewStatus')]),
  );
}
