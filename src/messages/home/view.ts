import type { ActionsBlock, HomeView, KnownBlock } from '@slack/types';
import { type Catalog, catalogName } from '../../aws/terms.ts';
import type { DealList } from '../../opportunities/deals.ts';
import type { WhyNoList } from '../../opportunities/listing.ts';
import type { Spend } from '../../opportunities/opportunity.ts';
import type { NotAllowed } from '../../permissions.ts';
import {
  actions,
  button,
  context,
  header,
  permissionUnknown,
  refusalText,
  section,
} from '../../slack/blocks/elements.ts';
import { ACTION, CALLBACK } from '../../slack/ids.ts';
import { type DealPage, foreign, mention, moment } from '../../slack/text.ts';
import { type Figures, HOME_PARTS, type HomePartName } from './board.ts';
import { daysText, type RowPlace, type RowShown, rowBlock, spendText } from './rows.ts';

/** Signs of the longest bar. */
const BAR_LENGTH = 12;
const WORD_LENGTH = 100;

/** What a person's home tab shows. */
export type HomeTab =
  | NotAllowed
  /** It hasn't been opened for a day: deals are not left lying about. */
  | { readonly type: 'resting' }
  /** Our own records couldn't be reached, or Slack refused what we made of them. */
  | { readonly type: 'unavailable' }
  | HomeShown;

export interface HomeShown extends RowPlace {
  readonly type: 'home';
  readonly catalog: Catalog;
  readonly parts: Readonly<Record<HomePartName, PartShown>>;
  readonly figures: Figures;
  /** How far AWS's list of all deals is known, and as of when; or why it isn't. */
  readonly list: Omit<Extract<DealList, { type: 'list' }>, 'deals'> | Exclude<DealList, { type: 'list' }>;
}

/** A page of a part, from 0. */
export interface PartShown {
  readonly rows: readonly RowShown[];
  readonly page: number;
  readonly pages: number;
  readonly total: number;
  /** What all its deals are worth together, and of how many that is known. */
  readonly spend: readonly Spend[];
  readonly counted: number;
}

/** The home tab, for one person's eyes: what they may see of the deals, or why they see none. */
export function homeView(tab: HomeTab, dealPage: DealPage): HomeView {
  switch (tab.type) {
    case 'home':
      return view([
        switchBlock(tab),
        ...pipeline(tab),
        context(...notesOf(tab)),
        ...HOME_PARTS.flatMap((name) => partBlocks(name, tab, dealPage)),
      ]);
    case 'not-permitted':
      return view([section(refusalText(tab.why))]);
    case 'permission-unknown':
      return sayAndRefresh(permissionUnknown);
    case 'resting':
      return sayAndRefresh('It is a day since you opened this tab. Refresh fills it again.');
    case 'unavailable':
      return sayAndRefresh(
        "This can't be shown right now, because our own records can't be reached or Slack didn't take it. Nothing is lost. Please try again in a moment.",
      );
  }
}

const view = (blocks: readonly KnownBlock[]): HomeView => ({
  type: 'home',
  callback_id: CALLBACK.home,
  blocks: [header('AWS opportunities'), ...blocks],
});

const sayAndRefresh = (text: string): HomeView => view([section(text), actions([refreshButton()])]);

const refreshButton = () =>
  button({ text: 'Refresh', label: 'Refresh', actionId: ACTION.homeRefresh, value: 'refresh' });

function switchBlock({ whose, filter }: HomeShown): ActionsBlock {
  /** The one that is shown is said in words, not by its colour alone. */
  const choice = (name: string, value: HomeShown['whose'], actionId: string) =>
    whose === value
      ? button({ text: `✓ ${name}`, label: `${name}, shown now`, actionId, value, style: 'primary' })
      : button({ text: name, label: `Show: ${name}`, actionId, value });
  return actions([
    choice('Mine', 'mine', ACTION.homeMine),
    choice("Team's", 'team', ACTION.homeTeam),
    button({
      text: 'Filter…',
      label: 'Filter…: find, choose and sort',
      actionId: ACTION.homeFilter,
      value: 'filter',
    }),
    ...(filterText(filter).length === 0
      ? []
      : [
          button({
            text: 'Show all',
            label: 'Show all, unfiltered',
            actionId: ACTION.homeClear,
            value: 'clear',
          }),
        ]),
    refreshButton(),
  ]);
}

/** How many stand where, as bars to the same scale, and how AWS decided. */
function pipeline({ parts, figures }: HomeShown): KnownBlock[] {
  const { approved, rejected, ours, days } = figures;
  const counts = (
    [
      [parts.needs.total, 'to be done here'],
      [parts.waiting.total, 'with AWS'],
      [parts.ready.total, 'not submitted yet'],
      [parts.referred.total, 'referred by AWS'],
      [approved, 'approved'],
      [rejected, 'rejected'],
    ] as const
  ).filter(([total]) => total > 0);
  if (counts.length === 0) return [];
  const most = Math.max(...counts.map(([total]) => total));
  const bar = (total: number) => '▇'.repeat(Math.max(1, Math.round((total / most) * BAR_LENGTH)));
  const share = percent.format(ours.approved / ours.decided);
  const said = [
    ...(ours.decided === 0
      ? []
      : [
          `Of what was submitted from here AWS approved ${count(ours.approved)} of ${count(ours.decided)} (${share})`,
        ]),
    ...(days === undefined
      ? []
      : [`${daysText(tenths.format(days.median))} to a decision (median of ${count(days.of)})`]),
  ];
  return [
    section(counts.map(([total, where]) => `${bar(total)} *${count(total)}* ${where}`).join('\n')),
    ...(said.length === 0 ? [] : [context(`${said.join('; ')}.`)]),
  ];
}

const percent = new Intl.NumberFormat('en-US', { style: 'percent' });
const tenths = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

const NO_LIST: Readonly<Record<WhyNoList, string>> = {
  busy: "AWS hasn't listed the deals yet: what stands here is this bot's own, and more may be missing.",
  operator:
    "The bot can't sign in to AWS right now. Please tell whoever runs it. What stands here is this bot's own.",
  refused:
    "AWS doesn't let this bot list deals. Please tell whoever runs it. What stands here is this bot's own; the command takes any ID.",
};

/** As of when, of which deals, in what order, and what of AWS's list is missing. */
function notesOf({ at, catalog, list, filter }: HomeShown): string[] {
  const asOf = `As of ${moment(at)}. Catalog: ${catalogName(catalog)}.`;
  const read =
    list.type === 'unavailable'
      ? NO_LIST[list.why]
      : list.readAt === undefined
        ? 'More is being read from AWS…'
        : `AWS's list as of ${moment(list.readAt)}.`;
  const by = filterText(filter);
  return [`${asOf} ${read}`, ...(by.length === 0 ? [] : [by.join(' · ')])];
}

const SORTED_BY = { spend: 'Sorted by spend', 'close-date': 'Sorted by close date' } as const;

function filterText({ opportunityId, owner, status, stage, sort }: HomeShown['filter']): string[] {
  const only = [
    ...(owner === undefined ? [] : [mention(owner)]),
    ...[opportunityId, status, stage].flatMap((each) =>
      each === undefined ? [] : [foreign(each, WORD_LENGTH)],
    ),
  ];
  return [
    ...(only.length === 0 ? [] : [`Only: ${only.join(', ')}`]),
    ...(sort === undefined ? [] : [SORTED_BY[sort]]),
  ];
}

/** Of each part its title, what is said where nothing is in it, and what is said where something is. */
const PARTS: Readonly<
  Record<HomePartName, { readonly title: string; readonly nothing: string; readonly note?: string }>
> = {
  needs: {
    title: 'Needs you',
    nothing: 'Nothing here: whatever AWS sends back or does not accept appears in this place.',
  },
  waiting: { title: 'With AWS', nothing: 'Nothing is waiting for AWS.' },
  ready: {
    title: 'Not submitted yet',
    nothing: 'AWS lists nothing that waits to be submitted.',
    note: "The same for everybody: AWS doesn't say whose a deal is.",
  },
  referred: {
    title: 'Referred by AWS',
    nothing: '',
    note: 'AWS brought you these: there is nothing to submit.',
  },
  decided: { title: 'Decided', nothing: 'AWS has decided nothing.' },
};

function partBlocks(name: HomePartName, tab: HomeShown, dealPage: DealPage): KnownBlock[] {
  const part = tab.parts[name];
  const { opportunityId, owner, status, stage } = tab.filter;
  // Most partners have none, and one deal that was looked for is in one part.
  if (part.total === 0 && (name === 'referred' || opportunityId !== undefined)) return [];
  const { nothing, note, ...usual } = PARTS[name];
  const title = name === 'needs' && tab.whose === 'team' ? 'Needs somebody' : usual.title;
  const isFiltered = owner !== undefined || status !== undefined || stage !== undefined;
  const notes =
    part.total === 0
      ? [isFiltered ? 'None that match.' : nothing]
      : [...spendNote(part), ...(note === undefined ? [] : [note])];
  return [
    { type: 'divider' },
    header(`${title}: ${count(part.total)}`),
    ...(notes.length === 0 ? [] : [context(...notes)]),
    ...part.rows.map((row) => rowBlock(row, tab, dealPage)),
    ...paging(name, title, part),
  ];
}

/** What several deals are worth together, and of how many that is known. */
function spendNote({ spend, total, counted }: PartShown): string[] {
  if (spend.length === 0 || total < 2) return [];
  const which = counted === total ? `all ${count(total)}` : `${count(counted)} of these ${count(total)}`;
  return [`Expected spend of ${which}: ${spendText(spend)}`];
}

/** Turns to the pages before and after, where there are any. */
function paging(part: HomePartName, title: string, { page, pages }: PartShown): KnownBlock[] {
  if (pages <= 1) return [];
  const turn = (text: string, to: number, actionId: string) =>
    to < 0 || to >= pages
      ? []
      : [button({ text, label: `${text} page of ${title}`, actionId, value: `${part} ${to}` })];
  return [
    context(`Page ${count(page + 1)} of ${count(pages)}`),
    {
      ...actions([
        ...turn('Previous', page - 1, ACTION.homePrevious),
        ...turn('Next', page + 1, ACTION.homeNext),
      ]),
      block_id: `${part} pages`,
    },
  ];
}

const count = (number: number): string => new Intl.NumberFormat('en-US').format(number);
