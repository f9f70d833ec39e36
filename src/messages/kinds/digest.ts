import { type ReviewStatusName, reviewStatus } from '../../aws/terms.ts';
import type { Bot } from '../../bot.ts';
import { DAY_MS, fromNow } from '../../clock.ts';
import { digestDay } from '../../config/digest-time.ts';
import { dealIn, mayBeSecret, type Spend } from '../../opportunities/opportunity.ts';
import {
  actions,
  button,
  context,
  header,
  type Message,
  section,
  sections,
} from '../../slack/blocks/elements.ts';
import { ACTION } from '../../slack/ids.ts';
import { type DealPage, foreign, inOneLine, linkedId, mention } from '../../slack/text.ts';
import { explain } from '../../submissions/explain.ts';
import type { Entry } from '../../submissions/submission.ts';
import type { ScheduledJob } from '../../worker/scheduled-jobs.ts';
import { spendText } from '../home/rows.ts';
import { tellOnce } from '../outbox.ts';
import { type KindBot, kind, showsDetails } from './kind.ts';

/** What the digest counts, in the order in which it is shown. */
const COUNTED = [
  ['on-its-way', 'On their way to AWS'],
  ['in-doubt', 'Not known yet whether AWS has them'],
  ['approval-pending', 'Approval pending'],
  ['in-review', 'In review at AWS'],
  ['other-status', 'With another status at AWS'],
  ['action-required', 'Action required'],
  ['refused', 'Not accepted by AWS'],
  ['not-sent', 'Not sent'],
  ['not-seen', 'Probably not submitted'],
  ['approved', 'Approved in the last seven days'],
  ['rejected', 'Rejected in the last seven days'],
] as const;
type DigestCount = (typeof COUNTED)[number][0];
export const DIGEST_COUNTS = COUNTED.map(([of]) => of);
const WORDS = new Map<DigestCount, string>(COUNTED);

export const digestTitle = 'AWS opportunities, this week';

/** Milliseconds after which a digest that couldn't be posted is dropped. */
const LIVES_MS = DAY_MS;

/** Where everything stands, every week, in the channel that the operator chose. */
export const digest = kind<undefined, Digest>({
  async audience({ clock, config }, { createdAt }) {
    const channelId = config.digest?.channel;
    const isOver = clock.now().getTime() - createdAt.getTime() > LIVES_MS;
    return channelId === undefined || isOver
      ? undefined
      : { about: undefined, to: { type: 'channel', channelId } };
  },
  load: readDigest,
  render: (shown) => digestMessage(shown, shown.dealPage),
  logged: () => ({}),
});

const LOOK_EVERY_MS = 60_000;

/** Makes the digest of its day, once; nothing where no setting asks for it. */
export function digestJob({
  database,
  clock,
  config,
  newId,
  wake,
}: Pick<Bot, 'database' | 'clock' | 'config' | 'newId' | 'wake'>): readonly ScheduledJob[] {
  const time = config.digest?.time;
  if (time === undefined) return [];
  return [
    {
      name: 'digest',
      run: async ({ at }) => {
        const subject = digestDay(at, time);
        if (
          subject !== undefined &&
          (await tellOnce(database.db, newId(), { kind: 'digest', subject }, at))
        ) {
          wake();
        }
        return { succeeded: true, againAt: fromNow(clock, LOOK_EVERY_MS) };
      },
    },
  ];
}

const HEADLINE_LENGTH = 150;

/** The weekly digest, for a channel: how many stand where, and the IDs that need somebody. */
export function digestMessage(
  { counts, needsSomebody, more, longestWaiting, home }: Digest,
  dealPage: DealPage,
): Message {
  const lineOf = ({ opportunityId, headline, userId, spend }: DigestLine, ...more: readonly string[]) =>
    inOneLine(
      `• *${linkedId(opportunityId, dealPage)}*: ${foreign(headline, HEADLINE_LENGTH)}`,
      ...more,
      spendText(spend),
      userId && mention(userId),
    );
  const lines = [
    ...needsSomebody.map((line) => lineOf(line)),
    ...(more > 0 ? [`and ${more} more: the bot's home tab has them all`] : []),
  ];
  const waiting = longestWaiting.map((line) => lineOf(line, `for ${line.days} days`));
  return {
    text: digestTitle,
    blocks: [
      header(digestTitle),
      section(
        counts.length === 0
          ? 'Nothing is on its way to AWS or waiting there, and nothing was decided lately.'
          : counts.map(({ of, count }) => `• ${WORDS.get(of)}: ${count}`).join('\n'),
      ),
      ...(lines.length === 0
        ? [section('Nothing needs anybody right now.')]
        : [section('*Need somebody*'), ...sections(lines)]),
      ...(waiting.length === 0 ? [] : [section('*Wait for AWS the longest*'), ...sections(waiting)]),
      ...(home === undefined ? [] : [actions([openHome(home)])]),
      context('`/submit-opportunity status O1234567` says where one stands, to whoever asks.'),
    ],
  };
}

const openHome = (url: string) =>
  button({ text: 'Open the home tab', label: 'Open the home tab', actionId: ACTION.openHome, url });

interface DigestLine {
  readonly opportunityId: string;
  readonly headline: string;
  /** Who asked for it or took it on; undefined: nobody here. */
  readonly userId: string | undefined;
  /** What the customer is expected to spend, where the channel may see that. */
  readonly spend: readonly Spend[];
}

/** What it shows: IDs, counts and people; in a channel of `DETAIL_CHANNELS` also what customers are to spend. */
interface Digest {
  /** What there is none of is left out. `approved` and `rejected`: in the last seven days. */
  readonly counts: readonly { readonly of: DigestCount; readonly count: number }[];
  /** What waits for somebody to do something about it, the latest first, and how many more there are. */
  readonly needsSomebody: readonly DigestLine[];
  readonly more: number;
  /** What AWS hasn't decided for a week or more, and for how many days. */
  readonly longestWaiting: readonly (DigestLine & { readonly days: number })[];
  /** Opens the bot's home tab; undefined: Slack didn't say which app this is. */
  readonly home: string | undefined;
}

const WEEK_MS = 7 * DAY_MS;
/** IDs in one digest: as many as fit one message with the longest headlines. */
const SHOWN = 20;
const LONGEST_SHOWN = 5;
/** Milliseconds that AWS's list is waited for. */
const LIST_WITHIN_MS = 10_000;

type DigestBot = Pick<
  KindBot,
  'store' | 'catalog' | 'paused' | 'clock' | 'slack' | 'config' | 'directory' | 'deals'
>;

async function readDigest(bot: DigestBot): Promise<Digest> {
  const { store, catalog, paused, clock, slack } = bot;
  const [spendIn, standing, needs, waiting] = await Promise.all([
    spends(bot),
    store.counts(catalog, fromNow(clock, -WEEK_MS)),
    store.part(catalog, 'needs', SHOWN),
    store.part(catalog, 'waiting', LONGEST_SHOWN),
  ]);
  const lineOf = (entry: Entry): DigestLine => ({
    opportunityId: entry.opportunityId,
    headline: explain(entry, { catalog, paused, waitingBefore: 0 }).headline,
    userId: entry.userId,
    spend: entry.nationalSecurity ? [] : spendIn(entry.opportunityId),
  });
  const now = clock.now().getTime();
  const sums = new Map<DigestCount | undefined, number>();
  for (const { state, reviewStatus: status, count } of standing) {
    const of = countOf(state, status);
    sums.set(of, (sums.get(of) ?? 0) + count);
  }
  return {
    counts: DIGEST_COUNTS.flatMap((of) => {
      const count = sums.get(of);
      return count === undefined ? [] : [{ of, count }];
    }),
    needsSomebody: needs.entries.map(lineOf),
    more: needs.total - needs.entries.length,
    longestWaiting: waiting.entries.flatMap((entry) => {
      const days = Math.floor((now - entry.requestedAt.getTime()) / DAY_MS);
      // AWS's lists don't say since when something waits that was submitted elsewhere.
      return days < 7 || entry.state === 'elsewhere' ? [] : [{ ...lineOf(entry), days }];
    }),
    home: homeTabUrl(slack.identity()),
  };
}

/** What is to be spent on a deal, by AWS's list; nothing where the digest's channel may see no details. */
async function spends(bot: DigestBot): Promise<(opportunityId: string) => readonly Spend[]> {
  const maySee = await showsDetails(bot, bot.config.digest?.channel ?? '');
  const list = maySee ? await bot.deals.read(LIST_WITHIN_MS, 'kept') : undefined;
  return (opportunityId) => {
    const summary = list?.type === 'list' ? list.deals.get(opportunityId) : undefined;
    return summary === undefined || mayBeSecret(summary) ? [] : dealIn(summary).expectedSpend;
  };
}

/** What a record counts as, by its state; undefined: it is settled, and not counted. */
const BY_STATE: Readonly<Record<Entry['state'], DigestCount | 'at-aws' | undefined>> = {
  requested: 'on-its-way',
  sending: 'on-its-way',
  uncertain: 'in-doubt',
  not_seen: 'not-seen',
  refused: 'refused',
  changed: 'not-sent',
  expired: 'not-sent',
  cancelled: undefined,
  let_go: undefined,
  submitted: 'at-aws',
  already_submitted: 'at-aws',
  elsewhere: 'at-aws',
};

/** The same of what AWS has, by AWS's status. */
const BY_STATUS: Readonly<Record<ReviewStatusName, DigestCount>> = {
  Submitted: 'approval-pending',
  'In review': 'in-review',
  'Action Required': 'action-required',
  Approved: 'approved',
  Rejected: 'rejected',
  'Pending Submission': 'other-status',
  none: 'other-status',
  unknown: 'other-status',
};

function countOf(state: Entry['state'], shown: string | undefined): DigestCount | undefined {
  const of = BY_STATE[state];
  if (of !== 'at-aws') return of;
  // Right after a submission AWS may not have said anything yet.
  return shown === undefined ? 'approval-pending' : BY_STATUS[reviewStatus(shown).status];
}

/** "Deep linking into Slack: open an app", https://docs.slack.dev/interactivity/deep-linking */
const homeTabUrl = ({
  appId,
  workspaces,
  isOrgWide,
}: ReturnType<KindBot['slack']['identity']>): string | undefined => {
  const [team] = workspaces;
  // In an organisation it isn't known in which of its workspaces somebody reads it.
  if (appId === undefined || team === undefined || isOrgWide) return undefined;
  return `slack://app?${new URLSearchParams({ team, id: appId, tab: 'home' })}`;
};
